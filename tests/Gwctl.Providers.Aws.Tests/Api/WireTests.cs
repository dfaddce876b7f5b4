using System.Net;
using Gwctl.Providers.Aws.Api.Acm;
using Gwctl.Providers.Aws.Api.Ec2;
using Gwctl.Providers.Aws.Api.Elbv2;
using Gwctl.Providers.Aws.Api.Route53;
using Gwctl.Providers.Aws.Api.Tagging;
using Action = Gwctl.Providers.Aws.Api.Elbv2.Action;

namespace Gwctl.Providers.Aws.Tests.Api;

// Goal: one example of each protocol's peculiarities, readable beside the documentation. Every operation against its
// contract is in ContractTests.
public sealed class WireTests
{
    private readonly ScriptedAws _aws = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Query_lists_have_members_and_structures_dots()
    {
        _aws.ThenOk("<R><CreateRuleResult><Rules/></CreateRuleResult></R>");
        using var api = _aws.NewApi();

        await api.Elbv2.CreateRuleAsync(
            new CreateRuleRequest
            {
                ListenerArn = "arn:l",
                Priority = 100,
                Conditions =
                [
                    new() { Field = "host-header", HostHeaderConfig = new() { Values = ["a.example.com", "*.b.com"] } },
                    new()
                    {
                        Field = "query-string",
                        QueryStringConfig = new() { Values = [new() { Key = "v", Value = "1 & 2" }] },
                    },
                ],
                Actions =
                [
                    new Action
                    {
                        Type = ActionTypeEnum.Forward,
                        ForwardConfig = new()
                        {
                            TargetGroups = [new() { TargetGroupArn = "arn:t", Weight = 0 }],
                            TargetGroupStickinessConfig = new() { Enabled = false },
                        },
                    },
                ],
                Transforms =
                [
                    new()
                    {
                        Type = TransformTypeEnum.UrlRewrite,
                        UrlRewriteConfig = new() { Rewrites = [new() { Regex = "^/a(/|$)", Replace = "/b$1" }] },
                    },
                ],
                Tags = [new() { Key = "gwctl.dev/key", Value = "" }],
            },
            Token);

        var sent = _aws.Sent[0];
        Assert.Equal("https://elasticloadbalancing.eu-central-1.amazonaws.com/", sent.Uri.AbsoluteUri);
        Assert.Equal("application/x-www-form-urlencoded; charset=utf-8", sent.Headers["content-type"]);
        Assert.Contains("Value=1%20%26%202", sent.Text, StringComparison.Ordinal);
        Assert.Equal(
            """
            Action=CreateRule
            Version=2015-12-01
            ListenerArn=arn:l
            Conditions.member.1.Field=host-header
            Conditions.member.1.HostHeaderConfig.Values.member.1=a.example.com
            Conditions.member.1.HostHeaderConfig.Values.member.2=*.b.com
            Conditions.member.2.Field=query-string
            Conditions.member.2.QueryStringConfig.Values.member.1.Key=v
            Conditions.member.2.QueryStringConfig.Values.member.1.Value=1 & 2
            Priority=100
            Actions.member.1.Type=forward
            Actions.member.1.ForwardConfig.TargetGroups.member.1.TargetGroupArn=arn:t
            Actions.member.1.ForwardConfig.TargetGroups.member.1.Weight=0
            Actions.member.1.ForwardConfig.TargetGroupStickinessConfig.Enabled=false
            Tags.member.1.Key=gwctl.dev/key
            Tags.member.1.Value=
            Transforms.member.1.Type=url-rewrite
            Transforms.member.1.UrlRewriteConfig.Rewrites.member.1.Regex=^/a(/|$)
            Transforms.member.1.UrlRewriteConfig.Rewrites.member.1.Replace=/b$1
            """,
            sent.Fields);
    }

