using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Aws.Settling;

namespace Gwctl.Providers.Aws.Projection;

/// <summary>Gathers one Gateway's nodes and findings while it is projected.</summary>
internal sealed class GatewayBuilder
{
    private readonly HashSet<Diagnostic> _reported = [];
    private readonly List<Diagnostic> _diagnostics = [];
    private readonly List<ResourceNode> _nodes = [];
    private readonly HashSet<ResourceAddress> _shared = [];
    private readonly Dictionary<(RouteKind Kind, ObjectName Route), EquatableList<string>> _objects = [];

    public GatewayBuilder(GatewayRouting gateway, AwsSettings settings, ProviderScope scope)
    {
        (Gateway, Settings, Scope) = (gateway, settings, scope);
        var overrides = GatewayOverrides.Of(gateway, settings.LoadBalancer, Report);
        (Balancer, Protected) = (overrides.LoadBalancer, overrides.Protected);
        GatewayObject = $"Gateway/{gateway.Name}";
        Tags = TagProjection.TagsOf(gateway, settings, Report);
        GuardedTags = Protected ? TagProjection.WithProtection(Tags) : Tags;
        LoadBalancer = AddressOf(Kinds.LoadBalancer, BalancerKeys.Application);
        NetworkLoadBalancer = AddressOf(Kinds.LoadBalancer, BalancerKeys.Network);
        VpcChoice = Balancer switch
        {
            { VpcId: { } id } => new VpcChoice.Given(id),
            { Subnets: [var first, ..] } => new VpcChoice.OfSubnet(first),
            _ => new VpcChoice.Default(),
        };
        Vpc = VpcChoice is VpcChoice.Given(var given) ? new AttributeValue.Text(given) : Lookups.ForVpc(VpcChoice);
        VpcText = AttributeOrder.Canonical(Vpc);
        VpcCidrs = Shape.Field("vpcCidrs", Lookups.ForVpcCidrs(VpcChoice));
    }

    /// <summary>In the order in which they were added.</summary>
    public IReadOnlyList<ResourceNode> Nodes => _nodes;

    public IReadOnlyList<Diagnostic> Diagnostics => _diagnostics;

    public GatewayRouting Gateway { get; }

    public AwsSettings Settings { get; }

    public ProviderScope Scope { get; }

    /// <summary>The settings with the Gateway's own overrides.</summary>
    public LoadBalancerSettings Balancer { get; }

    public bool Protected { get; }

    /// <summary><c>Gateway/namespace/name</c>.</summary>
    public string GatewayObject { get; }

    /// <summary>The user's tags, on every kind that takes tags.</summary>
    public AttributeField Tags { get; }

    /// <summary>For what a protected Gateway guards: the mark that the live object bears too, so that it is guarded
    /// even when the specs are gone.</summary>
    public AttributeField GuardedTags { get; }

    /// <summary>Of target groups without a policy: most, so that they share one object.</summary>
    public AttributeValue.Map? UsualGroupAttributes { get; set; }

    /// <summary>The Application Load Balancer, for HTTP and HTTPS listeners.</summary>
    public ResourceAddress LoadBalancer { get; }

    /// <summary>The Network Load Balancer, for TLS, TCP and UDP listeners.</summary>
    public ResourceAddress NetworkLoadBalancer { get; }

    public VpcChoice VpcChoice { get; }

    /// <summary>The VPC's id, or the lookup for it.</summary>
    public AttributeValue Vpc { get; }

    /// <summary><see cref="Vpc"/> as a part of names.</summary>
    public string VpcText { get; }

    public AttributeField VpcCidrs { get; }

    public ResourceAddress AddressOf(string kind, string key) => new(Scope.Name, kind, Gateway.Name, key);

    /// <summary>A name in the account and region; identity parts beside the owner and the Gateway.</summary>
    public string NameOf(string readable, params ReadOnlySpan<string> identity) =>
        CloudNames.Of(readable, [Scope.Owner, Gateway.Name.ToString(), .. identity]);

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
