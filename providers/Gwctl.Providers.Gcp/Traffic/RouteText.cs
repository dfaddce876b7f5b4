using System.Globalization;
using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Gcp.Traffic;

/// <summary>Route rules in words. Works on desired and on live attributes alike, and on attributes that people changed
/// by hand.</summary>
internal sealed class RouteText
{
    public const string AnythingElse = "anything else";

    private const char VariantSeparator = '~';

    private readonly Dictionary<string, string> _backends = new(StringComparer.Ordinal);

    /// <param name="nodes">The backend services among them give their names a meaning.</param>
    public RouteText(IEnumerable<ResourceNode> nodes)
    {
        foreach (var node in nodes.Where(node => node.Address.Kind is Kinds.BackendService))
        {
            _backends[Text(node.Attributes["name"])] = BackendOf(node.Address.Key);
        }
    }

    public static long PriorityOf(AttributeMap route) =>
        route["priority"] is AttributeValue.Number(var priority) ? priority : long.MaxValue;

    /// <summary>True where no request gets past the rule.</summary>
    public static bool TakesEverything(AttributeMap route) =>
        Maps(route["matchRules"]).Any(rule => PathOf(rule) is "/*" && TermsOf(rule) is "");

    /// <summary>Any of the match rules.</summary>
    public static string Match(AttributeMap route)
    {
        var rules = Maps(route["matchRules"]).Select(rule => (Path: PathOf(rule), Terms: TermsOf(rule))).ToList();
        return rules.Select(rule => rule.Terms).Distinct(StringComparer.Ordinal).Count() is 1
            ? $"{string.Join("|", rules.Select(rule => rule.Path))}{rules[0].Terms}"
            : string.Join(" or ", rules.Select(rule => rule.Path + rule.Terms));
    }

    /// <summary>Of a URL map or a path matcher.</summary>
    public string Default(AttributeMap owner) => Describe(
        owner["defaultService"], owner["defaultRouteAction"], owner["defaultUrlRedirect"], owner["headerAction"]);

    public string Destination(AttributeMap route) =>
        Describe(route["service"], route["routeAction"], route["urlRedirect"], route["headerAction"]);

    public string Service(AttributeValue? service) => service switch
    {
        AttributeValue.Reference(var source, _) => BackendOf(source.Key),
        AttributeValue.Text(var link) => _backends.GetValueOrDefault(LastOf(link), LastOf(link)),
        _ => "nothing",
    };

    public static IEnumerable<AttributeMap> Maps(AttributeValue? value) =>
        value is AttributeValue.List(var items) ? items.OfType<AttributeValue.Map>().Select(item => item.Fields) : [];

    public static IEnumerable<string> Texts(AttributeValue? value) =>
        value is AttributeValue.List(var items) ? items.OfType<AttributeValue.Text>().Select(item => item.Value) : [];

    public static string Text(AttributeValue? value) => value is AttributeValue.Text(var text) ? text : "";

    private string Describe(
        AttributeValue? service, AttributeValue? routeAction, AttributeValue? redirect, AttributeValue? headers)
    {
        if (redirect is AttributeValue.Map(var target))
        {
            return Redirect(target);
        }

        var action = routeAction is AttributeValue.Map(var fields) ? fields : AttributeMap.Empty;
        var (code, share) = FaultOf(action);
        if (share is 100)
        {
            return $"status {code}";
        }

        var backends = action["weightedBackendServices"] is { } weighted ? Shares(weighted) : Service(service);
        var rest = action.Fields
            .Where(field => field.Name is not ("weightedBackendServices" or "faultInjectionPolicy"))
            .Concat(headers is null ? [] : [new AttributeField("headerAction", headers)])
            .Select(field => $"{field.Name} {Words(field.Value)}").ToList();
        return (share > 0 ? $"{backends}, status {code} for {Percent(share)}" : backends)
            + (rest.Count is 0 ? "" : $" ({string.Join(", ", rest)})");
    }

    private static (long Code, double Share) FaultOf(AttributeMap action) =>
        action["faultInjectionPolicy"] is AttributeValue.Map(var fault)
            && fault["abort"] is AttributeValue.Map(var abort)
            && abort["httpStatus"] is AttributeValue.Number(var code)
            && double.TryParse(Text(abort["percentage"]), CultureInfo.InvariantCulture, out var percentage)
            ? (code, percentage)
            : (0, 0);

