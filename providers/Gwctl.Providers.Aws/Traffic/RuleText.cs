using System.Globalization;
using Gwctl.Core;
using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Aws.Traffic;

/// <summary>Conditions and actions in words. Works on desired and on live attributes alike, and on attributes that
/// people changed by hand.</summary>
internal static class RuleText
{
    private static readonly EquatableList<string> s_anyHost = ["*"];

    /// <summary>The hostnames of a rule; <c>*</c> where it is for any.</summary>
    public static EquatableList<string> Hosts(AttributeMap rule)
    {
        List<string>? hosts = null;
        foreach (var condition in Conditions(rule))
        {
            if (IsHost(condition))
            {
                (hosts ??= []).AddRange(Values(condition));
            }
        }

        return hosts is null or [] ? s_anyHost : [.. hosts];
    }

    /// <summary>Every condition but the host's; <c>everything</c> where there is none.</summary>
    public static string Match(AttributeMap rule)
    {
        var parts = new List<(int Rank, string Text)>();
        foreach (var condition in Conditions(rule))
        {
            if (!IsHost(condition))
            {
                parts.Add((Rank(condition), Describe(condition)));
            }
        }

        return parts switch
        {
            [] => "everything",
            [var (_, only)] => only,
            _ => string.Join(" ", parts.OrderBy(part => part.Rank).ThenBy(part => part.Text, StringComparer.Ordinal)
                .Select(part => part.Text)),
        };
    }

    /// <param name="nameOf">The backend of a target group, by its reference or ARN.</param>
    public static string Destination(AttributeMap rule, string actionsName, Func<AttributeValue, string> nameOf)
    {
        var text = string.Join(", then ", Maps(rule[actionsName]).Select(action => Describe(action, nameOf)));
        if (rule["transforms"] is not AttributeValue.List { Items.Count: > 0 })
        {
            return text;
        }

        var transforms = Maps(rule["transforms"]).Select(transform =>
            $"{(Text(transform["type"]) is "url-rewrite" ? "path" : "host")} {Text(transform["regex"])} becomes "
                + Text(transform["replace"]));
        var rewrites = string.Join(", ", transforms);
        return rewrites is "" ? text : $"{text} ({rewrites})";
    }

    private static string Describe(AttributeMap action, Func<AttributeValue, string> nameOf) =>
        Text(action["type"]) switch
        {
            "forward" => Forward(action, nameOf),
            "redirect" => Redirect(action),
            "fixed-response" => $"status {Text(action["statusCode"])}",
            var other => other,
        };

    private static string Forward(AttributeMap action, Func<AttributeValue, string> nameOf)
    {
        var groups = Maps(action["targetGroups"])
            .Select(group => (
                Name: group["targetGroup"] is { } target ? nameOf(target) : "?",
                Weight: group["weight"] is AttributeValue.Number(var weight) ? weight : 1))
            .ToList();
        if (groups.Count > 1)
        {
            groups = [.. groups.GroupBy(group => group.Name, StringComparer.Ordinal)
                .Select(group => (Name: group.Key, Weight: group.Sum(member => member.Weight)))
                .OrderBy(group => group.Name, StringComparer.Ordinal)];
        }

        var sum = groups.Sum(group => group.Weight);
        var shares = groups.Count is 1
            ? groups[0].Name
            : string.Join(", ", groups.Select(group => $"{group.Name} {Percent(group.Weight, sum)}"));
        return action["stickinessSeconds"] is AttributeValue.Number(var seconds)
            ? $"{shares}, sticky for {seconds} s"
            : shares;
    }

    private static string Percent(long weight, long sum) =>
        sum is 0 ? "0%" : $"{(100m * weight / sum).ToString("0.##", CultureInfo.InvariantCulture)}%";

    private static string Redirect(AttributeMap action)
    {
        var status = Text(action["statusCode"]).Replace("HTTP_", "");
        var (protocol, host, port, path, query) = (Text(action["protocol"]), Text(action["host"]), Text(action["port"]),
            Text(action["path"]), Text(action["query"]));
        var target = $"{(protocol is "#{protocol}" ? "{scheme}" : protocol.ToLowerInvariant())}://"
            + $"{(host is "#{host}" ? "{host}" : host)}"
            + $"{(port is "#{port}" ? "" : $":{port}")}"
            + path.Replace("#{path}", "{path}")
            + (query is "#{query}" or "" ? "" : $"?{query.Replace("#{query}", "{query}")}");
        return $"redirect {status} {target}";
    }

    private static string Describe(AttributeMap condition)
    {
        var isRegex = condition["regexValues"] is AttributeValue.List;
        var values = string.Join("|", Values(condition));
        var text = isRegex ? $"~{values}" : values;
        return Text(condition["field"]) switch
        {
            "path-pattern" => text,
            "http-request-method" => $"method {text}",
            "http-header" => $"header {Text(condition["httpHeaderName"])}{(isRegex ? "" : "=")}{text}",
            "query-string" => $"query {text}",
            "source-ip" => $"from {text}",
            var other => $"{other} {text}",
        };
    }

    private static int Rank(AttributeMap condition) => Text(condition["field"]) switch
    {
        "path-pattern" => 0,
        "http-request-method" => 1,
        "http-header" => 2,
        "query-string" => 3,
        _ => 4,
    };

    private static IEnumerable<string> Values(AttributeMap condition)
    {
        var list = condition["regexValues"] as AttributeValue.List ?? condition["values"] as AttributeValue.List;
        return list is null ? [] : list.Items.Select(item => item switch
        {
            AttributeValue.Map(var pair) => pair["key"] is AttributeValue.Text(var key)
                ? $"{key}={Text(pair["value"])}"
                : Text(pair["value"]),
            _ => Text(item),
        });
    }

    private static bool IsHost(AttributeMap condition) => Text(condition["field"]) is "host-header";

    private static IEnumerable<AttributeMap> Conditions(AttributeMap rule) => Maps(rule["conditions"]);

    private static IEnumerable<AttributeMap> Maps(AttributeValue? value)
    {
        foreach (var item in value is AttributeValue.List(var items) ? items : [])
        {
            if (item is AttributeValue.Map(var fields))
            {
                yield return fields;
            }
        }
    }

    private static string Text(AttributeValue? value) => value is AttributeValue.Text(var text) ? text : "";
}
