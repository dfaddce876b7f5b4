using Gwctl.Compiler.Routing;
using Gwctl.Core;
using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Aws.Projection;

/// <summary>A target group in use.</summary>
/// <param name="Version">HTTP1, HTTP2 or GRPC; empty for a Network Load Balancer's.</param>
/// <param name="StickySeconds">0 where the group is not sticky.</param>
internal sealed record TargetGroupUse(ResourceAddress Address, string Version, int StickySeconds)
{
    /// <summary>What actions name it by: one object for all of them.</summary>
    public AttributeField Reference { get; } = Shape.Field("targetGroup", new AttributeValue.Reference(Address, "arn"));
}

/// <summary>What tells two target groups of one backend apart.</summary>
internal sealed record GroupVariant
{
    /// <summary>HTTP, by an Application Load Balancer.</summary>
    public static readonly GroupVariant Http = new();

    /// <summary>0 where the backend's policy decides.</summary>
    public int SessionSeconds { get; init; }

    /// <summary>True for rules of a GRPCRoute: gRPC, whatever the backend speaks with others.</summary>
    public bool IsGrpc { get; init; }

    /// <summary>The protocol of a Network Load Balancer's listener: TCP, UDP, TCP_UDP or TLS; null for an Application
    /// Load Balancer's. A group serves one load balancer only.</summary>
    public string? Network { get; init; }

    /// <summary>True where TLS is not the load balancer's: it goes through as it came.</summary>
    public bool IsPassthrough { get; init; }

    /// <summary>Behind <c>~</c> in the group's key; empty for the usual group.</summary>
    public string KeyPart => this switch
    {
        { Network: { } protocol } => protocol.ToLowerInvariant().Replace('_', '-'),
        { SessionSeconds: 0 } => IsGrpc ? "grpc" : "",
        { IsGrpc: true } => ObjectNames.KeyHash($"session {SessionSeconds} grpc"),
        _ => ObjectNames.KeyHash($"session {SessionSeconds}"),
    };
}

/// <summary>The target groups that rules use: one for a backend, and another for each variant that tells it apart. The
/// key is the backend's id; behind <c>~</c> the variant.</summary>
internal sealed class TargetGroups
{
    /// <summary>The group that has no targets, and answers 503 for invalid references.</summary>
    public const string EmptyKey = "unresolved";

    private const char VariantSeparator = '~';

    private readonly GatewayBuilder _gateway;
    private readonly Dictionary<string, RoutingBackend> _backends;
    private readonly SortedDictionary<string, Draft> _drafts = new(StringComparer.Ordinal);

    public TargetGroups(GatewayBuilder gateway)
    {
        _gateway = gateway;
        _backends = gateway.Gateway.Backends.ToDictionary(backend => backend.Id, StringComparer.Ordinal);
    }

    /// <summary>Of the Application Load Balancer.</summary>
    public int Count => _drafts.Values.Count(draft => draft is { Form: not null, Variant.Network: null });

    /// <summary>Null where the backend cannot be a target group, which has been reported then.</summary>
    public TargetGroupUse? Use(string backendId, GroupVariant variant, RuleOrigin origin)
    {
        var backend = _backends[backendId];
        if (BackendTlsProjection.Refuses(_gateway, backend, variant, origin))
        {
            return null;
        }

        // A backend that speaks nothing but gRPC has one group for routes of both kinds.
        return Use(
            backendId,
            variant.IsGrpc && BackendProjection.IsGrpc(backend) ? variant with { IsGrpc = false } : variant,
            origin,
            chosen => BackendProjection.FormOf(_gateway, backend, chosen),
            backend);
    }

    public TargetGroupUse? UseEmpty(GroupVariant variant, RuleOrigin origin) =>
        Use(EmptyKey, variant, origin, chosen => BackendProjection.EmptyForm(_gateway, chosen), null);

    /// <summary>Adds the groups' nodes and those of their targets; gives the number of the Application Load Balancer's
    /// targets.</summary>
    public int AddNodes()
    {
        var all = 0;
        foreach (var draft in _drafts.Values)
        {
            if (draft.Form is not { } form)
            {
                continue;
            }

            var group = GroupNode(draft, form);
            _gateway.Add(group);
            if (TargetProjection.TargetsOf(_gateway, form, draft.Backend) is { } targets)
            {
                all += draft.Variant.Network is null ? targets.Items.Count : 0;
                _gateway.Add(TargetsNode(group, targets, form));
                TargetProjection.CheckCount(_gateway, draft.Key, targets.Items.Count);
            }
        }

        return all;
    }

