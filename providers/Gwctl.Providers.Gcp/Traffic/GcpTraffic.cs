using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Gcp.Traffic;

/// <summary>Which requests go where, from URL maps and proxies, desired or live.</summary>
public static class GcpTraffic
{
    private const string HttpsProtocol = "HTTPS";

    /// <summary>Rows by Gateway, port and host, then in the order of evaluation; a host's default is last.</summary>
    public static TrafficTable Describe(IReadOnlyList<ResourceNode> nodes)
    {
        ArgumentNullException.ThrowIfNull(nodes);
        var words = new RouteText(nodes);
        var https = nodes.Where(node => node.Address.Kind is Kinds.TargetHttpsProxy)
            .Select(node => (node.Address.Gateway, node.Address.Key)).ToHashSet();
        var rows = new List<TrafficRow>();
        foreach (var node in nodes)
        {
            switch (node.Address.Kind)
            {
                case Kinds.UrlMap:
                    var protocol = https.Contains((node.Address.Gateway, node.Address.Key)) ? HttpsProtocol : "HTTP";
                    rows.AddRange(OfMap(node, protocol, words));
                    break;
                case Kinds.TargetTcpProxy or Kinds.TargetSslProxy:
                    rows.Add(new TrafficRow(
                        node.Address.Gateway, PortOf(node), node.Address.Kind is Kinds.TargetTcpProxy ? "TCP" : "TLS",
                        "*", "every connection", words.Service(node.Attributes["service"])));
                    break;
                default:
                    break;
            }
        }

        return new TrafficTable([.. rows.OrderBy(row => row.Gateway).ThenBy(row => row.Port)
            .ThenBy(row => row.Host, StringComparer.Ordinal)]);
    }

    private static IEnumerable<TrafficRow> OfMap(ResourceNode map, string protocol, RouteText words)
    {
        TrafficRow Row(string host, string match, string destination) =>
            new(map.Address.Gateway, PortOf(map), protocol, host, match, destination);

        var matchers = RouteText.Maps(map.Attributes["pathMatchers"])
            .ToLookup(matcher => RouteText.Text(matcher["name"]), StringComparer.Ordinal);
        var hasAny = false;
        foreach (var rule in RouteText.Maps(map.Attributes["hostRules"]))
        {
            foreach (var host in RouteText.Texts(rule["hosts"]).Where(host => host is not GcpBridge.Host))
            {
                hasAny |= host is "*";
                foreach (var matcher in matchers[RouteText.Text(rule["pathMatcher"])].Take(1))
                {
                    var isLast = false;
                    foreach (var route in RouteText.Maps(matcher["routeRules"]).OrderBy(RouteText.PriorityOf))
                    {
                        isLast |= RouteText.TakesEverything(route);
                        yield return Row(host, RouteText.Match(route), words.Destination(route));
                    }

                    if (!isLast)
                    {
                        yield return Row(host, RouteText.AnythingElse, words.Default(matcher));
                    }
                }
            }
        }

        if (!hasAny)
        {
            yield return Row("*", RouteText.AnythingElse, words.Default(map.Attributes));
        }
    }

    /// <summary>The key is the port; 0 where a mark says something else.</summary>
    private static int PortOf(ResourceNode node) => int.TryParse(node.Address.Key, out var port) ? port : 0;
}
