using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Aws.Elbv2;

/// <summary>Tags of load balancers, listeners, rules, target groups and trust stores.</summary>
internal static class ResourceTags
{
    private const int ArnsMax = 20;

    public static Struct Describe(Call call)
    {
        var arns = call.Input.Texts("ResourceArns").ToList();
        if (arns.Count > ArnsMax)
        {
            throw Elbv2State.Invalid($"Tags of at most {ArnsMax} resources can be described in one request");
        }

        return new Struct
        {
            {
                "TagDescriptions", arns.Select(arn =>
                {
                    CheckExists(call, arn);
                    return new Struct
                    {
                        { "ResourceArn", arn },
                        { "Tags", Tags.ToList(call.State.Get(Elbv2State.TagSets(call.Scope), arn)) },
                    };
                })
            },
        };
    }

    public static Struct Add(Call call)
    {
        CheckNew(call);
        foreach (var arn in call.Input.Texts("ResourceArns"))
        {
            CheckExists(call, arn);
            PutNew(call, arn);
        }

        return [];
    }

    public static Struct Remove(Call call)
    {
        var keys = call.Input.Texts("TagKeys").ToArray();
        foreach (var arn in call.Input.Texts("ResourceArns"))
        {
            CheckExists(call, arn);
            var table = Elbv2State.TagSets(call.Scope);
            Store(call, arn, (call.State.Get(table, arn) ?? []).Without(keys));
        }

        return [];
    }

    /// <summary>Checks the request's tags before anything else happens.</summary>
    public static void CheckNew(Call call)
    {
        var tags = call.Input.List("Tags");
        if (Tags.Duplicate(tags) is { } key)
        {
            throw new AwsException("DuplicateTagKeys", $"Tag key '{key}' was specified more than once");
        }

        if (tags.Structs.FirstOrDefault(tag => Tags.IsReserved(tag.Required("Key"))) is { } reserved)
        {
            throw Elbv2State.Invalid(
                $"Tag keys cannot start with 'aws:': '{reserved.Text("Key")}'. That prefix is reserved for AWS.");
        }

        CheckCount(call, Tags.FromList(tags));
    }

    /// <summary>Adds the request's tags to the resource's.</summary>
    public static void PutNew(Call call, string arn)
    {
        var before = call.State.Get(Elbv2State.TagSets(call.Scope), arn) ?? [];
        var after = before.Merge(Tags.FromList(call.Input.List("Tags")));
        CheckCount(call, after);
        Store(call, arn, after);
    }

    /// <summary>A repeated create is the same create only with the same tags.</summary>
    public static bool Same(Call call, string arn) => Value.Same(
        call.State.Get(Elbv2State.TagSets(call.Scope), arn) ?? [], Tags.FromList(call.Input.List("Tags")));

    public static void Drop(Call call, string arn) => Store(call, arn, []);

    /// <summary>Fails as the operation on that kind of resource fails where the resource is not there.</summary>
    public static void CheckExists(Call call, string arn)
    {
        _ = arn.Split(':', 6) is [.., var resource]
            ? resource.Split('/')[0] switch
            {
                "loadbalancer" => Elbv2State.LoadBalancer(call, arn),
                "listener" => Elbv2State.Listener(call, arn),
                "listener-rule" => Elbv2State.Rule(call, arn),
                "targetgroup" => Elbv2State.TargetGroup(call, arn),
                "truststore" => Elbv2State.TrustStore(call, arn),
                _ => throw Elbv2State.Invalid($"'{arn}' is not a valid resource ARN"),
            }
            : throw Elbv2State.Invalid($"'{arn}' is not a valid resource ARN");
    }

    private static void CheckCount(Call call, Struct tags)
    {
        if (tags.Count > call.Quotas.TagsPerResource)
        {
            throw new AwsException(
                "TooManyTags",
                $"The maximum number of tags that can be assigned to a resource is {call.Quotas.TagsPerResource}");
        }
    }

    private static void Store(Call call, string arn, Struct tags)
    {
        var table = Elbv2State.TagSets(call.Scope);
        if (tags.Count > 0)
        {
            call.State.Put(table, arn, tags);
        }
        else if (call.State.Get(table, arn) is not null)
        {
            call.State.Delete(table, arn);
        }
    }
}
