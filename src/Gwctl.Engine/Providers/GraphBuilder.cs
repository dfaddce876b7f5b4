using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Engine.Resources;

namespace Gwctl.Engine.Providers;

/// <summary>Gathers one Gateway's nodes and findings while it is projected.</summary>
public abstract class GraphBuilder
{
    private readonly HashSet<Diagnostic> _reported = [];
    private readonly List<Diagnostic> _diagnostics = [];
    private readonly List<ResourceNode> _nodes = [];
    private readonly HashSet<ResourceAddress> _shared = [];
    private readonly Dictionary<(RouteKind Kind, ObjectName Route), EquatableList<string>> _objects = [];

    protected GraphBuilder(GatewayRouting gateway, ProviderScope scope)
    {
        (Gateway, Scope) = (gateway, scope);
        GatewayObject = $"Gateway/{gateway.Name}";
    }

    /// <summary>In the order in which they were added.</summary>
    public IReadOnlyList<ResourceNode> Nodes => _nodes;

    public IReadOnlyList<Diagnostic> Diagnostics => _diagnostics;

    public GatewayRouting Gateway { get; }

    public ProviderScope Scope { get; }

    /// <summary><c>Gateway/namespace/name</c>.</summary>
    public string GatewayObject { get; }

    public ResourceAddress AddressOf(string kind, string key) => new(Scope.Name, kind, Gateway.Name, key);

    /// <summary>The spec objects of a node that one route's rule wants; null for the Gateway alone.</summary>
    public EquatableList<string> ObjectsOf(RuleOrigin? origin)
    {
        if (origin is null)
        {
            return [GatewayObject];
        }

        if (!_objects.TryGetValue((origin.Kind, origin.Route), out var objects))
        {
            objects = Shape.Sorted([GatewayObject, origin.RouteId.ToString()]);
            _objects.Add((origin.Kind, origin.Route), objects);
        }

        return objects;
    }

    /// <summary>Equal findings are reported once: a match is seen once for each hostname of its route.</summary>
    public void Report(Diagnostic diagnostic)
    {
        if (_reported.Add(diagnostic))
        {
            _diagnostics.Add(diagnostic);
        }
    }

    public void Add(ResourceNode node) => _nodes.Add(node);

    /// <summary>For what several listeners may share: the first stays.</summary>
    public void AddOnce(ResourceNode node)
    {
        if (_shared.Add(node.Address))
        {
            _nodes.Add(node);
        }
    }
}
