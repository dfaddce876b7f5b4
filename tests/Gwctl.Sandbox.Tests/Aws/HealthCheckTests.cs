using Gwctl.Sandbox.Aws;

namespace Gwctl.Sandbox.Tests.Aws;

// Goal: Route 53's health checks are made, changed, listed and deleted by the service's rules.
public sealed class HealthCheckTests
{
    private const string Http =
        "<Type>HTTP</Type><ResourcePath>/up</ResourcePath><FullyQualifiedDomainName>a.example.com"
        + "</FullyQualifiedDomainName>";

    [Fact]
    public async Task A_reference_answers_the_same_check_and_none_once_it_is_deleted()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var first = (await CreateAsync(sandbox, "one", Http)).Ok();
        Assert.Equal(
            ("80", "30", "3", "false", "1"),
            (first["Port"], first["RequestInterval"], first["FailureThreshold"], first["EnableSNI"],
                first["HealthCheckVersion"]));
        var same = (await CreateAsync(sandbox, "one", Http)).Ok();
        Assert.Equal(first["Id"], same["Id"]);
        Assert.Equal("HealthCheckAlreadyExists", (await CreateAsync(sandbox, "one", $"<Port>81</Port>{Http}")).Code);
        var other = (await CreateAsync(sandbox, "two", Http)).Ok();
        Assert.NotEqual(first["Id"], other["Id"]);

        (await sandbox.Route53("DELETE", $"healthcheck/{first["Id"]}")).Ok();

        Assert.Equal("HealthCheckAlreadyExists", (await CreateAsync(sandbox, "one", Http)).Code);
        Assert.Equal("NoSuchHealthCheck", (await sandbox.Route53("GET", $"healthcheck/{first["Id"]}")).Code);
        Assert.Equal("NoSuchHealthCheck", (await sandbox.Route53("DELETE", $"healthcheck/{first["Id"]}")).Code);
        Assert.Equal(
            "NoSuchHealthCheck", (await sandbox.Route53("GET", $"tags/healthcheck/{first["Id"]}")).Code);
    }

    [Theory]
    [InlineData("<Port>80</Port><Type>TCP</Type><ResourcePath>/</ResourcePath><IPAddress>192.0.2.1</IPAddress>")]
    [InlineData("<Type>TCP</Type><IPAddress>192.0.2.1</IPAddress>")]
    [InlineData("<Type>HTTP</Type>")]
    [InlineData("<Type>HTTP</Type><IPAddress>192.0.2.1</IPAddress><RequestInterval>20</RequestInterval>")]
    [InlineData("<Type>HTTP</Type><IPAddress>192.0.2.1</IPAddress><RequestInterval>5</RequestInterval>")]
    [InlineData("<Type>HTTP</Type><IPAddress>192.0.2.1</IPAddress><FailureThreshold>11</FailureThreshold>")]
    [InlineData("<Type>HTTP</Type><IPAddress>192.0.2.1</IPAddress><SearchString>up</SearchString>")]
    [InlineData("<Type>UDP</Type><IPAddress>192.0.2.1</IPAddress>")]
    public async Task What_cannot_be_is_refused(string config)
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        Assert.Equal("InvalidInput", (await CreateAsync(sandbox, "one", config)).Code);
    }

    [Fact]
    public async Task A_change_counts_the_version_and_leaves_what_is_not_given()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var id = (await CreateAsync(sandbox, "one", Http)).Ok()["Id"];

        var changed = (await UpdateAsync(
            sandbox, id, "<HealthCheckVersion>1</HealthCheckVersion><FailureThreshold>5</FailureThreshold>")).Ok();

        Assert.Equal(
            ("2", "5", "/up"), (changed["HealthCheckVersion"], changed["FailureThreshold"], changed["ResourcePath"]));
        Assert.Equal(
            "HealthCheckVersionMismatch",
            (await UpdateAsync(
                sandbox, id, "<HealthCheckVersion>1</HealthCheckVersion><Port>81</Port>")).Code);
        Assert.Equal("InvalidInput", (await UpdateAsync(sandbox, id, "<IPAddress>192.0.2.1</IPAddress>")).Code);
        var reset = (await UpdateAsync(
            sandbox, id,
            "<ResetElements><ResettableElementName>ResourcePath</ResettableElementName></ResetElements>")).Ok();
        Assert.DoesNotContain("ResourcePath", reset.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Checks_come_in_pages_up_to_the_accounts_quota()
    {
        await using var sandbox = await SandboxFixture.StartAsync(new AwsOptions
        {
            Delays = AwsDelays.None,
            Quotas = new AwsQuotas { HealthChecksPerAccount = 3 },
        });
        for (var index = 0; index < 3; index++)
        {
            (await CreateAsync(sandbox, $"n{index}", Http)).Ok();
        }

        Assert.Equal("TooManyHealthChecks", (await CreateAsync(sandbox, "n3", Http)).Code);
        var first = (await sandbox.Route53("GET", "healthcheck?maxitems=2")).Ok();
        Assert.Equal("true", first["IsTruncated"]);
        var second = (await sandbox.Route53("GET", $"healthcheck?maxitems=2&marker={first["NextMarker"]}")).Ok();
        Assert.Equal("false", second["IsTruncated"]);
        Assert.Single(second.Text.Split("<HealthCheck>")[1..]);
    }

    internal static Task<Answer> CreateAsync(SandboxFixture sandbox, string reference, string config) =>
        sandbox.Route53(
            "POST", "healthcheck",
            "<CreateHealthCheckRequest xmlns=\"https://route53.amazonaws.com/doc/2013-04-01/\">"
            + $"<CallerReference>{reference}</CallerReference><HealthCheckConfig>{config}</HealthCheckConfig>"
            + "</CreateHealthCheckRequest>");

    private static Task<Answer> UpdateAsync(SandboxFixture sandbox, string id, string changes) => sandbox.Route53(
        "POST", $"healthcheck/{id}",
        "<UpdateHealthCheckRequest xmlns=\"https://route53.amazonaws.com/doc/2013-04-01/\">"
        + $"{changes}</UpdateHealthCheckRequest>");
}
