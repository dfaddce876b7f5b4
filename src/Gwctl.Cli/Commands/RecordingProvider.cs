using System.Collections.Concurrent;
using Gwctl.Compiler.Routing;
using Gwctl.Core;
using Gwctl.Engine.Planning;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;

namespace Gwctl.Cli.Commands;

/// <summary>A provider, and by what addresses the Gateways are reached that it read of or made: they are shown after an
/// apply without reading the cloud again.</summary>
public sealed class RecordingProvider(IProvider inner, ConcurrentDictionary<ResourceAddress, string> addresses)
    : IProvider
{
    private readonly Dictionary<string, string> _outputs = inner.Kinds
        .Where(kind => kind.AddressOutput is not "")
        .ToDictionary(kind => kind.Kind, kind => kind.AddressOutput, StringComparer.Ordinal);

    public ProviderScope Scope => inner.Scope;

    public EquatableList<KindSchema> Kinds => inner.Kinds;

    public EquatableList<FeatureSupport> Capabilities => inner.Capabilities;

    public IWeightedDns? WeightedDns => inner.WeightedDns;

    public IBalancerWatch? Balancers => inner.Balancers;

    public Compiled<ResourceGraph> Project(RoutingModel model) => inner.Project(model);

    public Task<ProviderScope> IdentifyAsync(CancellationToken cancellationToken) =>
        inner.IdentifyAsync(cancellationToken);

    public async Task<LiveState> ReadAsync(ReadRequest request, CancellationToken cancellationToken)
    {
        var live = await inner.ReadAsync(request, cancellationToken);
        foreach (var resource in live.Resources.Where(resource => resource.Ownership is Ownership.Ours))
        {
            Record(resource.Address, resource.Outputs);
        }

        return live;
    }

    public Compiled<ResourceGraph> Settle(ResourceGraph desired, LiveState live) => inner.Settle(desired, live);

    public AttributeMap? Bridge(ResourceAddress address, AttributeMap before, AttributeMap after) =>
        inner.Bridge(address, before, after);

    public TrafficTable DescribeTraffic(IReadOnlyList<ResourceNode> nodes) => inner.DescribeTraffic(nodes);

    public async Task<StepOutcome> ApplyAsync(StepCall call, CancellationToken cancellationToken)
    {
        var outcome = await inner.ApplyAsync(call, cancellationToken);
        if (call.Step.Action is StepAction.Delete)
        {
            addresses.TryRemove(call.Step.Address, out _);
        }
        else
        {
            Record(call.Step.Address, outcome.Outputs);
        }

        return outcome;
    }

    private void Record(ResourceAddress address, AttributeMap outputs)
    {
        if (_outputs.TryGetValue(address.Kind, out var name) && outputs[name] is AttributeValue.Text(var text))
        {
            addresses[address] = text;
        }
    }
}
