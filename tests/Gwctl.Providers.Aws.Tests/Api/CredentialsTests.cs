using Gwctl.Providers.Aws.Api;
using Gwctl.Testing;

namespace Gwctl.Providers.Aws.Tests.Api;

public sealed class CredentialsTests
{
    private const string Identity = """
        <R><GetCallerIdentityResult><Arn>arn:x</Arn><UserId>U</UserId><Account>1</Account></GetCallerIdentityResult></R>
        """;

    private const string Assumed = """
        <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>
          <AssumedRoleUser><Arn>arn:x</Arn><AssumedRoleId>A:gwctl</AssumedRoleId></AssumedRoleUser>
          <Credentials>
            <AccessKeyId>ASIAASSUMED</AccessKeyId><SecretAccessKey>assumed-secret</SecretAccessKey>
            <SessionToken>assumed-token</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration>
          </Credentials>
        </AssumeRoleResult></AssumeRoleResponse>
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_missing_profile_is_named_and_nothing_is_sent()
    {
        var aws = new ScriptedAws();
        using var api = aws.NewApi(options => options with
        {
            Credentials = new AwsCredentialsSource.Profile("gwctl-no-such-profile"),
        });

        var exception = await Assert.ThrowsAsync<AwsCredentialsException>(
            () => api.Sts.GetCallerIdentityAsync(new(), Token));

        Assert.Contains("gwctl-no-such-profile", exception.Message, StringComparison.Ordinal);
        Assert.Single(exception.Tried);
        Assert.Empty(aws.Sent);
    }

    [Fact]
    public async Task A_session_token_goes_along()
    {
        var aws = new ScriptedAws().ThenOk(Identity);
        using var api = aws.NewApi(options => options with
        {
            Credentials = new AwsCredentialsSource.Static("AKID", "not-a-real-secret", "session"),
        });

        await api.Sts.GetCallerIdentityAsync(new(), Token);

        Assert.Equal("session", aws.Sent[0].Headers["x-amz-security-token"]);
        Assert.Contains("x-amz-security-token", aws.Sent[0].Headers["authorization"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_is_assumed_at_the_given_endpoint_and_once_for_many_calls()
    {
        await using var server = new LoopbackServer(LoopbackServer.Ok(Assumed));
        var aws = new ScriptedAws().ThenOk(Identity).ThenOk(Identity);
        using var api = aws.NewApi(options => options with
        {
            EndpointUrl = server.Url,
            Credentials = new AwsCredentialsSource.AssumeRole(
                new AwsCredentialsSource.Static("AKID", "not-a-real-secret"), "arn:aws:iam::123456789012:role/deploy")
            {
                ExternalId = "external",
                SessionName = "pipeline",
            },
        });

        await api.Sts.GetCallerIdentityAsync(new(), Token);
        await api.Sts.GetCallerIdentityAsync(new(), Token);

        var request = server.Requests.Single();
        Assert.Contains("Action=AssumeRole", request, StringComparison.Ordinal);
        Assert.Contains("ExternalId=external", request, StringComparison.Ordinal);
        Assert.Contains("RoleSessionName=pipeline", request, StringComparison.Ordinal);
        Assert.All(aws.Sent, sent =>
        {
            Assert.Contains("Credential=ASIAASSUMED/", sent.Headers["authorization"], StringComparison.Ordinal);
            Assert.Equal("assumed-token", sent.Headers["x-amz-security-token"]);
        });
    }

    [Fact]
    public async Task A_role_that_is_refused_is_named_without_secrets()
    {
        const string refusal = """
            <ErrorResponse><Error>
              <Type>Sender</Type><Code>AccessDenied</Code><Message>Not you.</Message>
            </Error></ErrorResponse>
            """;
        await using var server = new LoopbackServer(
            LoopbackServer.Ok(refusal).Replace("200 OK", "403 Forbidden", StringComparison.Ordinal));
        var aws = new ScriptedAws();
        using var api = aws.NewApi(options => options with
        {
            EndpointUrl = server.Url,
            Credentials = new AwsCredentialsSource.AssumeRole(
                new AwsCredentialsSource.Static("AKID", "not-a-real-secret"), "arn:aws:iam::123456789012:role/deploy"),
        });

        var exception = await Assert.ThrowsAsync<AwsCredentialsException>(
            () => api.Sts.GetCallerIdentityAsync(new(), Token));

        Assert.Contains("role/deploy", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Not you.", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("not-a-real-secret", exception.ToString(), StringComparison.Ordinal);
        Assert.Empty(aws.Sent);
    }
}
