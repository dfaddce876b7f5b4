using Gwctl.Compiler.Specs;
using Gwctl.Engine.Planning;
using Gwctl.Sandbox.Calls;
using Gwctl.Testing.Specs;

namespace Gwctl.Providers.Gcp.Tests.Applying;

/// <summary>Goal: what holds of global load balancers holds of those in a region: HTTP with regular expressions, HTTPS,
/// TCP, and TLS that is passed on.</summary>
public sealed class RegionalTests
{
    private const string Before = "/items/[0-9]+";

    private static readonly TestCertificate First = TestCertificate.For("a.example.com");

    private static readonly TestCertificate Second = TestCertificate.For("a.example.com");

    [Fact]
    public async Task What_is_applied_stays_changes_and_goes()
    {
        await using var bench = await StartAsync();
        await bench.ApplyAsync();
        await bench.AssertNoChangesAsync();
        Assert.All(
            await bench.LivingAsync(),
            id => Assert.True(
                id.Contains("/regions/us-central1/", StringComparison.Ordinal)
                || id.Contains("/zones/", StringComparison.Ordinal)
                || id.StartsWith(Kinds.DnsRecord, StringComparison.Ordinal),
                id));

        bench.Want(Changed());
        await bench.ApplyAsync();
        await bench.AssertNoChangesAsync();
        await bench.ApplyAsync(PlanPurpose.Destroy);

        Assert.Empty(await bench.LivingAsync());
    }

    /// <summary>A regional TCP proxy is never changed: the rule is led to the next one before the old goes.</summary>
    [Fact]
    public async Task A_tcp_port_gets_a_new_proxy_for_a_new_backend()
    {
        await using var bench = await StartAsync();
        await bench.ApplyAsync();
        bench.ForgetCalls();
        bench.Want(Specs(Before, First, "b"));

        await bench.ApplyAsync();

        await bench.AssertNoChangesAsync();
        var writes = bench.Writes.ToList();
        Assert.DoesNotContain(writes, call => call.EndsWith("setBackendService", StringComparison.Ordinal));
        Assert.True(writes.IndexOf("regionTargetTcpProxies.insert") < writes.IndexOf("forwardingRules.setTarget"));
        Assert.True(writes.IndexOf("forwardingRules.setTarget") < writes.IndexOf("regionTargetTcpProxies.delete"));
    }

    [Theory]
    [InlineData("apply")]
    [InlineData("change")]
    [InlineData("destroy")]
    public async Task Killed_after_any_writing_call_it_is_finished_by_the_next(string what)
    {
        var (calls, expected) = await WholeAsync(what);
        Assert.True(calls > 8, $"only {calls} writing calls");
        var few = new ParallelOptions
        {
            MaxDegreeOfParallelism = 4,
            CancellationToken = TestContext.Current.CancellationToken,
        };
        await Parallel.ForEachAsync(Enumerable.Range(1, calls), few, async (kill, _) =>
        {
            await using var bench = await StartAsync();
            var purpose = await PrepareAsync(bench, what);
            await KillAsync(bench, await bench.PlanAsync(purpose), kill);
            await bench.ApplyAsync(purpose);
            Assert.Equal(expected, await bench.LivingAsync());
            if (purpose is PlanPurpose.Apply)
            {
                await bench.AssertNoChangesAsync();
            }
        });
    }

    private static async Task<(int Calls, IReadOnlyList<string> Living)> WholeAsync(string what)
    {
        await using var bench = await StartAsync();
        var purpose = await PrepareAsync(bench, what);
        var before = bench.Cloud.Gcp.MutatingCalls;
        await bench.ApplyAsync(purpose);
        return ((int)(bench.Cloud.Gcp.MutatingCalls - before), await bench.LivingAsync());
    }

    private static async Task<PlanPurpose> PrepareAsync(SpecBench bench, string what)
    {
        if (what is "apply")
        {
            return PlanPurpose.Apply;
        }

        await bench.ApplyAsync();
        bench.Want(Changed());
        return what is "change" ? PlanPurpose.Apply : PlanPurpose.Destroy;
    }

    private static async Task KillAsync(SpecBench bench, Plan plan, int kill)
    {
        var last = bench.Cloud.Gcp.MutatingCalls + kill;
        bench.Cloud.Gcp.Faults.Plan = call => call.MutatingNumber == last && call.Mutating
            ? new Fault.LoseResponse()
            : call.MutatingNumber >= last ? new Fault.Fail("forbidden", "dead", 403) : null;
        await bench.TryApplyAsync(plan);
        bench.Cloud.Gcp.Faults.Plan = null;
    }

    private static async Task<SpecBench> StartAsync()
    {
        var bench = await SpecBench.StartAsync(SpecBench.RegionalConfig);
        bench.Want(Specs(Before, First, "a"));
        return bench;
    }

    private static SpecSource Changed() => Specs("/things/[a-z]+", Second, "b");

    private static SpecSource Specs(string regex, TestCertificate certificate, string streamBackend) => new(
        "specs.yaml",
        SpecText.All(
            $$$"""
            {{{SpecText.Gateway("""
                {name: http, port: 80, protocol: HTTP},
                    {name: https, port: 443, protocol: HTTPS, hostname: a.example.com,
                     tls: {certificateRefs: [{name: s}]}},
                    {name: tcp, port: 5432, protocol: TCP, allowedRoutes: {kinds: [{kind: TCPRoute}]}},
                    {name: tls, port: 8443, protocol: TLS, hostname: a.example.com, tls: {mode: Passthrough}}
                """)}}}
            ---
            apiVersion: v1
            kind: Secret
            metadata: {name: s, namespace: shop}
            type: kubernetes.io/tls
            stringData:
              tls.crt: {{{System.Text.Json.JsonSerializer.Serialize(certificate.Chain)}}}
              tls.key: {{{System.Text.Json.JsonSerializer.Serialize(certificate.PrivateKey)}}}
            ---
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: {name: web, namespace: shop}
            spec:
              parentRefs: [{name: web, sectionName: http}, {name: web, sectionName: https}]
              hostnames: [a.example.com]
              rules:
                - matches: [{path: {type: RegularExpression, value: '{{{regex}}}'}}]
                  backendRefs: [{name: b, port: 80}]
                - backendRefs: [{name: a, port: 80}]
            ---
            apiVersion: gateway.networking.k8s.io/v1
            kind: TCPRoute
            metadata: {name: db, namespace: shop}
            spec:
              parentRefs: [{name: web, sectionName: tcp}]
              rules: [{backendRefs: [{name: {{{streamBackend}}}, port: 80}]}]
            ---
            apiVersion: gateway.networking.k8s.io/v1
            kind: TLSRoute
            metadata: {name: tls, namespace: shop}
            spec:
              parentRefs: [{name: web, sectionName: tls}]
              hostnames: [a.example.com]
              rules: [{backendRefs: [{name: b, port: 80}]}]
            """,
            "gcp", "project: my-project").Replace("name: main", "name: test", StringComparison.Ordinal));
}
