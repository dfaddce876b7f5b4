using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Testing.Specs;
using static Gwctl.Compiler.Tests.Topology.TopologyTestExtensions;
using static Gwctl.Testing.Specs.MakeGateway;

namespace Gwctl.Compiler.Tests.Topology;

public sealed class CertificateTests
{
    private static readonly TestCertificate Certificate = TestCertificate.For("example.com", "*.example.com");
    private static readonly TestCertificate Other = TestCertificate.For("other.org");

    [Fact]
    public void GoodSecretMakesAListener()
    {
        var resolved = Resolve(
            Gateway("infra/gw", Https(hostname: "www.example.com", secrets: "cert")),
            Secret("infra/cert", Certificate));
        Assert.Empty(resolved.Diagnostics);
        Assert.True(resolved.Listener("https").Programmable);
        Assert.Equal("True/ResolvedRefs", resolved.Listener("https").Conditions.Told("ResolvedRefs"));
        Assert.Equal(Make.Name("infra/cert"), Assert.Single(resolved.Listener("https").Certificates).Name);
    }

    [Fact]
    public void SecretMayComeBeforeItsPartsWereSplitByOtherText()
    {
        var chain = Certificate with { Chain = $"leaf\n{Certificate.Chain}\nissuer\n{Other.Chain}" };
        Assert.Empty(Resolve(Gateway("infra/gw", Https(secrets: "cert")), Secret("infra/cert", chain)).Diagnostics);
    }

    public static readonly TheoryData<string, SecretSpec?> BadSecrets = new()
    {
        { "GW2032", null },
        { "GW2033", Secret("infra/cert", Certificate, "Opaque") },
        { "GW2033", Secret("infra/cert", Certificate) with { Certificate = null } },
        { "GW2033", Secret("infra/cert", Certificate) with { PrivateKey = null } },
        { "GW2033", Secret("infra/cert", new TestCertificate("Hello world", "Hello world")) },
        { "GW2033", Secret("infra/cert", Certificate with { PrivateKey = "Hello world" }) },
        { "GW2033", Secret("infra/cert", Certificate with { PrivateKey = Other.PrivateKey }) },
        { "GW2033", Secret("infra/cert", Certificate with { Chain = Broken(Certificate.Chain) }) },
        { "GW2033", Secret("infra/cert", Certificate with { Chain = "" }) },
    };

    [Theory]
    [MemberData(nameof(BadSecrets))]
    public void BadSecretIsAnInvalidReference(string code, SecretSpec? secret)
    {
        SpecObject[] secrets = secret is null ? [] : [secret];
        var resolved = Resolve([Gateway("infra/gw", Http(), Https(line: 8, secrets: "cert")), .. secrets]);
        var diagnostic = resolved.Only(code);
        Assert.Equal((Severity.Error, Make.At(8)), (diagnostic.Severity, diagnostic.Subject));
        Assert.DoesNotContain("PRIVATE", diagnostic.Detail, StringComparison.Ordinal);
        Assert.Equal("False/InvalidCertificateRef", resolved.Listener("https").Conditions.Told("ResolvedRefs"));
        Assert.False(resolved.Listener("https").Programmable);
        Assert.True(resolved.Listener("http").Programmable);
        Assert.Equal(["HTTPRoute", "GRPCRoute"], resolved.Listener("https").SupportedKinds.Select(item => item.Kind));
    }

    [Theory]
    [InlineData("wrong.group.company.io", "Secret")]
    [InlineData("", "WrongKind")]
    public void OtherKindIsAnInvalidReference(string group, string kind)
    {
        var listener = Https() with { Tls = Tls(Make.Ref(kind, "cert", 3, group)) };
        var resolved = Resolve(Gateway("infra/gw", listener), Secret("infra/cert", Certificate));
        Assert.Equal(Make.At(3), resolved.Only("GW2031").Subject);
        Assert.Equal("False/InvalidCertificateRef", resolved.Listener("https").Conditions.Told("ResolvedRefs"));
    }

