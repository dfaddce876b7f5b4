using Gwctl.Core;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Gcp.Api;
using Gwctl.Providers.Gcp.Api.Compute;

namespace Gwctl.Providers.Gcp.Reading;

/// <summary>A regional load balancer's proxies take their addresses from a subnetwork that is for nothing else, one for
/// each network and region. Whoever owns the network makes it; without it Google refuses every forwarding rule, so its
/// absence is said before anything is made.</summary>
internal sealed class ProxySubnets(GcpApi api, Wanted wanted, IReadOnlyDictionary<ResourceAddress, LiveResource> ours)
{
    /// <summary>The second is the older name.</summary>
    private static readonly EquatableList<string> s_purposes =
        ["REGIONAL_MANAGED_PROXY", "INTERNAL_HTTPS_LOAD_BALANCER"];

    /// <summary>Asks once for each region in which a first forwarding rule is to be made, in a network of the project:
    /// another project's is not ours to read.</summary>
    public async Task<IReadOnlyList<Diagnostic>> CheckAsync(CancellationToken cancellationToken)
    {
        var own = SelfLinks.Of(api.Project, "global", "networks", "");
        var places = wanted.OfKind(Kinds.ForwardingRule)
            .Where(rule => !ours.ContainsKey(rule.Address) && rule.Attributes.TextOf("location") is not "global"
                && rule.Attributes.TextOrNull("network")?.StartsWith(own, StringComparison.Ordinal) is true)
            .GroupBy(rule => (
                Region: rule.Attributes.TextOf("location"), Network: rule.Attributes.TextOf("network")))
            .ToList();
        var found = await Fanout.MapAsync(
            places,
            async (place, stop) => await HasProxiesAsync(place.Key.Region, place.Key.Network, stop),
            cancellationToken);
        return
        [
            .. places.Zip(found).Where(pair => !pair.Second)
                .Select(pair => Missing(pair.First.First(), pair.First.Key.Region, pair.First.Key.Network)),
        ];
    }

    private async Task<bool> HasProxiesAsync(string region, string network, CancellationToken cancellationToken) =>
        await api.Compute.ListAsync(ComputeCollection.Subnetworks, region, cancellationToken)
            .AnyAsync(
                subnet => s_purposes.Contains(subnet.Body.TextOrNull("purpose") ?? "")
                    && subnet.Body.TextOrNull("role") is null or "ACTIVE"
                    && SelfLinks.Canonical(subnet.Body.TextOrNull("network") ?? "") == network,
                cancellationToken);

    private static Diagnostic Missing(ResourceNode rule, string region, string network)
    {
        var name = network[(network.LastIndexOf('/') + 1)..];
        return new Diagnostic("GW4266", Severity.Error, "A region without a proxy-only subnetwork")
        {
            Subject = rule.Origin,
            Object = $"Gateway/{rule.Address.Gateway}",
            Reason = "Pending",
            Detail = $"Regional load balancers in {region} need a subnetwork of network {name} with the purpose "
                + "REGIONAL_MANAGED_PROXY and the role ACTIVE: there is none.",
            Help = $"Make one: 'gcloud compute networks subnets create proxy-only --purpose=REGIONAL_MANAGED_PROXY "
                + $"--role=ACTIVE --network={name} --region={region} --range=10.129.0.0/23'; then let firewalls pass "
                + "that range to the backends.",
        };
    }
}
