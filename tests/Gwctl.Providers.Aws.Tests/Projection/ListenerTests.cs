using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Engine.Resources;
using Gwctl.Testing.Specs;

namespace Gwctl.Providers.Aws.Tests.Projection;

public sealed class ListenerTests
{
    [Fact]
    public void A_less_specific_listener_never_takes_a_more_specific_ones_requests()
    {
        var projected = TwoListeners("{value: /only}");

        Assert.Equal(
            [
                "[{field: host-header, values: [x.example.com]}, {field: path-pattern, values: [/only, /only/*]}]"
                    + " -> [{targetGroups: [{targetGroup: <target-group shop/a:80>}], type: forward}]",
                "[{field: host-header, values: [x.example.com]}] -> [{statusCode: 404, type: fixed-response}]",
                "[{field: host-header, values: [*.example.com]}]"
                    + " -> [{targetGroups: [{targetGroup: <target-group shop/b:80>}], type: forward}]",
            ],
            projected.RuleTexts());
    }

    [Fact]
    public void A_listener_whose_routes_take_everything_needs_no_rule_to_keep_it_apart() =>
        Assert.Equal(2, TwoListeners("{value: /}").RuleTexts().Count);

    [Fact]
    public void Certificates_come_from_secrets_arns_discovery_and_requests()
    {
        var listeners = new[] { "discover", "request", "'arn:aws:acm:us-east-1:123456789012:certificate/x'" }.Select(
            (option, index) => $"{{name: l{index}, port: 443, protocol: HTTPS, hostname: l{index}.example.com, "
                + $"tls: {{options: {{gwctl.dev/certificate: {option}}}}}}}");
        var projected = Projected.All(
            Projected.Gateway(string.Join(", ", listeners)), config: "dns: {zones: [{name: example.com}]}");

        Assert.Empty(projected.Codes);
        Assert.Equal("?certificate(hostname=l0.example.com)", Text(projected.Only(Kinds.Listener), "certificate"));
        Assert.Equal(
            [
                "443/arn/arn:aws:acm:us-east-1:123456789012:certificate/x", "443/request/l1.example.com",
            ],
            projected.Of(Kinds.ListenerCertificate).Select(node => node.Address.Key));
        Assert.Equal(
            "{l1.example.com: ?zone(name=example.com;private=false)}",
            Text(projected.Only(Kinds.RequestedCertificate), "zones"));
    }

    [Theory]
    [InlineData("gwctl.dev/certificate: found", "GW3121")]
    [InlineData("gwctl.dev/certificate: 'arn:aws:acm:eu-west-1:123456789012:certificate/x'", "GW3121")]
    [InlineData("gwctl.dev/certificates: discover, gwctl.dev/certificate: discover", "GW3121")]
    [InlineData("gwctl.dev/certificate: request", "GW3123")]
    public void Tls_options_that_cannot_be_used_are_errors(string options, string code)
    {
        var projected = Projected.All(Projected.Gateway(
            $"{{name: https, port: 443, protocol: HTTPS, hostname: x.example.com, tls: {{options: {{{options}}}}}}}"));

        Assert.Equal([code], projected.Codes);
    }

    [Fact]
    public void A_port_has_one_tls_policy()
    {
        static string Listener(string name, string policy) =>
            $"{{name: {name}, port: 443, protocol: HTTPS, hostname: {name}.example.com, "
                + $"tls: {{options: {{gwctl.dev/certificate: discover, gwctl.dev/ssl-policy: {policy}}}}}}}";
        var projected = Projected.All(Projected.Gateway($"{Listener("a", "one")}, {Listener("b", "two")}"));

        Assert.Equal(["GW3122"], projected.Codes);
        Assert.Equal("one", Text(projected.Only(Kinds.Listener), "sslPolicy"));
    }

    [Fact]
    public void A_listener_set_adds_listeners_like_the_gateways_own()
    {
        var own = MakeRouting.Https(443, "a.example.com", MakeRouting.Rule(RouteKind.Http, "h", "/", "shop/a:80"));
        var gateway = MakeRouting.Gateway(own);
        var ofSet = gateway with
        {
            Ports = [.. gateway.Ports.Select(port => port with
            {
                Listeners = [.. port.Listeners.Select(listener => listener with { ListenerSet = Make.Name("shop/s") })],
            })],
        };

        Assert.Equal(MakeRouting.Project(gateway).Graph, MakeRouting.Project(ofSet).Graph);
    }

    [Fact]
    public void Nothing_compares_the_server_name_with_the_host()
    {
        var projected = MakeRouting.Project(MakeRouting.Gateway(
            MakeRouting.Https(443, "a.example.com", MakeRouting.Rule(RouteKind.Http, "h", "/", "shop/a:80")),
            MakeRouting.Https(443, "b.example.com", MakeRouting.Rule(RouteKind.Http, "i", "/", "shop/b:80"))));

        Assert.All(projected.RuleTexts(443), rule => Assert.StartsWith("[{field: host-header", rule));
        Assert.All(projected.RuleTexts(443), rule => Assert.DoesNotContain("421", rule));
        Assert.Equal(2, projected.RuleTexts(443).Count);
        Assert.Contains(projected.Diagnostics, found => found is { Code: "GW3125", Severity: Severity.Note });
    }

    private static string Text(ResourceNode node, string name) => Projected.Text(node.Attributes[name]);

    private static Projected TwoListeners(string path) => Projected.All($$$"""
        {{{Projected.Gateway("{name: x, port: 80, protocol: HTTP, hostname: x.example.com}, "
            + "{name: any, port: 80, protocol: HTTP, hostname: '*.example.com'}")}}}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: specific, namespace: shop}
        spec:
          parentRefs: [{name: web, sectionName: x}]
          rules: [{matches: [{path: {{{path}}} }], backendRefs: [{name: a, port: 80}]}]
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: wide, namespace: shop}
        spec:
          parentRefs: [{name: web, sectionName: any}]
          rules: [{backendRefs: [{name: b, port: 80}]}]
        """);
}