    [Fact]
    public async Task Ec2_lists_are_flat_and_names_are_capitalised()
    {
        _aws.ThenOk("<R><return>true</return></R>");
        using var api = _aws.NewApi();

        var answer = await api.Ec2.AuthorizeSecurityGroupIngressAsync(
            new AuthorizeSecurityGroupIngressRequest
            {
                GroupId = "sg-1",
                IpPermissions =
                [
                    new()
                    {
                        IpProtocol = "tcp",
                        FromPort = 443,
                        ToPort = 443,
                        IpRanges = [new() { CidrIp = "0.0.0.0/0", Description = "all" }],
                        UserIdGroupPairs = [new() { GroupId = "sg-2" }],
                        PrefixListIds = [new() { Id = "pl-1" }],
                    },
                ],
                TagSpecifications =
                [
                    new() { ResourceType = "security-group-rule", Tags = [new() { Key = "k", Value = "v" }] },
                ],
            },
            Token);

        Assert.True(answer.Return);
        Assert.Equal("https://ec2.eu-central-1.amazonaws.com/", _aws.Sent[0].Uri.AbsoluteUri);
        Assert.Equal(
            """
            Action=AuthorizeSecurityGroupIngress
            Version=2016-11-15
            GroupId=sg-1
            IpPermissions.1.IpProtocol=tcp
            IpPermissions.1.FromPort=443
            IpPermissions.1.ToPort=443
            IpPermissions.1.Groups.1.GroupId=sg-2
            IpPermissions.1.IpRanges.1.Description=all
            IpPermissions.1.IpRanges.1.CidrIp=0.0.0.0/0
            IpPermissions.1.PrefixListIds.1.PrefixListId=pl-1
            TagSpecification.1.ResourceType=security-group-rule
            TagSpecification.1.Tag.1.Key=k
            TagSpecification.1.Tag.1.Value=v
            """,
            _aws.Sent[0].Fields);
    }

