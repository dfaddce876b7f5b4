using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Gcp.UrlMaps;

/// <summary>What a URL map must be like: the rules across its members, which no contract states.</summary>
internal sealed class UrlMapChecks
{
    private readonly Struct _map;
    private readonly GcpQuotas _quotas;
    private readonly bool _allowsRegex;
    private readonly List<GcpException> _errors = [];

    private UrlMapChecks(Struct map, GcpQuotas quotas, bool allowsRegex)
    {
        _map = map;
        _quotas = quotas;
        _allowsRegex = allowsRegex;
    }

    /// <summary>Everything that is wrong.</summary>
    /// <param name="allowsRegex">Global external load balancers take no regular expressions.</param>
    public static IReadOnlyList<GcpException> Run(Struct map, GcpQuotas quotas, bool allowsRegex)
    {
        var checks = new UrlMapChecks(map, quotas, allowsRegex);
        checks.CheckMap();
        return checks._errors;
    }

    private void CheckMap()
    {
        Limit("resource.hostRules", _map.List("hostRules").Count, _quotas.HostRulesPerMap);
        Limit("resource.pathMatchers", _map.List("pathMatchers").Count, _quotas.PathMatchersPerMap);
        var size = ValueJson.ToText(_map).Length;
        if (size > _quotas.UrlMapBytes)
        {
            Add("resource", "", $"The URL map is too large: {size} of at most {_quotas.UrlMapBytes} bytes.");
        }

        CheckOutcome("resource", _map, "default");
        CheckHostRules();
        var matchers = _map.Structs("pathMatchers").ToList();
        for (var index = 0; index < matchers.Count; index++)
        {
            CheckMatcher($"resource.pathMatchers[{index}]", matchers[index]);
        }

        CheckTests();
    }