    private string Shares(AttributeValue weighted)
    {
        var members = Maps(weighted).Select(member => (
            Name: Service(member["backendService"]) + (member["headerAction"] is { } own ? $" ({Words(own)})" : ""),
            Weight: member["weight"] is AttributeValue.Number(var weight) ? weight : 0)).ToList();
        var sum = members.Sum(member => member.Weight);
        return string.Join(", ", members.OrderBy(member => member.Name, StringComparer.Ordinal)
            .Select(member => $"{member.Name} {Percent(sum is 0 ? 0 : 100.0 * member.Weight / sum)}"));
    }

    private static string Redirect(AttributeMap target)
    {
        var status = Text(target["redirectResponseCode"]) switch
        {
            "MOVED_PERMANENTLY_DEFAULT" => "301",
            "FOUND" => "302",
            "SEE_OTHER" => "303",
            "TEMPORARY_REDIRECT" => "307",
            "PERMANENT_REDIRECT" => "308",
            var other => other,
        };
        var scheme = target["httpsRedirect"] is AttributeValue.Flag(true) ? "https" : "{scheme}";
        var host = Text(target["hostRedirect"]) is { Length: > 0 } named ? named : "{host}";
        var path = Text(target["pathRedirect"]) is { Length: > 0 } whole ? whole
            : Text(target["prefixRedirect"]) is { Length: > 0 } prefix ? $"{prefix}{{rest}}"
            : "/{path}";
        return $"redirect {status} {scheme}://{host}{path}"
            + (target["stripQuery"] is AttributeValue.Flag(true) ? " without query" : "");
    }

    private static string PathOf(AttributeMap rule) =>
        rule["fullPathMatch"] is AttributeValue.Text(var full) ? full
        : rule["prefixMatch"] is AttributeValue.Text(var prefix) ? $"{prefix}*"
        : rule["regexMatch"] is AttributeValue.Text(var regex) ? $"~{regex}"
        : Text(rule["pathTemplateMatch"]);

    private static string TermsOf(AttributeMap rule)
    {
        var terms = Maps(rule["headerMatches"])
            .Select(header => Text(header["headerName"]) is ":method"
                ? (Rank: 0, Words: $" method {Text(header["exactMatch"])}")
                : (Rank: 1, Words: $" header {TermOf(header, "headerName")}"))
            .Concat(Maps(rule["queryParameterMatches"])
                .Select(query => (Rank: 2, Words: $" query {TermOf(query, "name")}")));
        return string.Concat(terms.OrderBy(term => term.Rank).ThenBy(term => term.Words, StringComparer.Ordinal)
            .Select(term => term.Words));
    }

    private static string TermOf(AttributeMap term, string name) =>
        term["exactMatch"] is AttributeValue.Text(var exact) ? $"{Text(term[name])}={exact}"
        : term["regexMatch"] is AttributeValue.Text(var regex) ? $"{Text(term[name])}~{regex}"
        : Words(new AttributeValue.Map(term));

    /// <summary>Whatever it is, equal only for equal values.</summary>
    private static string Words(AttributeValue value) => value switch
    {
        AttributeValue.Map(var fields) =>
            string.Join(" ", fields.Fields.Select(field => $"{field.Name} {Words(field.Value)}")),
        AttributeValue.List(var items) => string.Join("; ", items.Select(Words)),
        AttributeValue.Text(var link) when SelfLinks.Canonical(link) is not null => LastOf(link),
        AttributeValue.Text(var text) => text,
        AttributeValue.Number(var number) => number.ToString(CultureInfo.InvariantCulture),
        AttributeValue.Flag(var flag) => flag ? "true" : "false",
        AttributeValue.Reference(var source, _) => BackendOf(source.Key),
        _ => "?",
    };

    private static string Percent(double percent) => $"{percent.ToString("0.##", CultureInfo.InvariantCulture)}%";

    private static string LastOf(string link) => link[(link.LastIndexOf('/') + 1)..];

    private static string BackendOf(string key)
    {
        var end = key.IndexOf(VariantSeparator);
        var backend = end < 0 ? key : key[..end];
        return backend is Kinds.NoBackendKey ? "nothing" : backend;
    }
}
