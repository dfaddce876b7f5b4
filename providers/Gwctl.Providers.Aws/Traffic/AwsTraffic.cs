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
        var protocols = nodes.Where(node => node.Address.Kind is Kinds.Listener)
            .ToLookup(node => (node.Address.Gateway, node.Address.Key), node => TextOf(node.Attributes["protocol"]));
        var rows = new List<(long Order, TrafficRow Row)>();
        foreach (var node in nodes)
        {
            if (node.Address.Kind is Kinds.Rule)
            {
                var port = node.Address.Key.Split('/')[0];
                var protocol = protocols[(node.Address.Gateway, port)].FirstOrDefault("");
                rows.AddRange(RuleText.Hosts(node.Attributes).Select(host => (
                    OrderOf(node),
                    Row(node, port, protocol, host, RuleText.Match(node.Attributes), "actions", groups))));
            }
            else if (node.Address.Kind is Kinds.Listener)
            {
                var protocol = TextOf(node.Attributes["protocol"]);
                var isNetwork = BalancerKeys.IsNetwork(node.Address.Key);
                rows.Add((long.MaxValue, Row(
                    node, node.Address.Key.Split('/')[^1], protocol, "*",
                    isNetwork ? "every connection" : "anything else", "defaultActions", groups)));
            }
        }

        return new TrafficTable([.. rows
            .OrderBy(row => row.Row.Gateway).ThenBy(row => row.Row.Port)
            .ThenBy(row => row.Row.Host, StringComparer.Ordinal).ThenBy(row => row.Order)
            .ThenBy(row => row.Row.Match, StringComparer.Ordinal)
            .Select(row => row.Row)]);
    }

    private static TrafficRow Row(
        ResourceNode node,
        string port,
        string protocol,
        string host,
        string match,
        string actions,
        Dictionary<string, string> groups) => new(
            node.Address.Gateway,
            int.TryParse(port, out var number) ? number : 0,
            protocol,
            host,
            match,
            RuleText.Destination(node.Attributes, actions, target => BackendOf(target, groups)));

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

    private static string BackendOf(string key) => key.Split(VariantSeparator) switch
    {
        [Projection.TargetGroups.EmptyKey, "grpc"] or [Projection.TargetGroups.EmptyKey] => "nothing (503)",
        [Projection.TargetGroups.EmptyKey, ..] => "nothing (no answer)",
        [var backend, ..] => backend,
        [] => key,
    };

    private static long OrderOf(ResourceNode rule) =>
        (rule.Attributes["priority"] ?? rule.Attributes["order"]) is AttributeValue.Number(var order)
            ? order
            : long.MaxValue;

    private static string TextOf(AttributeValue? value) => value is AttributeValue.Text(var text) ? text : "";
}
