using Gwctl.Compiler.Routing;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Gcp.Projection;

/// <summary>Gathers one Gateway's nodes and findings while it is projected.</summary>
internal sealed class GatewayBuilder : GraphBuilder
{
    private const string NamePrefix = "gw-";
    private const int StemCharactersMax = GcpLimits.NameCharactersMax - ObjectNames.HashCharacters;

    public GatewayBuilder(GatewayRouting gateway, GcpSettings settings, ProviderScope scope)
        : base(gateway, scope)
    {
        Settings = settings;
        (Balancer, Protected) = GatewayOverrides.Of(gateway, settings, Report);
        Labels = LabelProjection.LabelsOf(gateway, settings, Protected, Report);
        Location = Balancer.IsRegional ? settings.Region?.Value ?? GcpSettings.Global : GcpSettings.Global;
        LoadBalancingScheme = Balancer.IsInternal ? "INTERNAL_MANAGED" : "EXTERNAL_MANAGED";
        NetworkTier = Balancer is { IsRegional: true, IsInternal: false }
            ? Shape.Text("networkTier", Balancer.NetworkTier)
            : null;
        Readable = $"{gateway.Name.Namespace}-{gateway.Name.Name}";
        Cases = new CaseTests(this);
    }

    public GcpSettings Settings { get; }

    /// <summary>The settings with the Gateway's own overrides.</summary>
    public BalancerSettings Balancer { get; }

    public bool Protected { get; }

    /// <summary>The user's labels, on every kind that takes labels; null where there are none.</summary>
    public AttributeField? Labels { get; }

    /// <summary><c>global</c> or the region: of everything but groups.</summary>
    public string Location { get; }

    /// <summary>EXTERNAL_MANAGED or INTERNAL_MANAGED.</summary>
    public string LoadBalancingScheme { get; }

    /// <summary>Of regional external addresses and forwarding rules; null for all others.</summary>
    public AttributeField? NetworkTier { get; }

    /// <summary>For names of what is the Gateway's as a whole.</summary>
    public string Readable { get; }

    /// <summary>What becomes of the RouteTests.</summary>
    public CaseTests Cases { get; }

    /// <summary>A regular expression can be matched on regional load balancers only.</summary>
    public bool HasRegexes => Balancer.IsRegional;

    /// <summary>A network of the settings' project.</summary>
    public string NetworkLink => SelfLinks.Of(NetworkProject, GcpSettings.Global, "networks", Settings.Network.Name);

    private string NetworkProject => Settings.Network.HostProject ?? Settings.Project.Value;

    /// <summary>Null where the network has a subnetwork of its own in each region.</summary>
    public string? SubnetworkLink(string region) => Settings.Network.Subnetwork is { } name
        ? SelfLinks.Of(NetworkProject, region, "subnetworks", name)
        : null;

    /// <summary>A name in the project: lower case, at most 63 characters; identity parts beside the owner and the
    /// Gateway.</summary>
    public string NameOf(string readable, params ReadOnlySpan<string> identity) => ObjectNames.Of(
        NamePrefix + ObjectNames.Slug(readable.ToLowerInvariant(), StemCharactersMax - NamePrefix.Length),
        [Scope.Owner, Gateway.Name.ToString(), .. identity]);

    /// <summary>A node whose name is made of the Gateway's and what else identifies it.</summary>
    /// <param name="address">Its key is part of the name's hash.</param>
    /// <param name="location">Of the object.</param>
    /// <param name="readable">What people shall read in the name.</param>
    /// <param name="identity">Immutable values beside kind, key and location.</param>
    /// <param name="fields">All attributes but name and location.</param>
    public ResourceNode Named(
        ResourceAddress address,
        string location,
        string readable,
        ReadOnlySpan<string> identity,
        params ReadOnlySpan<AttributeField?> fields) => new()
        {
            Address = address,
            Attributes = Shape.Of(
            [
                Shape.Text("name", NameOf(readable, [address.Kind, address.Key, location, .. identity])),
                Shape.Text("location", location),
                .. fields,
            ]),
            Origin = Gateway.Span,
            OriginObjects = [GatewayObject],
        };

    /// <summary>A reference to an object's <c>selfLink</c>.</summary>
    public static AttributeValue.Reference LinkTo(ResourceAddress address) => new(address, "selfLink");

    /// <summary>A reference to a Certificate Manager object's <c>resourceName</c>.</summary>
    public static AttributeValue.Reference NameOfResource(ResourceAddress address) => new(address, "resourceName");

    public static AttributeValue.List ListOf(params ReadOnlySpan<AttributeValue> items) => new([.. items]);
}
