using System.Net;
using System.Text.RegularExpressions;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Aws.Elbv2;

/// <summary>A rule's conditions: what each field takes, and the form in which they are given back.</summary>
internal static partial class RuleConditions
{
    private const int ValueLengthMax = 128;
    private const int HeaderNameLengthMax = 40;
    private const int MethodLengthMax = 40;

    private static readonly string[] Fields =
        ["http-header", "http-request-method", "host-header", "path-pattern", "query-string", "source-ip"];

    public static ListValue Normal(ListValue given, AwsQuotas quotas)
    {
        if (given.Count is 0)
        {
            throw Elbv2State.Invalid("A condition must be specified");
        }

        var normal = given.Structs.Select(Normal).ToList();
        foreach (var group in normal.GroupBy(condition => condition.Required("Field")))
        {
            if (group.Key is not ("http-header" or "query-string") && group.Count() > 1)
            {
                throw Elbv2State.Invalid($"A rule can only have one '{group.Key}' condition");
            }
        }

        if (normal.Sum(CountValues) > quotas.ConditionValuesPerRule)
        {
            throw Elbv2State.Invalid($"A rule can only have '{quotas.ConditionValuesPerRule}' condition values");
        }

        if (normal.Sum(CountWildcards) > quotas.WildcardsPerRule)
        {
            throw Elbv2State.Invalid($"A rule can only have '{quotas.WildcardsPerRule}' condition wildcards");
        }

        return new ListValue(normal);
    }

    private static Struct Normal(Struct condition)
    {
        var field = condition.Text("Field");
        if (field is null || !Fields.Contains(field))
        {
            throw Elbv2State.Invalid($"Condition field '{field}' must be one of '[{string.Join(", ", Fields)}]'");
        }

        var own = ConfigName(field);
        var stray = condition.FirstOrDefault(member =>
            member.Key.EndsWith("Config", StringComparison.Ordinal) && member.Key != own).Key;
        if (stray is not null)
        {
            throw Elbv2State.Invalid($"You cannot specify '{stray}' for a condition with field '{field}'");
        }

        return field switch
        {
            "host-header" or "path-pattern" => Pattern(condition, field, own),
            "http-header" => Header(condition),
            "query-string" => QueryString(condition),
            "http-request-method" => Method(condition),
            _ => SourceIp(condition),
        };
    }

    /// <summary>Host and path conditions predate the Config members, and are given back in both forms.</summary>
    private static Struct Pattern(Struct condition, string field, string own)
    {
        var config = condition.Member(own);
        var values = condition.Texts("Values").ToList();
        var regexes = condition.Texts("RegexValues").ToList();
        if (config is not null && values.Count + regexes.Count > 0)
        {
            throw Elbv2State.Invalid($"You cannot specify both 'Values' and '{own}' for a condition");
        }

        values = config is null ? values : [.. config.Texts("Values")];
        regexes = config is null ? regexes : [.. config.Texts("RegexValues")];
        CheckOneKind(values, regexes);
        foreach (var value in values)
        {
            if (field is "host-header")
            {
                CheckHost(value);
            }
            else
            {
                CheckPath(value);
            }
        }

        regexes.ForEach(regex => RegexRules.Check(regex, ValueLengthMax));
        var member = regexes.Count > 0 ? "RegexValues" : "Values";
        var list = ListValue.Of(regexes.Count > 0 ? regexes : values);
        return new Struct { { "Field", field }, { member, list }, { own, new Struct { { member, list } } } };
    }

    private static Struct Header(Struct condition)
    {
        var config = Config(condition, "HttpHeaderConfig");
        var name = config.Text("HttpHeaderName") ?? throw Elbv2State.Invalid("An HTTP header name must be specified");
        if (name.Length > HeaderNameLengthMax || !HeaderNamePattern().IsMatch(name))
        {
            throw Elbv2State.Invalid($"The HTTP header name '{name}' is not valid");
        }

        if (name.Equals("host", StringComparison.OrdinalIgnoreCase))
        {
            throw Elbv2State.Invalid("You cannot specify the host header in an http-header condition: use host-header");
        }

        var values = config.Texts("Values").ToList();
        var regexes = config.Texts("RegexValues").ToList();
        CheckOneKind(values, regexes);
        values.ForEach(value => CheckLength(value, ValueLengthMax));
        regexes.ForEach(regex => RegexRules.Check(regex, ValueLengthMax));
        return new Struct { { "Field", "http-header" }, { "HttpHeaderConfig", config } };
    }

