using System.Text.RegularExpressions;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Aws.Projection;

namespace Gwctl.Providers.Aws.Tests.Projection;

/// <summary>A request, as a client sends it.</summary>
internal sealed record OracleRequest(
    int Port,
    bool IsHttps,
    string Host,
    string Method,
    string Path,
    IReadOnlyDictionary<string, string> Headers,
    IReadOnlyList<KeyValuePair<string, string>> Query)
{
    public string QueryText => string.Join('&', Query.Select(pair => $"{pair.Key}={pair.Value}"));

    public override string ToString() =>
        $"{Method} {(IsHttps ? "https" : "http")}://{Host}:{Port}{Path}?{QueryText} "
            + string.Join(' ', Headers.Select(header => $"{header.Key}={header.Value}"));
}

/// <summary>What an Application Load Balancer does with a request, written from its documentation and from nothing of
/// the provider's: conditions ANDed, values ORed, priorities ascending, transforms after the choice.</summary>
internal static class AlbOracle
{
    /// <summary>The outcome, and the rule that decided (null for the default action).</summary>
    public static (string Outcome, ResourceNode? Rule) Answer(IEnumerable<ResourceNode> nodes, OracleRequest request)
    {
        var all = nodes.ToList();
        var rule = all.Where(node => node.Address.Kind is Kinds.Rule
                && node.Address.Key.StartsWith($"{request.Port}/", StringComparison.Ordinal))
            .OrderBy(node => Number(node.Attributes, "priority", "order"))
            .FirstOrDefault(node => Matches(node.Attributes, request));
        if (rule is not null)
        {
            return (Act(rule.Attributes, "actions", request), rule);
        }

        var listener = all.Find(node => node.Address.Kind is Kinds.Listener && node.Address.Key == $"{request.Port}");
        return (listener is null ? "no listener" : Act(listener.Attributes, "defaultActions", request), null);
    }

    /// <summary>The bounds that every rule must keep.</summary>
    public static void CheckLimits(ResourceNode rule)
    {
        var conditions = Maps(rule.Attributes["conditions"]);
        Assert.NotEmpty(conditions);
        var texts = conditions.SelectMany(Texts).ToList();
        Assert.All(conditions, condition => Assert.InRange(Texts(condition).Count, 1, AlbLimits.ValuesPerConditionMax));
        Assert.InRange(texts.Count, 1, AlbLimits.ValuesPerRuleMax);
        Assert.All(texts, text => Assert.InRange(text.Length, 1, AlbLimits.ValueCharactersMax * 2 + 1));
        var wildcards = conditions.Where(condition => condition["values"] is not null).SelectMany(Texts)
            .Sum(text => text.Count(letter => letter is '*' or '?'));
        Assert.InRange(wildcards, 0, AlbLimits.WildcardsPerRuleMax);
        foreach (var field in new[] { "host-header", "path-pattern", "http-request-method" })
        {
            Assert.True(conditions.Count(condition => Text(condition["field"]) == field) <= 1);
        }
    }

    private static bool Matches(AttributeMap rule, OracleRequest request) =>
        Maps(rule["conditions"]).All(condition => Holds(condition, request));

    private static bool Holds(AttributeMap condition, OracleRequest request) => Text(condition["field"]) switch
    {
        "host-header" => Any(condition, request.Host, ignoreCase: true),
        "path-pattern" => Any(condition, request.Path, ignoreCase: false),
        "http-request-method" => Texts(condition).Contains(request.Method),
        "http-header" => request.Headers
            .Where(header => header.Key.Equals(Text(condition["httpHeaderName"]), StringComparison.OrdinalIgnoreCase))
            .Any(header => Any(condition, header.Value, ignoreCase: true)),
        "query-string" => Maps(condition["values"]).Any(wanted => request.Query.Any(given =>
            Glob(Text(wanted["key"]), given.Key, ignoreCase: true, escapes: true)
            && Glob(Text(wanted["value"]), given.Value, ignoreCase: true, escapes: true))),
        var other => throw new InvalidOperationException(other),
    };

    private static bool Any(AttributeMap condition, string text, bool ignoreCase) =>
        condition["regexValues"] is not null
            ? Texts(condition).Exists(regex => Regex.IsMatch(
                text, regex, ignoreCase ? RegexOptions.IgnoreCase : RegexOptions.None, TimeSpan.FromSeconds(1)))
            : Texts(condition).Exists(pattern => Glob(pattern, text, ignoreCase, escapes: false));

