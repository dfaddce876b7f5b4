using Gwctl.Compiler.Specs;
using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Aws.Projection;

/// <summary>Elastic addresses of a Network Load Balancer, asked for in spec.addresses by their allocations: one for
/// each subnet, in the order of the subnets' ids.</summary>
internal static class StaticAddresses
{
    public const string AllocationType = "gwctl.dev/eip-allocation";

    private const string AllocationPrefix = "eipalloc-";

    public static bool IsAllocation(GatewayAddressSpec address) =>
        address.Type is AllocationType && address.Value.StartsWith(AllocationPrefix, StringComparison.Ordinal);

    /// <summary>Null where none are asked for.</summary>
    public static AttributeField? Of(GatewayBuilder gateway)
    {
        var allocations = gateway.Gateway.Addresses.Where(IsAllocation)
            .Select(AttributeValue (address) => new AttributeValue.Text(address.Value)).ToList();
        return allocations.Count is 0 ? null : Shape.Field("eipAllocations", new AttributeValue.List([.. allocations]));
    }
}
