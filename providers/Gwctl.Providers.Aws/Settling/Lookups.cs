using Gwctl.Core;
using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Aws.Settling;

/// <summary>The lookups that Projection leaves in a graph, Reading answers, and Settle replaces. A query is a list of
/// <c>name=value</c> fields joined by <c>;</c>, the values percent-encoded; <see cref="Parse"/> reads every one
/// back.</summary>
public static class Lookups
{
    /// <summary>The VPC's id. Answer: Text.</summary>
    public const string Vpc = "vpc";

    /// <summary>All CIDR blocks of the VPC, IPv4 and IPv6. Answer: a List of Text, sorted.</summary>
    public const string VpcCidrs = "vpc-cidrs";

    /// <summary>One subnet in each availability zone. Answer: a List of Text, the ids sorted.</summary>
    public const string Subnets = "subnets";

    /// <summary>A hosted zone's id, without <c>/hostedzone/</c>. Answer: Text.</summary>
    public const string Zone = "zone";

    /// <summary>The best issued ACM certificate for a hostname. Answer: Text, its ARN.</summary>
    public const string Certificate = "certificate";

    /// <summary>The EC2 instance behind a Kubernetes node. Answer: Text, its id.</summary>
    public const string Instance = "instance";

    public static AttributeValue.Lookup ForVpc(VpcChoice vpc) => new(Vpc, VpcFields(vpc));

    public static AttributeValue.Lookup ForVpcCidrs(VpcChoice vpc) => new(VpcCidrs, VpcFields(vpc));

    public static AttributeValue.Lookup ForSubnets(SubnetQuery query)
    {
        var fields = new List<string> { VpcFields(query.Vpc), Field("scheme", query.Scheme) };
        fields.AddRange(query.Tags.Select(tag => Field($"tag:{Uri.EscapeDataString(tag.Name)}", tag.Value)));
        return new AttributeValue.Lookup(Subnets, string.Join(';', fields));
    }

    public static AttributeValue.Lookup ForZone(string name, bool isPrivate) =>
        new(Zone, $"{Field("name", name)};{Field("private", isPrivate ? "true" : "false")}");

    public static AttributeValue.Lookup ForCertificate(string hostname) =>
        new(Certificate, Field("hostname", hostname));

    public static AttributeValue.Lookup ForInstance(string node) => new(Instance, Field("node", node));

    /// <summary>What a lookup of ours asks.</summary>
    public static LookupQuery Parse(AttributeValue.Lookup lookup)
    {
        var fields = lookup.Query.Split(';').Select(field => field.Split('=', 2)).ToList();
        string Get(string name) =>
            fields.Where(field => field[0] == name)
                .Select(field => Uri.UnescapeDataString(field[1])).FirstOrDefault("");
        return lookup.Kind switch
        {
            Vpc => new LookupQuery.OfVpc(GetVpc(Get)),
            VpcCidrs => new LookupQuery.OfVpcCidrs(GetVpc(Get)),
            Subnets => new LookupQuery.OfSubnets(new SubnetQuery(GetVpc(Get), Get("scheme"), GetTags(fields))),
            Zone => new LookupQuery.OfZone(Get("name"), Get("private") is "true"),
            Certificate => new LookupQuery.OfCertificate(Get("hostname")),
            Instance => new LookupQuery.OfInstance(Get("node")),
            _ => throw new System.Diagnostics.UnreachableException($"no lookup is of kind {lookup.Kind}"),
        };
    }

    private static VpcChoice GetVpc(Func<string, string> get) => get("vpc") switch
    {
        "" => get("subnet") is { Length: > 0 } subnet ? new VpcChoice.OfSubnet(subnet) : new VpcChoice.Default(),
        var id => new VpcChoice.Given(id),
    };

    private static EquatableList<SubnetTag> GetTags(List<string[]> fields) =>
        [.. fields.Where(field => field[0].StartsWith("tag:", StringComparison.Ordinal))
            .Select(field => new SubnetTag(Uri.UnescapeDataString(field[0][4..]), Uri.UnescapeDataString(field[1])))];

    private static string VpcFields(VpcChoice vpc) => vpc switch
    {
        VpcChoice.Given given => Field("vpc", given.Id),
        VpcChoice.OfSubnet of => Field("subnet", of.SubnetId),
        VpcChoice.Default => "default=true",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string Field(string name, string value) => $"{name}={Uri.EscapeDataString(value)}";
}

/// <summary>Which VPC to work in.</summary>
public abstract record VpcChoice
{
    private VpcChoice()
    {
    }

    /// <summary>The one with this id.</summary>
    public sealed record Given(string Id) : VpcChoice;

    /// <summary>The one that holds this subnet.</summary>
    public sealed record OfSubnet(string SubnetId) : VpcChoice;

    /// <summary>The region's default VPC.</summary>
    public sealed record Default : VpcChoice;
}

/// <summary>Subnets for a load balancer: at least two, of different zones, the first by id where a zone has several.
/// Where tags are given, only those that bear all of them (an empty value asks for the name alone). Else for
/// internet-facing those whose route table leads to an internet gateway (every subnet of a default VPC does), for
/// internal the others, or all where there are no others.</summary>
/// <param name="Scheme">internet-facing or internal.</param>
public sealed record SubnetQuery(VpcChoice Vpc, string Scheme, EquatableList<SubnetTag> Tags);

/// <summary>A tag that a subnet must bear.</summary>
public sealed record SubnetTag(string Name, string Value);

/// <summary>A lookup's query, read back.</summary>
public abstract record LookupQuery
{
    private LookupQuery()
    {
    }

    public sealed record OfVpc(VpcChoice Vpc) : LookupQuery;

    public sealed record OfVpcCidrs(VpcChoice Vpc) : LookupQuery;

    public sealed record OfSubnets(SubnetQuery Subnets) : LookupQuery;

    /// <summary>The zone's name has no last dot.</summary>
    public sealed record OfZone(string Name, bool IsPrivate) : LookupQuery;

    /// <summary>A name, or a wildcard, which only an equal wildcard covers. Best: an exact name before a wildcard, then
    /// the one that expires last, then the first by ARN.</summary>
    public sealed record OfCertificate(string Hostname) : LookupQuery;

    /// <summary>The Kubernetes node's name: the instance's private DNS name, or its id.</summary>
    public sealed record OfInstance(string Node) : LookupQuery;
}
