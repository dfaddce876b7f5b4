using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Aws.Acm;

/// <summary>Tags of certificates.</summary>
internal static class CertificateTags
{
    public static Struct List(Call call)
    {
        var arn = call.Input.Required("CertificateArn");
        CertificateStore.Existing(call, arn);
        return new Struct { { "Tags", Tags.ToList(call.State.Get(CertificateStore.TagSets(call.Scope), arn)) } };
    }

    public static Struct Add(Call call)
    {
        var arn = call.Input.Required("CertificateArn");
        CertificateStore.Existing(call, arn);
        Put(call, arn);
        return [];
    }

    public static Struct Remove(Call call)
    {
        var arn = call.Input.Required("CertificateArn");
        CertificateStore.Existing(call, arn);
        var tags = call.State.Get(CertificateStore.TagSets(call.Scope), arn) ?? [];
        foreach (var tag in call.Input.Structs("Tags"))
        {
            var key = tag.Required("Key");
            if (tag.Text("Value") is not { } value || tags.Text(key) == value)
            {
                tags = tags.Without(key);
            }
        }

        call.State.Put(CertificateStore.TagSets(call.Scope), arn, tags);
        return [];
    }

    /// <summary>Adds the request's tags.</summary>
    public static void Put(Call call, string arn)
    {
        var given = call.Input.List("Tags");
        if (given.Structs.FirstOrDefault(tag => Tags.IsReserved(tag.Required("Key"))) is { } reserved)
        {
            throw new AwsException(
                "InvalidTagException", $"aws: prefixed tag key names are not allowed: {reserved.Text("Key")}");
        }

        var table = CertificateStore.TagSets(call.Scope);
        var tags = (call.State.Get(table, arn) ?? []).Merge(Tags.FromList(given));
        if (tags.Count > call.Quotas.TagsPerResource)
        {
            throw new AwsException(
                "TooManyTagsException", $"A certificate can have at most {call.Quotas.TagsPerResource} tags.");
        }

        if (tags.Count > 0)
        {
            call.State.Put(table, arn, tags);
        }
    }
}
