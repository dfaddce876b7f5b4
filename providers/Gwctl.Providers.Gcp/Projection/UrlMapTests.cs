using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Gcp.Projection;

/// <summary>The URL map's own tests: requests, and the backend service that must get them by the Gateway API's rules.
/// Google runs them before it takes an update, and refuses one that fails.</summary>
internal static class UrlMapTests
{
    private const string AnyLabel = "gwctl-test";

    /// <summary>At most as many as a map takes: for each host and rule in turn a request that the rule gets. What a
    /// test cannot ask for (methods, query parameters, shares, redirects) is left out.</summary>
    public static AttributeValue.List Of(
        GatewayBuilder gateway,
        RoutingPort port,
        List<HostRules> table,
        RouteActions actions,
        Dictionary<RoutingRule, EquatableList<AttributeField>?> terms)
    {
        var tests = new List<AttributeValue>();
        foreach (var entry in table)
        {
            var host = HostOf(gateway, port, entry.Host, table);
            foreach (var rule in entry.Rules.Where(rule => terms[rule] is not null))
            {
                if (tests.Count == GcpLimits.TestsMax || host is null)
                {
                    return new AttributeValue.List([.. tests]);
                }

                if (TestOf(host, rule, entry.Rules, actions, terms) is { } test)
                {
                    tests.Add(test);
                }
            }
        }

        return new AttributeValue.List([.. tests]);
    }

    private static AttributeValue.Map? TestOf(
        string host,
        RoutingRule rule,
        EquatableList<RoutingRule> rules,
        RouteActions actions,
        Dictionary<RoutingRule, EquatableList<AttributeField>?> terms)
    {
        var match = rule.Match;
        if (match.Method is not null || match.QueryParams.Count > 0
            || match.Path.Type is PathMatchType.RegularExpression
            || match.Headers.Any(header => header.IsRegex || header.Name.StartsWith(':'))
            || ServiceOf(rule, actions) is not { } service)
        {
            return null;
        }

        var path = match.Path.Type is PathMatchType.Exact ? match.Path.Value
            : $"{match.Path.Value.TrimEnd('/')}/{AnyLabel}";
        var first = rules.FirstOrDefault(
            other => terms[other] is not null && MayTake(other.Match, path, match.Headers));
        if (!ReferenceEquals(first, rule))
        {
            return null;
        }

        var headers = match.Headers.OrderBy(header => header.Name, StringComparer.OrdinalIgnoreCase)
            .Select(header => Shape.Map(Shape.Text("name", header.Name), Shape.Text("value", header.Value))).ToList();
        return Shape.Map(
            Shape.Text("description", rule.Origin.ToString()),
            Shape.Text("host", host),
            Shape.Text("path", path),
            headers.Count is 0 ? null : Shape.Field("headers", new AttributeValue.List([.. headers])),
            Shape.Field("service", service));
    }

    /// <summary>The one service that gets all of the rule's requests; null where there is none.</summary>
    private static AttributeValue? ServiceOf(RoutingRule rule, RouteActions actions)
    {
        if (rule.Action is not RoutingAction.Forward { Backends: [{ BackendId: not null }] })
        {
            return null;
        }

        var fields = actions.Of(rule).SelectMany(part => part.Fields).ToList();
        return fields.Exists(field => field is { Name: "routeAction", Value: AttributeValue.Map(var action) }
                && (action["faultInjectionPolicy"] is not null || action["urlRewrite"] is not null))
            ? null
            : fields.Where(field => field.Name is "service").Select(field => field.Value).FirstOrDefault();
    }

    /// <summary>True where a rule takes the request, or may: what is not in the request counts as being there, so that
    /// in doubt there is no test.</summary>
    private static bool MayTake(HttpMatchSpec match, string path, EquatableList<NamedMatchSpec> headers)
    {
        var prefix = match.Path.Value.TrimEnd('/');
        var fits = match.Path.Type switch
        {
            PathMatchType.Exact => path == match.Path.Value,
            PathMatchType.PathPrefix => prefix is "" || path == prefix
                || path.StartsWith($"{prefix}/", StringComparison.Ordinal),
            _ => true,
        };
        return fits && match.QueryParams.Count is 0 && match.Headers.All(wanted => wanted.IsRegex
            || headers.Any(header => header.Value == wanted.Value
                && header.Name.Equals(wanted.Name, StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>A host of the pattern that no more specific pattern has; null where that takes thought.</summary>
    private static string? HostOf(GatewayBuilder gateway, RoutingPort port, HostPattern host, List<HostRules> table)
    {
        var candidate = host.IsExact ? host.Text
            : host.IsWildcard ? $"{AnyLabel}{host.Text[1..]}"
            : $"{AnyLabel}-{port.Port}.{gateway.Gateway.Name.Name}.invalid";
        return table.Find(entry => entry.Host.Matches(candidate))?.Host == host ? candidate : null;
    }
}
