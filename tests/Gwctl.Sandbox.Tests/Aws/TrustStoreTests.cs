using Gwctl.Sandbox.Aws;

namespace Gwctl.Sandbox.Tests.Aws;

public sealed class TrustStoreTests
{
    [Fact]
    public async Task A_trust_store_is_made_from_a_bundle_in_s3()
    {
        await using var sandbox = await StartAsync();
        var bundle = TestCertificates.Authority("one") + "\n" + TestCertificates.Authority("two");
        (await sandbox.S3("PUT", "/certs/ca/bundle.pem", bundle)).Ok();

        var made = (await Create(
            sandbox, "clients", "ca/bundle.pem", ("Tags.member.1.Key", "owner"), ("Tags.member.1.Value", "us"))).Ok();

        Assert.Matches(
            "^arn:aws:elasticloadbalancing:us-east-1:000000000000:truststore/clients/[0-9a-f]{16}$",
            made["TrustStoreArn"]);
        Assert.Equal(("ACTIVE", "2"), (made["Status"], made["NumberOfCaCertificates"]));
        var named = (await sandbox.Elbv2("DescribeTrustStores", ("Names.member.1", "clients"))).Ok();
        Assert.Equal(made["TrustStoreArn"], named["TrustStoreArn"]);
        var tags = (await sandbox.Elbv2("DescribeTags", ("ResourceArns.member.1", made["TrustStoreArn"]))).Ok();
        Assert.Equal("us", tags["Value"]);
        (await Create(sandbox, "clients", "ca/bundle.pem")).Fails("DuplicateTrustStoreName");

        // The store holds what the object was: neither its end nor its change reaches it.
        (await sandbox.S3("DELETE", "/certs/ca/bundle.pem")).Ok();
        var location = (await sandbox.Elbv2(
            "GetTrustStoreCaCertificatesBundle", ("TrustStoreArn", made["TrustStoreArn"]))).Ok()["Location"];
        Assert.Equal(bundle, (await sandbox.FetchAsync(location)).Ok().Text);
        (await sandbox.FetchAsync(location.Replace("Expires=600", "Expires=601", StringComparison.Ordinal)))
            .Fails("SignatureDoesNotMatch");
    }

    [Fact]
    public async Task A_bundle_is_there_and_holds_authorities_only()
    {
        await using var sandbox = await StartAsync();
        (await sandbox.S3("PUT", "/certs/text", "no certificate")).Ok();
        (await sandbox.S3("PUT", "/certs/leaf", TestCertificates.Curve("a.example.com").Certificate)).Ok();
        (await sandbox.S3("PUT", "/certs/good", TestCertificates.Authority("one"))).Ok();

        (await Create(sandbox, "a", "none")).Fails("CaCertificatesBundleNotFound");
        (await Create(sandbox, "a", "text")).Fails("InvalidCaCertificatesBundle");
        (await Create(sandbox, "a", "leaf")).Fails("InvalidCaCertificatesBundle");
        (await Create(sandbox, "a_b", "good")).Fails("ValidationError");
        (await Create(sandbox, "a", "good", ("CaCertificatesBundleS3ObjectVersion", "7")))
            .Fails("CaCertificatesBundleNotFound");

        var made = (await Create(sandbox, "a", "good")).Ok()["TrustStoreArn"];
        (await sandbox.Elbv2(
            "ModifyTrustStore", ("TrustStoreArn", made), ("CaCertificatesBundleS3Bucket", "certs"),
            ("CaCertificatesBundleS3Key", "leaf"))).Fails("InvalidCaCertificatesBundle");
        var two = TestCertificates.Authority("x") + "\n" + TestCertificates.Authority("y");
        (await sandbox.S3("PUT", "/certs/more", two)).Ok();
        var changed = (await sandbox.Elbv2(
            "ModifyTrustStore", ("TrustStoreArn", made), ("CaCertificatesBundleS3Bucket", "certs"),
            ("CaCertificatesBundleS3Key", "more"))).Ok();
        Assert.Equal("2", changed["NumberOfCaCertificates"]);
    }

