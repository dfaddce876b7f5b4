using Gwctl.Core;
using Gwctl.Engine.Resources;

namespace Gwctl.Engine.Diff;

/// <summary>What comparing has to say: 40xx.</summary>
internal static class DiffDiagnostics
{
    public const string UnsettledCode = "GW4004";

    public static Diagnostic ForeignInTheWay(ResourceNode node, LiveResource foreign, string title) =>
        new("GW4001", Severity.Error, "An object that gwctl does not own is in the way")
        {
            Subject = node.Origin,
            Object = GatewayOf(node.Address),
            Detail = $"The {title} {node.Address} cannot be made: {foreign.Id} stands in its place, "
                + (foreign.OwnerText is "" ? "and bears no owner's mark." : $"and belongs to {foreign.OwnerText}."),
            Help = $"Remove it or rename it; or take it over as it is with `gwctl adopt {node.Address}`.",
        };

    public static Diagnostic MissingSource(ResourceNode node, AttributeValue.Reference reference) =>
        new("GW4002", Severity.Error, "A resource refers to one that is not desired")
        {
            Subject = node.Origin,
            Object = GatewayOf(node.Address),
            Detail = $"{node.Address} needs the {reference.Output} of {reference.Source}, which is not among the "
                + "desired resources. It is left as it is.",
            Help = "Solve the errors reported about that resource first. If there are none, this is a bug of gwctl's "
                + "provider.",
        };

    public static Diagnostic Circle(ResourceNode node) =>
        new("GW4003", Severity.Error, "Resources refer to each other in a circle")
        {
            Subject = node.Origin,
            Object = GatewayOf(node.Address),
            Detail = $"{node.Address} refers, through others, to itself, or to a resource that does. It is left "
                + "as it is.",
            Help = "This is a bug of gwctl's provider: please report it with the specs.",
        };

    public static Diagnostic Unsettled(ResourceNode node, AttributeValue.Lookup lookup) =>
        new(UnsettledCode, Severity.Error, "Something that a resource needs was not found")
        {
            Subject = node.Origin,
            Object = GatewayOf(node.Address),
            Detail = $"{node.Address} needs the {lookup.Kind} \"{lookup.Query}\", which was not found in the account. "
                + "It is left as it is.",
            Help = "Create it, or name another one in the ProviderConfig.",
        };

    public static Diagnostic NothingToAdopt(string name) =>
        new("GW4005", Severity.Error, "There is nothing to adopt")
        {
            Detail = $"No foreign object stands where the specs want one, at or with the id {name}.",
            Help = "Run `gwctl plan`: the objects that are in the way are named there.",
        };

    private static string GatewayOf(ResourceAddress address) => $"Gateway/{address.Gateway}";
}
