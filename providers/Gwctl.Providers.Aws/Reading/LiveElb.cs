using Gwctl.Core;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Aws.Api.Elbv2;

namespace Gwctl.Providers.Aws.Reading;

/// <summary>Live resources from what Elastic Load Balancing answered. Pure.</summary>
internal sealed class LiveElb(AwsLiveBuilder live, ElbSnapshot elb)
{
    public void AddAll()
    {
        foreach (var group in elb.TargetGroups)
        {
            AddTargetGroup(group);
        }

        foreach (var balancer in elb.LoadBalancers)
        {
            AddLoadBalancer(balancer);
        }

        foreach (var listener in elb.Listeners)
        {
            AddListener(listener);
        }
    }

    private void AddTargetGroup(TargetGroup group)
    {
        var arn = group.TargetGroupArn;
        var tags = elb.Tags[arn];
        if (live.AddressOf(Kinds.TargetGroup, arn, tags) is { } address)
        {
            live.Add(Ours(address, arn, TargetGroupShape.From(group), TargetGroupShape.Outputs(group)));
            AddTargets(address with { Kind = Kinds.Targets }, arn);
        }
        else if (!live.IsOurs(tags) && live.Wanted.Named(Kinds.TargetGroup, group.TargetGroupName) is { } node)
        {
            live.Add(Foreign(node.Address, arn, TargetGroupShape.From(group)));
        }
    }

    /// <summary>Only where they are wanted: whoever else registers targets is not disturbed.</summary>
    private void AddTargets(ResourceAddress address, string groupArn)
    {
        if (live.Wanted[address] is not { } node)
        {
            return;
        }

        // Not asked for: the digest in the marks says that they are as wanted.
        var attributes = elb.Health.TryGetValue(groupArn, out var health)
            ? TargetGroupShape.Targets(groupArn, health)
            : AttributeMap.Empty.Put("targetGroup", groupArn).Put("targets", node.Attributes["targets"]);
        live.Add(new LiveResource
        {
            Address = address,
            Id = $"{groupArn}/targets",
            Ownership = Ownership.Ours,
            Attributes = attributes,
            Outputs = AttributeMap.Empty,
            Fingerprint = Fingerprints.Of(Kinds.Targets, attributes),
        });
    }

    private void AddLoadBalancer(LoadBalancer balancer)
    {
        var arn = balancer.LoadBalancerArn;
        var tags = elb.Tags[arn];
        if (live.AddressOf(Kinds.LoadBalancer, arn, tags) is { } address)
        {
            live.Add(Ours(address, arn, LoadBalancerShape.From(balancer), LoadBalancerShape.Outputs(balancer)));
        }
        else if (!live.IsOurs(tags) && live.Wanted.Named(Kinds.LoadBalancer, balancer.LoadBalancerName) is { } node)
        {
            live.Add(Foreign(node.Address, arn, LoadBalancerShape.From(balancer)));
        }
    }

    private void AddListener(Listener listener)
    {
        var arn = listener.ListenerArn;
        var shape = WithGroupsInKeyOrder(LoadBalancerShape.From(listener), "defaultActions");
        if (live.AddressOf(Kinds.Listener, arn, elb.Tags[arn]) is { } address)
        {
            live.Add(Ours(address, arn, shape, AttributeMap.Empty.Put("arn", arn)) with
            {
                Fingerprint = Fingerprints.Of(Kinds.Listener, LoadBalancerShape.From(listener)),
            });
            foreach (var rule in elb.Rules.GetValueOrDefault(arn, []))
            {
                AddRule(arn, address.Gateway, rule);
            }
        }
        else if (!live.IsOurs(elb.Tags[arn]) && live.AddressOf(listener.LoadBalancerArn) is { } balancer)
        {
            var key = BalancerKeys.OfListener(balancer.Key, listener.Port ?? 0);
            live.Add(Foreign(balancer with { Kind = Kinds.Listener, Key = key }, arn, shape));
        }
    }

