using Gwctl.Sandbox.Aws.Elbv2;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Aws.Ec2;

/// <summary>Operations that only read: VPCs, subnets, zones, interfaces, instances, the account.</summary>
internal static class NetworkQueries
{
    private static readonly Dictionary<string, Func<Struct, IEnumerable<string?>>> VpcFields =
        Fields(("vpc-id", "VpcId"), ("cidr", "CidrBlock"), ("state", "State"), ("owner-id", "OwnerId"),
            ("is-default", "IsDefault"), ("isDefault", "IsDefault"),
            ("cidr-block-association.cidr-block", "CidrBlock"));

    private static readonly Dictionary<string, Func<Struct, IEnumerable<string?>>> SubnetFields =
        Fields(("vpc-id", "VpcId"), ("subnet-id", "SubnetId"), ("availability-zone", "AvailabilityZone"),
            ("availability-zone-id", "AvailabilityZoneId"), ("state", "State"), ("cidr-block", "CidrBlock"),
            ("default-for-az", "DefaultForAz"), ("map-public-ip-on-launch", "MapPublicIpOnLaunch"),
            ("owner-id", "OwnerId"), ("subnet-arn", "SubnetArn"));

    private static readonly Dictionary<string, Func<Struct, IEnumerable<string?>>> ZoneFields =
        Fields(("zone-name", "ZoneName"), ("zone-id", "ZoneId"), ("state", "State"),
            ("region-name", "RegionName"), ("zone-type", "ZoneType"), ("opt-in-status", "OptInStatus"),
            ("group-name", "GroupName"));

    private static readonly Dictionary<string, Func<Struct, IEnumerable<string?>>> InterfaceFields =
        new(Fields(("network-interface-id", "NetworkInterfaceId"), ("vpc-id", "VpcId"),
            ("subnet-id", "SubnetId"), ("description", "Description"), ("status", "Status"),
            ("requester-id", "RequesterId"), ("availability-zone", "AvailabilityZone")))
        {
            ["group-id"] = item => item.Structs("Groups").Select(group => group.Text("GroupId")),
        };

    private static readonly Dictionary<string, Func<Struct, IEnumerable<string?>>> InstanceFields =
        new(Fields(("instance-id", "InstanceId"), ("vpc-id", "VpcId"), ("subnet-id", "SubnetId"),
            ("private-ip-address", "PrivateIpAddress")))
        {
            ["instance-state-name"] = item => [item.Member("State")?.Text("Name")],
        };

    public static Struct DescribeVpcs(Call call) => Answer(
        call, [Network.Vpc(call.Account, call.Region)], "VpcIds", "VpcId", "InvalidVpcID.NotFound",
        VpcFields, "Vpcs", tagged: true);

    public static Struct DescribeSubnets(Call call) => Answer(
        call, Network.Subnets(call.Account, call.Region), "SubnetIds", "SubnetId", "InvalidSubnetID.NotFound",
        SubnetFields, "Subnets", tagged: true);

    public static Struct DescribeZones(Call call)
    {
        var names = call.Input.Texts("ZoneNames").ToList();
        var ids = call.Input.Texts("ZoneIds").ToList();
        var zones = Network.Zones(call.Account, call.Region).Where(zone =>
            (names.Count is 0 || names.Contains(zone.Required("ZoneName")))
            && (ids.Count is 0 || ids.Contains(zone.Required("ZoneId"))));
        return new Struct { { "AvailabilityZones", Filters.Apply(call, zones, ZoneFields, _ => []) } };
    }

    /// <summary>The interfaces that load balancers keep in their subnets.</summary>
    public static Struct DescribeInterfaces(Call call)
    {
        var interfaces = call.State.Rows(Elbv2State.LoadBalancers(call.Scope)).Values.SelectMany(loadBalancer =>
            loadBalancer.Structs("AvailabilityZones").Select(zone => Interface(call, loadBalancer, zone)));
        return Answer(
            call, interfaces, "NetworkInterfaceIds", "NetworkInterfaceId", "InvalidNetworkInterfaceID.NotFound",
            InterfaceFields, "NetworkInterfaces", tagged: false);
    }

