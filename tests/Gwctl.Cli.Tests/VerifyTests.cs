using System.Text.Json;
using Gwctl.Cli.Hosting;
using Gwctl.Testing;

namespace Gwctl.Cli.Tests;

/// <summary><c>verify</c>, with its throw-away cloud.</summary>
public sealed class VerifyTests : IDisposable
{
    /// <summary>An Application Load Balancer compares headers without regard to case.</summary>
    private const string CaseSpecs =
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: GatewayClass
        metadata: {name: cloud}
        spec: {controllerName: gwctl.dev/aws}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: web, namespace: shop}
        spec:
          gatewayClassName: cloud
          listeners: [{name: http, protocol: HTTP, port: 80}]
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: r, namespace: shop}
        spec:
          parentRefs: [{name: web}]
          rules:
            - matches:
                - headers: [{name: x-version, value: beta}]
              backendRefs: [{name: a, port: 80}]
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: a, namespace: shop}
        spec: {ports: [{name: http, port: 80, targetPort: 8000}]}
        """;

    private readonly CliRunner _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task An_example_is_verified()
    {
        var result = await _cli.RunAsync("verify", "-f", Repository.PathOf("examples", "quickstart"));

        Assert.Equal(ExitCode.Done, result.Exit);
        Assert.StartsWith("Verified: ", result.Output);
        Assert.EndsWith("0 announced differences, 0 unannounced.\n", result.Output);
    }

    [Fact]
    public async Task An_announced_difference_is_counted_and_shown_where_all_are_asked_for()
    {
        var specs = _cli.Write("specs.yaml", CaseSpecs);

        var brief = await _cli.RunAsync("verify", "-f", specs);
        var all = await _cli.RunAsync("verify", "-f", specs, "--all");

        Assert.Equal((ExitCode.Done, ExitCode.Done), (brief.Exit, all.Exit));
        Assert.DoesNotContain("announced GET", brief.Output);
        Assert.Contains("1 announced difference, 0 unannounced.", brief.Output);
        Assert.Contains("-H 'x-version: BETA'", all.Output);
        Assert.Contains("announced by", all.Output);
        Assert.Contains("GW3131", all.Output);
    }

    [Fact]
    public async Task The_report_is_one_document()
    {
        var result = await _cli.RunAsync("verify", "-f", _cli.Write("specs.yaml", CaseSpecs), "-o", "json");

        using var document = JsonDocument.Parse(result.Output);
        var root = document.RootElement;
        Assert.True(root.GetProperty("verified").GetBoolean());
        Assert.Equal((1, 0), (root.GetProperty("announced").GetInt32(), root.GetProperty("unannounced").GetInt32()));
        var difference = Assert.Single(root.GetProperty("differences").EnumerateArray().ToList());
        Assert.Equal("GW3131", difference.GetProperty("announcedBy").GetString());
        Assert.Equal("shop/web", difference.GetProperty("gateway").GetString());
    }
}
