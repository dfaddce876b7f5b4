using Gwctl.Core;
using Gwctl.Providers.Aws.Api.Elbv2;

namespace Gwctl.Providers.Aws.Reading;

/// <summary>The attributes of load balancers, listeners and target groups: three operations of one shape.</summary>
internal static class AttributeCalls
{
    public static async Task<Tags> DescribeAsync(Elbv2Client client, string arn, CancellationToken cancellationToken) =>
        AwsArn.KindOf(arn) switch
        {
            Kinds.LoadBalancer => Of((await client.DescribeLoadBalancerAttributesAsync(
                new() { LoadBalancerArn = arn }, cancellationToken)).Attributes, found => (found.Key, found.Value)),
            Kinds.Listener => Of((await client.DescribeListenerAttributesAsync(
                new() { ListenerArn = arn }, cancellationToken)).Attributes, found => (found.Key, found.Value)),
            _ => Of((await client.DescribeTargetGroupAttributesAsync(
                new() { TargetGroupArn = arn }, cancellationToken)).Attributes, found => (found.Key, found.Value)),
        };

    public static Task ModifyAsync(
        Elbv2Client client,
        string arn,
        IEnumerable<KeyValuePair<string, string>> values,
        CancellationToken cancellationToken) =>
        AwsArn.KindOf(arn) switch
        {
            Kinds.LoadBalancer => client.ModifyLoadBalancerAttributesAsync(
                new()
                {
                    LoadBalancerArn = arn,
                    Attributes =
                        [.. values.Select(value => new LoadBalancerAttribute { Key = value.Key, Value = value.Value })],
                },
                cancellationToken),
            Kinds.Listener => client.ModifyListenerAttributesAsync(
                new()
                {
                    ListenerArn = arn,
                    Attributes =
                        [.. values.Select(value => new ListenerAttribute { Key = value.Key, Value = value.Value })],
                },
                cancellationToken),
            _ => client.ModifyTargetGroupAttributesAsync(
                new()
                {
                    TargetGroupArn = arn,
                    Attributes =
                        [.. values.Select(value => new TargetGroupAttribute { Key = value.Key, Value = value.Value })],
                },
                cancellationToken),
        };

    private static Tags Of<T>(EquatableList<T> attributes, Func<T, (string Key, string Value)> pair) =>
        new(attributes.Select(found => KeyValuePair.Create(pair(found).Key, pair(found).Value)));
}
