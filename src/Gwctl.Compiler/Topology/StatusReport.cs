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
    /// <summary>Merges errors of later stages into the topology's conditions. Warnings and notes change no
    /// condition.</summary>
    /// <remarks>An error belongs to the object that <see cref="Diagnostic.Object"/> names, and to the rule, match or
    /// listener that <see cref="StatusSubject"/> finds for it: a route whose every match is hit is not accepted (by the
    /// error's reason, UnsupportedValue unless given); one that is hit in part keeps its acceptance and is
    /// PartiallyInvalid.</remarks>
    public static StatusReport Build(SpecTopology topology, IEnumerable<Diagnostic> fromLaterStages)
    {
        var errors = fromLaterStages
            .Where(diagnostic => diagnostic.Severity is Severity.Error)
            .ToLookup(diagnostic => StatusSubject.ObjectOf(diagnostic), StringComparer.Ordinal);
        return new StatusReport(
            [.. topology.Classes.Select(item => new ClassStatus(item.Spec.Name, item.Conditions))],
            [.. topology.Gateways.Select(item => GatewayStatusBuilder.Build(item, ErrorsOf(item.Spec)))],
            [.. topology.Routes.Select(item => RouteStatusBuilder.Build(item, ErrorsOf(item.Spec)))]);

        List<Diagnostic> ErrorsOf(SpecObject spec) => [.. errors[spec.Id.ToString()]];
    }
}

/// <summary>Of a GatewayClass.</summary>
public sealed record ClassStatus(ObjectName Name, EquatableList<Condition> Conditions);

/// <summary>Of a Gateway.</summary>
/// <param name="Listeners">In the Gateway's order.</param>
public sealed record GatewayStatus(
    ObjectName Name, EquatableList<Condition> Conditions, EquatableList<ListenerStatus> Listeners);

/// <summary>Of a listener.</summary>
/// <param name="AttachedRoutes">Counts accepted routes, whether or not the listener itself is accepted.</param>
public sealed record ListenerStatus(
    string Name, EquatableList<RouteKindSpec> SupportedKinds, int AttachedRoutes, EquatableList<Condition> Conditions);

/// <summary>Of a route: its parents of ours.</summary>
public sealed record RouteStatus(RouteKind Kind, ObjectName Name, EquatableList<RouteParent> Parents);
