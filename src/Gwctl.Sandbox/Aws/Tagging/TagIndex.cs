using Gwctl.Sandbox.Aws.Acm;
using Gwctl.Sandbox.Aws.Ec2;
using Gwctl.Sandbox.Aws.Elbv2;
using Gwctl.Sandbox.Aws.Route53;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Aws.Tagging;

/// <summary>Every tagged resource of the caller's account and region by ARN, in order.</summary>
internal static class TagIndex
{
    public static IEnumerable<KeyValuePair<string, Struct>> All(Call call)
    {
        var tagged = call.State.Rows(Elbv2State.TagSets(call.Scope))
            .Concat(call.State.Rows(CertificateStore.TagSets(call.Scope)))
            .Concat(call.State.Rows(Ec2Tags.Table(call.Scope))
                .Select(row => KeyValuePair.Create(Ec2Arn(call, row.Key), row.Value)));

        // Route 53 is global, and is seen from us-east-1 only.
        if (call.Region is "us-east-1")
        {
            tagged = tagged
                .Concat(Global(call, "hostedzone"))
                .Concat(Global(call, "healthcheck"));
        }

        return tagged.OrderBy(row => row.Key, StringComparer.Ordinal);
    }

    public static string Ec2Arn(Call call, string id)
    {
        var type = id.Split('-')[0] switch
        {
            "sg" => "security-group",
            "sgr" => "security-group-rule",
            "vpc" => "vpc",
            _ => "subnet",
        };
        return $"arn:aws:ec2:{call.Region}:{call.Account}:{type}/{id}";
    }

    private static IEnumerable<KeyValuePair<string, Struct>> Global(Call call, string type) =>
        call.State.Rows(RecordState.TagSets(call.Account, type))
            .Select(row => KeyValuePair.Create($"arn:aws:route53:::{type}/{row.Key}", row.Value));
}
