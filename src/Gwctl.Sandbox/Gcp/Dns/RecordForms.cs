using System.Net;
using System.Net.Sockets;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Gcp.Dns;

/// <summary>Checks record sets and brings them into the one form in which they are kept.</summary>
internal static class RecordForms
{
    private const double WeightMax = 1000;

    private static readonly HashSet<string> Types = new(StringComparer.Ordinal)
    {
        "A", "AAAA", "ALIAS", "CAA", "CNAME", "DNSKEY", "DS", "HTTPS", "IPSECKEY", "MX", "NAPTR", "NS", "PTR", "SOA",
        "SPF", "SRV", "SSHFP", "SVCB", "TLSA", "TXT",
    };

    /// <param name="field">Such as <c>entity.change.additions[0]</c>.</param>
    public static Struct Complete(GcpCall call, Struct zone, Struct record, string field)
    {
        var name = (record.Text("name") ?? throw Missing(field, "name")).ToLowerInvariant();
        var type = record.Text("type") ?? throw Missing(field, "type");
        if (!Types.Contains(type))
        {
            throw new GcpException(400, "invalid", $"Invalid value for '{field}.type': '{type}'");
        }

        if (!DnsNames.IsValid(name))
        {
            throw new GcpException(400, "invalid", $"Invalid value for '{field}.name': '{name}'");
        }

        if (!DnsNames.IsIn(name, zone.Required("dnsName")))
        {
            throw new GcpException(
                400, "invalid",
                $"The resource record set '{field}' is invalid because the DNS name '{name}' may not be contained in "
                + $"the zone '{zone.Required("dnsName")}'.");
        }

        var result = new Struct
        {
            { "kind", "dns#resourceRecordSet" },
            { "name", name },
        };
        if (record.Member("routingPolicy") is { } policy)
        {
            if (record.Has("rrdatas"))
            {
                throw new GcpException(
                    400, "invalid", $"The resource record set '{field}' has both 'rrdatas' and 'routingPolicy'.");
            }

            result.Add("routingPolicy", Policy(call, policy, type, $"{field}.routingPolicy"));
        }
        else
        {
            result.Add("rrdatas", Data(call, record.List("rrdatas"), type, field));
        }

        result.Add("ttl", record.Number("ttl") ?? throw Missing(field, "ttl"));
        result.Add("type", type);
        return result;
    }

    /// <summary>The content that a deletion must name exactly: without kinds, values in any order.</summary>
    public static bool Same(Struct kept, Struct named) => Value.Same(Comparable(kept), Comparable(named));

    private static Value Comparable(Value value) => value switch
    {
        Struct members => Comparable(members),
        ListValue list when list.All(item => item is TextValue) =>
            ListValue.Of(list.Texts.Order(StringComparer.Ordinal)),
        ListValue list => new ListValue(list.Select(Comparable)),
        _ => value,
    };

    private static Struct Comparable(Struct members)
    {
        var result = new Struct();
        foreach (var (name, value) in members.Without("kind", "signatureRrdatas"))
        {
            result.Add(name, Comparable(value));
        }

        return result;
    }

    private static Struct Policy(GcpCall call, Struct policy, string type, string field)
    {
        var result = new Struct { { "kind", "dns#rRSetRoutingPolicy" } };
        if (policy.Member("wrr") is { } weighted && !policy.Has("geo") && !policy.Has("primaryBackup"))
        {
            var items = weighted.Structs("items").ToList();
            if (items.Count is 0)
            {
                throw Missing(field, "wrr.items");
            }

            result.Add("wrr", new Struct
            {
                { "items", items.Select((item, index) => Weighted(call, item, type, $"{field}.wrr.items[{index}]")) },
                { "kind", "dns#rRSetRoutingPolicyWrrPolicy" },
            });
            return result;
        }

        if (policy.Member("geo") is { } geo && !policy.Has("wrr") && !policy.Has("primaryBackup"))
        {
            result.Add("geo", Geographic(call, geo, type, $"{field}.geo"));
            return result;
        }

        throw new GcpException(400, "invalid", $"'{field}' must hold exactly one of 'wrr' and 'geo' here.");
    }

