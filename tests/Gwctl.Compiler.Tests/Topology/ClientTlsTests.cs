using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Testing.Specs;
using static Gwctl.Compiler.Tests.Topology.TopologyTestExtensions;
using static Gwctl.Testing.Specs.MakeGateway;
using static Gwctl.Testing.Specs.MakeTls;

namespace Gwctl.Compiler.Tests.Topology;

/// <summary>What a Gateway asks of clients and shows to backends.</summary>
public sealed class ClientTlsTests
{
    private static readonly string Ca = TestCertificate.For("ca.example.com").Chain;

    private static readonly SpecReference CaRef = Make.Ref("ConfigMap", "ca", 5);

    [Fact]
    public void DefaultIsForHttpsPortsThatPerPortDoesNotName()
    {
        var resolved = Resolve(
            Gateway("infra/gw", Http(), Tls("a", 443), Tls("b", 8443), Tls("c", 9443)).AskingClients(
                Validation("AllowValidOnly", CaRef),
                (8443, Validation("AllowInsecureFallback", CaRef)),
                (9443, null)),
            CaMap("infra/ca", Ca));
        Assert.Equal(["GW2086"], resolved.Codes());
        Assert.Equal(
            "True/ConfigurationChanged", resolved.Gateway().Conditions.Told("InsecureFrontendValidationMode"));
        var ports = RoutingCompiler.Lower(resolved.Topology()).Value?.Gateways[0].Ports ?? [];
        Assert.Equal(
            ["80 none", "443 False", "8443 True", "9443 none"],
            ports.Select(port => $"{port.Port} {port.ClientValidation?.AllowsInsecureFallback.ToString() ?? "none"}"));
        Assert.Equal([Ca], ports[1].ClientValidation?.CaCertificates ?? []);
    }

    [Fact]
    public void SecretsHoldCaCertificatesToo()
    {
        var secret = Secret("infra/ca", TestCertificate.For("x.com"), "Opaque") with
        {
            CaCertificate = new SecretText(Ca),
        };
        var resolved = Resolve(
            Gateway("infra/gw", Tls("a", 443)).AskingClients(
                Validation("AllowValidOnly", Make.Ref("Secret", "ca"))),
            secret);
        Assert.Empty(resolved.Diagnostics);
        Assert.Equal("none", resolved.Gateway().Conditions.Told("InsecureFrontendValidationMode"));
        Assert.Equal("True/ResolvedRefs", resolved.Gateway().Conditions.Told("ResolvedRefs"));
    }

