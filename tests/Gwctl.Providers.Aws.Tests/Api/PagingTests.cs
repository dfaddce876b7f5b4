using System.Net;
using Gwctl.Providers.Aws.Api;
using Gwctl.Providers.Aws.Api.Tagging;
using Gwctl.Testing;

namespace Gwctl.Providers.Aws.Tests.Api;

// Goal: a walk sees every page once, ends where the service says so, and never passes a part off as the whole.
public sealed class PagingTests
{
    private readonly ScriptedAws _aws = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Query_marker()
    {
        _aws.ThenOk(Rules("next/1=", "arn:1", "arn:2")).ThenOk(Rules("", "arn:3"));
        using var api = _aws.NewApi();

        var rules = await api.Elbv2
            .DescribeAllRulesAsync(new() { ListenerArn = "arn:l", PageSize = 2 }, Token)
            .Select(rule => rule.RuleArn)
            .ToListAsync(Token);

        Assert.Equal(["arn:1", "arn:2", "arn:3"], rules);
        Assert.DoesNotContain("Marker", _aws.Sent[0].Text, StringComparison.Ordinal);
        Assert.EndsWith("=arn%3Al&Marker=next%2F1%3D&PageSize=2", _aws.Sent[1].Text, StringComparison.Ordinal);
        Assert.Equal(2, _aws.Sent.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData(",\"PaginationToken\":\"\"")]
    [InlineData(",\"PaginationToken\":null")]
    public async Task Tagging_ends_on_a_token_that_is_missing_null_or_empty(string end)
    {
        const string item = """{"ResourceARN":"arn:1","Tags":[{"Key":"k","Value":""}]}""";
        _aws.ThenOk($$"""{"ResourceTagMappingList":[{{item}}],"PaginationToken":"t"}""")
            .ThenOk($$"""{"ResourceTagMappingList":[{{item}}]{{end}}}""");
        using var api = _aws.NewApi();
        var request = new GetResourcesRequest { TagFilters = [new() { Key = "gwctl.dev/owner", Values = ["me"] }] };

        var found = await api.Tagging.GetAllResourcesAsync(request, Token).ToListAsync(Token);

        Assert.Equal(2, found.Count);
        Assert.Equal("k", found[0].Tags.Single().Key);
        Assert.Equal(2, _aws.Sent.Count);
    }

    [Fact]
    public async Task Record_sets_go_on_by_name_type_and_identifier_until_not_truncated()
    {
        _aws.ThenOk(Records("""
                <IsTruncated>true</IsTruncated><NextRecordName>\052.b.</NextRecordName>
                <NextRecordType>A</NextRecordType><NextRecordIdentifier>blue</NextRecordIdentifier>
                """))
            // Leftover next names on the last page do not reopen the walk.
            .ThenOk(Records("<IsTruncated>false</IsTruncated><NextRecordName>z.</NextRecordName>"));
        using var api = _aws.NewApi();

        var names = await api.Route53
            .ListAllResourceRecordSetsAsync(new() { HostedZoneId = "/hostedzone/Z1", MaxItems = "300" }, Token)
            .Select(record => record.Name)
            .ToListAsync(Token);

        Assert.Equal(["*.a.", "*.a."], names);
        Assert.Equal("/2013-04-01/hostedzone/Z1/rrset?maxitems=300", _aws.Sent[0].Uri.PathAndQuery);
        Assert.Equal(
            "/2013-04-01/hostedzone/Z1/rrset?identifier=blue&maxitems=300&name=%2A.b.&type=A",
            _aws.Sent[1].Uri.PathAndQuery);
        Assert.Equal(2, _aws.Sent.Count);
    }

    [Fact]
    public async Task Hosted_zones_by_name_go_on_by_name_and_id()
    {
        const string zone =
            "<HostedZone><Id>/hostedzone/Z9</Id><Name>a.</Name><CallerReference>c</CallerReference></HostedZone>";
        _aws.ThenOk($"""
            <ListHostedZonesByNameResponse><HostedZones>{zone}</HostedZones><IsTruncated>true</IsTruncated>
            <NextDNSName>b.</NextDNSName><NextHostedZoneId>Z8</NextHostedZoneId></ListHostedZonesByNameResponse>
            """)
            .ThenOk($"""
            <ListHostedZonesByNameResponse><HostedZones>{zone}</HostedZones><IsTruncated>false</IsTruncated>
            </ListHostedZonesByNameResponse>
            """);
        using var api = _aws.NewApi();

        var zones = await api.Route53.ListAllHostedZonesByNameAsync(new(), Token).ToListAsync(Token);

        Assert.Equal(["Z9", "Z9"], zones.Select(found => found.Id));
        Assert.Equal("/2013-04-01/hostedzonesbyname?dnsname=b.&hostedzoneid=Z8", _aws.Sent[1].Uri.PathAndQuery);
    }

    [Fact]
    public async Task Hosted_zones_end_when_not_truncated()
    {
        _aws.ThenOk("""
            <ListHostedZonesResponse><HostedZones/><IsTruncated>true</IsTruncated><NextMarker>Z5</NextMarker>
            </ListHostedZonesResponse>
            """)
            .ThenOk("""
            <ListHostedZonesResponse><HostedZones/><IsTruncated>false</IsTruncated><NextMarker>Z6</NextMarker>
            </ListHostedZonesResponse>
            """);
        using var api = _aws.NewApi();

        Assert.Empty(await api.Route53.ListAllHostedZonesAsync(new(), Token).ToListAsync(Token));
        Assert.Equal("/2013-04-01/hostedzone?marker=Z5", _aws.Sent[1].Uri.PathAndQuery);
        Assert.Equal(2, _aws.Sent.Count);
    }

    [Fact]
    public async Task A_token_that_repeats_itself_ends_with_an_error_instead_of_never()
    {
        _aws.Otherwise = _ => ScriptedAws.Answer(HttpStatusCode.OK, Rules("same", "arn:1"));
        using var api = _aws.NewApi();

        var exception = await Assert.ThrowsAsync<AwsApiException>(
            async () => await api.Elbv2.DescribeAllRulesAsync(new(), Token).CountAsync(Token));

        Assert.Equal(AwsErrorCodes.MalformedAnswer, exception.Code);
        Assert.Equal(2, _aws.Sent.Count);
    }

    [Fact]
    public async Task A_failing_page_fails_the_walk()
    {
        _aws.ThenOk(Rules("next", "arn:1")).ThenError("ListenerNotFound");
        using var api = _aws.NewApi();

        var exception = await Assert.ThrowsAsync<AwsApiException>(
            async () => await api.Elbv2.DescribeAllRulesAsync(new(), Token).CountAsync(Token));

        Assert.Equal("ListenerNotFound", exception.Code);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(20, 1)]
    [InlineData(45, 3)]
    public async Task Tags_are_asked_by_twenties_and_come_back_in_order(int arns, int calls)
    {
        _aws.Otherwise = sent => ScriptedAws.Answer(HttpStatusCode.OK, Tags(sent));
        using var api = _aws.NewApi(options => options with { Observer = null });
        var asked = Enumerable.Range(0, arns).Select(number => $"arn:{number}").ToList();

        var found = await api.Elbv2.DescribeAllTagsAsync(asked, Token);

        Assert.Equal(asked, found.Select(description => description.ResourceArn));
        Assert.Equal(calls, _aws.Sent.Count);
        Assert.All(_aws.Sent, sent => Assert.InRange(sent.Text.Split("ResourceArns.member.").Length - 1, 1, 20));
    }

    private static string Tags(SentRequest sent)
    {
        var members = sent.Fields.Split('\n')
            .Where(field => field.StartsWith("ResourceArns", StringComparison.Ordinal))
            .Select(field => $"<member><ResourceArn>{field.Split('=')[1]}</ResourceArn><Tags/></member>");
        return $"""
            <R><DescribeTagsResult><TagDescriptions>{string.Concat(members)}</TagDescriptions></DescribeTagsResult></R>
            """;
    }

    private static string Rules(string next, params IEnumerable<string> arns)
    {
        var members = arns.Select(arn =>
            $"<member><RuleArn>{arn}</RuleArn><Priority>default</Priority><IsDefault>true</IsDefault></member>");
        return $"""
            <DescribeRulesResponse xmlns="http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/">
              <DescribeRulesResult>
                <Rules>{string.Concat(members)}</Rules>
                <NextMarker>{next}</NextMarker>
              </DescribeRulesResult>
              <ResponseMetadata><RequestId>r</RequestId></ResponseMetadata>
            </DescribeRulesResponse>
            """;
    }

    private static string Records(string end) => $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <ListResourceRecordSetsResponse xmlns="https://route53.amazonaws.com/doc/2013-04-01/">
          <ResourceRecordSets>
            <ResourceRecordSet><Name>\052.a.</Name><Type>A</Type></ResourceRecordSet>
          </ResourceRecordSets>
          {end}<MaxItems>300</MaxItems>
        </ListResourceRecordSetsResponse>
        """;
}
