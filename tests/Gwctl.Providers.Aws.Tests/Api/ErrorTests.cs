using System.Net;
using Gwctl.Providers.Aws.Api;
using Gwctl.Providers.Aws.Api.Acm;
using Gwctl.Providers.Aws.Api.Ec2;
using Gwctl.Providers.Aws.Api.Route53;

namespace Gwctl.Providers.Aws.Tests.Api;

// Goal: whatever the envelope, the caller sees one kind of exception with one spelling of the code.
public sealed class ErrorTests
{
    private readonly ScriptedAws _aws = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Query()
    {
        _aws.ThenError("TargetGroupNotFoundException");
        using var api = _aws.NewApi();

        var exception = await Assert.ThrowsAsync<AwsApiException>(
            () => api.Elbv2.DescribeTargetHealthAsync(new() { TargetGroupArn = "arn:tg" }, Token));

        Assert.Equal("elasticloadbalancing", exception.Service);
        Assert.Equal("DescribeTargetHealth", exception.Operation);
        Assert.Equal("TargetGroupNotFound", exception.Code);
        Assert.Equal("It is said.", exception.ServiceMessage);
        Assert.Equal(400, exception.StatusCode);
        Assert.Equal("r-TargetGroupNotFoundException", exception.RequestId);
        Assert.True(exception.NotFound);
        Assert.Equal(
            "elasticloadbalancing DescribeTargetHealth: TargetGroupNotFound: It is said.", exception.Message);
    }

    [Fact]
    public async Task Ec2()
    {
        _aws.Then(HttpStatusCode.BadRequest, """
            <?xml version="1.0" encoding="UTF-8"?>
            <Response><Errors><Error>
              <Code>InvalidGroup.NotFound</Code>
              <Message>The security group 'sg-1' does not exist</Message>
            </Error></Errors><RequestID>ea966190</RequestID></Response>
            """);
        using var api = _aws.NewApi();

        var exception = await Assert.ThrowsAsync<AwsApiException>(
            () => api.Ec2.DeleteSecurityGroupAsync(new DeleteSecurityGroupRequest { GroupId = "sg-1" }, Token));

        Assert.Equal("InvalidGroup.NotFound", exception.Code);
        Assert.True(exception.NotFound);
        Assert.Equal("ea966190", exception.RequestId);
    }

    [Theory]
    [InlineData("com.amazonaws.acm#ResourceNotFoundException")]
    [InlineData("ResourceNotFoundException:http://internal.amazon.com/coral/")]
    [InlineData("ResourceNotFoundException")]
    [InlineData("ResourceNotFound")]
    public async Task Json(string type)
    {
        _aws.Then(
            HttpStatusCode.BadRequest,
            $$"""{"__type":"{{type}}","message":"No such certificate."}""",
            ("x-amzn-RequestId", "abc"));
        using var api = _aws.NewApi();

        var exception = await Assert.ThrowsAsync<AwsApiException>(
            () => api.Acm.DeleteCertificateAsync(new() { CertificateArn = "arn:c" }, Token));

        Assert.Equal("ResourceNotFound", exception.Code);
        Assert.Equal("No such certificate.", exception.ServiceMessage);
        Assert.Equal("abc", exception.RequestId);
        Assert.True(exception.NotFound);
    }

    [Fact]
    public async Task Json_code_in_the_header()
    {
        _aws.Then(
            HttpStatusCode.BadRequest,
            """{"Message":"Wait."}""",
            ("x-amzn-ErrorType", "InvalidStateException:http://x/"));
        using var api = _aws.NewApi();

        var exception = await Assert.ThrowsAsync<AwsApiException>(
            () => api.Acm.DeleteCertificateAsync(new() { CertificateArn = "arn:c" }, Token));

        Assert.Equal("InvalidState", exception.Code);
        Assert.Equal("Wait.", exception.ServiceMessage);
    }

    [Fact]
    public async Task A_refused_batch_names_every_change()
    {
        _aws.Then(HttpStatusCode.BadRequest, """
            <?xml version="1.0"?>
            <InvalidChangeBatch xmlns="https://route53.amazonaws.com/doc/2013-04-01/">
              <Messages>
                <Message>Tried to delete [name='a.'] but it was not found</Message>
                <Message>Tried to create [name='b.'] but it already exists</Message>
              </Messages>
              <RequestId>r-1</RequestId>
            </InvalidChangeBatch>
            """);
        using var api = _aws.NewApi();

        var exception = await Assert.ThrowsAsync<AwsApiException>(
            () => api.Route53.ChangeResourceRecordSetsAsync(Batch(), Token));

        Assert.Equal("InvalidChangeBatch", exception.Code);
        Assert.Equal(2, exception.Messages.Count);
        Assert.StartsWith("Tried to delete", exception.Messages[0], StringComparison.Ordinal);
        Assert.Equal("r-1", exception.RequestId);
    }