    public static readonly TheoryData<bool, ReferenceGrantSpec?> Grants = new()
    {
        { false, null },
        { true, Make.Grant("certs/g", "infra", "Secret", null, "Gateway") },
        { true, Make.Grant("certs/g", "infra", "Secret", "cert", "Gateway") },
        { false, Make.Grant("certs/g", "infra", "Secret", "another", "Gateway") },
        { false, Make.Grant("certs/g", "elsewhere", "Secret", null, "Gateway") },
        { false, Make.Grant("certs/g", "infra", "Service", null, "Gateway") },
        { false, Make.Grant("certs/g", "infra", "Secret", null, "HTTPRoute") },
        { false, Make.Grant("infra/g", "infra", "Secret", null, "Gateway") },
    };

    [Theory]
    [MemberData(nameof(Grants))]
    public void SecretOfAnotherNamespaceNeedsAGrant(bool isAllowed, ReferenceGrantSpec? grant)
    {
        SpecObject[] grants = grant is null ? [] : [grant];
        var resolved = Resolve(
            [Gateway("infra/gw", Https(secrets: "certs/cert")), Secret("certs/cert", Certificate), .. grants]);
        Assert.Equal(isAllowed ? [] : ["GW2030"], resolved.Codes());
        Assert.Equal(
            isAllowed ? "True/ResolvedRefs" : "False/RefNotPermitted",
            resolved.Listener("https").Conditions.Told("ResolvedRefs"));
    }

    [Fact]
    public void MissingGrantIsToldEvenWhereTheSecretIsMissingToo()
    {
        var resolved = Resolve(Gateway("infra/gw", Https(secrets: ["missing", "certs/missing"])));
        Assert.Equal(["GW2030", "GW2032"], resolved.Codes());
        Assert.Equal("False/RefNotPermitted", resolved.Listener("https").Conditions.Told("ResolvedRefs"));
    }

    [Fact]
    public void OneUsableCertificateIsEnoughToServe()
    {
        var resolved = Resolve(
            Gateway("infra/gw", Https(secrets: ["missing", "cert"])), Secret("infra/cert", Certificate));
        Assert.True(resolved.Listener("https").Programmable);
        Assert.Equal("False/InvalidCertificateRef", resolved.Listener("https").Conditions.Told("ResolvedRefs"));
    }

    [Fact]
    public void HttpsNeedsACertificateOrAnOptionThatNamesOne()
    {
        var resolved = Resolve(Gateway(
            "infra/gw",
            Https("none", 443) with { Tls = null },
            Https("empty", 444),
            Https("option", 445) with { Tls = TlsByOption() },
            Https("unrelated", 446) with { Tls = Tls() with { Options = Make.Labels("gwctl.dev/ssl-policy=x") } }));
        Assert.Equal(["GW2025", "GW2025", "GW2025"], resolved.Codes());
        Assert.Equal("False/Invalid", resolved.Listener("none").Conditions.Told("Accepted"));
        Assert.False(resolved.Listener("empty").Programmable);
        Assert.False(resolved.Listener("unrelated").Programmable);
        Assert.True(resolved.Listener("option").Programmable);
    }

    [Fact]
    public void HttpsCannotPassThrough()
    {
        var tls = TlsByOption() with { Mode = Make.Value("Passthrough", 6) };
        var resolved = Resolve(Gateway("infra/gw", Https() with { Tls = tls }));
        Assert.Equal(Make.At(6), resolved.Only("GW2024").Subject);
        Assert.Equal("False/UnsupportedValue", resolved.Listener("https").Conditions.Told("Accepted"));
    }

    [Theory]
    [InlineData("www.example.com", 0)]
    [InlineData("*.example.com", 0)]
    [InlineData("example.com", 0)]
    [InlineData("example.org", 1)]
    public void CertificateForOtherNamesIsAWarning(string hostname, int warnings)
    {
        var resolved = Resolve(
            Gateway("infra/gw", Https(hostname: hostname, secrets: "cert")), Secret("infra/cert", Certificate));
        Assert.Equal(warnings, resolved.Codes().Count(code => code is "GW2034"));
        Assert.False(resolved.HasErrors);
    }

    private static string Broken(string pem) => pem.Replace("MI", "!!", StringComparison.Ordinal);
}
