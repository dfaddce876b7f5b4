using System.Net;
using System.Net.Sockets;
using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Gcp.Settling;

namespace Gwctl.Providers.Gcp.Projection;

/// <summary>An address of a Gateway.</summary>
/// <param name="Family">ipv4 or ipv6.</param>
/// <param name="Value">A reference, a lookup or a text.</param>
internal sealed record GatewayAddress(string Family, AttributeValue Value);

/// <summary>A Gateway's addresses: reserved by gwctl, so that they outlive every other change, or those that the
/// project has reserved already.</summary>
internal static class AddressProjection
{
    /// <summary>As Google's own controller for Kubernetes has it: the name of an address of the project.</summary>
    private const string NamedType = "NamedAddress";

    public static EquatableList<GatewayAddress> Add(GatewayBuilder gateway)
    {
        var given = gateway.Gateway.Addresses.Where(address => address.Value is not "").ToList();
        if (given.Count > 0)
        {
            return [.. given.Select(address => Of(gateway, address)).OfType<GatewayAddress>()
                .GroupBy(address => address.Family, StringComparer.Ordinal)
                .Select(family => FirstOf(gateway, [.. family], given[^1]))];
        }

        return gateway.Balancer.HasIpv6
            ? [Reserve(gateway, "ipv4"), Reserve(gateway, "ipv6")]
            : [Reserve(gateway, "ipv4")];
    }

    private static GatewayAddress FirstOf(
        GatewayBuilder gateway, EquatableList<GatewayAddress> family, GatewayAddressSpec place)
    {
        if (family.Count > 1)
        {
            gateway.Report(GcpDiagnostics.UnsupportedAddress(
                gateway.Gateway, place, $"it would be the second {family[0].Family} address"));
        }

        return family[0];
    }

    private static GatewayAddress? Of(GatewayBuilder gateway, GatewayAddressSpec address)
    {
        switch (address)
        {
            case { Type: NamedType } when SettingsDecoder.IsName(address.Value):
                return new GatewayAddress("ipv4", Lookups.ForAddress(gateway.Location, address.Value));
            case { Type: "IPAddress" } when IPAddress.TryParse(address.Value, out var parsed):
                var isIpv6 = parsed.AddressFamily is AddressFamily.InterNetworkV6;
                if (isIpv6 && gateway.Balancer.IsRegional)
                {
                    gateway.Report(GcpDiagnostics.UnsupportedAddress(
                        gateway.Gateway, address, "only global load balancers have IPv6 addresses"));
                    return null;
                }

                return new GatewayAddress(isIpv6 ? "ipv6" : "ipv4", new AttributeValue.Text(parsed.ToString()));
            default:
                gateway.Report(GcpDiagnostics.UnsupportedAddress(
                    gateway.Gateway, address, "Google's load balancers have addresses that the project reserves"));
                return null;
        }
    }

    private static GatewayAddress Reserve(GatewayBuilder gateway, string family)
    {
        var address = gateway.AddressOf(Kinds.Address, family);
        var balancer = gateway.Balancer;
        gateway.Add(gateway.Named(
            address, gateway.Location, gateway.Readable, [balancer.Scheme, balancer.NetworkTier],
            Shape.Text("addressType", balancer.IsInternal ? "INTERNAL" : "EXTERNAL"),
            balancer.IsRegional ? null : Shape.Text("ipVersion", family is "ipv6" ? "IPV6" : "IPV4"),
            gateway.NetworkTier,
            balancer.IsInternal ? Shape.Text("purpose", "SHARED_LOADBALANCER_VIP") : null,
            balancer.IsInternal ? Shape.Text("subnetwork", SubnetworkOf(gateway)) : null,
            gateway.Labels) with
        { Protected = gateway.Protected });
        return new GatewayAddress(family, new AttributeValue.Reference(address, "address"));
    }

    /// <summary>An automatic network's subnetworks bear its name.</summary>
    public static string SubnetworkOf(GatewayBuilder gateway) =>
        gateway.SubnetworkLink(gateway.Location)
        ?? SelfLinks.Of(
            gateway.Settings.Network.HostProject ?? gateway.Settings.Project.Value, gateway.Location, "subnetworks",
            gateway.Settings.Network.Name);
}
