using Gwctl.Engine.Resources;
using Gwctl.Providers.Aws.Api.Elbv2;

namespace Gwctl.Providers.Aws.Reading;

/// <summary>Target groups and their targets.</summary>
internal static class TargetGroupShape
{
    public static AttributeMap From(TargetGroup group) => AttributeMap.Empty
        .Put("name", group.TargetGroupName)
        .Put("targetType", group.TargetType)
        .Put("protocol", group.Protocol)
        .Put("protocolVersion", group.ProtocolVersion)
        .Put("port", group.Port)
        .Put("vpc", group.VpcId)
        .Put("ipAddressType", group.IpAddressType)
        .Put("healthCheck", Attr.Map(HealthCheck(group)));

    public static AttributeMap Outputs(TargetGroup group) => AttributeMap.Empty.Put("arn", group.TargetGroupArn);

    /// <summary>The registered targets: those that drain are on their way out and count as gone.</summary>
    public static AttributeMap Targets(string groupArn, IEnumerable<TargetHealthDescription> health) =>
        AttributeMap.Empty
        .Put("targetGroup", groupArn)
        .Put("targets", Targets(health.Where(IsRegistered).Select(described => described.Target)));

    public static bool IsRegistered(TargetHealthDescription described) =>
        described.TargetHealth.State is not (TargetHealthStateEnum.Draining or TargetHealthStateEnum.UnhealthyDraining);

    public static AttributeValue Targets(IEnumerable<TargetDescription> targets) =>
        AttributeOrder.Sorted(targets.Select(target => Attr.Map(From(target))));

    public static AttributeMap From(TargetDescription target) => AttributeMap.Empty
        .Put("id", target.Id)
        .Put("port", target.Port)
        // AWS answers the zone of every target; only "all" was somebody's choice.
        .Put("zone", target.AvailabilityZone is "all" ? "all" : null);

    public static TargetDescription ToTarget(AttributeMap target) => new()
    {
        Id = target.TextOf("id"),
        Port = target.NumberOrNull("port"),
        AvailabilityZone = target.TextOrNull("zone"),
    };

    /// <summary>A check by TCP has neither path nor codes, whatever the answer says.</summary>
    private static AttributeMap HealthCheck(TargetGroup group) => AttributeMap.Empty
        .Put("protocol", group.HealthCheckProtocol)
        .Put("path", IsTcp(group) ? null : group.HealthCheckPath)
        .Put("port", group.HealthCheckPort)
        .Put("intervalSeconds", group.HealthCheckIntervalSeconds)
        .Put("timeoutSeconds", group.HealthCheckTimeoutSeconds)
        .Put("healthyThreshold", group.HealthyThresholdCount)
        .Put("unhealthyThreshold", group.UnhealthyThresholdCount)
        .Put("matcher", IsTcp(group) ? null : group.Matcher?.HttpCode ?? group.Matcher?.GrpcCode);

    private static bool IsTcp(TargetGroup group) => group.HealthCheckProtocol is ProtocolEnum.TCP;
}
