using Gwctl.Core;
using Gwctl.Testing.Specs;

namespace Gwctl.Providers.Gcp.Tests.Projection;

/// <summary>Goal: a port whose clients must show certificates, which gwctl does not have Google verify, is left out
/// with an error: never a listener that stands open. Everything else is made.</summary>
public sealed class ClientCertificateTests
{
    private const string Validation = "{validation: {caCertificateRefs: [{group: '', kind: ConfigMap, name: ca}]}}";

    private static readonly TestCertificate Authority = TestCertificate.For("clients");

    private static readonly TestCertificate Served = TestCertificate.For("a.example.com");

    [Theory]
    [InlineData("")]
    [InlineData("certificates: certificate-manager")]
    [InlineData(Projected.Regional)]
    public void A_port_that_verifies_clients_is_left_out(string gcp)
    {
        var projected = Projected.All(Gateway($"{{default: {Validation}}}"), gcp);

        Assert.Equal(["GW3215"], projected.Codes);
        Assert.Equal(["80"], Ports(projected));
        Assert.Empty(projected.Of(Kinds.TargetHttpsProxy));
        Assert.Equal(2, projected.Diagnostics.Count(diagnostic => diagnostic.Code is "GW3215"));
    }

    [Fact]
    public void Only_the_port_that_verifies_is_left_out()
    {
        var projected = Projected.All(
            Gateway($"{{default: {{}}, perPort: [{{port: 8443, tls: {Validation}}}]}}"));

        Assert.Equal(["GW3215"], projected.Codes);
        Assert.Equal(["443", "80"], Ports(projected));
        Assert.Contains(
            "8443", Assert.Single(projected.Diagnostics, IsError).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_port_can_be_the_only_one_that_does_not_verify()
    {
        var projected = Projected.All(
            Gateway($"{{default: {Validation}, perPort: [{{port: 8443, tls: {{}}}}]}}"));

        Assert.Equal(["GW3215"], projected.Codes);
        Assert.Equal(["80", "8443"], Ports(projected));
    }

    /// <summary>Fallback would let those in who have no certificate, and tell backends; gwctl does neither.</summary>
    [Fact]
    public void A_port_that_would_let_others_in_is_left_out_too()
    {
        var projected = Projected.All(Gateway(
            $"{{default: {Validation.Replace("]}}", "], mode: AllowInsecureFallback}}", StringComparison.Ordinal)}}}"));

        Assert.Equal(["GW3215"], projected.Codes);
        Assert.Equal(["80"], Ports(projected));
    }

    [Theory]
    [InlineData(8443, "443 80")]
    [InlineData(9443, "443 80 8443")]
    public void Listeners_of_sets_are_verified_as_the_gateways(int port, string made)
    {
        var projected = Projected.All(Gateway(
            $"{{default: {{}}, perPort: [{{port: {port}, tls: {Validation}}}]}}",
            $$"""
            ---
            apiVersion: gateway.networking.k8s.io/v1
            kind: ListenerSet
            metadata: {name: more, namespace: shop}
            spec:
              parentRef: {name: web}
              listeners:
                - {{Https("set", port, "b.example.com")}}
            """));

        Assert.Equal(["GW3215"], projected.Codes);
        Assert.Equal(made, string.Join(' ', Ports(projected)));
    }

    private static bool IsError(Diagnostic diagnostic) => diagnostic.Severity is Severity.Error;

    /// <summary>Of forwarding rules, sorted as texts.</summary>
    private static IReadOnlyList<string> Ports(Projected projected) =>
    [
        .. projected.Of(Kinds.ForwardingRule).Select(rule => rule.Address.Key.Split('/')[0])
            .Order(StringComparer.Ordinal),
    ];

    private static string Https(string name, int port, string hostname) =>
        $"{{name: {name}, port: {port}, protocol: HTTPS, hostname: {hostname}, "
            + "tls: {certificateRefs: [{name: s}]}}";

    private static string Gateway(string frontend, string more = "") => $$"""
        {{SpecText.Gateway(
            "{name: http, port: 80, protocol: HTTP}, " + Https("one", 443, "a.example.com") + ", "
                + Https("other", 8443, "a.example.com"),
            spec: $"allowedListeners: {{namespaces: {{from: Same}}}}\ntls: {{frontend: {frontend}}}")}}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: r, namespace: shop}
        spec:
          parentRefs: [{name: web}]
          rules: [{backendRefs: [{name: a, port: 80}]}]
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: ca, namespace: shop}
        data: {ca.crt: {{Quoted(Authority.Chain)}} }
        ---
        apiVersion: v1
        kind: Secret
        metadata: {name: s, namespace: shop}
        type: kubernetes.io/tls
        stringData: {tls.crt: {{Quoted(Served.Chain)}}, tls.key: {{Quoted(Served.PrivateKey)}} }
        {{more}}
        """;

    private static string Quoted(string text) => System.Text.Json.JsonSerializer.Serialize(text);
}
