using Gwctl.Core;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Gcp.Api;
using Gwctl.Providers.Gcp.Settling;

namespace Gwctl.Providers.Gcp.Reading;

/// <summary>Answers a graph's lookups from what was read. Pure.</summary>
internal static class LookupAnswers
{
    /// <summary>A lookup that found nothing is not in the result; one that found too much is not either, and says
    /// so.</summary>
    public static (EquatableList<LookupResult> Results, EquatableList<Diagnostic> Diagnostics) Of(
        EquatableList<AttributeValue.Lookup> wanted, ComputeSnapshot compute, DnsSnapshot dns)
    {
        var results = new List<LookupResult>();
        var diagnostics = new List<Diagnostic>();
        foreach (var lookup in wanted)
        {
            var answer = Lookups.Parse(lookup) switch
            {
                LookupQuery.OfZone zone => Zone(zone, dns, diagnostics),
                LookupQuery.OfAddress address => Address(address, compute),
                _ => throw new System.Diagnostics.UnreachableException(),
            };
            if (answer is not null)
            {
                results.Add(new LookupResult(lookup, Attr.Text(answer)));
            }
        }

        return ([.. results], [.. diagnostics]);
    }

    private static string? Address(LookupQuery.OfAddress wanted, ComputeSnapshot compute) =>
        compute.Items[Kinds.Address]
            .Where(item => item.Location == wanted.Location && item.Body.TextOrNull("name") == wanted.Name)
            .Select(item => item.Body.TextOrNull("address"))
            .FirstOrDefault();

    private static string? Zone(LookupQuery.OfZone zone, DnsSnapshot dns, List<Diagnostic> diagnostics)
    {
        var found = dns.ZoneNames[(zone.DnsName, zone.IsPrivate)].ToList();
        if (found.Count > 1)
        {
            diagnostics.Add(AmbiguousZone(zone, found));
        }

        return found is [var only] ? only : null;
    }

    private static Diagnostic AmbiguousZone(LookupQuery.OfZone zone, IReadOnlyList<string> names) =>
        new("GW4260", Severity.Warning, "Several managed zones have the same DNS name")
        {
            Detail = $"The {(zone.IsPrivate ? "private" : "public")} zone {zone.DnsName} could be any of "
                + $"{string.Join(", ", names.Order(StringComparer.Ordinal))}.",
            Help = "Give the managed zone's name as id in the ProviderConfig's spec.dns.zones.",
        };
}
