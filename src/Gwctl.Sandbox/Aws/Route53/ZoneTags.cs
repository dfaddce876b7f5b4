using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Aws.Route53;

/// <summary>Tags of hosted zones and health checks.</summary>
internal static class ZoneTags
{
    public static Struct Change(Call call)
    {
        var (type, id) = Existing(call, call.Input.Required("ResourceId"));
        var table = RecordState.TagSets(call.Account, type);
        var tags = (call.State.Get(table, id) ?? [])
            .Without(call.Input.Texts("RemoveTagKeys").ToArray())
            .Merge(Tags.FromList(call.Input.List("AddTags")));
        if (tags.Count > call.Quotas.TagsPerResource)
        {
            throw new AwsException("InvalidInput", $"A resource can have at most {call.Quotas.TagsPerResource} tags.");
        }

        call.State.Put(table, id, tags);
        return [];
    }

    public static Struct List(Call call) => new()
    {
        { "ResourceTagSet", TagSet(call, call.Input.Required("ResourceId")) },
    };

    public static Struct ListMany(Call call) => new()
    {
        { "ResourceTagSets", call.Input.Texts("ResourceIds").Select(id => TagSet(call, id)) },
    };

    private static Struct TagSet(Call call, string given)
    {
        var (type, id) = Existing(call, given);
        return new Struct
        {
            { "ResourceType", type },
            { "ResourceId", id },
            { "Tags", Tags.ToList(call.State.Get(RecordState.TagSets(call.Account, type), id)) },
        };
    }

    private static (string Type, string Id) Existing(Call call, string given)
    {
        var type = call.Input.Required("ResourceType");
        var id = HostedZones.Bare(given);
        if (type is "hostedzone")
        {
            HostedZones.Existing(call, id);
        }
        else
        {
            HealthChecks.Existing(call, id);
        }

        return (type, id);
    }
}