    private TargetGroupUse? Use(
        string name,
        GroupVariant variant,
        RuleOrigin origin,
        Func<GroupVariant, BackendForm?> formOf,
        RoutingBackend? backend)
    {
        var key = variant.KeyPart is "" ? name : $"{name}{VariantSeparator}{variant.KeyPart}";
        if (!_drafts.TryGetValue(key, out var draft))
        {
            draft = new Draft(key, variant, formOf(variant), backend);
            _drafts.Add(key, draft);
        }

        draft.NoteUse(origin);
        if (draft.Use is null && draft.Form is { } form)
        {
            var address = _gateway.AddressOf(Kinds.TargetGroup, key);
            draft.Use = new TargetGroupUse(address, form.Version, form.Sticky.Seconds);
        }

        return draft.Use;
    }

    private ResourceNode GroupNode(Draft draft, BackendForm form)
    {
        var readable = draft.Backend is { } backend
            ? $"{backend.Service.Service.Namespace}-{backend.Service.Service.Name}-{backend.Service.Port}"
            : $"{_gateway.Gateway.Name.Namespace}-{_gateway.Gateway.Name.Name}-none";
        var name = _gateway.NameOf(
            readable, Kinds.TargetGroup, draft.Key, form.TargetType, form.Protocol, form.Identity, form.Port.ToString(),
            form.IpAddressType, _gateway.VpcText);
        return new ResourceNode
        {
            Address = _gateway.AddressOf(Kinds.TargetGroup, draft.Key),
            Attributes = Shape.Of(
                Shape.Text("name", name),
                Shape.Text("targetType", form.TargetType),
                Shape.Text("protocol", form.Protocol),
                Shape.Text("protocolVersion", form.Version is "" ? null : form.Version),
                Shape.Number("port", form.Port),
                Shape.Field("vpc", _gateway.Vpc),
                Shape.Text("ipAddressType", form.IpAddressType),
                Shape.Field("healthCheck", form.HealthCheck),
                Shape.Field("attributes", form.Attributes),
                _gateway.Tags),
            Origin = draft.Origin,
            OriginObjects = Shape.Sorted([_gateway.GatewayObject, .. draft.Routes]),
        };
    }

    private ResourceNode TargetsNode(ResourceNode group, AttributeValue.List targets, BackendForm form) => new()
    {
        Address = _gateway.AddressOf(Kinds.Targets, group.Address.Key),
        Attributes = Shape.Of(
            Shape.Field("targetGroup", new AttributeValue.Reference(group.Address, "arn")),
            Shape.Field("targets", targets),
            form.TargetType is "ip" && targets.Items.Count > 0
                ? _gateway.VpcCidrs
                : null),
        Origin = group.Origin,
        OriginObjects = group.OriginObjects,
    };

    private sealed class Draft(string key, GroupVariant variant, BackendForm? form, RoutingBackend? backend)
    {
        public string Key { get; } = key;

        public GroupVariant Variant { get; } = variant;

        /// <summary>Null where the backend cannot be a target group.</summary>
        public BackendForm? Form { get; } = form;

        /// <summary>Null for the group without targets.</summary>
        public RoutingBackend? Backend { get; } = backend;

        /// <summary>One object for all rules; null where there is no form.</summary>
        public TargetGroupUse? Use { get; set; }

        /// <summary><c>HTTPRoute/namespace/name</c>.</summary>
        public HashSet<string> Routes { get; } = [];

        /// <summary>The first rule, in reading order, that uses it.</summary>
        public SourceSpan Origin { get; private set; } = SourceSpan.None;

        public void NoteUse(RuleOrigin origin)
        {
            Routes.Add(origin.RouteId.ToString());
            if (Origin.IsNone || origin.RuleSpan.CompareTo(Origin) < 0)
            {
                Origin = origin.RuleSpan;
            }
        }
    }
}
