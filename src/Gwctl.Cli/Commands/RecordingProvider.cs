using System.Collections.Concurrent;
using Gwctl.Compiler.Routing;
using Gwctl.Core;
using Gwctl.Engine.Planning;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;

namespace Gwctl.Cli.Commands;

/// <summary>A provider, and the outputs of what it made: the addresses of new load balancers are shown after an apply
/// without reading the cloud again.</summary>
public sealed class RecordingProvider(IProvider inner, ConcurrentDictionary<ResourceAddress, AttributeMap> outputs)
    : IProvider
{
    public ProviderScope Scope => inner.Scope;

    public EquatableList<KindSchema> Kinds => inner.Kinds;

    public EquatableList<FeatureSupport> Capabilities => inner.Capabilities;

    public Compiled<ResourceGraph> Project(RoutingModel model) => inner.Project(model);

    public Task<ProviderScope> IdentifyAsync(CancellationToken cancellationToken) =>
        inner.IdentifyAsync(cancellationToken);

    public Task<LiveState> ReadAsync(ReadRequest request, CancellationToken cancellationToken) =>
        inner.ReadAsync(request, cancellationToken);

    public Compiled<ResourceGraph> Settle(ResourceGraph desired, LiveState live) => inner.Settle(desired, live);

    public AttributeMap? Bridge(ResourceAddress address, AttributeMap before, AttributeMap after) =>
        inner.Bridge(address, before, after);

    public TrafficTable DescribeTraffic(IReadOnlyList<ResourceNode> nodes) => inner.DescribeTraffic(nodes);

    public async Task<StepOutcome> ApplyAsync(StepCall call, CancellationToken cancellationToken)
    {
        var outcome = await inner.ApplyAsync(call, cancellationToken);
        if (call.Step.Action is StepAction.Delete)
        {
            outputs.TryRemove(call.Step.Address, out _);
        }
        else if (outcome.Outputs.Fields.Count > 0)
        {
            outputs[call.Step.Address] = outcome.Outputs;
        }

        return outcome;
    }
}
