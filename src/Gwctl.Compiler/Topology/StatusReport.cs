using Gwctl.Compiler.Specs;
using Gwctl.Core;

namespace Gwctl.Compiler.Topology;

/// <summary>What the status of every object of ours is to say: the topology's conditions, and what later stages
/// found.</summary>
/// <param name="Classes">Sorted by name.</param>
/// <param name="Gateways">Sorted by name.</param>
/// <param name="Routes">Sorted by kind, then name.</param>
public sealed record StatusReport(
    EquatableList<ClassStatus> Classes, EquatableList<GatewayStatus> Gateways, EquatableList<RouteStatus> Routes)
{
    /// <summary>Of our Gateways, sorted by name.</summary>
    public EquatableList<ListenerSetStatus> ListenerSets { get; init; } = [];

    /// <summary>Sorted by name; without ancestors where no Gateway of ours reaches their Services.</summary>
    public EquatableList<PolicyStatus> BackendTlsPolicies { get; init; } = [];

    /// <summary>Merges errors of later stages into the topology's conditions. Warnings and notes change no
    /// condition.</summary>
    /// <remarks>An error belongs to the object that <see cref="Diagnostic.Object"/> names, and to the rule, match or
    /// listener that <see cref="StatusSubject"/> finds for it: a route whose every match is hit is not accepted (by the
    /// error's reason, UnsupportedValue unless given); one that is hit in part keeps its acceptance and is
    /// PartiallyInvalid.</remarks>
    public static StatusReport Build(
        SpecTopology topology, IEnumerable<Diagnostic> fromLaterStages, StatusOptions? options = null)
    {
        var errors = fromLaterStages
            .Where(diagnostic => diagnostic.Severity is Severity.Error)
            .ToLookup(diagnostic => StatusSubject.ObjectOf(diagnostic), StringComparer.Ordinal);
        var gateways = topology.Gateways.Select(gateway => BuildGateway(gateway, errors)).ToList();
        return new StatusReport(
            [.. topology.Classes.Select(item => ClassStatusBuilder.Build(item, options ?? StatusOptions.None))],
            [.. gateways.Select(item => item.Gateway)],
            [.. topology.Routes.Select(
                item => RouteStatusBuilder.Build(item, [.. errors[item.Spec.Id.ToString()]]))])
        {
            ListenerSets = [.. gateways.SelectMany(item => item.Sets).OrderBy(item => item.Name)],
            BackendTlsPolicies =
            [
                .. topology.BackendTlsPolicies.Select(item => new PolicyStatus(item.Spec.Name, item.Ancestors)),
            ],
        };
    }

    /// <summary>A provider knows Gateways: what it says of one may be about a listener of a ListenerSet.</summary>
    private static (GatewayStatus Gateway, List<ListenerSetStatus> Sets) BuildGateway(
        GatewayTopology gateway, ILookup<string, Diagnostic> errors)
    {
        var bySet = errors[gateway.Spec.Id.ToString()]
            .ToLookup(error => StatusSubject.ListenerSetOf(gateway, error)?.Spec.Id ?? gateway.Spec.Id);
        var sets = gateway.ListenerSets
            .Select(set => ListenerSetStatusBuilder.Build(
                set, [.. errors[set.Spec.Id.ToString()], .. bySet[set.Spec.Id]]))
            .ToList();
        return (GatewayStatusBuilder.Build(gateway, [.. bySet[gateway.Spec.Id]], sets), sets);
    }
}

/// <summary>What the caller knows and the specs do not say.</summary>
public sealed record StatusOptions
{
    /// <summary>GatewayClassStatus' own bound.</summary>
    public const int FeaturesMax = 64;

    public static readonly StatusOptions None = new();

    /// <summary>The Gateway API features that the provider has, by their names there; sorted and bounded on
    /// output.</summary>
    public EquatableList<string> SupportedFeatures { get; init; } = [];

    /// <summary>The cluster's <c>gateway.networking.k8s.io/bundle-version</c>, as <c>v1.6.1</c>; null where there is
    /// no cluster: then nothing is said of it.</summary>
    public string? BundleVersion { get; init; }
}

/// <summary>Of a GatewayClass.</summary>
public sealed record ClassStatus(ObjectName Name, EquatableList<Condition> Conditions)
{
    /// <summary>Sorted by name, each once, at most <see cref="StatusOptions.FeaturesMax"/>.</summary>
    public EquatableList<string> SupportedFeatures { get; init; } = [];
}

/// <summary>Of a Gateway.</summary>
/// <param name="Listeners">In the Gateway's order, without those of its ListenerSets.</param>
public sealed record GatewayStatus(
    ObjectName Name, EquatableList<Condition> Conditions, EquatableList<ListenerStatus> Listeners)
{
    /// <summary>Those that are accepted.</summary>
    public int AttachedListenerSets { get; init; }

    /// <summary>Hostnames and IP addresses, where they are known: specs do not say them.</summary>
    public EquatableList<string> Addresses { get; init; } = [];
}

/// <summary>Of a ListenerSet.</summary>
/// <param name="Listeners">In its order; empty where the Gateway does not take it.</param>
public sealed record ListenerSetStatus(
    ObjectName Name, EquatableList<Condition> Conditions, EquatableList<ListenerStatus> Listeners)
{
    public bool IsAccepted =>
        Conditions.Any(condition => condition is { Type: ConditionTypes.Accepted, Status: true });
}

/// <summary>Of a BackendTLSPolicy: its ancestors of ours.</summary>
public sealed record PolicyStatus(ObjectName Name, EquatableList<PolicyAncestor> Ancestors);

/// <summary>Of a listener.</summary>
/// <param name="AttachedRoutes">Counts accepted routes, whether or not the listener itself is accepted.</param>
public sealed record ListenerStatus(
    string Name, EquatableList<RouteKindSpec> SupportedKinds, int AttachedRoutes, EquatableList<Condition> Conditions);

/// <summary>Of a route: its parents of ours.</summary>
public sealed record RouteStatus(RouteKind Kind, ObjectName Name, EquatableList<RouteParent> Parents);
