using Gwctl.Core;
using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Aws.Settling;

/// <summary>What there is to say when the desired graph meets the account.</summary>
internal static class SettlingDiagnostics
{
    public static Diagnostic NotFound(ResourceNode node, AttributeValue.Lookup lookup)
    {
        var (what, remedy) = Describe(Lookups.Parse(lookup));
        return new Diagnostic("GW3170", Severity.Error, "Something that must exist in the account was not found")
        {
            Subject = node.Origin,
            Object = $"Gateway/{node.Address.Gateway}",
            Reason = lookup.Kind is Lookups.Certificate ? "InvalidCertificateRef" : "Pending",
            Detail = $"{node.Address} needs {what}: there is none.",
            Help = remedy,
        };
    }

    public static Diagnostic NoPriorities(ResourceNode listener, int wanted, int taken) =>
        new("GW3171", Severity.Error, "No free rule priorities on a listener")
        {
            Subject = listener.Origin,
            Object = $"Gateway/{listener.Address.Gateway}",
            Reason = "NoResources",
            Detail = $"{listener.Address} needs {wanted} priorities, and others hold {taken} of "
                + $"{Projection.AlbLimits.PriorityMax}.",
            Help = "Remove the rules that are not gwctl's.",
        };

    public static Diagnostic AddressesDoNotFit(ResourceNode balancer, int allocations, int subnets) =>
        new("GW3172", Severity.Error, "Elastic addresses that do not fit the load balancer")
        {
            Subject = balancer.Origin,
            Object = $"Gateway/{balancer.Address.Gateway}",
            Reason = "AddressNotUsable",
            Detail = $"{balancer.Address} has {allocations} elastic addresses for {subnets} subnets: an "
                + "internet-facing NLB takes one for each, and an internal one none.",
            Help = "Give as many in spec.addresses as there are subnets, or name the subnets.",
        };

    private static (string What, string Remedy) Describe(LookupQuery query) => query switch
    {
        LookupQuery.OfVpc(var vpc) => (Describe(vpc), "Set spec.aws.vpcId or spec.aws.subnets."),
        LookupQuery.OfVpcCidrs(var vpc) =>
            ($"the address ranges of {Describe(vpc)}", "Set spec.aws.vpcId or spec.aws.subnets."),
        LookupQuery.OfSubnets(var subnets) => (
            $"{subnets.Scheme} subnets in two availability zones of {Describe(subnets.Vpc)}"
                + (subnets.Tags.Count is 0 ? "" : $", tagged {Describe(subnets.Tags)}"),
            "Name them in spec.aws.subnets, or tag them and set spec.aws.subnetTags."),
        LookupQuery.OfZone zone => (
            $"one {(zone.IsPrivate ? "private" : "public")} hosted zone {zone.Name}",
            "Create it, or give its id in the ProviderConfig's spec.dns.zones where there are several."),
        LookupQuery.OfCertificate(var hostname) => (
            $"an issued ACM certificate for {hostname}",
            "Request or import one in the load balancer's region, or set gwctl.dev/certificate to request."),
        LookupQuery.OfInstance(var node) => (
            $"the EC2 instance of node {node}", "Use target type ip where nodes are not EC2 instances of this region."),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string Describe(EquatableList<SubnetTag> tags) =>
        string.Join(", ", tags.Select(tag => $"{tag.Name}={tag.Value}"));

    private static string Describe(VpcChoice vpc) => vpc switch
    {
        VpcChoice.Given given => $"VPC {given.Id}",
        VpcChoice.OfSubnet of => $"the VPC of {of.SubnetId}",
        _ => "the region's default VPC",
    };
}
