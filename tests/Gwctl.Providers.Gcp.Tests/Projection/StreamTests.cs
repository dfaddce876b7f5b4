using Gwctl.Testing.Specs;

namespace Gwctl.Providers.Gcp.Tests.Projection;

public sealed class StreamTests
{
    private const string Tcp = "{name: tcp, port: 5432, protocol: TCP}";
    private const string Passthrough =
        "{name: tls, port: 443, protocol: TLS, hostname: db.example.com, tls: {mode: Passthrough}}";
    private const string Terminate =
        "{name: end, port: 443, protocol: TLS, hostname: x.example.com, tls: {mode: Terminate, "
            + "options: {gwctl.dev/certificate: own}}}";

    [Fact]
    public void A_tcp_port_is_a_tcp_proxy_with_one_backend()
    {
        var projected = Projected.All(Route(Tcp, "TCPRoute", "", "[{name: a, port: 80}]"));

        Assert.Equal("<backend-service shop/a:80~tcp>", projected.Text(Kinds.TargetTcpProxy, "service"));
        Assert.Equal("<target-tcp-proxy 5432>", projected.Text(Kinds.ForwardingRule, "target"));
        var service = projected.Only(Kinds.BackendService).Attributes;
        Assert.Equal("TCP", SpecText.Of(service["protocol"]));
        Assert.Contains("balancingMode: CONNECTION", SpecText.Of(service["backends"]));
        Assert.Empty(projected.Codes);
    }

    [Fact]
    public void A_regional_tcp_proxy_is_another_one_for_another_backend()
    {
        var first = Projected.All(Route(Tcp, "TCPRoute", "", "[{name: a, port: 80}]"), Projected.Regional);
        var second = Projected.All(Route(Tcp, "TCPRoute", "", "[{name: b, port: 80}]"), Projected.Regional);

        Assert.Empty(first.Codes);
        Assert.Equal("us-central1", first.Text(Kinds.TargetTcpProxy, "location"));
        Assert.NotEqual(first.Text(Kinds.TargetTcpProxy, "name"), second.Text(Kinds.TargetTcpProxy, "name"));
    }

    [Fact]
    public void A_region_passes_tls_on_and_does_not_end_it()
    {
        var passed = Projected.All(
            Route(Passthrough, "TLSRoute", "hostnames: [db.example.com]", "[{name: a, port: 80}]"),
            Projected.Regional);
        var ended = Projected.All(
            Route(Terminate, "TLSRoute", "hostnames: [x.example.com]", "[{name: a, port: 80}]"), Projected.Regional);

        Assert.Equal(["GW3244"], passed.Codes);
        Assert.Equal("<backend-service shop/a:80~tcp>", passed.Text(Kinds.TargetTcpProxy, "service"));
        Assert.Equal(["GW3219"], ended.Codes);
        Assert.Contains("SSL proxies are global", Assert.Single(ended.Diagnostics).Detail, StringComparison.Ordinal);
        Assert.Empty(ended.Of(Kinds.ForwardingRule));
    }

    [Fact]
    public void Two_backends_of_a_connection_are_refused() => Assert.Equal(
        ["GW3243"],
        Projected.All(Route(Tcp, "TCPRoute", "", "[{name: a, port: 80}, {name: b, port: 80}]")).Codes);

    [Fact]
    public void A_port_without_routes_leads_nowhere() => Assert.Equal(
        "<backend-service none~tcp>", Projected.All(SpecText.Gateway(Tcp)).Text(Kinds.TargetTcpProxy, "service"));

    [Fact]
    public void Udp_is_refused()
    {
        var projected = Projected.All(SpecText.Gateway("{name: dns, port: 53, protocol: UDP}"));

        Assert.Equal(["GW3219"], projected.Codes);
        Assert.Empty(projected.Of(Kinds.ForwardingRule));
    }

    [Fact]
    public void A_server_name_is_not_looked_at_and_that_is_said()
    {
        var projected = Projected.All(
            Route(Passthrough, "TLSRoute", "hostnames: [db.example.com]", "[{name: a, port: 80}]"));

        Assert.Equal(["GW3244"], projected.Codes);
        Assert.Equal("<backend-service shop/a:80~tcp>", projected.Text(Kinds.TargetTcpProxy, "service"));
    }

    [Fact]
    public void A_terminating_listener_is_an_ssl_proxy()
    {
        var projected = Projected.All(
            Route(Terminate, "TLSRoute", "hostnames: [x.example.com]", "[{name: a, port: 80}]"));

        Assert.Equal("<backend-service shop/a:80~tcp>", projected.Text(Kinds.TargetSslProxy, "service"));
        Assert.Contains("/sslCertificates/own", projected.Text(Kinds.TargetSslProxy, "sslCertificates"));
    }

    [Fact]
    public void A_port_passes_through_or_terminates() => Assert.Contains(
        "GW3219", Projected.All(SpecText.Gateway($"{Passthrough}, {Terminate}")).Codes);

    private static string Route(string listener, string kind, string hostnames, string backends) => $$"""
        {{SpecText.Gateway(listener)}}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: {{kind}}
        metadata: {name: r, namespace: shop}
        spec:
          parentRefs: [{name: web}]
          {{hostnames}}
          rules: [{backendRefs: {{backends}} }]
        """;
}
