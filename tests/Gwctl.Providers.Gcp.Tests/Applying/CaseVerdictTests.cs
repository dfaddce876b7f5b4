using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Testing.Specs;

namespace Gwctl.Providers.Gcp.Tests.Applying;

/// <summary>Goal: Google itself runs the users' RouteTests, and the plan says what came of it.</summary>
public sealed class CaseVerdictTests
{
    private static readonly string Config =
        SpecBench.DefaultConfig.Replace("{name: test}", "{name: main}", StringComparison.Ordinal);

    private const string Rules = """
        - matches: [{path: {type: Exact, value: /sale}}]
          filters:
            - type: RequestRedirect
              requestRedirect: {path: {type: ReplaceFullPath, replaceFullPath: /offers}, statusCode: 302}
        - matches: [{path: {value: /api}}]
          filters: [{type: URLRewrite, urlRewrite: {path: {type: ReplacePrefixMatch, replacePrefixMatch: /v1}}}]
          backendRefs: [{name: a, port: 80}]
        - backendRefs: [{name: b, port: 80}]
        """;

    private const string Cases = """
        ---
        apiVersion: gwctl.dev/v1alpha1
        kind: RouteTest
        metadata: {name: t, namespace: shop}
        spec:
          cases:
            - name: sale
              request: {url: 'http://shop.example.com/sale'}
              expect: {redirect: {location: 'http://shop.example.com/offers', status: 302}}
            - name: api
              request: {url: 'http://shop.example.com/api/orders?page=2'}
              expect: {backend: {name: a}, rewrite: {path: /v1/orders}}
            - name: rest
              request: {url: 'http://shop.example.com/else', headers: [{name: x, value: z}]}
              expect: {backend: {name: b, port: 80}}
        """;

    [Fact]
    public async Task Cases_that_hold_are_applied_and_pass_with_every_change()
    {
        await using var bench = await StartAsync();
        bench.Want(Source(Rules.Replace("value: /api", "value: /api/v2", StringComparison.Ordinal), Cases
            .Replace("/api/orders", "/api/v2/orders", StringComparison.Ordinal)));

        var plan = await bench.PlanAsync();

        var verdict = Assert.Single(plan.Diagnostics, diagnostic => diagnostic.Code == "GW4264");
        Assert.Contains("tests pass", verdict.Detail, StringComparison.Ordinal);
        await bench.ApplyAsync();
        await bench.AssertNoChangesAsync();
    }

    [Theory]
    [InlineData("/offers", "/bargains", "shop.example.com/sale")]
    [InlineData("replacePrefixMatch: /v1", "replacePrefixMatch: /v2", "shop.example.com/api/orders")]
    public async Task A_change_that_breaks_a_case_makes_no_plan_to_apply(string old, string changed, string request)
    {
        await using var bench = await StartAsync();
        bench.Want(Source(Rules.Replace(old, changed, StringComparison.Ordinal), Cases));

        var planned = await bench.TryPlanAsync();

        Assert.False(planned.Succeeded);
        var verdict = Assert.Single(planned.Diagnostics, diagnostic => diagnostic.Severity is Severity.Error);
        Assert.Equal("GW4265", verdict.Code);
        Assert.Contains(request, verdict.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_case_that_fails_is_told_before_there_is_a_map_to_ask_about()
    {
        await using var bench = await SpecBench.StartAsync(Config);
        bench.Want(Source(Rules, Cases.Replace("{name: b, port: 80}", "{name: a}", StringComparison.Ordinal)));

        var planned = await bench.TryPlanAsync();

        Assert.False(planned.Succeeded);
        Assert.Equal("GW3281", Assert.Single(
            planned.Diagnostics, diagnostic => diagnostic.Severity is Severity.Error).Code);
    }

    private static async Task<SpecBench> StartAsync()
    {
        var bench = await SpecBench.StartAsync(Config);
        bench.Want(Source(Rules, Cases));
        await bench.ApplyAsync();
        await bench.AssertNoChangesAsync();
        return bench;
    }

    private static SpecSource Source(string rules, string cases) => new(
        "specs.yaml", SpecText.All(SpecText.Rules(rules, more: cases), "gcp", "project: my-project"));
}