    public static readonly TheoryData<string, string, string, string> Broken = new()
    {
        { "ConfigMap", "missing", "GW2082", "InvalidCACertificateRef" },
        { "ConfigMap", "empty", "GW2083", "InvalidCACertificateRef" },
        { "ConfigMap", "text", "GW2084", "InvalidCACertificateRef" },
        { "ConfigMap", "damaged", "GW2084", "InvalidCACertificateRef" },
        { "Service", "ca", "GW2081", "InvalidCACertificateKind" },
        { "ConfigMap", "other/ca", "GW2080", "RefNotPermitted" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void WithoutAValidCaHttpsListenersAreRefusedAndOthersAreNot(
        string kind, string name, string code, string reason)
    {
        var resolved = Resolve([
            Gateway("infra/gw", Http(), Tls("a", 443)).AskingClients(
                Validation("AllowValidOnly", Make.Ref(kind, name, 5))),
            .. Maps()]);
        Assert.Equal([code], resolved.Codes());
        Assert.Equal(code is "GW2084" ? Make.At(9) : Make.At(5), resolved.Only(code).Subject);
        Assert.Equal($"False/{reason}", resolved.Listener("a").Conditions.Told("ResolvedRefs"));
        Assert.Equal("False/NoValidCACertificate", resolved.Listener("a").Conditions.Told("Accepted"));
        Assert.Equal("False/Invalid", resolved.Listener("a").Conditions.Told("Programmed"));
        Assert.Equal("True/ResolvedRefs", resolved.Listener("http").Conditions.Told("ResolvedRefs"));
        Assert.Equal("True/ListenersNotValid", resolved.Gateway().Conditions.Told("Accepted"));
        Assert.Equal("False/ListenersNotResolved", resolved.Gateway().Conditions.Told("ResolvedRefs"));
    }

    [Fact]
    public void OneValidCaIsEnough()
    {
        var resolved = Resolve([
            Gateway("infra/gw", Tls("a", 443)).AskingClients(
                Validation("AllowValidOnly", CaRef, Make.Ref("ConfigMap", "missing"))),
            .. Maps()]);
        Assert.Equal("False/InvalidCACertificateRef", resolved.Listener("a").Conditions.Told("ResolvedRefs"));
        Assert.True(resolved.Listener("a").Programmable);
        Assert.Equal([Ca], resolved.Gateway().ClientValidations[0].Validation.CaCertificates);
    }

    [Fact]
    public void GrantLetsAGatewayTrustAnotherNamespacesCa()
    {
        var resolved = Resolve([
            Gateway("infra/gw", Tls("a", 443)).AskingClients(
                Validation("AllowValidOnly", Make.Ref("ConfigMap", "other/ca"))),
            Make.Grant("other/grant", "infra", "ConfigMap", fromKind: "Gateway"),
            .. Maps()]);
        Assert.Empty(resolved.Diagnostics);
    }

    [Fact]
    public void ListenersOfListenerSetsShareTheirPortsValidation()
    {
        var resolved = Resolve([
            Gateway("infra/gw", Http()).AllowingSets().AskingClients(
                Validation("AllowValidOnly", Make.Ref("ConfigMap", "missing")), (8443, null)),
            ListenerSet("infra/set", "gw", null, Tls("a", 443)),
            .. Maps()]);
        Assert.Equal(
            "False/NoValidCACertificate", resolved.Listener("a", inSets: true).Conditions.Told("Accepted"));
        Assert.Equal(["GW2082", "GW2085"], resolved.Codes());
    }

    [Fact]
    public void BackendCertificateIsTheGatewaysOwn()
    {
        var pair = TestCertificate.For("gw.example.com");
        var resolved = Resolve(
            Gateway("infra/gw", Http()).ShowingBackends(Make.Ref("Secret", "client", 6)),
            Secret("infra/client", pair));
        Assert.Empty(resolved.Diagnostics);
        var shown = RoutingCompiler.Lower(resolved.Topology()).Value?.Gateways[0].BackendClientCertificate;
        Assert.Equal((pair.Chain, Make.At(6)), (shown?.Chain.Reveal(), shown?.Span ?? SourceSpan.None));
    }

    [Theory]
    [InlineData("Secret", "missing", "InvalidClientCertificateRef")]
    [InlineData("ConfigMap", "ca", "InvalidClientCertificateRef")]
    [InlineData("Secret", "bad", "InvalidClientCertificateRef")]
    [InlineData("Secret", "other/client", "RefNotPermitted")]
    public void BrokenBackendCertificateIsToldInResolvedRefsAlone(string kind, string name, string reason)
    {
        var resolved = Resolve([
            Gateway("infra/gw", Http()).ShowingBackends(Make.Ref(kind, name, 6)),
            Secret("infra/bad", TestCertificate.For("a.com"), "Opaque"),
            .. Maps()]);
        Assert.Equal($"False/{reason}", resolved.Gateway().Conditions.Told("ResolvedRefs"));
        Assert.Equal("True/Accepted", resolved.Gateway().Conditions.Told("Accepted"));
        Assert.Equal(Make.At(6), Assert.Single(resolved.Diagnostics).Subject);
        Assert.Null(RoutingCompiler.Lower(resolved.Topology()).Value?.Gateways[0].BackendClientCertificate);
    }

    private static ListenerSpec Tls(string name, int port) => Https(name, port) with { Tls = TlsByOption() };

    private static ConfigMapSpec[] Maps() =>
    [
        CaMap("infra/ca", Ca),
        CaMap("other/ca", Ca),
        CaMap("infra/empty", null),
        CaMap("infra/text", "no PEM at all", line: 9),
        CaMap("infra/damaged", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", line: 9),
    ];
}
