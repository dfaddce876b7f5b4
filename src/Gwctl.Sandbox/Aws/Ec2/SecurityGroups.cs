using Gwctl.Sandbox.Aws.Elbv2;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Aws.Ec2;

/// <summary>Security groups themselves; their rules are in <see cref="SecurityGroupRules"/>.</summary>
/// <remarks>The default group is there from the start; it is written to the state when something about it
/// changes.</remarks>
internal static class SecurityGroups
{
    private static readonly Dictionary<string, Func<Struct, IEnumerable<string?>>> Fields =
        new(StringComparer.Ordinal)
        {
            ["description"] = group => [group.Text("Description")],
            ["group-id"] = group => [group.Text("GroupId")],
            ["group-name"] = group => [group.Text("GroupName")],
            ["owner-id"] = group => [group.Text("OwnerId")],
            ["vpc-id"] = group => [group.Text("VpcId")],
            ["ip-permission.cidr"] = group => Cidrs(group, "IpPermissions"),
            ["egress.ip-permission.cidr"] = group => Cidrs(group, "IpPermissionsEgress"),
        };

    public static string Table(string scope) => $"ec2/{scope}/security-group";

    public static Struct Create(Call call)
    {
        var name = call.Input.Required("GroupName");
        var vpc = Network.Vpc(call.Account, call.Region).Required("VpcId");
        if (call.Input.Text("VpcId") is { } asked && asked != vpc)
        {
            throw new AwsException("InvalidVpcID.NotFound", $"The vpc ID '{asked}' does not exist");
        }

        if (name.StartsWith("sg-", StringComparison.Ordinal))
        {
            throw new AwsException("InvalidParameterValue", $"Value ({name}) for parameter groupName is invalid.");
        }

        var all = All(call).ToList();
        if (all.Exists(group => group.Text("GroupName") == name))
        {
            throw new AwsException(
                "InvalidGroup.Duplicate", $"The security group '{name}' already exists for VPC '{vpc}'");
        }

        if (all.Count >= call.Quotas.SecurityGroupsPerRegion)
        {
            throw new AwsException(
                "SecurityGroupLimitExceeded", "The maximum number of security groups has been reached.");
        }

        var tags = Ec2Tags.Specified(call, "security-group");
        var id = $"sg-{call.State.NextHex(17)}";
        var document = Document(call, id, name, call.Input.Required("Description"));
        call.State.Put(Table(call.Scope), id, document);
        SecurityGroupRules.PutOpenEgress(call, id);
        Ec2Tags.Add(call, id, tags);
        return new Struct
        {
            { "GroupId", id },
            { "Tags", tags },
            { "SecurityGroupArn", document.Text("SecurityGroupArn") },
        };
    }

    public static Struct Delete(Call call)
    {
        var id = Named(call);
        var group = Find(call, id) ?? throw NotFound(id);
        if (group.Text("GroupName") is "default")
        {
            throw new AwsException(
                "CannotDelete", $"the specified group: \"{id}\" name: \"default\" cannot be deleted by a user");
        }

        var used = call.State.Rows(Elbv2State.LoadBalancers(call.Scope)).Values
            .Any(loadBalancer => loadBalancer.Texts("SecurityGroups").Contains(id));
        var referenced = All(call).Where(other => other.Text("GroupId") != id)
            .SelectMany(other => SecurityGroupRules.Of(call, other.Required("GroupId")))
            .Any(rule => rule.Member("ReferencedGroupInfo")?.Text("GroupId") == id);
        if (used || referenced)
        {
            throw new AwsException("DependencyViolation", $"resource {id} has a dependent object");
        }

        SecurityGroupRules.DropAll(call, id);
        call.State.Delete(Table(call.Scope), id);
        Ec2Tags.Drop(call, id);
        return new Struct { { "Return", true }, { "GroupId", id } };
    }

