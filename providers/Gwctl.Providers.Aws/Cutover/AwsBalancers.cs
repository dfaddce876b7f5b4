using Gwctl.Core;
using Gwctl.Engine.Providers;
using Gwctl.Providers.Aws.Api;
using Gwctl.Providers.Aws.Api.CloudWatch;
using Gwctl.Providers.Aws.Api.Elbv2;
using Gwctl.Providers.Aws.Api.Route53;
using Gwctl.Providers.Aws.Api.Tagging;
using Gwctl.Providers.Aws.Reading;

namespace Gwctl.Providers.Aws.Cutover;

/// <summary>Load balancers of Elastic Load Balancing, their targets' health, and CloudWatch's word on their
/// requests.</summary>
internal sealed class AwsBalancers(AwsApi api, string owner) : IBalancerWatch
{
    private const string Requests = "requests";
    private const string TargetErrors = "target_errors";
    private const string BalancerErrors = "balancer_errors";
    private const string LatencySum = "latency_sum";
    private const string LatencyCount = "latency_count";

    /// <summary>Load balancers publish by the minute.</summary>
    private const int PeriodSeconds = 60;

    private static readonly (string Id, string Metric, string Stat)[] Queries =
    [
        (Requests, "RequestCount", "Sum"),
        (TargetErrors, "HTTPCode_Target_5XX_Count", "Sum"),
        (BalancerErrors, "HTTPCode_ELB_5XX_Count", "Sum"),
        (LatencySum, "TargetResponseTime", "Sum"),
        (LatencyCount, "TargetResponseTime", "SampleCount"),
    ];

    public Task<BalancerFacts?> FindOfGatewayAsync(ObjectName gateway, CancellationToken cancellationToken) =>
        GuardAsync($"looking for the load balancer of Gateway {gateway}", async () =>
        {
            var request = new GetResourcesRequest
            {
                TagFilters =
                [
                    new TagFilter { Key = Marks.Owner, Values = [owner] },
                    new TagFilter { Key = Marks.Gateway, Values = [gateway.ToString()] },
                ],
                ResourceTypeFilters = ["elasticloadbalancing"],
            };
            var arns = await api.Tagging.GetAllResourcesAsync(request, cancellationToken)
                .Select(found => found.ResourceARN)
                .Where(arn => arn.Contains(":loadbalancer/", StringComparison.Ordinal))
                .ToHashSetAsync(StringComparer.Ordinal, cancellationToken: cancellationToken);

            // The tagging API also lists what is deleted: the load balancers themselves decide.
            var found = arns.Count is 0
                ? []
                : await api.Elbv2.DescribeAllLoadBalancersAsync(new(), cancellationToken)
                    .Where(balancer => arns.Contains(balancer.LoadBalancerArn))
                    .ToListAsync(cancellationToken);

            // A name that both load balancers of a Gateway serve leads to the Application Load Balancer.
            return found.OrderBy(balancer => balancer.Type is LoadBalancerTypeEnum.Application ? 0 : 1)
                .Select(Facts).FirstOrDefault();
        });

    public Task<BalancerFacts?> FindAsync(string nameOrId, CancellationToken cancellationToken) =>
        GuardAsync($"looking for load balancer {nameOrId}", async () => await api.Elbv2
            .DescribeAllLoadBalancersAsync(new(), cancellationToken)
            .Where(balancer => balancer.LoadBalancerArn == nameOrId || balancer.LoadBalancerName == nameOrId
                || Facts(balancer).IsLedToBy(new DnsTarget.Value(nameOrId)))
            .Select(Facts)
            .FirstOrDefaultAsync(cancellationToken));

    public Task<EquatableList<TargetGroupHealth>> ReadHealthAsync(
        BalancerFacts balancer, CancellationToken cancellationToken) =>
        GuardAsync($"reading the target health of {balancer.Name}", async () =>
        {
            var groups = await api.Elbv2.DescribeAllTargetGroupsAsync(
                new() { LoadBalancerArn = balancer.Id }, cancellationToken).ToListAsync(cancellationToken);
            var health = await Fanout.MapAsync(groups, HealthOfAsync, cancellationToken);
            return health.ToEquatableList();
        });

