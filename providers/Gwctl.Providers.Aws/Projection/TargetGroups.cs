using Gwctl.Compiler.Routing;
using Gwctl.Core;
using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Aws.Projection;

/// <summary>A target group in use.</summary>
/// <param name="Version">HTTP1, HTTP2 or GRPC.</param>
/// <param name="StickySeconds">0 where the group is not sticky.</param>
internal sealed record TargetGroupUse(ResourceAddress Address, string Version, int StickySeconds)
{
    /// <summary>What rules name it by: one object for all of them.</summary>
    public AttributeField Reference { get; } = Shape.Field("targetGroup", new AttributeValue.Reference(Address, "arn"));
}

/// <summary>The target groups that rules use: one for a backend, and another where a rule's session persistence tells
/// it apart. The key is the backend's id; behind <c>~</c> a hash of what tells it apart.</summary>
internal sealed class TargetGroups
{
    /// <summary>The group that has no targets, and answers 503 for invalid references.</summary>
    public const string EmptyKey = "unresolved";

    private readonly GatewayBuilder _gateway;
    private readonly Dictionary<string, RoutingBackend> _backends;
    private readonly SortedDictionary<string, Draft> _drafts = new(StringComparer.Ordinal);

    public TargetGroups(GatewayBuilder gateway)
    {
        _gateway = gateway;
        _backends = gateway.Gateway.Backends.ToDictionary(backend => backend.Id, StringComparer.Ordinal);
    }

    public int Count => _drafts.Values.Count(draft => draft.Form is not null);

    /// <summary>Null where the backend cannot be a target group, which has been reported then.</summary>
    public TargetGroupUse? Use(string backendId, SessionChoice session, RoutingRule rule)
    {
        var key = session.Seconds is 0
            ? backendId
            : $"{backendId}~{CloudNames.KeyHash($"session {session.Seconds}")}";
        if (!_drafts.TryGetValue(key, out var draft))
        {
            var backend = _backends[backendId];
            draft = MakeDraft(key, BackendProjection.FormOf(_gateway, backend, session), backend);
            _drafts.Add(key, draft);
        }

        draft.NoteUse(rule);
        return draft.Use;
    }

    public TargetGroupUse? UseEmpty(RoutingRule rule)
    {
        if (!_drafts.TryGetValue(EmptyKey, out var draft))
        {
            draft = MakeDraft(EmptyKey, BackendProjection.EmptyForm(_gateway), null);
            _drafts.Add(EmptyKey, draft);
        }

        draft.NoteUse(rule);
        return draft.Use;
    }

    private Draft MakeDraft(string key, BackendForm? form, RoutingBackend? backend) => new(
        key,
        form,
        backend,
        form is null
            ? null
            : new TargetGroupUse(_gateway.AddressOf(Kinds.TargetGroup, key), form.Version, form.Sticky.Seconds));

    /// <summary>Adds the groups' nodes and those of their targets; gives the number of all targets.</summary>
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
                all += targets.Items.Count;
                _gateway.Add(TargetsNode(group, targets, form));
                TargetProjection.CheckCount(_gateway, draft.Key, targets.Items.Count);
            }
        }

        return all;
    }

    private ResourceNode GroupNode(Draft draft, BackendForm form)
    {
        var readable = draft.Backend is { } backend
            ? $"{backend.Service.Service.Namespace}-{backend.Service.Service.Name}-{backend.Service.Port}"
            : $"{_gateway.Gateway.Name.Namespace}-{_gateway.Gateway.Name.Name}-none";
        var name = _gateway.NameOf(
            readable, Kinds.TargetGroup, draft.Key, form.TargetType, form.Protocol, form.Version, form.Port.ToString(),
            form.IpAddressType, _gateway.VpcText);
        return new ResourceNode
        {
            Address = _gateway.AddressOf(Kinds.TargetGroup, draft.Key),
            Attributes = Shape.Of(
                Shape.Text("name", name),
                Shape.Text("targetType", form.TargetType),
                Shape.Text("protocol", form.Protocol),
                Shape.Text("protocolVersion", form.Version),
                Shape.Number("port", form.Port),
                Shape.Field("vpc", _gateway.Vpc),
                Shape.Text("ipAddressType", form.IpAddressType),
                Shape.Field("healthCheck", form.HealthCheck),
                Shape.Field("attributes", form.Attributes),
                _gateway.Tags),
            Origin = draft.Origin,
            OriginObjects = draft.Routes.Count is 1
                ? _gateway.ObjectsOf(draft.Routes.First())
                : Shape.Sorted([_gateway.GatewayObject, .. draft.Routes.Select(route => $"HTTPRoute/{route}")]),
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

    private sealed class Draft(string key, BackendForm? form, RoutingBackend? backend, TargetGroupUse? use)
    {
        public string Key { get; } = key;

        /// <summary>Null where the backend cannot be a target group.</summary>
        public BackendForm? Form { get; } = form;

        /// <summary>Null for the group without targets.</summary>
        public RoutingBackend? Backend { get; } = backend;

        /// <summary>Null where the backend cannot be a target group.</summary>
        public TargetGroupUse? Use { get; } = use;

        public HashSet<ObjectName> Routes { get; } = [];

        /// <summary>The first rule, in reading order, that uses it.</summary>
        public SourceSpan Origin { get; private set; } = SourceSpan.None;

        public void NoteUse(RoutingRule rule)
        {
            Routes.Add(rule.Origin.Route);
            if (Origin.IsNone || rule.Origin.RuleSpan.CompareTo(Origin) < 0)
            {
                Origin = rule.Origin.RuleSpan;
            }
        }
    }
}
