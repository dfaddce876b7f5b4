using System.Net;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Aws.Ec2;

/// <summary>Between a request's IpPermissions, which list many peers, and single rules, which have one each.</summary>
internal static class Permissions
{
    /// <summary>The rules that the request's permissions stand for, without ids.</summary>
    public static List<Struct> ToRules(Call call, bool egress)
    {
        var permissions = call.Input.Structs("IpPermissions").ToList();
        if (call.Input.Has("IpProtocol") || call.Input.Has("CidrIp"))
        {
            permissions.Add(new Struct
            {
                { "IpProtocol", call.Input.Text("IpProtocol") },
                { "FromPort", call.Input.Number("FromPort") },
                { "ToPort", call.Input.Number("ToPort") },
                { "IpRanges", ListValue.Of(new Struct { { "CidrIp", call.Input.Text("CidrIp") } }) },
            });
        }

        if (permissions.Count is 0)
        {
            throw new AwsException("MissingParameter", "The request must contain the parameter ipPermissions");
        }

        return [.. permissions.SelectMany(permission => ToRules(call, permission, egress))];
    }

    /// <summary>Rules of one protocol and port range become one permission, as DescribeSecurityGroups shows
    /// them.</summary>
    public static ListValue FromRules(IEnumerable<Struct> rules) => new(rules
        .GroupBy(rule => (Protocol: rule.Text("IpProtocol"), From: rule.Number("FromPort"), To: rule.Number("ToPort")))
        .Select(group => new Struct
        {
            { "IpProtocol", group.Key.Protocol },
            { "FromPort", group.Key.Protocol is "-1" ? null : group.Key.From },
            { "ToPort", group.Key.Protocol is "-1" ? null : group.Key.To },
            {
                "UserIdGroupPairs", group.Where(rule => rule.Has("ReferencedGroupInfo")).Select(rule => new Struct
                {
                    { "Description", rule.Text("Description") },
                    { "UserId", rule.Member("ReferencedGroupInfo")?.Text("UserId") },
                    { "GroupId", rule.Member("ReferencedGroupInfo")?.Text("GroupId") },
                })
            },
            { "IpRanges", Ranges(group, "CidrIpv4", "CidrIp") },
            { "Ipv6Ranges", Ranges(group, "CidrIpv6", "CidrIpv6") },
            { "PrefixListIds", Ranges(group, "PrefixListId", "PrefixListId") },
        }));

    /// <summary>Same peer, protocol and ports: what may be in a group only once, and what a revocation names.</summary>
    public static bool SameTraffic(Struct left, Struct right) =>
        Value.Same(Traffic(left), Traffic(right));

    public static string Words(Struct rule)
    {
        var peer = rule.Text("CidrIpv4") ?? rule.Text("CidrIpv6") ?? rule.Text("PrefixListId")
            ?? rule.Member("ReferencedGroupInfo")?.Text("GroupId");
        var protocol = rule.Required("IpProtocol");
        return protocol is "-1"
            ? $"peer: {peer}, ALL, ALLOW"
            : $"peer: {peer}, {protocol.ToUpperInvariant()}, from port: {rule.Number("FromPort")}, to port: "
            + $"{rule.Number("ToPort")}, ALLOW";
    }

    private static Struct Traffic(Struct rule) =>
        rule.Without("SecurityGroupRuleId", "SecurityGroupRuleArn", "Description", "Tags");

    private static ListValue Ranges(IEnumerable<Struct> rules, string ruleMember, string member) => new(rules
        .Where(rule => rule.Has(ruleMember))
        .Select(rule => new Struct
        {
            { "Description", rule.Text("Description") },
            { member, rule.Text(ruleMember) },
        }));

    private static IEnumerable<Struct> ToRules(Call call, Struct permission, bool egress)
    {
        var protocol = Protocol(permission.Text("IpProtocol"));
        var (from, to) = Ports(protocol, permission);
        var peers = permission.Structs("IpRanges")
            .Select(range => (Member: "CidrIpv4", Value: Cidr(range.Text("CidrIp")), Range: range))
            .Concat(permission.Structs("Ipv6Ranges")
                .Select(range => (Member: "CidrIpv6", Value: Cidr(range.Text("CidrIpv6")), Range: range)))
            .Concat(permission.Structs("PrefixListIds")
                .Select(range => (Member: "PrefixListId", Value: range.Text("PrefixListId") ?? "", Range: range)))
            .Select(peer => new Struct
            {
                { peer.Member, peer.Value },
                { "Description", peer.Range.Text("Description") },
            })
            .Concat(permission.Structs("UserIdGroupPairs").Select(pair => Pair(call, pair)))
            .ToList();
        return peers.Select(peer => new Struct
        {
            { "IsEgress", egress },
            { "IpProtocol", protocol },
            { "FromPort", from },
            { "ToPort", to },
        }.Merge(peer));
    }

    private static Struct Pair(Call call, Struct pair)
    {
        var id = pair.Text("GroupId")
            ?? SecurityGroups.All(call).FirstOrDefault(group => group.Text("GroupName") == pair.Text("GroupName"))
                ?.Text("GroupId");
        if (id is null || SecurityGroups.Find(call, id) is null)
        {
            throw SecurityGroups.NotFound(id ?? pair.Text("GroupName") ?? "");
        }

        return new Struct
        {
            { "ReferencedGroupInfo", new Struct { { "GroupId", id }, { "UserId", call.Account } } },
            { "Description", pair.Text("Description") },
        };
    }

    private static string Protocol(string? given) => given?.ToLowerInvariant() switch
    {
        null => throw new AwsException("MissingParameter", "The request must contain the parameter ipProtocol"),
        "6" or "tcp" => "tcp",
        "17" or "udp" => "udp",
        "1" or "icmp" => "icmp",
        "58" or "icmpv6" => "icmpv6",
        "-1" or "all" => "-1",
        var number when byte.TryParse(number, out _) => number,
        var other => throw new AwsException(
            "InvalidParameterValue", $"Invalid value '{other}' for IP protocol. Unknown protocol."),
    };

    private static (long? From, long? To) Ports(string protocol, Struct permission)
    {
        var from = permission.Number("FromPort");
        var to = permission.Number("ToPort");
        if (protocol is not ("tcp" or "udp"))
        {
            return protocol is "icmp" or "icmpv6" ? (from ?? -1, to ?? -1) : (-1, -1);
        }

        if (from is null || to is null)
        {
            throw new AwsException(
                "InvalidParameterValue",
                "Invalid value 'Must specify both from and to ports with TCP/UDP.' for portRange.");
        }

        var valid = from is >= 0 and <= 65535 && to is >= 0 and <= 65535 && from <= to;
        return valid
            ? (from, to)
            : throw new AwsException("InvalidParameterValue", $"Invalid TCP/UDP port range ({from}:{to})");
    }

    /// <summary>AWS keeps a block's network address, whatever host bits were given.</summary>
    private static string Cidr(string? text)
    {
        if (text?.Split('/') is not [var address, var length]
            || !IPAddress.TryParse(address, out var ip)
            || !int.TryParse(length, out var bits)
            || bits < 0
            || bits > 8 * ip.GetAddressBytes().Length)
        {
            throw new AwsException("InvalidParameterValue", $"CIDR block {text} is malformed");
        }

        var bytes = ip.GetAddressBytes();
        for (var bit = bits; bit < 8 * bytes.Length; bit++)
        {
            bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        }

        return $"{new IPAddress(bytes)}/{bits}";
    }
}