    public Task<RequestMetrics> ReadMetricsAsync(
        BalancerFacts balancer, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken) =>
        GuardAsync($"reading the metrics of {balancer.Name}", async () =>
        {
            var request = new GetMetricDataRequest
            {
                MetricDataQueries = [.. Queries.Select(query => Query(balancer, query))],
                StartTime = Minute(from),
                EndTime = Minute(to) > Minute(from) ? Minute(to) : Minute(from).AddMinutes(1),
            };
            var sums = Queries.ToDictionary(query => query.Id, _ => 0.0, StringComparer.Ordinal);
            await foreach (var result in api.CloudWatch.GetAllMetricDataAsync(request, cancellationToken))
            {
                if (result.StatusCode is "InternalError" or "Forbidden")
                {
                    throw CutoverFailures.NoMetrics(balancer.Name, result.Id, result.StatusCode);
                }

                sums[result.Id] += result.Values.Sum();
            }

            return new RequestMetrics(
                sums[Requests],
                sums[TargetErrors] + sums[BalancerErrors],
                sums[LatencyCount] > 0 ? TimeSpan.FromSeconds(sums[LatencySum] / sums[LatencyCount]) : null);
        });

    private static MetricDataQuery Query(BalancerFacts balancer, (string Id, string Metric, string Stat) query) => new()
    {
        Id = query.Id,
        MetricStat = new MetricStat
        {
            Period = PeriodSeconds,
            Stat = query.Stat,
            Metric = new Metric
            {
                Namespace = "AWS/ApplicationELB",
                MetricName = query.Metric,
                Dimensions = [new Dimension { Name = "LoadBalancer", Value = DimensionOf(balancer.Id) }],
            },
        },
    };

    /// <summary><c>app/name/id</c> of the ARN.</summary>
    private static string DimensionOf(string arn)
    {
        const string marker = ":loadbalancer/";
        var start = arn.IndexOf(marker, StringComparison.Ordinal);
        return start < 0 ? arn : arn[(start + marker.Length)..];
    }

    private static DateTimeOffset Minute(DateTimeOffset time) => new(
        time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);

    private async Task<TargetGroupHealth> HealthOfAsync(TargetGroup group, CancellationToken cancellationToken)
    {
        var answer = await api.Elbv2.DescribeTargetHealthAsync(
            new() { TargetGroupArn = group.TargetGroupArn }, cancellationToken);
        var states = answer.TargetHealthDescriptions.Select(target => target.TargetHealth.State)
            .Where(state => state is not TargetHealthStateEnum.Draining).ToList();
        return new TargetGroupHealth(
            group.TargetGroupName, states.Count(state => state is TargetHealthStateEnum.Healthy), states.Count);
    }

    private static BalancerFacts Facts(LoadBalancer balancer)
    {
        var name = DnsShape.Name(balancer.DNSName ?? "");
        var target = new DnsTarget.Pointer(name, balancer.CanonicalHostedZoneId ?? "", EvaluatesHealth: false);
        IEnumerable<string> types = balancer.IpAddressType switch
        {
            "dualstack" => [RRType.A, RRType.AAAA],
            "dualstack-without-public-ipv4" => [RRType.AAAA],
            _ => [RRType.A],
        };
        return new BalancerFacts(
            balancer.LoadBalancerArn,
            balancer.LoadBalancerName,
            name,
            [.. types.Select(type => new WeightedMember(type, "", null, target, null))])
        {
            // What the console writes into an alias.
            OtherNames = [$"dualstack.{name}"],
            CountsRequests = balancer.Type is LoadBalancerTypeEnum.Application,
        };
    }

    private static async Task<T> GuardAsync<T>(string doing, Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (AwsException exception)
        {
            throw AwsFailures.From(exception, doing);
        }
    }
}
