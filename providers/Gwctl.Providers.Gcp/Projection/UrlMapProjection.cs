using Gwctl.Compiler.Routing;
using Gwctl.Core;
using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Gcp.Projection;

/// <summary>The URL map of a port: for each set of hosts that are treated alike a host rule and a path matcher, with
/// the rules in order.</summary>
internal sealed class UrlMapProjection
{
    private const int NotFound = 404;
    private const int MatcherSlugMax = 40;

    /// <summary>What a link to a backend service takes in a URL map beside its name, about.</summary>
    private const int LinkCharacters = 90;

    private readonly GatewayBuilder _gateway;
    private readonly RoutingPort _port;
    private readonly BackendServices _services;
    private readonly RouteActions _actions;

    /// <summary>A match is one object for all hostnames that it stands under.</summary>
    private readonly Dictionary<RoutingRule, EquatableList<AttributeField>?> _terms =
        new(ReferenceEqualityComparer.Instance);

    private UrlMapProjection(GatewayBuilder gateway, RoutingPort port, BackendServices services)
    {
        (_gateway, _port, _services) = (gateway, port, services);
        _actions = new RouteActions(gateway, port, services);
    }

    public static ResourceAddress Add(GatewayBuilder gateway, RoutingPort port, BackendServices services) =>
        new UrlMapProjection(gateway, port, services).Add();

    private ResourceAddress Add()
    {
        var table = HostTable.Of(_port);
        var matchers = Matchers(table);
        var nowhere = _services.Nowhere;
        var address = _gateway.AddressOf(Kinds.UrlMap, $"{_port.Port}");
        var routes = _port.Listeners.SelectMany(listener => listener.Rules).Select(rule => rule.Origin).ToList();
        var node = _gateway.Named(
            address, _gateway.Location, $"{_gateway.Readable}-{_port.Port}", [],
            Shape.Field("defaultService", nowhere),
            Shape.Field("defaultRouteAction", NotFoundAction()),
            Shape.Field("hostRules", new AttributeValue.List([.. matchers.Select(HostRule)])),
            Shape.Field("pathMatchers", new AttributeValue.List([.. matchers.Select(PathMatcher)])),
            Shape.Field("tests", Tests(table)));
        CheckSize(node, matchers);
        _gateway.Add(node with
        {
            OriginObjects = Shape.Sorted(
                [_gateway.GatewayObject, .. routes.Select(origin => origin.RouteId.ToString())]),
            Parts = [.. PartsOf(matchers)],
            Hostnames = Shape.Sorted(table.Where(entry => !entry.Host.IsAny).Select(entry => entry.Host.Text)),
        });
        return address;
    }

    /// <summary>The users' own first: of what a map takes, they come before what follows from the rules.</summary>
    private AttributeValue.List Tests(List<HostRules> table)
    {
        var tests = _gateway.Cases.Of(_port, table, rule => _terms[rule] is null ? [] : _actions.Of(rule));
        var derived = UrlMapTests.Of(_gateway, _port, table, _actions, _terms);
        tests.AddRange(derived.Items.Take(GcpLimits.TestsMax - tests.Count));
        return new AttributeValue.List([.. tests]);
    }

    private static AttributeValue.Map NotFoundAction() => Shape.Map(RouteActions.FaultOf(NotFound, 100));

    /// <summary>In the table's order; hosts with equal rules share one.</summary>
    private List<Matcher> Matchers(List<HostRules> table)
    {
        var matchers = new List<Matcher>();
        var byRules = new Dictionary<string, Matcher>(StringComparer.Ordinal);
        foreach (var entry in table)
        {
            var origins = new List<SourceSpan>();
            var rules = RouteRules(entry, origins);
            var key = AttributeOrder.Canonical(rules);
            if (!byRules.TryGetValue(key, out var matcher))
            {
                matcher = new Matcher(NameOf(entry.Host), [], rules, origins);
                byRules.Add(key, matcher);
                matchers.Add(matcher);
            }

            matcher.Hosts.Add(entry.Host.IsAny ? "*" : entry.Host.Text);
        }

        return matchers;
    }

