using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Aws.Ec2;

/// <summary>The network that every account has in every region: a default VPC with a public and a private subnet in
/// each
/// of three zones. It never changes, so it is made from the account's and the region's names and is not in the
/// state.</summary>
internal static class Network
{
    private const int ZoneCount = 3;

    private static readonly ConcurrentDictionary<(string Account, string Region), Facts> Known = new();

    public static Struct Vpc(string account, string region) => Of(account, region).Vpc;

    /// <summary>Public subnets first, each kind by zone.</summary>
    public static IReadOnlyList<Struct> Subnets(string account, string region) => Of(account, region).Subnets;

    public static IReadOnlyList<Struct> Zones(string account, string region) => Of(account, region).Zones;

    public static Struct? Subnet(string account, string region, string id) =>
        Of(account, region).Subnets.FirstOrDefault(subnet => subnet.Text("SubnetId") == id);

    public static string DefaultGroupId(string account, string region) => $"sg-{Digits(account, region, "group")}";

    public static string Digits(string account, string region, string what) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes($"{account} {region} {what}")))[..17];

    private static Facts Of(string account, string region) =>
        Known.GetOrAdd((account, region), static key => Make(key.Account, key.Region));

    private static Facts Make(string account, string region)
    {
        var zones = Enumerable.Range(0, ZoneCount).Select(index => Zone(region, index)).ToList();
        var vpcId = $"vpc-{Digits(account, region, "vpc")}";
        var subnets = Enumerable.Range(0, 2 * ZoneCount).Select(index => Subnet(account, region, vpcId, index));
        return new Facts(MakeVpc(account, region, vpcId), [.. subnets], zones);
    }

    private static Struct MakeVpc(string account, string region, string vpcId) => new()
    {
        { "OwnerId", account },
        { "InstanceTenancy", "default" },
        {
            "CidrBlockAssociationSet", ListValue.Of(new Struct
            {
                { "AssociationId", $"vpc-cidr-assoc-{Digits(account, region, "vpc cidr")}" },
                { "CidrBlock", "172.31.0.0/16" },
                { "CidrBlockState", new Struct { { "State", "associated" } } },
            })
        },
        { "IsDefault", true },
        { "VpcId", vpcId },
        { "State", "available" },
        { "CidrBlock", "172.31.0.0/16" },
        { "DhcpOptionsId", $"dopt-{Digits(account, region, "dhcp")}" },
    };

    private static Struct Subnet(string account, string region, string vpcId, int index)
    {
        var isPublic = index < ZoneCount;
        var id = $"subnet-{Digits(account, region, $"subnet {index}")}";
        return new Struct
        {
            { "AvailabilityZoneId", ZoneId(region, index % ZoneCount) },
            { "MapCustomerOwnedIpOnLaunch", false },
            { "OwnerId", account },
            { "AssignIpv6AddressOnCreation", false },
            { "Ipv6CidrBlockAssociationSet", ListValue.Empty },
            { "SubnetArn", $"arn:aws:ec2:{region}:{account}:subnet/{id}" },
            { "EnableDns64", false },
            { "Ipv6Native", false },
            { "SubnetId", id },
            { "State", "available" },
            { "VpcId", vpcId },
            { "CidrBlock", $"172.31.{16 * index}.0/20" },
            { "AvailableIpAddressCount", 4091 },
            { "AvailabilityZone", ZoneName(region, index % ZoneCount) },
            { "DefaultForAz", isPublic },
            { "MapPublicIpOnLaunch", isPublic },
        };
    }

    private static Struct Zone(string region, int index) => new()
    {
        { "OptInStatus", "opt-in-not-required" },
        { "Messages", ListValue.Empty },
        { "RegionName", region },
        { "ZoneName", ZoneName(region, index) },
        { "ZoneId", ZoneId(region, index) },
        { "GroupName", $"{region}-zg-1" },
        { "NetworkBorderGroup", region },
        { "ZoneType", "availability-zone" },
        { "State", "available" },
    };

    private static string ZoneName(string region, int index) => $"{region}{(char)('a' + index)}";

    /// <summary>AWS shortens region names here: <c>us-east-1</c> is <c>use1</c>.</summary>
    private static string ZoneId(string region, int index)
    {
        var parts = region.Split('-');
        var middle = string.Concat(parts[1..^1].Select(part => part[0]));
        return $"{parts[0]}{middle}{parts[^1]}-az{index + 1}";
    }

    private sealed record Facts(Struct Vpc, IReadOnlyList<Struct> Subnets, IReadOnlyList<Struct> Zones);
}
