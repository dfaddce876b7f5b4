using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Compiler.Topology;

namespace Gwctl.Compiler.Tests.Routing;

/// <summary>Goal: a RouteTest's case belongs to the Gateway that a run of the test asks, and to no other.</summary>
public sealed class ExpectationTests
{
    private const string Test = """
        ---
        apiVersion: gwctl.dev/v1alpha1
        kind: RouteTest
        metadata: {name: t, namespace: shop}
        spec:
          cases:
            - {name: a, request: {url: "http://a.example.com/x?y=1"}, expect: {status: 404}}
            - {name: b, request: {url: "http://b.example.com:8080/"}, expect: {status: 404}}
            - {name: both, request: {host: c.example.com, port: 8080, scheme: http}, expect: {status: 404}}
            - {name: none, request: {url: "https://a.example.com/"}, expect: {status: 404}}
        """;

    private static readonly string First = Gateway("first", "{name: l, port: 80, protocol: HTTP}");

    [Fact]
    public void The_only_Gateway_has_all_cases() =>
        Assert.Equal(["first: a@80, b@8080, both@8080, none@443"], Lower(First + Test));

    [Fact]
    public void Of_several_Gateways_the_one_that_has_port_and_host()
    {
        var second = Gateway(
            "second", "{name: l, port: 8080, protocol: HTTP}, {name: m, port: 80, protocol: HTTP, hostname: z.test}");
        var third = Gateway("third", "{name: l, port: 8080, protocol: HTTP, hostname: c.example.com}");

        Assert.Equal(["first: a@80", "second: b@8080", "third: "], Lower(First + second + third + Test));
    }

    [Fact]
    public void A_named_Gateway_has_them_whatever_it_listens_to()
    {
        var named = Test.Replace("spec:", "spec:\n  targetRef: {name: second}", StringComparison.Ordinal);
        var second = Gateway("second", "{name: l, port: 90, protocol: HTTP}");

        Assert.Equal(["first: ", "second: a@80, b@8080, both@8080, none@443"], Lower(First + second + named));
    }

    [Theory]
    [InlineData("HTTP://Shop.Example.com/a%2Fb?q=%31&r", "http|Shop.Example.com|80|/a%2Fb|q=%31&r")]
    [InlineData("https://shop.example.com:8443", "https|shop.example.com:8443|8443|/|")]
    [InlineData("http://[::1]?x", "http|[::1]|80|/|x")]
    [InlineData("ftp://shop.example.com/", "")]
    [InlineData("http:///x", "")]
    [InlineData("http://shop.example.com:99999/", "")]
    [InlineData("http://shop.example.com/#part", "")]
    public void An_address_is_taken_apart_without_changing_it(string text, string parts) => Assert.Equal(
        parts,
        RequestUrl.Parse(text) is { } url ? $"{url.Scheme}|{url.Authority}|{url.Port}|{url.Path}|{url.Query}" : "");

    private static IEnumerable<string> Lower(string text)
    {
        var read = SpecReader.Read([new SpecSource("specs.yaml", text)]);
        Assert.True(read.Succeeded, string.Join('\n', read.Diagnostics));
        var topology = TopologyResolver.Resolve(read.Value, new TopologyOptions());
        Assert.NotNull(topology.Value);
        var model = RoutingCompiler.Lower(topology.Value).Value;
        Assert.NotNull(model);
        return model.Gateways.Select(gateway => $"{gateway.Name.Name}: " + string.Join(
            ", ", gateway.Expectations.Select(item => $"{item.Case.Name.Value}@{item.Port}")));
    }

    private static string Gateway(string name, string listeners) => $$"""
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: GatewayClass
        metadata: {name: {{name}}}
        spec:
          controllerName: gwctl.dev/test
          parametersRef: {group: gwctl.dev, kind: ProviderConfig, name: {{name}}}
        ---
        apiVersion: gwctl.dev/v1alpha1
        kind: ProviderConfig
        metadata: {name: {{name}}}
        spec: {provider: test, owner: tests-{{name}}}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: {{name}}, namespace: shop}
        spec:
          gatewayClassName: {{name}}
          listeners: [{{listeners}}]

        """;
}
