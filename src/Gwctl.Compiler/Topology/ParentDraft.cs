using Gwctl.Compiler.Specs;
using Gwctl.Core;

namespace Gwctl.Compiler.Topology;

/// <summary>What routes attach to, a Gateway or a ListenerSet, while the topology is being found.</summary>
internal abstract class ParentDraft(ObjectId id, EquatableList<ListenerSpec> listeners)
{
    public ObjectId ObjectId { get; } = id;

    public ObjectName Name => ObjectId.Name;

    /// <summary>Its own: a Gateway's are without those of its ListenerSets.</summary>
    public IReadOnlyList<ListenerDraft> Listeners { get; } =
        [.. listeners.Select(listener => new ListenerDraft(listener))];

    /// <summary>The Gateway that serves the listeners: itself, or the one that a ListenerSet names.</summary>
    public abstract GatewayDraft Gateway { get; }

    /// <summary>As <see cref="Diagnostic.Object"/> names it.</summary>
    public string Id => ObjectId.ToString();

    /// <summary>As sentences name it.</summary>
    public string Text => $"{ObjectId.Kind} {Name}";
}

/// <summary>A ListenerSet of one of our Gateways.</summary>
internal sealed class ListenerSetDraft(ListenerSetSpec spec, GatewayDraft gateway)
    : ParentDraft(spec.Id, spec.Listeners)
{
    public ListenerSetSpec Spec { get; } = spec;

    public override GatewayDraft Gateway { get; } = gateway;

    /// <summary>Why it is not attached at all; then its listeners are not looked at.</summary>
    public Problem? Refusal { get; set; }
}