    [Fact]
    public async Task Route53_in_the_common_envelope()
    {
        _aws.Then(HttpStatusCode.NotFound, """
            <ErrorResponse xmlns="https://route53.amazonaws.com/doc/2013-04-01/"><Error><Type>Sender</Type>
            <Code>NoSuchHostedZone</Code><Message>None.</Message></Error><RequestId>r</RequestId></ErrorResponse>
            """);
        using var api = _aws.NewApi();

        var exception = await Assert.ThrowsAsync<AwsApiException>(
            () => api.Route53.GetHostedZoneAsync(new() { Id = "Z1" }, Token));

        Assert.Equal("NoSuchHostedZone", exception.Code);
        Assert.True(exception.NotFound);
        Assert.Equal(404, exception.StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html><body>Bad gateway")]
    [InlineData("{")]
    public async Task An_error_page_of_a_proxy_is_an_error_all_the_same(string body)
    {
        _aws.Otherwise = _ => ScriptedAws.Answer(HttpStatusCode.Forbidden, body);
        using var api = _aws.NewApi();

        var ofElbv2 = await Assert.ThrowsAsync<AwsApiException>(() => api.Elbv2.DescribeRulesAsync(new(), Token));
        var ofAcm = await Assert.ThrowsAsync<AwsApiException>(() => api.Acm.ListCertificatesAsync(new(), Token));

        Assert.Equal(["Http403", "Http403"], [ofElbv2.Code, ofAcm.Code]);
    }

    [Theory]
    [InlineData("not xml")]
    [InlineData("<DescribeRulesResponse><DescribeRulesResult>")]
    [InlineData("<R><DescribeRulesResult><Rules><member><Priority/></member></Rules></DescribeRulesResult></R>")]
    [InlineData("<!DOCTYPE a [<!ENTITY b 'c'>]><R>&b;</R>")]
    public async Task An_answer_that_breaks_the_contract_is_an_error_and_never_an_empty_list(string body)
    {
        _aws.ThenOk(body);
        using var api = _aws.NewApi();

        var exception = await Assert.ThrowsAsync<AwsApiException>(() => api.Elbv2.DescribeRulesAsync(new(), Token));

        Assert.Equal(AwsErrorCodes.MalformedAnswer, exception.Code);
        Assert.False(exception.OutcomeUnknown);
    }

    [Fact]
    public async Task A_write_whose_answer_cannot_be_read_may_have_been_done()
    {
        _aws.ThenOk("not xml");
        using var api = _aws.NewApi();

        var exception = await Assert.ThrowsAsync<AwsApiException>(
            () => api.Elbv2.CreateRuleAsync(RetryTests.NewRule(), Token));

        Assert.True(exception.OutcomeUnknown);
        Assert.Single(_aws.Sent);
    }

    [Fact]
    public async Task A_private_key_is_in_the_body_and_nowhere_else()
    {
        const string key = "-----BEGIN PRIVATE KEY-----MIIEsecret-----END PRIVATE KEY-----";
        _aws.Then(HttpStatusCode.BadRequest, """{"__type":"ValidationException","message":"Bad."}""");
        using var api = _aws.NewApi();
        var request = new ImportCertificateRequest
        {
            Certificate = "certificate"u8.ToArray(),
            PrivateKey = System.Text.Encoding.UTF8.GetBytes(key),
        };

        var exception = await Assert.ThrowsAsync<AwsApiException>(() => api.Acm.ImportCertificateAsync(request, Token));

        var encoded = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(key));
        Assert.Contains(encoded, _aws.Sent[0].Text, StringComparison.Ordinal);
        foreach (var text in (string[])[exception.ToString(), request.ToString(), _aws.Calls[0].ToString()])
        {
            Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
            Assert.DoesNotContain(encoded, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Credentials_do_not_print_themselves()
    {
        var keys = new AwsCredentialsSource.Static("AKID", "the-secret", "the-token");
        var role = new AwsCredentialsSource.AssumeRole(keys, "arn:role") { ExternalId = "the-external-id" };
        var options = new AwsApiOptions
        {
            Region = "eu-central-1",
            Clock = _aws.Clock,
            Random = () => 0,
            Credentials = role,
        };

        foreach (var text in (string[])[$"{keys}", $"{role}", $"{options}"])
        {
            Assert.DoesNotContain("the-", text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("ns#Name", "Name")]
    [InlineData("Name:uri", "Name")]
    [InlineData("a.b#NameException:http://x#y", "Name")]
    [InlineData("Exception", "Exception")]
    [InlineData("InvalidPermission.Duplicate", "InvalidPermission.Duplicate")]
    public void Codes_have_one_spelling(string code, string normal) =>
        Assert.Equal(normal, AwsErrorCodes.Normalise(code));

    private static ChangeResourceRecordSetsRequest Batch() => new()
    {
        HostedZoneId = "Z1",
        ChangeBatch = new()
        {
            Changes = [new() { Action = ChangeAction.DELETE, ResourceRecordSet = new() { Name = "a.", Type = "A" } }],
        },
    };
}