    /// <summary><c>*</c> is any text, <c>?</c> one character; a backslash escapes where the field says so.</summary>
    private static bool Glob(string pattern, string text, bool ignoreCase, bool escapes)
    {
        var regex = new System.Text.StringBuilder("^");
        for (var index = 0; index < pattern.Length; index++)
        {
            var letter = pattern[index];
            if (escapes && letter is '\\' && index + 1 < pattern.Length)
            {
                index++;
                regex.Append(Regex.Escape(pattern[index].ToString()));
            }
            else
            {
                regex.Append(letter switch { '*' => ".*", '?' => ".", _ => Regex.Escape(letter.ToString()) });
            }
        }

        return Regex.IsMatch(
            text, $"{regex}\\z", ignoreCase ? RegexOptions.IgnoreCase : RegexOptions.None, TimeSpan.FromSeconds(1));
    }

    private static string Act(AttributeMap attributes, string name, OracleRequest request)
    {
        var action = Assert.Single(Maps(attributes[name]));
        return Text(action["type"]) switch
        {
            "fixed-response" => $"status {Text(action["statusCode"])}",
            "redirect" => Redirect(action, request),
            "forward" => $"{Forward(action)} {Transformed(attributes, request)}",
            var other => throw new InvalidOperationException(other),
        };
    }

    private static string Forward(AttributeMap action)
    {
        var groups = Maps(action["targetGroups"]);
        Assert.InRange(groups.Count, 1, AlbLimits.TargetGroupsPerActionMax);
        return string.Join(' ', groups
            .Select(group => (
                Name: group["targetGroup"] is AttributeValue.Reference(var source, _) ? source.Key : "?",
                Weight: group["weight"] is AttributeValue.Number(var weight) ? weight : 1))
            .Where(group => group.Weight > 0)
            .OrderBy(group => group.Name, StringComparer.Ordinal)
            .Select(group => groups.Count is 1 ? $"{group.Name}=1" : $"{group.Name}={group.Weight}"));
    }

    /// <summary>The host and URL that the target sees.</summary>
    private static string Transformed(AttributeMap rule, OracleRequest request)
    {
        var host = request.Host;
        var url = request.QueryText is "" ? request.Path : $"{request.Path}?{request.QueryText}";
        foreach (var transform in Maps(rule["transforms"]))
        {
            var regex = new Regex(Text(transform["regex"]), RegexOptions.None, TimeSpan.FromSeconds(1));
            if (Text(transform["type"]) is "host-header-rewrite")
            {
                host = regex.Replace(host, Text(transform["replace"]), 1);
            }
            else
            {
                url = regex.Replace(url, Text(transform["replace"]), 1);
            }
        }

        return $"{host}{url}";
    }

    private static string Redirect(AttributeMap action, OracleRequest request)
    {
        string Fill(string name) => Text(action[name])
            .Replace("#{protocol}", request.IsHttps ? "HTTPS" : "HTTP")
            .Replace("#{host}", request.Host)
            .Replace("#{port}", request.Port.ToString())
            .Replace("#{path}", request.Path[1..])
            .Replace("#{query}", request.QueryText);
        return $"{Text(action["statusCode"]).Replace("HTTP_", "redirect ")} "
            + $"{Fill("protocol").ToLowerInvariant()}://{Fill("host")}:{Fill("port")}{Fill("path")}?{Fill("query")}";
    }

    private static long Number(AttributeMap attributes, params string[] names) =>
        names.Select(name => attributes[name]).OfType<AttributeValue.Number>().First().Value;

    private static List<AttributeMap> Maps(AttributeValue? value) =>
        value is AttributeValue.List(var items) ? [.. items.Cast<AttributeValue.Map>().Select(map => map.Fields)] : [];

    private static List<string> Texts(AttributeMap condition) =>
        ((condition["regexValues"] ?? condition["values"]) as AttributeValue.List)?.Items
            .Select(item => item is AttributeValue.Map(var pair) ? Text(pair["value"]) : Text(item)).ToList() ?? [];

    private static string Text(AttributeValue? value) => value is AttributeValue.Text(var text) ? text : "";
}
