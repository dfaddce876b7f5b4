using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Gcp.Settling;

/// <summary>The lookups that Projection leaves in a graph, Reading answers, and Settle replaces.</summary>
public static class Lookups
{
    /// <summary>A managed zone's name, by its DNS name. The query is <c>public</c> or <c>private</c>, a space, and the
    /// DNS name in lower case without the last dot. Answer: Text; none where no zone has the DNS name, or
    /// several.</summary>
    public const string Zone = "managed-zone";

    /// <summary>An address that the project has reserved, by its name. The query is the location (<c>global</c> or a
    /// region), a space, and the name. Answer: Text, the address itself.</summary>
    public const string Address = "reserved-address";

    public static AttributeValue.Lookup ForZone(string dnsName, bool isPrivate) =>
        new(Zone, $"{(isPrivate ? "private" : "public")} {dnsName}");

    public static AttributeValue.Lookup ForAddress(string location, string name) => new(Address, $"{location} {name}");

    /// <summary>What a lookup of ours asks.</summary>
    public static LookupQuery Parse(AttributeValue.Lookup lookup)
    {
        var (first, second) = lookup.Query.Split(' ', 2) is [var one, var two] ? (one, two) : ("", lookup.Query);
        return lookup.Kind switch
        {
            Zone => new LookupQuery.OfZone(second, first is "private"),
            Address => new LookupQuery.OfAddress(first, second),
            _ => throw new System.Diagnostics.UnreachableException($"no lookup is of kind {lookup.Kind}"),
        };
    }
}

/// <summary>A lookup's query, read back.</summary>
public abstract record LookupQuery
{
    private LookupQuery()
    {
    }

    /// <summary>The DNS name has no last dot.</summary>
    public sealed record OfZone(string DnsName, bool IsPrivate) : LookupQuery;

    /// <summary>The location is <c>global</c> or a region.</summary>
    public sealed record OfAddress(string Location, string Name) : LookupQuery;
}