    private void CheckHostRules()
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var names = _map.Structs("pathMatchers").Select(matcher => matcher.Text("name")).ToList();
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (rule, index) in _map.Structs("hostRules").Select((rule, index) => (rule, index)))
        {
            var place = $"resource.hostRules[{index}]";
            var matcher = rule.Text("pathMatcher") ?? "";
            used.Add(matcher);
            if (!names.Contains(matcher))
            {
                Add($"{place}.pathMatcher", matcher, "The path matcher does not exist.");
            }

            if (rule.List("hosts").Count is 0)
            {
                _errors.Add(GcpErrors.Required($"{place}.hosts"));
            }

            foreach (var host in rule.Texts("hosts"))
            {
                if (!HostPattern.IsValid(host))
                {
                    Add($"{place}.hosts", host, "Must be a host; a star must be first and followed by '-' or '.'.");
                }
                else if (!seen.Add(host))
                {
                    Add($"{place}.hosts", host, "The host stands in more than one host rule.");
                }
            }
        }

        foreach (var name in names.GroupBy(name => name).Where(group => group.Count() > 1))
        {
            Add("resource.pathMatchers", name.Key ?? "", "Path matchers must have different names.");
        }

        foreach (var name in names.OfType<string>().Where(name => !used.Contains(name)))
        {
            Add("resource.pathMatchers", name, "No host rule refers to the path matcher.");
        }
    }

    private void CheckMatcher(string place, Struct matcher)
    {
        if (!ResourceNames.IsValid(matcher.Text("name") ?? ""))
        {
            Add($"{place}.name", matcher.Text("name") ?? "", "Must be 1 to 63 characters, as a resource's name.");
        }

        CheckOutcome(place, matcher, "default");
        var (routes, paths) = (matcher.Structs("routeRules").ToList(), matcher.Structs("pathRules").ToList());
        if (routes.Count > 0 && paths.Count > 0)
        {
            Add(place, "", "Only one of pathRules and routeRules can be specified.");
        }

        Limit(place, routes.Count + paths.Count, _quotas.RulesPerPathMatcher);
        Limit(place, routes.Sum(RouteRuleChecks.Predicates), _quotas.PredicatesPerPathMatcher);
        CheckRegexCount(place, routes);
        CheckPathRules(place, paths);
        foreach (var same in routes.GroupBy(rule => rule.Number("priority")).Where(group => group.Count() > 1))
        {
            Add($"{place}.routeRules", $"{same.Key}", "Priorities must be unique within a path matcher.");
        }

        for (var index = 0; index < routes.Count; index++)
        {
            var rule = $"{place}.routeRules[{index}]";
            CheckOutcome(rule, routes[index], "");
            _errors.AddRange(RouteRuleChecks.Run(rule, routes[index], _allowsRegex));
        }
    }

    private void CheckPathRules(string place, List<Struct> rules)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var index = 0; index < rules.Count; index++)
        {
            var rule = $"{place}.pathRules[{index}]";
            CheckOutcome(rule, rules[index], "");
            if (rules[index].List("paths").Count is 0)
            {
                _errors.Add(GcpErrors.Required($"{rule}.paths"));
            }

            foreach (var path in rules[index].Texts("paths"))
            {
                if (path is not ['/', ..] || path.TrimEnd('*').Contains('*') || path.Contains('?')
                    || (path.Contains('*') && !path.EndsWith("/*", StringComparison.Ordinal)))
                {
                    Add($"{rule}.paths", path, "Must start with '/'; a star must be last and follow a '/'.");
                }
                else if (!seen.Add(path))
                {
                    Add($"{rule}.paths", path, "The path stands twice in the path matcher.");
                }
            }
        }
    }

    private void CheckRegexCount(string place, List<Struct> routes)
    {
        var count = routes.SelectMany(rule => rule.Structs("matchRules")).Count(match => match.Has("regexMatch"));
        if (count > _quotas.RegexesPerPathMatcher)
        {
            Add(place, "", $"At most {_quotas.RegexesPerPathMatcher} regular expressions are possible here.");
        }
    }

    /// <summary>One of a service, a redirect and weighted services.</summary>
    /// <param name="prefix"><c>default</c>, or empty for a rule's own members.</param>
    private void CheckOutcome(string place, Struct owner, string prefix)
    {
        var (service, redirect, action) = prefix is ""
            ? ("service", "urlRedirect", "routeAction")
            : ("defaultService", "defaultUrlRedirect", "defaultRouteAction");
        var routed = owner.Member(action);
        var isWeighted = routed?.List("weightedBackendServices").Count > 0;
        var count = (owner.Has(service) ? 1 : 0) + (owner.Has(redirect) ? 1 : 0) + (isWeighted ? 1 : 0);
        var mayBeEmpty = prefix is not "" && owner.Has("defaultCustomErrorResponsePolicy");
        if (count > 1 || (count is 0 && !mayBeEmpty))
        {
            Add(place, "", $"Exactly one of {service}, {redirect} and {action}.weightedBackendServices is needed.");
        }

        if (owner.Has(redirect) && routed is not null)
        {
            Add($"{place}.{redirect}", "", $"Not possible together with {action}.");
        }

        if (owner.Member(redirect) is { } target)
        {
            CheckRedirect($"{place}.{redirect}", target);
        }

        if (routed is not null)
        {
            _errors.AddRange(RouteActionChecks.Run($"{place}.{action}", routed, prefix is ""));
        }
    }

    private void CheckRedirect(string place, Struct redirect)
    {
        if (redirect.Has("pathRedirect") && redirect.Has("prefixRedirect"))
        {
            Add(place, "", "Only one of pathRedirect and prefixRedirect can be specified.");
        }

        foreach (var member in new[] { "pathRedirect", "prefixRedirect" })
        {
            if (redirect.Text(member) is { } path && !path.StartsWith('/'))
            {
                Add($"{place}.{member}", path, "Must start with '/'.");
            }
        }
    }

    private void CheckTests()
    {
        foreach (var (test, index) in _map.Structs("tests").Select((test, index) => (test, index)))
        {
            var place = $"resource.tests[{index}]";
            if (!test.Has("host") || !test.Has("path"))
            {
                _errors.Add(GcpErrors.Required($"{place}.{(test.Has("host") ? "path" : "host")}"));
            }
            else if (test.Has("service") && test.Has("expectedRedirectResponseCode"))
            {
                Add($"{place}.service", test.Text("service") ?? "", "Not possible with expectedRedirectResponseCode.");
            }
        }
    }

    private void Limit(string field, int count, int max)
    {
        if (count > max)
        {
            Add(field, "", $"{count} are too many: at most {max} are possible.");
        }
    }

    private void Add(string field, string value, string why) => _errors.Add(GcpErrors.Invalid(field, value, why));
}