    public static Struct Describe(Call call)
    {
        var ids = call.Input.Texts("GroupIds").ToList();
        var names = call.Input.Texts("GroupNames").ToList();
        var groups = All(call).Select(group => Shown(call, group)).ToList();
        if (ids.Find(id => !groups.Exists(group => group.Text("GroupId") == id)) is { } missingId)
        {
            throw NotFound(missingId);
        }

        if (names.Find(name => !groups.Exists(group => group.Text("GroupName") == name)) is { } missing)
        {
            throw NotFound(missing);
        }

        var chosen = groups.Where(group =>
            (ids.Count is 0 || ids.Contains(group.Required("GroupId")))
            && (names.Count is 0 || names.Contains(group.Required("GroupName"))));
        var filtered = Filters.Apply(call, chosen, Fields, group => Tags.FromList(group.List("Tags")));
        var (page, next) = Ec2Pages.Take(call, filtered, "GroupId");
        return new Struct { { "NextToken", next }, { "SecurityGroups", page } };
    }

    public static Struct? Find(Call call, string id) =>
        call.State.Get(Table(call.Scope), id)
        ?? (id == Network.DefaultGroupId(call.Account, call.Region) ? Default(call) : null);

    /// <summary>Puts the default group into the state before it is changed for the first time.</summary>
    public static void Keep(Call call, string id)
    {
        if (call.State.Get(Table(call.Scope), id) is null && Find(call, id) is { } group)
        {
            SecurityGroupRules.KeepDefaults(call, id);
            call.State.Put(Table(call.Scope), id, group);
        }
    }

    /// <summary>The group that a request names by id or, in the default VPC, by name.</summary>
    public static string Named(Call call)
    {
        if (call.Input.Text("GroupId") is { } id)
        {
            return id.StartsWith("sg-", StringComparison.Ordinal)
                ? id
                : throw new AwsException("InvalidGroupId.Malformed", $"Invalid id: \"{id}\" (expecting \"sg-...\")");
        }

        var name = call.Input.Text("GroupName")
            ?? throw new AwsException(
                "MissingParameter", "The request must contain the parameter groupName or groupId");
        return All(call).FirstOrDefault(group => group.Text("GroupName") == name)?.Text("GroupId")
            ?? throw NotFound(name);
    }

    public static AwsException NotFound(string name) =>
        new("InvalidGroup.NotFound", $"The security group '{name}' does not exist");

    public static IEnumerable<Struct> All(Call call)
    {
        var rows = call.State.Rows(Table(call.Scope));
        var defaultId = Network.DefaultGroupId(call.Account, call.Region);
        return rows.ContainsKey(defaultId) ? rows.Values : rows.Values.Prepend(Default(call));
    }

    private static Struct Shown(Call call, Struct group)
    {
        var id = group.Required("GroupId");
        var rules = SecurityGroupRules.Of(call, id).ToList();
        return group.Merge(new Struct
        {
            { "IpPermissions", Permissions.FromRules(rules.Where(rule => rule.Flag("IsEgress") is false)) },
            { "IpPermissionsEgress", Permissions.FromRules(rules.Where(rule => rule.Flag("IsEgress") is true)) },
            { "Tags", Tags.ToList(Ec2Tags.Of(call.State, call.Scope, id)) },
        });
    }

    private static Struct Default(Call call) => Document(
        call, Network.DefaultGroupId(call.Account, call.Region), "default", "default VPC security group");

    private static Struct Document(Call call, string id, string name, string description) => new()
    {
        { "GroupId", id },
        { "VpcId", Network.Vpc(call.Account, call.Region).Required("VpcId") },
        { "SecurityGroupArn", $"arn:aws:ec2:{call.Region}:{call.Account}:security-group/{id}" },
        { "OwnerId", call.Account },
        { "GroupName", name },
        { "Description", description },
    };

    private static IEnumerable<string?> Cidrs(Struct group, string member) =>
        group.Structs(member).SelectMany(permission => permission.Structs("IpRanges"))
            .Select(range => range.Text("CidrIp"));
}
