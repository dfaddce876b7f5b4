using Gwctl.Core;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Gcp.Settling;

/// <summary>Fits a projected graph to what lives. Nothing has to be numbered: priorities are inside a URL map, which is
/// written as a whole.</summary>
public static class GcpSettling
{
    /// <summary>Answers lookups. One without answer is an error at its node, which keeps it: such a node is never
    /// planned.</summary>
    public static Compiled<ResourceGraph> Settle(ResourceGraph desired, LiveState live)
    {
        ArgumentNullException.ThrowIfNull(desired);
        ArgumentNullException.ThrowIfNull(live);
        var diagnostics = new List<Diagnostic>();
        var answers = new LookupReplacement(
            live.Lookups, (node, lookup) => diagnostics.Add(NotFound(node, lookup)));
        var ours = live.Resources.Where(resource => resource.Ownership is Ownership.Ours)
            .Select(resource => resource.Address).ToHashSet();
        var nodes = CutOverRecords.Settle(desired.Nodes.Select(answers.Replace), ours.Contains);
        return Compiled.From(ResourceGraph.From(nodes), diagnostics);
    }

    private static Diagnostic NotFound(ResourceNode node, AttributeValue.Lookup lookup)
    {
        var (what, remedy) = Lookups.Parse(lookup) switch
        {
            LookupQuery.OfZone zone => (
                $"one {(zone.IsPrivate ? "private" : "public")} managed zone for {zone.DnsName}",
                "Create it, or give its name as id in the ProviderConfig's spec.dns.zones where there are several."),
            LookupQuery.OfAddress address => (
                $"the address {address.Name} ({address.Location})",
                "Reserve it in the project, or remove spec.addresses."),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        return new Diagnostic("GW3280", Severity.Error, "Something that must exist in the project was not found")
        {
            Subject = node.Origin,
            Object = $"Gateway/{node.Address.Gateway}",
            Reason = lookup.Kind is Lookups.Address ? "AddressNotUsable" : "Pending",
            Detail = $"{node.Address} needs {what}: there is none.",
            Help = remedy,
        };
    }
}
