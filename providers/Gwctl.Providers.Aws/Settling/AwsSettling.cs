using Gwctl.Core;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Aws.Settling;

/// <summary>Fits a projected graph to what lives.</summary>
public static class AwsSettling
{
    /// <summary>Answers lookups, gives targets outside the VPC their zone, drops certificates that turned out to be the
    /// same, and numbers the rules so that the fewest change. A lookup without answer is an error at its node, which
    /// keeps it: such a node is never planned.</summary>
    public static Compiled<ResourceGraph> Settle(ResourceGraph desired, LiveState live)
    {
        var diagnostics = new List<Diagnostic>();
        var index = new LiveIndex(live);
        var answers = new LookupReplacement(
            live.Lookups, (node, lookup) => diagnostics.Add(SettlingDiagnostics.NotFound(node, lookup)));
        var nodes = desired.Nodes.Select(answers.Replace).ToList();
        nodes = CertificateSettling.DropRepeated(nodes);
        nodes = CutOverRecords.Settle(nodes, address => index[address] is not null);
        foreach (var balancer in nodes.Where(node => node.Address.Kind is Kinds.LoadBalancer))
        {
            AddressSettling.Check(balancer, diagnostics);
        }

        var priorities = new PrioritySettling(index, diagnostics).Assign(nodes);
        var settled = nodes.Select(node => node.Address.Kind switch
        {
            Kinds.Targets => TargetSettling.Settle(node, index[node.Address]),
            Kinds.Rule => RuleSettling.Settle(node, priorities),
            Kinds.Listener => ListenerSettling.Settle(node, index),
            Kinds.DnsRecord => DnsSettling.Settle(node, index),
            _ => node,
        });
        return Compiled.From(ResourceGraph.From(settled), diagnostics);
    }
}

/// <summary>What lives, by address.</summary>
internal sealed class LiveIndex
{
    private readonly Dictionary<ResourceAddress, LiveResource> _ours = [];

    public LiveIndex(LiveState live)
    {
        Resources = live.Resources;
        foreach (var resource in live.Resources)
        {
            if (resource.Ownership is Ownership.Ours)
            {
                // Two at one address are what an interrupted replacement left; the first stands for both.
                _ours.TryAdd(resource.Address, resource);
            }
        }

        HealthChecks = live.Resources.Where(resource => resource.Address.Kind is Kinds.HealthCheck)
            .Select(resource => resource.Id).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Ids of ours.</summary>
    public IReadOnlySet<string> HealthChecks { get; }

    public EquatableList<LiveResource> Resources { get; }

    public LiveResource? this[ResourceAddress address] => _ours.GetValueOrDefault(address);
}
