using Gwctl.Compiler.Routing;
using Gwctl.Core;

namespace Gwctl.Engine.Providers;

/// <summary>A hostname that a load balancer serves.</summary>
/// <param name="Hostname">Empty for any.</param>
/// <param name="Span">The listener or the rule.</param>
/// <param name="Origin">Null for a listener's own.</param>
public sealed record ServedName(string Hostname, SourceSpan Span, RuleOrigin? Origin)
{
    /// <summary>True where the name gets a DNS record. A wildcard listener has one of its own only where a route serves
    /// the whole wildcard: else every name below it that nobody serves would lead to the load balancer's 404.</summary>
    public bool IsRecord => Hostname is not ""
        && (Origin is not null || !HostPattern.Parse(Hostname).IsWildcard);

    /// <summary>The listener's own hostname, then those of its rules.</summary>
    public static IEnumerable<ServedName> Of(RoutingListener listener) => listener.Rules
        .Select(rule => Of(listener, rule.Hostname, rule.Origin))
        .Concat(listener.Streams.Select(rule => Of(listener, rule.Hostname, rule.Origin)))
        .Prepend(new ServedName(listener.Hostname, listener.Span, null));

    private static ServedName Of(RoutingListener listener, string hostname, RuleOrigin origin) =>
        new(hostname is "" ? listener.Hostname : hostname, origin.RuleSpan, origin);
}
