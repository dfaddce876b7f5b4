using Gwctl.Compiler.Routing;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Aws.Settling;

namespace Gwctl.Providers.Aws.Projection;

/// <summary>Gathers one Gateway's nodes and findings while it is projected.</summary>
internal sealed class GatewayBuilder : GraphBuilder
{
    public GatewayBuilder(GatewayRouting gateway, AwsSettings settings, ProviderScope scope)
        : base(gateway, scope)
    {
        Settings = settings;
        var overrides = GatewayOverrides.Of(gateway, settings.LoadBalancer, Report);
        (Balancer, Protected) = (overrides.LoadBalancer, overrides.Protected);
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

    public AwsSettings Settings { get; }

    /// <summary>The settings with the Gateway's own overrides.</summary>
    public LoadBalancerSettings Balancer { get; }

    public bool Protected { get; }

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

    /// <summary>A name in the account and region; identity parts beside the owner and the Gateway.</summary>
    public string NameOf(string readable, params ReadOnlySpan<string> identity) =>
        CloudNames.Of(readable, [Scope.Owner, Gateway.Name.ToString(), .. identity]);
}