    private static Struct Geographic(GcpCall call, Struct geo, string type, string field)
    {
        var items = geo.Structs("items").ToList();
        if (items.Count is 0)
        {
            throw Missing(field, "items");
        }

        if (items.Select(item => item.Text("location")).Distinct(StringComparer.Ordinal).Count() < items.Count)
        {
            throw new GcpException(400, "invalid", $"'{field}.items' must be for different locations.");
        }

        return new Struct
        {
            { "enableFencing", geo.Flag("enableFencing") is true },
            { "items", items.Select((item, index) => Located(call, item, type, $"{field}.items[{index}]")) },
            { "kind", "dns#rRSetRoutingPolicyGeoPolicy" },
        };
    }

    private static Struct Located(GcpCall call, Struct item, string type, string field)
    {
        CheckTargets(item, field);
        return new Struct
        {
            { "kind", "dns#rRSetRoutingPolicyGeoPolicyGeoPolicyItem" },
            { "location", item.Text("location") ?? throw Missing(field, "location") },
            { "rrdatas", Data(call, item.List("rrdatas"), type, field) },
        };
    }

    /// <summary>Targets whose health is checked are load balancers of the inside, and not kept here.</summary>
    private static void CheckTargets(Struct item, string field)
    {
        if (item.Has("healthCheckedTargets"))
        {
            throw new GcpException(
                400, "invalid", $"'{field}.healthCheckedTargets' is not supported by the sandbox: give 'rrdatas'.");
        }
    }

    private static Struct Weighted(GcpCall call, Struct item, string type, string field)
    {
        if (item["weight"] is not NumberValue weight)
        {
            throw Missing(field, "weight");
        }

        CheckTargets(item, field);
        if (weight.Content is < 0 or > WeightMax)
        {
            throw new GcpException(400, "invalid", $"Invalid value for '{field}.weight': '{weight}'");
        }

        return new Struct
        {
            { "kind", "dns#rRSetRoutingPolicyWrrPolicyWrrPolicyItem" },
            { "rrdatas", Data(call, item.List("rrdatas"), type, field) },
            { "weight", weight },
        };
    }

    private static ListValue Data(GcpCall call, ListValue given, string type, string field)
    {
        var max = type is "CNAME" or "SOA" ? 1 : call.Quotas.RecordsPerSet;
        if (given.Count is 0 || given.Count > max || given.Texts.Distinct().Count() < given.Count)
        {
            throw new GcpException(
                400, "invalid", $"Invalid value for '{field}.rrdatas': needs 1 to {max} different values.");
        }

        return ListValue.Of(given.Texts.Select(text => Datum(text, type, field)));
    }

    private static string Datum(string text, string type, string field)
    {
        var isGood = type switch
        {
            "A" => IPAddress.TryParse(text, out var v4)
                && v4.AddressFamily is AddressFamily.InterNetwork && $"{v4}" == text,
            "AAAA" => IPAddress.TryParse(text, out var v6) && v6.AddressFamily is AddressFamily.InterNetworkV6,
            "CNAME" or "NS" or "PTR" or "ALIAS" => DnsNames.IsValid(text.ToLowerInvariant()),
            _ => text.Length > 0,
        };
        if (!isGood)
        {
            throw new GcpException(400, "invalid", $"Invalid value for '{field}.rrdatas': '{text}'");
        }

        // Text without quotes is split into words, as in a zone file.
        return type is "TXT" && !text.StartsWith('"')
            ? string.Join(' ', text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => $"\"{word}\""))
            : text;
    }

    private static GcpException Missing(string field, string member) =>
        new(400, "required", $"The '{field}.{member}' parameter is required but was missing.");
}
