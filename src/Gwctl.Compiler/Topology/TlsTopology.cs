using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Core;

namespace Gwctl.Compiler.Topology;

/// <summary>A ListenerSet of one of our Gateways.</summary>
public sealed record ListenerSetTopology
{
    public required ListenerSetSpec Spec { get; init; }

    /// <summary>In the ListenerSet's order; empty where the Gateway does not take it at all.</summary>
    public required EquatableList<ListenerTopology> Listeners { get; init; }

    public required EquatableList<Condition> Conditions { get; init; }

    /// <summary>At least one of its listeners is served.</summary>
    public required bool Accepted { get; init; }
}

/// <summary>What one port of a Gateway asks of clients' certificates.</summary>
public sealed record PortClientValidation(int Port, ClientValidation Validation);

/// <summary>A BackendTLSPolicy, whether or not a Gateway of ours reaches its Services.</summary>
/// <param name="Ancestors">The Gateways of ours whose routes refer to a target, sorted by name, at most
/// <see cref="AncestorsMax"/>.</param>
public sealed record BackendTlsPolicyTopology(BackendTlsPolicySpec Spec, EquatableList<PolicyAncestor> Ancestors)
{
    /// <summary>PolicyStatus' own bound.</summary>
    public const int AncestorsMax = 16;
}

/// <summary>status.ancestors[] of a policy.</summary>
public sealed record PolicyAncestor(ObjectName Gateway, string ControllerName, EquatableList<Condition> Conditions);
