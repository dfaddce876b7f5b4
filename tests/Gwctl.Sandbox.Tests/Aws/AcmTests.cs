using Gwctl.Sandbox.Aws;

namespace Gwctl.Sandbox.Tests.Aws;

public sealed class AcmTests
{
    [Fact]
    public async Task A_requested_certificate_is_issued_once_its_record_is_there_and_stays_issued()
    {
        var delays = AwsDelays.None with { CertificateIssuing = TimeSpan.FromMinutes(1) };
        await using var sandbox = await SandboxFixture.StartAsync(
            new AwsOptions { Delays = delays, HostedZones = ["example.com"] });
        var arn = Arn((await sandbox.Acm(
            "RequestCertificate",
            """
            {"DomainName":"www.example.com","SubjectAlternativeNames":["*.www.example.com"],"ValidationMethod":"DNS"}
            """)).Ok());
        var pending = await DescribeAsync(sandbox, arn);
        Assert.Equal("PENDING_VALIDATION", pending.GetProperty("Status").GetString());
        var records = pending.GetProperty("DomainValidationOptions").EnumerateArray()
            .Select(option => option.GetProperty("ResourceRecord")).ToList();
        Assert.Equal(records[0].GetProperty("Name").GetString(), records[1].GetProperty("Name").GetString());

        var zone = await sandbox.ZoneAsync();
        var value = records[0].GetProperty("Value").GetString() ?? "";
        var record = Route53World.Record(records[0].GetProperty("Name").GetString() ?? "", "CNAME", 60, value);
        (await sandbox.ChangeAsync(zone, ("CREATE", record))).Ok();
        Assert.Equal("PENDING_VALIDATION", (await DescribeAsync(sandbox, arn)).GetProperty("Status").GetString());
        sandbox.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("ISSUED", (await DescribeAsync(sandbox, arn)).GetProperty("Status").GetString());

        (await sandbox.ChangeAsync(zone, ("DELETE", record))).Ok();
        var issued = await DescribeAsync(sandbox, arn);
        Assert.Equal("ISSUED", issued.GetProperty("Status").GetString());
        Assert.Equal("CN=www.example.com", issued.GetProperty("Subject").GetString());
        (await sandbox.Acm("GetCertificate", $$"""{"CertificateArn":"{{arn}}"}""")).Ok();
    }

    [Fact]
    public async Task Importing_again_keeps_the_arn_and_takes_no_tags()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var arn = await sandbox.ImportAsync("a.example.com");
        var (certificate, key) = TestCertificates.Rsa("b.example.com");
        var again = $$""","CertificateArn":"{{arn}}" """;

        Assert.Equal(arn, Arn((await sandbox.ImportAsync(certificate, key, again)).Ok()));
        Assert.Equal("b.example.com", (await DescribeAsync(sandbox, arn)).GetProperty("DomainName").GetString());
        (await sandbox.ImportAsync(certificate, key, again + ""","Tags":[{"Key":"a"}]""")).Fails("ValidationException");
        (await sandbox.ImportAsync(certificate, key, again.Replace(arn, arn + "0", StringComparison.Ordinal)))
            .Fails("ResourceNotFoundException");
    }

    [Fact]
    public async Task Certificates_and_keys_must_belong_together_and_be_valid()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var (certificate, key) = TestCertificates.Rsa("a.example.com");
        var (_, otherKey) = TestCertificates.Rsa("a.example.com");
        var (old, oldKey) = TestCertificates.Rsa("a.example.com", days: -1);

        (await sandbox.ImportAsync(certificate, otherKey)).Fails("ValidationException");
        (await sandbox.ImportAsync("nonsense", key)).Fails("ValidationException");
        (await sandbox.ImportAsync(certificate, "nonsense")).Fails("ValidationException");
        (await sandbox.ImportAsync(certificate + "\n" + certificate, key)).Fails("ValidationException");
        (await sandbox.ImportAsync(old, oldKey)).Fails("ValidationException");
    }

    [Fact]
    public async Task Lists_leave_out_curves_unless_asked()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var rsa = await sandbox.ImportAsync("a.example.com");
        var (certificate, key) = TestCertificates.Curve("c.example.com");
        var curve = Arn((await sandbox.ImportAsync(certificate, key)).Ok());

        Assert.Equal([rsa], await ListAsync("{}"));
        Assert.Equal([curve], await ListAsync("""{"Includes":{"keyTypes":["EC_prime256v1"]}}"""));
        var all = await ListAsync("""{"Includes":{"keyTypes":["EC_prime256v1","RSA_2048"]},"MaxItems":1}""");
        Assert.Single(all);

        async Task<List<string>> ListAsync(string json) => (await sandbox.Acm("ListCertificates", json)).Ok().Json()
            .GetProperty("CertificateSummaryList").EnumerateArray()
            .Select(item => item.GetProperty("CertificateArn").GetString() ?? "").ToList();
    }

    [Fact]
    public async Task Tags_and_idempotency()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        const string request = """
            {"DomainName":"a.example.com","ValidationMethod":"DNS","IdempotencyToken":"t",
            "Tags":[{"Key":"k","Value":"v"}]}
            """;
        var arn = Arn((await sandbox.Acm("RequestCertificate", request)).Ok());

        Assert.Equal(arn, Arn((await sandbox.Acm("RequestCertificate", request)).Ok()));
        (await sandbox.Acm(
            "RemoveTagsFromCertificate",
            $$"""{"CertificateArn":"{{arn}}","Tags":[{"Key":"k","Value":"other"}]}""")).Ok();
        var tags = (await sandbox.Acm("ListTagsForCertificate", $$"""{"CertificateArn":"{{arn}}"}""")).Ok();
        Assert.Equal("""{"Tags":[{"Key":"k","Value":"v"}]}""", tags.Text);
    }

    [Theory]
    [InlineData("""{"DomainName":"a.example.com","Bogus":1}""", "SerializationException")]
    [InlineData("""{"DomainName":5}""", "SerializationException")]
    [InlineData("""{"DomainName":"not a name"}""", "ValidationException")]
    [InlineData("{}", "ValidationException")]
    [InlineData("[", "SerializationException")]
    public async Task Requests_are_held_to_the_contract(string json, string code)
    {
        await using var sandbox = await SandboxFixture.StartAsync();

        (await sandbox.Acm("RequestCertificate", json)).Fails(code);
    }

    private static string Arn(Answer answer) => answer.Json().GetProperty("CertificateArn").GetString() ?? "";

    private static async Task<System.Text.Json.JsonElement> DescribeAsync(SandboxFixture sandbox, string arn) =>
        (await sandbox.Acm("DescribeCertificate", $$"""{"CertificateArn":"{{arn}}"}""")).Ok().Json()
        .GetProperty("Certificate");
}
