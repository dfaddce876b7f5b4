using Gwctl.Core;

namespace Gwctl.Compiler.Specs;

/// <summary>gateway.networking.k8s.io/v1 ListenerSet (XListenerSet is read as it): more listeners for a Gateway that
/// allows it.</summary>
public sealed record ListenerSetSpec : SpecObject
{
    /// <summary>Group and kind default to Gateway.</summary>
    public required SpecReference ParentRef { get; init; }

    /// <summary>1 to 64; a listener without allowedRoutes takes routes of the ListenerSet's own namespace.</summary>
    public required EquatableList<ListenerSpec> Listeners { get; init; }

    public override ObjectId Id => new(ApiGroups.Gateway, "ListenerSet", Name);
}

/// <summary>Gateway spec.allowedListeners.namespaces: whose ListenerSets may attach.</summary>
/// <param name="From">All, Same, Selector or None (the default).</param>
public sealed record AllowedListenersSpec(Located<string> From, LabelSelectorSpec? Selector);
