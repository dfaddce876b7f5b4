using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Core;

namespace Gwctl.Providers.Gcp.Projection;

/// <summary>What happens to the requests of one host pattern of a port.</summary>
/// <param name="Host">Of its requests those that no more specific pattern of the port takes.</param>
/// <param name="Rules">In precedence order.</param>
internal sealed record HostRules(HostPattern Host, EquatableList<RoutingRule> Rules);

/// <summary>A port's rules by host. Google looks for the most specific host first and then only at that host's rules,
/// while the Gateway API goes on to the rules of less specific hostnames of the same listener: so each host has all
/// rules that its requests may come to.</summary>
internal static class HostTable
{
    /// <summary>The most specific host first. A host without rules is there only where a less specific one has rules:
    /// its requests must not get to those.</summary>
    public static List<HostRules> Of(RoutingPort port)
    {
        var hosts = port.Listeners
            .SelectMany(listener => listener.Rules.Select(rule => HostOf(listener, rule))
                .Append(HostPattern.Parse(listener.Hostname)))
            .Distinct().Order().ToList();
        var table = hosts.ConvertAll(host => new HostRules(host, RulesOf(port, host)));
        return table.FindAll(entry => entry.Rules.Count > 0 || table.Exists(
            other => other.Rules.Count > 0 && other.Host != entry.Host && other.Host.Covers(entry.Host)));
    }

    /// <summary>The first listener that has the host takes all of its requests, also where no rule fits.</summary>
    private static EquatableList<RoutingRule> RulesOf(RoutingPort port, HostPattern host) =>
        port.Listeners.FirstOrDefault(item => HostPattern.Parse(item.Hostname).Covers(host)) is { } listener
            ? UntilEverything(listener.Rules.Where(rule => HostOf(listener, rule).Covers(host)))
            : [];

    /// <summary>Behind a rule that takes every request nothing is reached.</summary>
    private static EquatableList<RoutingRule> UntilEverything(IEnumerable<RoutingRule> rules)
    {
        var reached = new List<RoutingRule>();
        foreach (var rule in rules)
        {
            reached.Add(rule);
            if (rule.Match is
                {
                    Method: null, Headers.Count: 0, QueryParams.Count: 0,
                    Path: { Type: PathMatchType.PathPrefix, Value: "/" }
                })
            {
                break;
            }
        }

        return [.. reached];
    }

    private static HostPattern HostOf(RoutingListener listener, RoutingRule rule) =>
        HostPattern.Parse(rule.Hostname is "" ? listener.Hostname : rule.Hostname);
}