    /// <summary>A rule that is not ours on a listener of ours stays, and its priority is taken: Settle looks for
    /// it.</summary>
    private void AddRule(string listenerArn, ObjectName gateway, Rule rule)
    {
        var arn = rule.RuleArn;
        var tags = elb.Tags[arn];
        var shape = WithGroupsInKeyOrder(RuleShape.From(listenerArn, rule), "actions");
        if (live.AddressOf(Kinds.Rule, arn, tags) is { } address)
        {
            live.Add(Ours(address, arn, shape, AttributeMap.Empty.Put("arn", arn)) with
            {
                Fingerprint = Fingerprints.Of(Kinds.Rule, RuleShape.From(listenerArn, rule)),
            });
        }
        else if (!live.IsOurs(tags))
        {
            live.Add(Foreign(new ResourceAddress(live.Scope.Name, Kinds.Rule, gateway, $"foreign/{arn}"), arn, shape));
        }
    }

    private LiveResource Ours(ResourceAddress address, string arn, AttributeMap shape, AttributeMap outputs)
    {
        var tags = elb.Tags[arn];
        var desired = live.Wanted[address]?.Attributes;
        var attributes = shape.Put("attributes", Managed(arn, tags, desired)).Put("tags", UserTags.Live(tags, desired));
        if (address.Kind is Kinds.LoadBalancer)
        {
            attributes = WithSecurityGroupsInOrder(attributes);
        }

        return new LiveResource
        {
            Address = address,
            Id = arn,
            Ownership = Ownership.Ours,
            Attributes = attributes,
            Outputs = outputs,
            Fingerprint = Fingerprints.Of(address.Kind, shape),
            Protected = Marks.IsProtected(tags) || Protects(arn, desired),
        };
    }

    private LiveResource Foreign(ResourceAddress address, string arn, AttributeMap shape) => new()
    {
        Address = address,
        Id = arn,
        Ownership = Ownership.Foreign,
        Attributes = shape,
        Outputs = AttributeMap.Empty,
        Fingerprint = Fingerprints.Of(address.Kind, shape),
        OwnerText = Marks.OwnerText(elb.Tags[arn]),
    };

    /// <summary>The attributes that the specs manage, and those that they managed once, as they are; where nobody
    /// asked, the digest vouched for them.</summary>
    private AttributeValue? Managed(string arn, Tags tags, AttributeMap? desired)
    {
        if (desired?.MapOrNull("attributes") is not { } managed)
        {
            return null;
        }

        return elb.Attributes.TryGetValue(arn, out var found)
            ? Attr.Map(managed.Fields
                .Select(field => field.Name)
                .Union(FreeAttributes.Written(desired, tags), StringComparer.Ordinal)
                .Select(name => (Name: name, Value: found[name]))
                .Where(field => field.Value is not null)
                .Select(field => KeyValuePair.Create(field.Name, field.Value ?? "")))
            : Attr.Map(managed);
    }

    private bool Protects(string arn, AttributeMap? desired)
    {
        var value = elb.Attributes.TryGetValue(arn, out var found)
            ? found[DeletionProtection]
            : desired?.MapOf("attributes").TextOrNull(DeletionProtection);
        return value is "true";
    }

    public const string DeletionProtection = "deletion_protection.enabled";

    /// <summary>Projection sorts a forward's groups by their keys, which it knows before they exist; so must
    /// this.</summary>
    private AttributeMap WithGroupsInKeyOrder(AttributeMap shape, string name) =>
        shape.Put(name, Attr.List(shape.MapsOf(name).Select(action => Attr.Map(
            action["targetGroups"] is null
                ? action
                : action.Put("targetGroups", Attr.List(
                    action.MapsOf("targetGroups").OrderBy(KeyOf).Select(Attr.Map)))))));

    private ResourceAddress KeyOf(AttributeMap group)
    {
        var arn = group.TextOf("targetGroup");
        return live.AddressOf(arn) ?? new ResourceAddress("~", Kinds.TargetGroup, default, arn);
    }

    /// <summary>As Projection sorts them: ids as texts, ours as references.</summary>
    private AttributeMap WithSecurityGroupsInOrder(AttributeMap balancer) =>
        balancer.Put("securityGroups", Attr.List(balancer.ListOf("securityGroups").OrderBy(
            group => AttributeOrder.Canonical(
                group is AttributeValue.Text(var id) && live.AddressOf(id) is { } address
                    ? new AttributeValue.Reference(address, "id")
                    : group),
            StringComparer.Ordinal)));
}