    /// <param name="origins">Gets the place in the specs of each rule that is made.</param>
    private AttributeValue.List RouteRules(HostRules entry, List<SourceSpan> origins)
    {
        var rules = new List<AttributeValue>();
        foreach (var rule in entry.Rules)
        {
            if (!_terms.TryGetValue(rule, out var terms))
            {
                terms = MatchTranslation.Terms(_gateway, rule);
                _terms.Add(rule, terms);
            }

            // The action too is judged where the match cannot be made: all is reported, not the first.
            foreach (var part in _actions.Of(rule))
            {
                if (terms is not null)
                {
                    rules.Add(RouteRule(part, terms, rules.Count + 1));
                    origins.Add(rule.Match.Span.IsNone ? rule.Origin.RuleSpan : rule.Match.Span);
                }
            }
        }

        return new AttributeValue.List([.. rules]);
    }

    private static AttributeValue.Map RouteRule(RoutePart part, EquatableList<AttributeField> terms, int priority) =>
        Shape.Map(
        [
            Shape.Number("priority", priority),
            Shape.Field("matchRules", new AttributeValue.List([.. part.Terms.Select(
                path => Shape.Map([Shape.Text(path.Field, path.Value), .. terms]))])),
            .. part.Fields,
        ]);

    private static AttributeValue.Map HostRule(Matcher matcher) => Shape.Map(
        Shape.Field("hosts", Shape.Texts(matcher.Hosts)),
        Shape.Text("pathMatcher", matcher.Name));

    private AttributeValue.Map PathMatcher(Matcher matcher) => Shape.Map(
        Shape.Text("name", matcher.Name),
        Shape.Field("defaultService", _services.Nowhere),
        Shape.Field("defaultRouteAction", NotFoundAction()),
        matcher.Rules.Items.Count is 0 ? null : Shape.Field("routeRules", matcher.Rules));

    private static string NameOf(HostPattern host) => host.IsAny ? "any"
        : ObjectNames.Of($"host-{ObjectNames.Slug(host.Text, MatcherSlugMax)}", host.Text);

    private void CheckSize(ResourceNode node, List<Matcher> matchers)
    {
        var place = _gateway.Gateway.Span;
        void Check(string what, int count, int max)
        {
            if (count > max)
            {
                _gateway.Report(GcpDiagnostics.TooMuch(_gateway.Gateway, place, _port.Port, what, count, max));
            }
        }

        Check("path matchers", matchers.Count, GcpLimits.PathMatchersMax);
        Check("host rules", matchers.Sum(matcher => matcher.Hosts.Count), GcpLimits.PathMatchersMax);
        foreach (var matcher in matchers)
        {
            Check($"rules for {matcher.Hosts[0]}", matcher.Rules.Items.Count, GcpLimits.RouteRulesMax);
            CheckRegexes(matcher);
        }

        var links = AttributeWalk.References(node.Attributes);
        Check("backend services", links.Distinct().Count(), GcpLimits.BackendServicesMax);
        var bytes = AttributeOrder.Canonical(new AttributeValue.Map(node.Attributes)).Length
            + (links.Count * LinkCharacters);
        if (bytes / 1_024 >= _gateway.Settings.UrlMapKilobytesMax)
        {
            _gateway.Report(GcpDiagnostics.UrlMapTooLarge(
                _gateway.Gateway, _port.Port, bytes / 1_024, _gateway.Settings.UrlMapKilobytesMax));
        }
    }

    private void CheckRegexes(Matcher matcher)
    {
        var count = 0;
        AttributeWalk.Visit(matcher.Rules, value => count +=
            value is AttributeValue.Map(var fields) && fields["regexMatch"] is not null ? 1 : 0);
        if (count > GcpLimits.RegexesMax)
        {
            _gateway.Report(GcpDiagnostics.TooMuch(
                _gateway.Gateway, _gateway.Gateway.Span, _port.Port, $"regular expressions for {matcher.Hosts[0]}",
                count, GcpLimits.RegexesMax));
        }
    }

    private static IEnumerable<PartOrigin> PartsOf(List<Matcher> matchers) => matchers.SelectMany(
        (matcher, index) => matcher.Origins.Select(
            (origin, rule) => new PartOrigin($"pathMatchers[{index}].routeRules[{rule}]", origin)));

    /// <param name="Origins">Of the rules; of rules that hosts share the first one's.</param>
    private sealed record Matcher(
        string Name, List<string> Hosts, AttributeValue.List Rules, List<SourceSpan> Origins);
}
