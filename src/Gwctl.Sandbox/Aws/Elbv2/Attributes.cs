using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Aws.Elbv2;

/// <summary>Attributes of load balancers, listeners and target groups: defaults, and what was set over them.</summary>
internal static class Attributes
{
    public enum Kind
    {
        LoadBalancer,
        Listener,
        TargetGroup,
    }

    public static Struct DescribeLoadBalancer(Call call) =>
        Answer(Elbv2State.LoadBalancer(call, call.Input.Required("LoadBalancerArn")), Kind.LoadBalancer);

    public static Struct DescribeListener(Call call) =>
        Answer(Elbv2State.Listener(call, call.Input.Required("ListenerArn")), Kind.Listener);

    public static Struct DescribeTargetGroup(Call call) =>
        Answer(Elbv2State.TargetGroup(call, call.Input.Required("TargetGroupArn")), Kind.TargetGroup);

    public static Struct ModifyLoadBalancer(Call call)
    {
        var arn = call.Input.Required("LoadBalancerArn");
        var after = Modified(call, Elbv2State.LoadBalancer(call, arn), Kind.LoadBalancer);
        call.State.Put(Elbv2State.LoadBalancers(call.Scope), arn, after);
        return Answer(after, Kind.LoadBalancer);
    }

    public static Struct ModifyListener(Call call)
    {
        var arn = call.Input.Required("ListenerArn");
        var after = Modified(call, Elbv2State.Listener(call, arn), Kind.Listener);
        call.State.Put(Elbv2State.Listeners(call.Scope, Elbv2State.LoadBalancerOf(arn)), arn, after);
        return Answer(after, Kind.Listener);
    }

    public static Struct ModifyTargetGroup(Call call)
    {
        var arn = call.Input.Required("TargetGroupArn");
        var after = Modified(call, Elbv2State.TargetGroup(call, arn), Kind.TargetGroup);
        call.State.Put(Elbv2State.TargetGroups(call.Scope), arn, after);
        return Answer(after, Kind.TargetGroup);
    }

    /// <summary>Every attribute that the object has, by key, in order.</summary>
    public static SortedDictionary<string, string> Effective(Struct document, Kind kind)
    {
        var values = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in AttributeTable.Defaults(document, kind))
        {
            values[key] = value;
        }

        foreach (var (key, value) in document.Member("@Attributes") ?? [])
        {
            values[key] = $"{value}";
        }

        return values;
    }

    private static Struct Answer(Struct document, Kind kind) => new()
    {
        {
            "Attributes", Effective(document, kind)
                .Select(attribute => new Struct { { "Key", attribute.Key }, { "Value", attribute.Value } })
        },
    };

    private static Struct Modified(Call call, Struct document, Kind kind)
    {
        var values = document.Member("@Attributes") ?? [];
        foreach (var attribute in call.Input.Structs("Attributes"))
        {
            var key = attribute.Text("Key") ?? "";
            var value = attribute.Text("Value") ?? "";
            AttributeTable.Check(document, kind, key, value);
            values = values.With(key, value);
        }

        var after = document.With("@Attributes", values);
        var effective = Effective(after, kind);
        foreach (var log in new[] { "access_logs", "connection_logs", "health_check_logs" })
        {
            if (effective.GetValueOrDefault($"{log}.s3.enabled") is "true"
                && effective.GetValueOrDefault($"{log}.s3.bucket") is null or "")
            {
                throw new AwsException(
                    "InvalidConfigurationRequest", $"A bucket must be specified in '{log}.s3.bucket' to enable logs");
            }
        }

        return after;
    }
}
