using Gwctl.Sandbox.Aws.Acm;
using Gwctl.Sandbox.Aws.Ec2;
using Gwctl.Sandbox.Aws.Elbv2;
using Gwctl.Sandbox.Aws.Route53;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Aws.Tagging;

/// <summary>TagResources and UntagResources: each resource succeeds or fails alone.</summary>
internal static class TagWriter
{
    public static Struct Tag(Call call)
    {
        var added = call.Input.Member("Tags") ?? [];
        return Each(call, tags => tags.Merge(added));
    }

    public static Struct Untag(Call call)
    {
        var keys = call.Input.Texts("TagKeys").ToArray();
        return Each(call, tags => tags.Without(keys));
    }

    private static Struct Each(Call call, Func<Struct, Struct> change)
    {
        var failed = new Struct();
        foreach (var arn in call.Input.Texts("ResourceARNList"))
        {
            if (Place(call, arn) is not { } place)
            {
                failed.Add(arn, Failure("InvalidParameterException", "The resource does not exist", 400));
                continue;
            }

            var after = change(call.State.Get(place.Table, place.Key) ?? []);
            if (after.Count > call.Quotas.TagsPerResource)
            {
                failed.Add(arn, Failure("InvalidParameterException", "The resource has too many tags", 400));
                continue;
            }

            call.State.Put(place.Table, place.Key, after);
        }

        return new Struct { { "FailedResourcesMap", failed } };
    }

    private static Struct Failure(string code, string message, int status) => new()
    {
        { "StatusCode", status },
        { "ErrorCode", code },
        { "ErrorMessage", message },
    };

    /// <summary>Where the resource's tags stand; null where there is no such resource.</summary>
    private static (string Table, string Key)? Place(Call call, string arn)
    {
        var id = arn[(arn.LastIndexOf('/') + 1)..];
        return arn.Split(':') switch
        {
            [_, _, "elasticloadbalancing", ..] when Exists(() => ResourceTags.CheckExists(call, arn)) =>
                (Elbv2State.TagSets(call.Scope), arn),
            [_, _, "acm", ..] when CertificateStore.Find(call.State, arn) is not null =>
                (CertificateStore.TagSets(call.Scope), arn),
            [_, _, "ec2", ..] when SecurityGroups.Find(call, id) is not null => (Ec2Tags.Table(call.Scope), id),
            [_, _, "route53", ..] when call.State.Get(RecordState.Zones(call.Account), id) is not null =>
                (RecordState.TagSets(call.Account, "hostedzone"), id),
            _ => null,
        };
    }

    private static bool Exists(Action check)
    {
        try
        {
            check();
            return true;
        }
        catch (AwsException)
        {
            return false;
        }
    }
}
