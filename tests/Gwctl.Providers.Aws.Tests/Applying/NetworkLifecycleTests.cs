using Gwctl.Engine.Planning;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Aws.Tests.Applying;

/// <summary>Goal: what holds for HTTP holds for TLS, TCP and UDP too.</summary>
public sealed class NetworkLifecycleTests
{
    [Fact]
    public async Task Both_load_balancers_are_read_back_without_differences()
    {
        await using var bench = await Bench.StartAsync();
        bench.Want(Shop.Streams());
        await bench.ApplyAsync();

        await bench.AssertNoChangesAsync();
        await bench.AssertNoChangesAsync(ReadDepth.Shallow);
        bench.Restart();
        await bench.AssertNoChangesAsync(ReadDepth.Shallow);
        Assert.Equal(
            ["TCP", "TCP_UDP", "TLS", "TCP"],
            (await ListenersAsync(bench)).OrderBy(listener => Port(listener) is 5432 ? 0 : Port(listener))
                .Select(listener => Text(listener, "protocol")));
        var records = (await bench.ReadAsync()).Resources.Where(found => found.Address.Kind is Kinds.DnsRecord)
            .ToDictionary(found => found.Address.Key, found => AliasOf(found));
        Assert.Equal(records["sni.example.com"], records["tls.example.com"]);
        Assert.NotEqual(records["web.example.com"], records["tls.example.com"]);
    }

    [Fact]
    public async Task Changed_backends_and_weights_are_applied_in_place()
    {
        await using var bench = await Bench.StartAsync();
        bench.Want(Shop.Streams());
        await bench.ApplyAsync();
        bench.Want(Shop.Streams(tcp: "[{name: frontend, port: 80}]"));
        var plan = await bench.PlanAsync();
        Assert.Equal(2, plan.Steps.Count(step => step is
        { Action: StepAction.Update, Address: { Kind: Kinds.Listener, Key: "network/5432" } }));
        await bench.ApplyAsync(plan);
        await bench.AssertNoChangesAsync();
        bench.Want(Shop.Streams(tcp: "[{name: frontend, port: 80, weight: 3}, {name: api, port: 8080, weight: 1}]"));
        await bench.ApplyAsync();

        await bench.AssertNoChangesAsync();
        await bench.AssertNoChangesAsync(ReadDepth.Shallow);
    }

    /// <summary>TCP_UDP becomes UDP: other groups, which the old listener would not take beside its own.</summary>
    [Fact]
    public async Task A_port_that_changes_its_protocol_is_switched_at_once()
    {
        await using var bench = await Bench.StartAsync();
        bench.Want(Shop.Streams());
        await bench.ApplyAsync();
        bench.Want(Shop.Streams().Replace("- {name: dns-tcp, protocol: TCP, port: 53}", "")
            .Replace("sectionName: dns-tcp", "sectionName: tcp"));
        await bench.ApplyAsync();

        await bench.AssertNoChangesAsync();
        Assert.Equal("UDP", Text((await ListenersAsync(bench)).Single(found => Port(found) is 53), "protocol"));
    }

    [Fact]
    public async Task Nothing_is_left_behind()
    {
        await using var bench = await Bench.StartAsync();
        var before = Objects(bench);
        bench.Want(Shop.Streams());
        await bench.ApplyAsync();
        bench.Want("");
        await bench.ApplyAsync(await bench.PlanAsync(purpose: PlanPurpose.Destroy));

        Assert.Equal(before, Objects(bench));
    }

    private static async Task<IReadOnlyList<LiveResource>> ListenersAsync(Bench bench) =>
        [.. (await bench.ReadAsync()).Resources.Where(found =>
            found.Address.Kind is Kinds.Listener && BalancerKeys.IsNetwork(found.Address.Key))];

    private static string AliasOf(LiveResource record) =>
        record.Attributes["a"] is AttributeValue.Map(var alias) && alias["aliasName"] is AttributeValue.Text(var name)
            ? name
            : "";

    private static long Port(LiveResource listener) =>
        listener.Attributes["port"] is AttributeValue.Number(var port) ? port : 0;

    private static string Text(LiveResource resource, string name) =>
        resource.Attributes[name] is AttributeValue.Text(var text) ? text : "";

    private static string Objects(Bench bench) => string.Join("\n", bench.Cloud.Aws.Snapshot().Split('\n')
        .Where(line => !line.Contains("/change ", StringComparison.Ordinal)));
}
