using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gwctl.Core;
using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Gcp.Reading;

/// <summary>The bodies of Google's objects as attributes, and back; <see cref="Kinds"/> says how values are
/// written.</summary>
internal static class BodyForm
{
    /// <summary>Members that name objects: hosts and API versions of what comes back differ.</summary>
    public static readonly FrozenSet<string> References = FrozenSet.Create(
        StringComparer.Ordinal,
        "IPAddress", "backendService", "defaultService", "group", "healthChecks", "network", "service",
        "sslCertificates", "sslPolicy", "subnetwork", "target", "urlMap");

    /// <summary>64-bit numbers, which travel as text.</summary>
    public static readonly FrozenSet<string> LongNumbers = FrozenSet.Create(
        StringComparer.Ordinal, "minimumRingSize", "rangeEnd", "rangeStart", "seconds");

    /// <summary>Numbers with a fraction.</summary>
    public static readonly FrozenSet<string> Fractions = FrozenSet.Create(
        StringComparer.Ordinal,
        "capacityScaler", "failoverRatio", "maxRatePerEndpoint", "maxRatePerInstance", "maxUtilization",
        "mirrorPercent", "percentage", "sampleRate");

    private const string CertificateManagerRoot = "//certificatemanager.googleapis.com/";

    /// <summary>The value of a member; null where it is null.</summary>
    /// <param name="name">The member; of a list's items, the list's.</param>
    public static AttributeValue? From(string name, JsonNode? node) => node switch
    {
        null => null,
        JsonObject json => Attr.Map(From(json)),
        JsonArray items => Attr.List(items.Select(item => From(name, item)).OfType<AttributeValue>()),
        JsonValue value => FromScalar(name, value),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    public static AttributeMap From(JsonObject json) => new(
        from member in json
        let value = From(member.Key, member.Value)
        where value is not null
        select new AttributeField(member.Key, value));

    /// <param name="name">The member; of a list's items, the list's.</param>
    /// <param name="value">Without references: they are known before a call is made.</param>
    /// <param name="reveal">Finds a secret's text.</param>
    public static JsonNode To(string name, AttributeValue value, Func<AttributeValue.Secret, SecretText> reveal) =>
        value switch
        {
            AttributeValue.Text(var text) => Fractions.Contains(name) ? Fraction(text) : JsonValue.Create(text),
            AttributeValue.Number(var number) => LongNumbers.Contains(name)
                ? JsonValue.Create(number.ToString(CultureInfo.InvariantCulture))
                : JsonValue.Create(number),
            AttributeValue.Flag(var flag) => JsonValue.Create(flag),
            AttributeValue.List(var items) => new JsonArray([.. items.Select(item => To(name, item, reveal))]),
            AttributeValue.Map(var fields) => To(fields, reveal),
            AttributeValue.Secret secret => JsonValue.Create(reveal(secret).Reveal()),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    public static JsonObject To(AttributeMap map, Func<AttributeValue.Secret, SecretText> reveal)
    {
        var json = new JsonObject();
        foreach (var field in map.Fields)
        {
            json[field.Name] = To(field.Name, field.Value, reveal);
        }

        return json;
    }

    /// <summary>A resource name of Certificate Manager, whose answers may have the project's number for its
    /// id.</summary>
    public static string ResourceName(string text, string project)
    {
        var start = text.IndexOf("projects/", StringComparison.Ordinal);
        var parts = (start > 0 ? text[start..] : text).Split('/');
        if (parts is ["projects", var found, ..] && found.All(char.IsAsciiDigit))
        {
            parts[1] = project;
        }

        return string.Join('/', parts);
    }

    /// <summary>As target proxies name a certificate map.</summary>
    public static string CertificateMapLink(string text, string project) =>
        CertificateManagerRoot + ResourceName(text, project);

    private static AttributeValue FromScalar(string name, JsonValue value) => value.GetValueKind() switch
    {
        JsonValueKind.String => FromText(name, value.GetValue<string>()),
        JsonValueKind.Number => FromNumber(name, value.ToJsonString()),
        var kind => Attr.Flag(kind is JsonValueKind.True),
    };

    private static AttributeValue FromText(string name, string text)
    {
        if (References.Contains(name))
        {
            return Attr.Text(SelfLinks.Canonical(text) ?? text);
        }

        return LongNumbers.Contains(name) && long.TryParse(text, CultureInfo.InvariantCulture, out var number)
            ? Attr.Number(number)
            : Attr.Text(text);
    }

    private static AttributeValue FromNumber(string name, string text)
    {
        if (!Fractions.Contains(name) && long.TryParse(text, CultureInfo.InvariantCulture, out var number))
        {
            return Attr.Number(number);
        }

        var fraction = double.Parse(text, CultureInfo.InvariantCulture);
        return Attr.Text(fraction.ToString("R", CultureInfo.InvariantCulture));
    }

    private static JsonValue Fraction(string text) =>
        double.TryParse(text, CultureInfo.InvariantCulture, out var number)
            ? JsonValue.Create(number)
            : JsonValue.Create(text);
}
