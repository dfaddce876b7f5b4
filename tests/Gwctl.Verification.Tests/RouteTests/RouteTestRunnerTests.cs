using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Testing.Specs;
using Gwctl.Verification.Comparison;
using Gwctl.Verification.Router;
using Gwctl.Verification.RouteTests;
using static Gwctl.Testing.Routing.MakeRouting;
using static Gwctl.Testing.Specs.MakeRoute;

namespace Gwctl.Verification.Tests.RouteTests;

public sealed class RouteTestRunnerTests
{
    private const string Cases = """
        apiVersion: gwctl.dev/v1alpha1
        kind: RouteTest
        metadata: {name: shop, namespace: shop}
        spec:
          cases:
          - name: forwarded
            request: {scheme: http, host: a.com, path: /cart/1, headers: [{name: X-Gone, value: a}]}
            expect:
              backends: [{name: cart, port: 80, share: 90}, {name: canary, share: 10}]
              rewrite: {host: a.com, path: /c/1}
              requestHeaders: {X-Set: "1"}
              absentRequestHeaders: [x-gone]
          - name: redirected
            request: {url: "http://a.com/old?a=b"}
            expect: {redirect: {location: "https://a.com:443/old?a=b", status: 301}}
          - name: not found
            request: {url: "http://b.com/"}
            expect: {status: 404}
        """;

    private const string WrongCases = """
        apiVersion: gwctl.dev/v1alpha1
        kind: RouteTest
        metadata: {name: wrong, namespace: other}
        spec:
          cases:
          - name: shares
            request: {url: "http://a.com/cart"}
            expect: {backends: [{name: cart, namespace: shop, share: 50}, {name: old, namespace: shop}]}
          - name: seen
            request: {url: "http://a.com/cart"}
            expect: {rewrite: {path: /cart}, requestHeaders: {X-Set: "2"}}
          - name: redirect
            request: {url: "http://a.com/old"}
            expect: {redirect: {location: "https://a.com/new"}}
          - name: status
            request: {url: "http://a.com/cart"}
            expect: {status: 404}
          - name: refused
            request: {url: "http://a.com/cart", port: 81}
            expect: {status: 404}
        """;

    [Fact]
    public async Task Cases_that_hold_pass_with_their_explanation()
    {
        var results = await RunAsync(Cases, ShopGateway());
        Assert.All(results, result => Assert.True(result.Passed, $"{result.Case.Name}: {result.Failures}"));
        Assert.Equal(3, results.Count);
        Assert.Equal(RuleVerdictKind.Won, results[0].Explanation?.Rules[0].Kind);
        Assert.Equal(Make.Name("infra/gw"), results[0].Gateway);
    }

    [Fact]
    public async Task Cases_that_do_not_hold_say_what_was_got()
    {
        var results = await RunAsync(WrongCases, ShopGateway());
        Assert.Equal(
            [
                "backend: expected shop/cart or shop/old, got backend shop/canary:80",
                "share: expected 50 % for shop/cart, got 90 %",
                "share: expected a share for shop/old, got 0 %",
                "path: expected /cart, got /c",
                "header X-Set: expected 2, got 1",
                "location: expected https://a.com/new, got https://a.com/old",
                "status: expected 404, got backend shop/cart:80",
                "status: expected 404, got backend shop/canary:80",
                "connection: expected accepted, got refused",
            ],
            results.SelectMany(result => result.Failures).Select(failure => failure.ToString()));
    }

    [Fact]
    public async Task The_same_cases_run_against_another_source()
    {
        var router = CompiledRouter.Create(ShopGateway());
        var runner = new RouteTestRunner(
            [router],
            (_, request, _) => Task.FromResult<EquatableList<ObservedShare>>([new(Answer(request), null)]));
        var results = await runner.RunAsync(Read(Cases), TestContext.Current.CancellationToken);
        Assert.Equal(
            [
                "forwarded backend, backend", "redirected location", "not found ",
            ],
            results.Select(result =>
                $"{result.Case.Name.Value} {string.Join(", ", result.Failures.Select(failure => failure.Field))}"));

        static Observed Answer(Request request) =>
            new() { Status = request.Path is "/old" ? 301 : 404, Location = "https://a.com/old" };
    }

    // Goal: of several Gateways the one that has the host is asked; where none or several have it, the case says so.
    [Fact]
    public async Task The_gateway_is_found_by_the_request()
    {
        var first = ShopGateway();
        var second = first with
        {
            Name = Make.Name("infra/second"),
            Ports = [Port(80, RoutingProtocol.Http, Listener("b", "b.com"))],
        };
        var found = await RunAsync(Cases, first, second);
        Assert.Equal(["infra/gw", "infra/gw", "infra/second"], found.Select(result => $"{result.Gateway}"));
        var twice = await RunAsync(Cases, first, first with { Name = Make.Name("infra/twin") });
        Assert.Equal(
            ["gateway", "gateway", "gateway"],
            twice.SelectMany(result => result.Failures).Select(failure => failure.Field));
        var named = Read(Cases) with { TargetRef = Make.Ref("Gateway", "infra/none") };
        var missing = await RouteTestRunner.OfSpecification([CompiledRouter.Create(first)])
            .RunAsync(named, TestContext.Current.CancellationToken);
        Assert.All(missing, result => Assert.Equal("gateway", Assert.Single(result.Failures).Field));
    }

    private static GatewayRouting ShopGateway()
    {
        var edit = new HeaderEditSpec([new HeaderValueSpec("X-Set", "1", Make.At(1))], [], ["X-Gone"]);
        HttpFilterSpec[] filters =
        [
            new HttpFilterSpec.UrlRewrite(null, new PathRewriteSpec(true, "/c", Make.At(1)), Make.At(1)),
            new HttpFilterSpec.RequestHeaderModifier(edit, Make.At(1)),
        ];
        return Gateway(Port(
            80, RoutingProtocol.Http,
            Listener(
                "http", "a.com",
                Rule("shop/r", Prefix("/cart"), Forward(("shop/cart:80", 9), ("shop/canary:80", 1)), filters: filters),
                Rule("shop/r", Prefix("/old"), new RoutingAction.Redirect(Redirect("https", status: 301))))));
    }

    private static async Task<EquatableList<CaseResult>> RunAsync(string text, params GatewayRouting[] gateways) =>
        await RouteTestRunner.OfSpecification([.. gateways.Select(CompiledRouter.Create)])
            .RunAsync(Read(text), TestContext.Current.CancellationToken);

    private static RouteTestSpec Read(string text)
    {
        var specs = SpecReader.Read([new SpecSource("test.yaml", text)]);
        Assert.Empty(specs.Diagnostics);
        return Assert.Single(specs.Value?.RouteTests ?? []);
    }
}