    [Fact]
    public async Task Ec2_filters_and_answers()
    {
        _aws.ThenOk("""
            <DescribeSecurityGroupsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">
              <requestId>r</requestId>
              <securityGroupInfo><item>
                <groupId>sg-1</groupId><groupName>web</groupName><groupDescription>d</groupDescription>
                <vpcId>vpc-1</vpcId>
                <ipPermissions><item>
                  <ipProtocol>tcp</ipProtocol><fromPort>80</fromPort><toPort>80</toPort>
                  <groups/><ipRanges><item><cidrIp>10.0.0.0/8</cidrIp></item></ipRanges>
                  <prefixListIds><item><prefixListId>pl-1</prefixListId></item></prefixListIds>
                </item></ipPermissions>
                <tagSet><item><key>k</key><value/></item></tagSet>
              </item></securityGroupInfo>
            </DescribeSecurityGroupsResponse>
            """);
        using var api = _aws.NewApi();
        var request = new DescribeSecurityGroupsRequest
        {
            Filters = [new() { Name = "tag:gwctl.dev/owner", Values = ["me", "you"] }],
        };

        var group = (await api.Ec2.DescribeSecurityGroupsAsync(request, Token)).SecurityGroups.Single();

        Assert.Equal("web", group.GroupName);
        Assert.Equal("d", group.Description);
        Assert.Equal(80, group.IpPermissions[0].FromPort);
        Assert.Equal("10.0.0.0/8", group.IpPermissions[0].IpRanges.Single().CidrIp);
        Assert.Equal("pl-1", group.IpPermissions[0].PrefixListIds.Single().Id);
        Assert.Equal(new Gwctl.Providers.Aws.Api.Ec2.Tag { Key = "k", Value = "" }, group.Tags.Single());
        Assert.Empty(group.IpPermissionsEgress);
        Assert.EndsWith(
            "Filter.1.Name=tag:gwctl.dev/owner\nFilter.1.Value.1=me\nFilter.1.Value.2=you",
            _aws.Sent[0].Fields,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Route53_elements_keep_their_order_and_ids_lose_their_prefix()
    {
        _aws.ThenOk("""
            <?xml version="1.0"?>
            <ChangeResourceRecordSetsResponse xmlns="https://route53.amazonaws.com/doc/2013-04-01/"><ChangeInfo>
              <Id>/change/C1</Id><Status>PENDING</Status><SubmittedAt>2026-03-01T12:00:00.123Z</SubmittedAt>
            </ChangeInfo></ChangeResourceRecordSetsResponse>
            """);
        using var api = _aws.NewApi();

        var answer = await api.Route53.ChangeResourceRecordSetsAsync(
            new ChangeResourceRecordSetsRequest
            {
                HostedZoneId = "/hostedzone/Z1",
                ChangeBatch = new()
                {
                    Comment = "a < b",
                    Changes =
                    [
                        new()
                        {
                            Action = ChangeAction.CREATE,
                            ResourceRecordSet = new()
                            {
                                AliasTarget = new()
                                {
                                    DNSName = "lb.example.com.",
                                    HostedZoneId = "Z2",
                                    EvaluateTargetHealth = true,
                                },
                                Weight = 0,
                                SetIdentifier = "blue",
                                Type = RRType.A,
                                Name = "*.example.com.",
                            },
                        },
                    ],
                },
            },
            Token);

        Assert.Equal("C1", answer.ChangeInfo.Id);
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 12, 0, 0, 123, TimeSpan.Zero), answer.ChangeInfo.SubmittedAt);
        Assert.Equal(
            "https://route53.amazonaws.com/2013-04-01/hostedzone/Z1/rrset/", _aws.Sent[0].Uri.AbsoluteUri);
        Assert.Contains("/us-east-1/route53/", _aws.Sent[0].Headers["authorization"], StringComparison.Ordinal);
        Assert.Equal(
            """<?xml version="1.0" encoding="utf-8"?>"""
            + """<ChangeResourceRecordSetsRequest xmlns="https://route53.amazonaws.com/doc/2013-04-01/"><ChangeBatch>"""
            + "<Comment>a &lt; b</Comment><Changes><Change><Action>CREATE</Action><ResourceRecordSet>"
            + "<Name>*.example.com.</Name><Type>A</Type><SetIdentifier>blue</SetIdentifier><Weight>0</Weight>"
            + "<AliasTarget><HostedZoneId>Z2</HostedZoneId><DNSName>lb.example.com.</DNSName>"
            + "<EvaluateTargetHealth>true</EvaluateTargetHealth></AliasTarget></ResourceRecordSet></Change></Changes>"
            + "</ChangeBatch></ChangeResourceRecordSetsRequest>",
            _aws.Sent[0].Text);
    }

