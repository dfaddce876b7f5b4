using System.Collections.Concurrent;
using Gwctl.Compiler.Routing;
using Gwctl.Core;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;

namespace Gwctl.Controller.Reconciliation;

/// <summary>A provider as one Gateway's reconciliation sees it: its own objects only, from memory where that is enough,
/// and what its calls left is noted.</summary>
internal sealed class GatewayProvider(ScopeMemory memory, ObjectName gateway) : IProvider
{
    private readonly ConcurrentDictionary<ResourceAddress, StepOutcome> _outcomes = new();

    /// <summary>Cloud ids of objects that are left out of what is read: they are another place's, too.</summary>
    public IReadOnlySet<string> Hidden { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    public ProviderScope Scope => memory.Provider.Scope;

    public EquatableList<KindSchema> Kinds => memory.Provider.Kinds;

    public EquatableList<FeatureSupport> Capabilities => memory.Provider.Capabilities;

    public IReadOnlyDictionary<ResourceAddress, StepOutcome> Outcomes => _outcomes;

    /// <summary>What the last plan was made of.</summary>
    public EquatableList<LiveResource> Live { get; private set; } = [];

    public Compiled<ResourceGraph> Project(RoutingModel model) => memory.Provider.Project(model);

    public Task<ProviderScope> IdentifyAsync(CancellationToken cancellationToken) =>
        memory.IdentifyAsync(cancellationToken);

    public async Task<LiveState> ReadAsync(ReadRequest request, CancellationToken cancellationToken)
    {
        var live = memory.Recall(gateway, request.Desired)
            ?? await memory.ReadAsync(gateway, request.Desired, cancellationToken);
        if (Hidden.Count > 0)
        {
            live = live with { Resources = [.. live.Resources.Where(resource => !Hidden.Contains(resource.Id))] };
        }

        Live = live.Resources;
        return live;
    }

    public Compiled<ResourceGraph> Settle(ResourceGraph desired, LiveState live) =>
        memory.Provider.Settle(desired, live);

    public AttributeMap? Bridge(ResourceAddress address, AttributeMap before, AttributeMap after) =>
        memory.Provider.Bridge(address, before, after);

    public TrafficTable DescribeTraffic(IReadOnlyList<ResourceNode> nodes) => memory.Provider.DescribeTraffic(nodes);

    public async Task<StepOutcome> ApplyAsync(StepCall call, CancellationToken cancellationToken)
    {
        var outcome = await memory.Provider.ApplyAsync(call, cancellationToken);
        if (outcome.Id is not "")
        {
            _outcomes[call.Step.Address] = outcome;
        }

        return outcome;
    }
}
