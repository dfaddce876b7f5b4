using Gwctl.Core;
using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Aws.Settling;

/// <summary>A listener's last touches.</summary>
internal static class ListenerSettling
{
    /// <summary>Where specs that asked for client certificates do so no longer, that is to end: an attribute that is
    /// merely not named would stay.</summary>
    public static ResourceNode Settle(ResourceNode node, LiveIndex live) =>
        node.Attributes["mutualAuthentication"] is null
            && live[node.Address]?.Attributes["mutualAuthentication"] is not null
                ? node with
                {
                    Attributes = node.Attributes.With("mutualAuthentication", Shape.Map(Shape.Text("mode", "off"))),
                }
                : node;
}

/// <summary>Whether elastic addresses fit the subnets, which are known only now.</summary>
internal static class AddressSettling
{
    public static void Check(ResourceNode node, List<Diagnostic> diagnostics)
    {
        if (node.Attributes["eipAllocations"] is AttributeValue.List(var allocations)
            && node.Attributes["subnets"] is AttributeValue.List(var subnets)
            && (allocations.Count != subnets.Count || node.Attributes["scheme"] is AttributeValue.Text("internal")))
        {
            diagnostics.Add(SettlingDiagnostics.AddressesDoNotFit(node, allocations.Count, subnets.Count));
        }
    }
}