    [Fact]
    public async Task Acm_speaks_json_with_a_target_and_epoch_seconds()
    {
        _aws.ThenOk("""
            {"CertificateSummaryList":[{"CertificateArn":"arn:c","DomainName":"a.example.com","InUse":true,
             "NotAfter":1.8E9,"CreatedAt":1772366400.123,"SubjectAlternativeNameSummaries":["a.example.com"]}],
             "NextToken":null}
            """);
        using var api = _aws.NewApi();
        var request = new ListCertificatesRequest
        {
            CertificateStatuses = [CertificateStatus.ISSUED],
            Includes = new() { KeyTypes = [KeyAlgorithm.EC_prime256v1, KeyAlgorithm.RSA_4096] },
            MaxItems = 1000,
        };

        var answer = await api.Acm.ListCertificatesAsync(request, Token);

        var summary = answer.CertificateSummaryList.Single();
        Assert.Null(answer.NextToken);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1_800_000_000), summary.NotAfter);
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1_772_366_400_123), summary.CreatedAt);
        Assert.Equal(["a.example.com"], summary.SubjectAlternativeNameSummaries);
        Assert.True(summary.InUse);
        Assert.Equal("CertificateManager.ListCertificates", _aws.Sent[0].Headers["x-amz-target"]);
        Assert.Equal("application/x-amz-json-1.1", _aws.Sent[0].Headers["content-type"]);
        Assert.Equal(
            """{"CertificateStatuses":["ISSUED"],"Includes":{"keyTypes":["EC_prime256v1","RSA_4096"]},"""
            + "\"MaxItems\":1000}",
            _aws.Sent[0].Text);
    }

    [Fact]
    public async Task Tagging_maps_are_objects()
    {
        _aws.ThenOk("""
            {"FailedResourcesMap":{"arn:2":{"ErrorCode":"InternalServiceException","StatusCode":400}}}
            """);
        using var api = _aws.NewApi();

        var answer = await api.Tagging.TagResourcesAsync(
            new TagResourcesRequest
            {
                ResourceARNList = ["arn:1", "arn:2"],
                Tags = [KeyValuePair.Create("k", "v\"w"), KeyValuePair.Create("l", "ü")],
            },
            Token);

        Assert.Equal("arn:2", answer.FailedResourcesMap.Single().Key);
        Assert.Equal(400, answer.FailedResourcesMap.Single().Value.StatusCode);
        Assert.Equal("""{"ResourceARNList":["arn:1","arn:2"],"Tags":{"k":"v\"w","l":"ü"}}""", _aws.Sent[0].Text);
        Assert.Equal("https://tagging.eu-central-1.amazonaws.com/", _aws.Sent[0].Uri.AbsoluteUri);
    }

    [Fact]
    public async Task An_empty_answer_of_a_write_is_success()
    {
        _aws.ThenOk("").ThenOk("<DeleteRuleResponse><ResponseMetadata/></DeleteRuleResponse>");
        using var api = _aws.NewApi();

        await api.Acm.DeleteCertificateAsync(new() { CertificateArn = "arn:c" }, Token);
        await api.Elbv2.DeleteRuleAsync(new() { RuleArn = "arn:r" }, Token);

        Assert.Equal(["acm", "elasticloadbalancing"], _aws.Calls.Select(call => call.Service));
        Assert.All(_aws.Calls, call => Assert.Null(call.Code));
    }

    [Fact]
    public async Task A_default_rule_keeps_its_priority_as_a_word()
    {
        _aws.Then(HttpStatusCode.OK, """
            <R><DescribeRulesResult><Rules><member>
              <RuleArn>arn:r</RuleArn><Priority>default</Priority><IsDefault>true</IsDefault><Conditions/>
              <Actions><member><Type>fixed-response</Type><Order>1</Order>
                <FixedResponseConfig>
                  <StatusCode>404</StatusCode><MessageBody>  spaced  </MessageBody>
                </FixedResponseConfig>
              </member></Actions>
            </member></Rules></DescribeRulesResult></R>
            """);
        using var api = _aws.NewApi();

        var rule = (await api.Elbv2.DescribeRulesAsync(new(), Token)).Rules.Single();

        Assert.Equal("default", rule.Priority);
        Assert.True(rule.IsDefault);
        Assert.Equal("  spaced  ", rule.Actions[0].FixedResponseConfig?.MessageBody);
        Assert.Equal(1, rule.Actions[0].Order);
        Assert.Empty(rule.Conditions);
    }

    [Theory]
    [InlineData(@"\052.example.com.", "*.example.com.")]
    [InlineData(@"a\057b.example.com.", "a/b.example.com.")]
    [InlineData(@"a\056b.example.com.", @"a\056b.example.com.")]
    [InlineData(@"a\134b.", @"a\134b.")]
    [InlineData(@"a\040b.", @"a\040b.")]
    [InlineData(@"tail\05", @"tail\05")]
    [InlineData(@"\399.", @"\399.")]
    [InlineData("plain.", "plain.")]
    public void Names_are_decoded_only_where_that_keeps_their_labels(string wire, string name) =>
        Assert.Equal(name, Route53Text.Name(wire));
}