    public static Struct DescribeInstances(Call call)
    {
        var instances = call.Options.Instances.Select(instance => new Struct
        {
            { "InstanceId", instance.InstanceId },
            { "State", new Struct { { "Code", 16 }, { "Name", "running" } } },
            { "PrivateIpAddress", instance.PrivateIpAddress },
            { "SubnetId", instance.SubnetId },
            { "VpcId", Network.Vpc(call.Account, call.Region).Text("VpcId") },
        });
        var answer = Answer(
            call, instances, "InstanceIds", "InstanceId", "InvalidInstanceID.NotFound",
            InstanceFields, "Instances", tagged: true);
        return new Struct
        {
            { "NextToken", answer["NextToken"] },
            {
                "Reservations", answer.Structs("Instances").Select(instance => new Struct
                {
                    {
                        "ReservationId",
                        $"r-{Network.Digits(call.Account, call.Region, instance.Required("InstanceId"))}"
                    },
                    { "OwnerId", call.Account },
                    { "Groups", ListValue.Empty },
                    { "Instances", ListValue.Of(instance) },
                })
            },
        };
    }

    public static Struct DescribeAccount(Call call)
    {
        var values = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["default-vpc"] = Network.Vpc(call.Account, call.Region).Required("VpcId"),
            ["supported-platforms"] = "VPC",
        };
        var asked = call.Input.Texts("AttributeNames").ToList();
        return new Struct
        {
            {
                "AccountAttributes", values.Where(value => asked.Count is 0 || asked.Contains(value.Key))
                    .Select(value => new Struct
                    {
                        { "AttributeName", value.Key },
                        { "AttributeValues", ListValue.Of(new Struct { { "AttributeValue", value.Value } }) },
                    })
            },
        };
    }

    private static Struct Answer(
        Call call,
        IEnumerable<Struct> items,
        string idsMember,
        string idMember,
        string notFound,
        Dictionary<string, Func<Struct, IEnumerable<string?>>> fields,
        string resultMember,
        bool tagged)
    {
        var all = items.ToList();
        var ids = call.Input.Texts(idsMember).ToList();
        if (ids.Find(id => !all.Exists(item => item.Text(idMember) == id)) is { } missing)
        {
            throw new AwsException(notFound, $"The ID '{missing}' does not exist");
        }

        Struct TagsOf(Struct item) => Ec2Tags.Of(call.State, call.Scope, item.Required(idMember));
        var chosen = all.Where(item => ids.Count is 0 || ids.Contains(item.Required(idMember)));
        var (page, next) = Ec2Pages.Take(call, Filters.Apply(call, chosen, fields, TagsOf), idMember);
        var shown = page.Select(item => tagged ? item.With("Tags", Tags.ToList(TagsOf(item))) : item);
        return new Struct { { "NextToken", next }, { resultMember, shown } };
    }

    private static Struct Interface(Call call, Struct loadBalancer, Struct zone)
    {
        var arn = loadBalancer.Required("LoadBalancerArn");
        var subnetId = zone.Required("SubnetId");
        var digits = Network.Digits(call.Account, call.Region, $"{arn} {subnetId}");
        var subnet = Network.Subnet(call.Account, call.Region, subnetId);
        var third = subnet?.Required("CidrBlock").Split('.')[2];
        return new Struct
        {
            { "AvailabilityZone", zone.Text("ZoneName") },
            { "Description", $"ELB {arn[(arn.IndexOf('/', StringComparison.Ordinal) + 1)..]}" },
            {
                "Groups", loadBalancer.Texts("SecurityGroups").Select(id => new Struct
                {
                    { "GroupId", id },
                    { "GroupName", SecurityGroups.Find(call, id)?.Text("GroupName") },
                })
            },
            { "InterfaceType", "interface" },
            { "NetworkInterfaceId", $"eni-{digits}" },
            { "OwnerId", call.Account },
            { "PrivateIpAddress", $"172.31.{third}.{4 + (Convert.ToByte(digits[..2], 16) % 250)}" },
            { "RequesterId", "amazon-elb" },
            { "RequesterManaged", true },
            { "SourceDestCheck", false },
            { "Status", "in-use" },
            { "SubnetId", subnetId },
            { "VpcId", loadBalancer.Text("VpcId") },
        };
    }

    private static Dictionary<string, Func<Struct, IEnumerable<string?>>> Fields(
        params ReadOnlySpan<(string Filter, string Member)> members)
    {
        var fields = new Dictionary<string, Func<Struct, IEnumerable<string?>>>(StringComparer.Ordinal);
        foreach (var (filter, member) in members)
        {
            fields[filter] = item => [item[member]?.ToString()];
        }

        return fields;
    }
}