    [Fact]
    public async Task A_listener_that_verifies_keeps_its_trust_store()
    {
        await using var sandbox = await StartAsync();
        (await sandbox.S3("PUT", "/certs/ca", TestCertificates.Authority("one"))).Ok();
        var store = (await Create(sandbox, "a", "ca")).Ok()["TrustStoreArn"];
        var loadBalancer = await sandbox.LoadBalancerAsync();
        var certificate = await sandbox.ImportAsync("a.example.com");

        var listener = (await Listen(("Mode", "verify"), ("TrustStoreArn", store))).Ok();
        Assert.Equal("false", listener["IgnoreClientCertificateExpiry"]);
        Assert.Equal("off", listener["AdvertiseTrustStoreCaNames"]);
        Assert.Equal([listener["ListenerArn"]], await Associations());
        (await sandbox.Elbv2("DeleteTrustStore", ("TrustStoreArn", store))).Fails("TrustStoreInUse");

        (await sandbox.Elbv2(
            "ModifyListener", ("ListenerArn", listener["ListenerArn"]), ("Port", "444"))).Ok();
        Assert.Single(await Associations());
        (await sandbox.Elbv2(
            "ModifyListener", ("ListenerArn", listener["ListenerArn"]), ("MutualAuthentication.Mode", "off"))).Ok();
        Assert.Empty(await Associations());
        (await sandbox.Elbv2("DeleteTrustStore", ("TrustStoreArn", store))).Ok();
        (await sandbox.Elbv2("DeleteTrustStore", ("TrustStoreArn", store))).Fails("TrustStoreNotFound");

        async Task<IReadOnlyList<string>> Associations() => (await sandbox.Elbv2(
            "DescribeTrustStoreAssociations", ("TrustStoreArn", store))).Ok().All("ResourceArn");

        Task<Answer> Listen(params (string Name, string Value)[] mutual) => sandbox.Elbv2(
            "CreateListener",
            [
                ("LoadBalancerArn", loadBalancer), ("Protocol", "HTTPS"), ("Port", "443"),
                ("Certificates.member.1.CertificateArn", certificate),
                ("DefaultActions.member.1.Type", "fixed-response"),
                ("DefaultActions.member.1.FixedResponseConfig.StatusCode", "404"),
                .. mutual.Select(field => ($"MutualAuthentication.{field.Name}", field.Value)),
            ]);
    }

    [Theory]
    [InlineData("Mode=required", "ValidationError")]
    [InlineData("Mode=verify", "ValidationError")]
    [InlineData("TrustStoreArn=x", "ValidationError")]
    [InlineData("Mode=passthrough IgnoreClientCertificateExpiry=true", "ValidationError")]
    [InlineData("Mode=off AdvertiseTrustStoreCaNames=on", "ValidationError")]
    [InlineData(
        "Mode=verify TrustStoreArn=arn:aws:elasticloadbalancing:us-east-1:000000000000:truststore/a/1",
        "TrustStoreNotFound")]
    [InlineData("Mode=passthrough", "")]
    public async Task Modes_are_checked(string settings, string code)
    {
        await using var sandbox = await StartAsync();
        var listener = await sandbox.ListenerAsync(await sandbox.LoadBalancerAsync());

        var answer = await sandbox.Elbv2(
            "ModifyListener",
            [
                ("ListenerArn", listener), ("Protocol", "HTTPS"),
                ("Certificates.member.1.CertificateArn", await sandbox.ImportAsync("a.example.com")),
                .. settings.Split(' ').Select(setting => setting.Split('=', 2))
                    .Select(pair => ($"MutualAuthentication.{pair[0]}", pair[1])),
            ]);

        Assert.Equal(code, answer.Status is 200 ? "" : answer.Code);
    }

    private static Task<SandboxFixture> StartAsync() =>
        SandboxFixture.StartAsync(new AwsOptions { Delays = AwsDelays.None, Buckets = ["certs"] });

    private static Task<Answer> Create(
        SandboxFixture sandbox, string name, string key, params (string, string)[] more) => sandbox.Elbv2(
        "CreateTrustStore",
        [
            ("Name", name), ("CaCertificatesBundleS3Bucket", "certs"), ("CaCertificatesBundleS3Key", key), .. more,
        ]);
}
