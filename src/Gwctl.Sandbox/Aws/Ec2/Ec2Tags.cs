using Gwctl.Sandbox.State;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Aws.Ec2;

/// <summary>Tags of EC2's resources, by resource id.</summary>
internal static class Ec2Tags
{
    public static string Table(string scope) => $"ec2/{scope}/tags";

    public static Struct Of(Transaction state, string scope, string id) => state.Get(Table(scope), id) ?? [];

    public static Struct Create(Call call)
    {
        foreach (var id in call.Input.Texts("Resources"))
        {
            CheckExists(call, id);
            Add(call, id, call.Input.List("Tags"));
        }

        return [];
    }

    public static Struct Delete(Call call)
    {
        foreach (var id in call.Input.Texts("Resources"))
        {
            CheckExists(call, id);
            var tags = Of(call.State, call.Scope, id);
            var asked = call.Input.Structs("Tags").ToList();
            if (asked.Count is 0)
            {
                tags = new Struct();
            }

            foreach (var tag in asked)
            {
                var key = tag.Text("Key") ?? "";
                if (tag.Text("Value") is not { } value || tags.Text(key) == value)
                {
                    tags = tags.Without(key);
                }
            }

            Store(call, id, tags);
        }

        return [];
    }

    /// <summary>The tags that the request gives a resource of a type at its creation.</summary>
    public static ListValue Specified(Call call, string type)
    {
        foreach (var specification in call.Input.Structs("TagSpecifications"))
        {
            if (specification.Text("ResourceType") != type)
            {
                throw new AwsException(
                    "InvalidParameterValue",
                    $"{specification.Text("ResourceType")} is not a valid taggable resource type for this operation.");
            }
        }

        return new ListValue(call.Input.Structs("TagSpecifications")
            .SelectMany(specification => specification.List("Tags")));
    }

    public static void Add(Call call, string id, ListValue tags)
    {
        if (Tags.Duplicate(tags) is { } twice)
        {
            throw new AwsException("InvalidParameterValue", $"Tag key {twice} is specified more than once");
        }

        if (tags.Structs.Any(tag => Tags.IsReserved(tag.Required("Key"))))
        {
            throw new AwsException(
                "InvalidParameterValue", "Tag keys starting with 'aws:' are reserved for internal use");
        }

        var after = Of(call.State, call.Scope, id).Merge(Tags.FromList(tags));
        if (after.Count > call.Quotas.TagsPerResource)
        {
            throw new AwsException(
                "TagLimitExceeded", $"The maximum number of Tags for a resource has been reached for '{id}'");
        }

        Store(call, id, after);
    }

    public static void Drop(Call call, string id) => Store(call, id, []);

    private static void Store(Call call, string id, Struct tags)
    {
        if (tags.Count > 0)
        {
            call.State.Put(Table(call.Scope), id, tags);
        }
        else if (call.State.Get(Table(call.Scope), id) is not null)
        {
            call.State.Delete(Table(call.Scope), id);
        }
    }

    private static void CheckExists(Call call, string id)
    {
        var (exists, kind) = id.Split('-')[0] switch
        {
            "sg" => (SecurityGroups.Find(call, id) is not null, "InvalidGroup"),
            "sgr" => (SecurityGroupRules.FindById(call, id) is not null, "InvalidSecurityGroupRuleId"),
            "vpc" => (Network.Vpc(call.Account, call.Region).Text("VpcId") == id, "InvalidVpcID"),
            "subnet" => (Network.Subnet(call.Account, call.Region, id) is not null, "InvalidSubnetID"),
            _ => throw new AwsException("InvalidID", $"The ID '{id}' is not valid"),
        };
        if (!exists)
        {
            throw new AwsException($"{kind}.NotFound", $"The ID '{id}' does not exist");
        }
    }
}
