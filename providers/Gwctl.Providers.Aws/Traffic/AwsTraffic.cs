using Gwctl.Core;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Aws.Traffic;

/// <summary>Which requests go where, from listener and rule attributes, desired or live.</summary>
public static class AwsTraffic
{
    private const char VariantSeparator = '~';

    /// <summary>Rows by Gateway, port and host, then in the order of evaluation; a listener's default action is last,
    /// for the host <c>*</c>.</summary>
    public static TrafficTable Describe(IReadOnlyList<ResourceNode> nodes)
    {
        var groups = GroupNames(nodes);
        var protocols = new Dictionary<(ObjectName Gateway, int Port), string>();
        foreach (var node in nodes)
        {
            if (node.Address.Kind is Kinds.Listener && !BalancerKeys.IsNetwork(node.Address.Key))
            {
                protocols.TryAdd((node.Address.Gateway, PortOf(node)), TextOf(node.Attributes["protocol"]));
            }
        }

        string NameOf(AttributeValue target) => BackendOf(target, groups);
        var rows = new List<Placed>(nodes.Count);
        foreach (var node in nodes)
        {
            if (node.Address.Kind is Kinds.Rule)
            {
                var protocol = protocols.GetValueOrDefault((node.Address.Gateway, PortOf(node)), "");
                var match = RuleText.Match(node.Attributes);
                var destination = RuleText.Destination(node.Attributes, "actions", NameOf);
                foreach (var host in RuleText.Hosts(node.Attributes))
                {
                    rows.Add(new Placed(OrderOf(node), rows.Count, new TrafficRow(
                        node.Address.Gateway, PortOf(node), protocol, host, match, destination)));
                }
            }
            else if (node.Address.Kind is Kinds.Listener)
            {
                var isNetwork = BalancerKeys.IsNetwork(node.Address.Key);
                rows.Add(new Placed(long.MaxValue, rows.Count, new TrafficRow(
                    node.Address.Gateway, PortOf(node), TextOf(node.Attributes["protocol"]), "*",
                    isNetwork ? "every connection" : "anything else",
                    RuleText.Destination(node.Attributes, "defaultActions", NameOf))));
            }
        }

        rows.Sort(InTableOrder);
        return new TrafficTable([.. rows.Select(row => row.Row)]);
    }

    private static int InTableOrder(Placed left, Placed right)
    {
        var order = left.Row.Gateway.CompareTo(right.Row.Gateway);
        order = order is not 0 ? order : left.Row.Port.CompareTo(right.Row.Port);
        order = order is not 0 ? order : string.CompareOrdinal(left.Row.Host, right.Row.Host);
        order = order is not 0 ? order : left.Order.CompareTo(right.Order);
        order = order is not 0 ? order : string.CompareOrdinal(left.Row.Match, right.Row.Match);
        return order is not 0 ? order : left.Place.CompareTo(right.Place);
    }

    /// <summary>Of a listener, whose key ends with it, or a rule, whose key begins with it; 0 where a mark says
    /// something else.</summary>
    private static int PortOf(ResourceNode node)
    {
        var key = node.Address.Key.AsSpan();
        var text = node.Address.Kind is Kinds.Listener ? key[(key.LastIndexOf('/') + 1)..]
            : key.IndexOf('/') is var end and >= 0 ? key[..end]
            : key;
        return int.TryParse(text, out var port) ? port : 0;
    }

    /// <summary>Backends by the names of their target groups, which ARNs hold.</summary>
    private static Dictionary<string, string> GroupNames(IReadOnlyList<ResourceNode> nodes)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var node in nodes.Where(node => node.Address.Kind is Kinds.TargetGroup))
        {
            names[TextOf(node.Attributes["name"])] = BackendOf(node.Address.Key);
        }

        return names;
    }

    private static string BackendOf(AttributeValue target, Dictionary<string, string> groups) => target switch
    {
        AttributeValue.Reference(var source, _) => BackendOf(source.Key),

        // arn:aws:elasticloadbalancing:region:account:targetgroup/name/hash
        AttributeValue.Text(var arn) when arn.Split('/') is [_, var name, ..] => groups.GetValueOrDefault(name, name),
        AttributeValue.Text(var text) => text,
        _ => "?",
    };

    private static string BackendOf(string key)
    {
        var end = key.IndexOf(VariantSeparator);
        var (backend, variant) = end < 0 ? (key, "") : (key[..end], key[(end + 1)..]);
        return backend is not Projection.TargetGroups.EmptyKey ? backend
            : variant is "" or "grpc" ? "nothing (503)"
            : "nothing (no answer)";
    }

    private static long OrderOf(ResourceNode rule) =>
        (rule.Attributes["priority"] ?? rule.Attributes["order"]) is AttributeValue.Number(var order)
            ? order
            : long.MaxValue;

    private static string TextOf(AttributeValue? value) => value is AttributeValue.Text(var text) ? text : "";

    /// <param name="Order">Of evaluation.</param>
    /// <param name="Place">As found, which makes the order total.</param>
    private readonly record struct Placed(long Order, int Place, TrafficRow Row);
}