    private static Struct QueryString(Struct condition)
    {
        var config = Config(condition, "QueryStringConfig");
        var pairs = config.Structs("Values").ToList();
        if (pairs.Count is 0)
        {
            throw Elbv2State.Invalid("A condition value must be specified");
        }

        foreach (var pair in pairs)
        {
            CheckLength(pair.Text("Value") ?? "", ValueLengthMax);
            if (pair.Text("Key") is { } key)
            {
                CheckLength(key, ValueLengthMax);
            }
        }

        return new Struct { { "Field", "query-string" }, { "QueryStringConfig", config } };
    }

    private static Struct Method(Struct condition)
    {
        var config = Config(condition, "HttpRequestMethodConfig");
        CheckSome(config);
        foreach (var method in config.Texts("Values"))
        {
            if (method.Length > MethodLengthMax || !MethodPattern().IsMatch(method))
            {
                throw Elbv2State.Invalid($"The HTTP request method '{method}' is not valid");
            }
        }

        return new Struct { { "Field", "http-request-method" }, { "HttpRequestMethodConfig", config } };
    }

    private static Struct SourceIp(Struct condition)
    {
        var config = Config(condition, "SourceIpConfig");
        CheckSome(config);
        foreach (var cidr in config.Texts("Values"))
        {
            if (!cidr.Contains('/', StringComparison.Ordinal) || !IPNetwork.TryParse(cidr, out _))
            {
                throw Elbv2State.Invalid($"The source IP '{cidr}' must be in CIDR format");
            }
        }

        return new Struct { { "Field", "source-ip" }, { "SourceIpConfig", config } };
    }

    private static Struct Config(Struct condition, string name)
    {
        var legacy = condition.List("Values").Count + condition.List("RegexValues").Count > 0;
        return condition.Member(name) is { } config && !legacy
            ? config
            : throw Elbv2State.Invalid(
                $"You must specify '{name}' for a condition with field '{condition.Text("Field")}'");
    }

    private static string ConfigName(string field) => field switch
    {
        "host-header" => "HostHeaderConfig",
        "path-pattern" => "PathPatternConfig",
        "http-header" => "HttpHeaderConfig",
        "query-string" => "QueryStringConfig",
        "http-request-method" => "HttpRequestMethodConfig",
        _ => "SourceIpConfig",
    };

    private static void CheckOneKind(List<string> values, List<string> regexes)
    {
        if (values.Count + regexes.Count is 0)
        {
            throw Elbv2State.Invalid("A condition value must be specified");
        }

        if (values.Count > 0 && regexes.Count > 0)
        {
            throw Elbv2State.Invalid("You cannot specify both values and regular expressions for a condition");
        }
    }

    private static void CheckSome(Struct config)
    {
        if (config.List("Values").Count is 0)
        {
            throw Elbv2State.Invalid("A condition value must be specified");
        }
    }

    private static void CheckHost(string value)
    {
        CheckLength(value, ValueLengthMax);
        if (!HostPattern().IsMatch(value))
        {
            throw Elbv2State.Invalid(
                $"Condition value '{value}' contains a character that is not valid, or is not a host name");
        }
    }

    private static void CheckPath(string value)
    {
        CheckLength(value, ValueLengthMax);
        if (!PathPattern().IsMatch(value))
        {
            throw Elbv2State.Invalid($"Condition value '{value}' contains a character that is not valid");
        }
    }

    private static void CheckLength(string value, int max)
    {
        if (value.Length is 0 || value.Length > max)
        {
            throw Elbv2State.Invalid($"Condition value '{value}' must have 1 to {max} characters");
        }
    }

    private static int CountValues(Struct condition)
    {
        var config = condition.Member(ConfigName(condition.Required("Field"))) ?? [];
        return config.List("Values").Count + config.List("RegexValues").Count;
    }

    private static int CountWildcards(Struct condition)
    {
        var field = condition.Required("Field");
        var values = (condition.Member(ConfigName(field)) ?? []).List("Values");
        return field switch
        {
            "query-string" => values.Structs.Sum(pair =>
                Wildcard().Count(pair.Text("Key") ?? "") + Wildcard().Count(pair.Text("Value") ?? "")),
            "host-header" or "path-pattern" or "http-header" => values.Texts.Sum(value => Wildcard().Count(value)),
            _ => 0,
        };
    }

    [GeneratedRegex(@"(?<!\\)[*?]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Wildcard();

    [GeneratedRegex(@"\A[A-Za-z0-9*?.-]*\.[A-Za-z*?]+\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex HostPattern();

    [GeneratedRegex(@"\A[A-Za-z0-9_.$/~""'@:+&*?-]+\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PathPattern();

    [GeneratedRegex(@"\A[A-Za-z0-9!#$%&'*+.^_`|~-]+\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex HeaderNamePattern();

    [GeneratedRegex(@"\A[A-Z_-]+\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MethodPattern();
}
