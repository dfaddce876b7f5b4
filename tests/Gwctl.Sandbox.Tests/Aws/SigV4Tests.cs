using Gwctl.Sandbox.Aws;
using Gwctl.Sandbox.Aws.Wire;
using Gwctl.Sandbox.Calls;

namespace Gwctl.Sandbox.Tests.Aws;

public sealed class SigV4Tests
{
    // The key, date and requests of AWS's own published test suite for the algorithm.
    private const string SuiteSecret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    [Theory]
    [InlineData("GET", "/", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31")]
    [InlineData("POST", "/", "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b")]
    [InlineData(
        "GET", "/?Param2=value2&Param1=value1", "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500")]
    public void Signs_as_the_published_suite_does(string method, string target, string expected)
    {
        var headers = new Dictionary<string, string>
        {
            ["host"] = "example.amazonaws.com",
            ["x-amz-date"] = "20150830T123600Z",
        };
        var request = new WireRequest(method, target, headers, ReadOnlyMemory<byte>.Empty);
        var authorization = new SigV4Authorization(
            "AKIDEXAMPLE", "20150830", "us-east-1", "service", ["host", "x-amz-date"], "");

        Assert.Equal(expected, SigV4.Sign(request, authorization, SuiteSecret));
    }

    [Theory]
    [InlineData("/hostedzone/%2Fhostedzone%2FZ1/rrset", "/hostedzone/%252Fhostedzone%252FZ1/rrset")]
    [InlineData("/a/../b//./c/", "/b/c/")]
    [InlineData("/", "/")]
    public void Encodes_paths_twice_and_removes_dot_segments(string path, string expected)
    {
        var request = new WireRequest("GET", path, new Dictionary<string, string>(), ReadOnlyMemory<byte>.Empty);

        Assert.Equal(expected, SigV4.CanonicalRequest(request, []).Split('\n')[1]);
    }

    [Fact]
    public async Task Bad_signatures_are_refused_in_each_protocols_words()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        sandbox.SecretKey = "wrong";

        (await sandbox.Elbv2("DescribeLoadBalancers")).Fails("SignatureDoesNotMatch");
        (await sandbox.Ec2("DescribeVpcs")).Fails("SignatureDoesNotMatch");
        (await sandbox.Route53("GET", "hostedzone")).Fails("SignatureDoesNotMatch");
        (await sandbox.Acm("ListCertificates", "{}")).Fails("InvalidSignatureException");
        Assert.Equal(0, sandbox.Cloud.Aws.Calls);
    }

    [Fact]
    public async Task Unknown_keys_are_refused_in_each_protocols_words()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        sandbox.AccessKey = "AKIANOBODY";

        (await sandbox.Elbv2("DescribeLoadBalancers")).Fails("InvalidClientTokenId");
        (await sandbox.Ec2("DescribeVpcs")).Fails("AuthFailure");
        (await sandbox.Tagging("GetResources", "{}")).Fails("UnrecognizedClientException");
    }

    [Theory]
    [InlineData(-16, "SignatureDoesNotMatch")]
    [InlineData(16, "SignatureDoesNotMatch")]
    [InlineData(-14, "")]
    public async Task Dates_may_be_a_quarter_of_an_hour_off(int minutes, string code)
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        sandbox.SignedAt = sandbox.SignedAt.AddMinutes(minutes);

        var answer = await sandbox.Elbv2("DescribeLoadBalancers");

        Assert.Equal(code, answer.Status is 200 ? "" : answer.Code);
    }

    [Fact]
    public async Task Unsigned_calls_are_refused_in_their_own_envelope()
    {
        await using var sandbox = await SandboxFixture.StartAsync();

        var query = await sandbox.SendAsync(
            "", "POST", "/", "Action=DescribeLoadBalancers&Version=2015-12-01", "application/x-www-form-urlencoded",
            [], signs: false);
        var json = await sandbox.SendAsync(
            "", "POST", "/", "{}", "application/x-amz-json-1.1",
            new() { ["x-amz-target"] = "CertificateManager.ListCertificates" }, signs: false);

        query.Fails("MissingAuthenticationToken");
        json.Fails("MissingAuthenticationTokenException");
        Assert.Contains("<ErrorResponse", query.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_body_breaks_the_signature()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        const string hash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

        var answer = await sandbox.SendAsync(
            "acm", "POST", "/", "{}", "application/x-amz-json-1.1",
            new() { ["x-amz-target"] = "CertificateManager.ListCertificates", ["x-amz-content-sha256"] = hash });

        answer.Fails("InvalidSignatureException");
    }

    [Fact]
    public async Task Assumed_roles_sign_until_they_expire()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var role = (await sandbox.Sts(
            "AssumeRole", ("RoleArn", "arn:aws:iam::111122223333:role/deploy"), ("RoleSessionName", "ci"),
            ("DurationSeconds", "900"))).Ok();
        sandbox.AccessKey = role["AccessKeyId"];
        sandbox.SecretKey = role["SecretAccessKey"];

        (await sandbox.Sts("GetCallerIdentity")).Fails("InvalidClientTokenId");
        sandbox.SessionToken = role["SessionToken"];
        var identity = (await sandbox.Sts("GetCallerIdentity")).Ok();
        Assert.Equal("arn:aws:sts::111122223333:assumed-role/deploy/ci", identity["Arn"]);
        Assert.Equal("111122223333", identity["Account"]);

        sandbox.Clock.Advance(TimeSpan.FromSeconds(901));
        (await sandbox.Sts("GetCallerIdentity")).Fails("ExpiredToken");
    }

    [Fact]
    public async Task A_web_identity_needs_no_signature_but_a_token()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var claims = Convert.ToBase64String(
            """{"sub":"system:serviceaccount:a:b","aud":"sts.amazonaws.com","iss":"https://oidc"}"""u8);
        var token = $"e30.{claims.TrimEnd('=').Replace('+', '-').Replace('/', '_')}.sig";

        var answer = (await Assume(sandbox, token)).Ok();
        Assert.Equal("system:serviceaccount:a:b", answer["SubjectFromWebIdentityToken"]);
        (await Assume(sandbox, "nonsense")).Fails("InvalidIdentityToken");
    }

    [Fact]
    public async Task Other_credentials_may_be_of_other_accounts()
    {
        var options = new AwsOptions { Credentials = [new("AKIAOTHER", "secret", "222233334444")] };
        await using var sandbox = await SandboxFixture.StartAsync(options);
        sandbox.AccessKey = "AKIAOTHER";
        sandbox.SecretKey = "secret";

        Assert.Equal("222233334444", (await sandbox.Sts("GetCallerIdentity")).Ok()["Account"]);
    }

    private static Task<Answer> Assume(SandboxFixture sandbox, string token) => sandbox.SendAsync(
        "", "POST", "/",
        "Action=AssumeRoleWithWebIdentity&Version=2011-06-15&RoleSessionName=pod"
        + $"&RoleArn=arn%3Aaws%3Aiam%3A%3A000000000000%3Arole%2Fx&WebIdentityToken={token}",
        "application/x-www-form-urlencoded", [], signs: false);
}
