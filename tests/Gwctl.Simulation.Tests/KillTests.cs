using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Gwctl.Testing.Clouds;

namespace Gwctl.Simulation.Tests;

/// <summary>Goal: wherever an apply is killed, the next one finishes it: nothing twice, nothing forgotten, nothing
/// of anybody
/// else's touched.</summary>
public sealed partial class KillTests
{
    private const int ResourcesMin = 60;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(World.Providers), MemberType = typeof(World))]
    public async Task An_apply_killed_after_any_call_is_finished_by_the_next(string provider)
    {
        var specs = Specs(services: 14);
        await using var world = await World.StartAsync(provider, Token);
        var foreign = await world.BeginAsync(Token);
        var before = world.Controls.Writes();
        var planned = await world.PlanAsync(specs, Token);
        var resources = planned.Plan.Value?.Changes.Count;
        Assert.True(resources >= ResourcesMin, $"{resources} resources");
        await world.ConvergeAsync(specs, "without a kill", Token);
        var calls = world.Controls.Writes() - before;
        var whole = RowsByTable(world);

        for (var kill = 1; kill <= calls; kill++)
        {
            foreign = await world.BeginAsync(Token);
            await ApplyKilledAsync(world, specs, kill);
            await world.ConvergeAsync(specs, $"killed after call {kill} of {calls}", Token);
            Assert.Equal(whole, RowsByTable(world));
        }

        await world.ConvergeAsync("", "nothing, after the last", Token);
        Assert.Equal(foreign, world.Objects());
    }

    private static async Task ApplyKilledAsync(World world, string specs, int kill)
    {
        var planned = await world.PlanAsync(specs, Token);
        world.Controls.Faults.Plan = Death.AtWrite(world.Controls.Writes() + kill);
        await world.ApplyAsync(planned, Token);
        world.Controls.Faults.Plan = null;
    }

    /// <summary>How many objects of each kind the account holds: a duplicate or an orphan shows.</summary>
    private static string RowsByTable(World world) => string.Join('\n', world.Objects().Split('\n')
        .CountBy(line => IdPattern().Replace(line.Split(' ')[0], "*"), StringComparer.Ordinal)
        .OrderBy(table => table.Key, StringComparer.Ordinal)
        .Select(table => $"{table.Key} {table.Value}"));

    // Ids follow the order of the calls, which differs from run to run.
    [GeneratedRegex("arn:.*|Z[0-9A-F]{8,}|sg-[0-9a-f]+")]
    private static partial Regex IdPattern();

    private static string Specs(int services)
    {
        var text = new StringBuilder(
            """
            apiVersion: gateway.networking.k8s.io/v1
            kind: GatewayClass
            metadata: {name: cloud}
            spec: {controllerName: gwctl.dev/CLASS}
            ---
            apiVersion: gateway.networking.k8s.io/v1
            kind: Gateway
            metadata: {name: web, namespace: team}
            spec:
              gatewayClassName: cloud
              listeners:
                - {name: http, protocol: HTTP, port: 80}
                - name: https
                  protocol: HTTPS
                  port: 443
                  tls: {certificateRefs: [{name: cert-0}, {name: cert-1}]}

            """);
        for (var index = 0; index < services; index++)
        {
            text.Append(CultureInfo.InvariantCulture,
                $$$"""
                ---
                apiVersion: gateway.networking.k8s.io/v1
                kind: HTTPRoute
                metadata: {name: route-{{{index}}}, namespace: team}
                spec:
                  parentRefs: [{name: web, sectionName: {{{(index % 2 is 0 ? "http" : "https")}}}}]
                  hostnames: [r{{{index}}}.example.com]
                  rules:
                    - matches: [{path: {value: /a}}]
                      backendRefs: [{name: svc-{{{index}}}, port: 80}]
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: svc-{{{index}}}, namespace: team}
                spec: {ports: [{name: http, port: 80, targetPort: 8000}]}
                ---
                apiVersion: discovery.k8s.io/v1
                kind: EndpointSlice
                metadata:
                  name: svc-{{{index}}}-x
                  namespace: team
                  labels: {kubernetes.io/service-name: svc-{{{index}}}}
                addressType: IPv4
                ports: [{name: http, port: 8000}]
                endpoints: [{addresses: [10.0.1.{{{10 + index}}}], conditions: {ready: true}}]

                """);
        }

        return text.ToString();
    }
}
