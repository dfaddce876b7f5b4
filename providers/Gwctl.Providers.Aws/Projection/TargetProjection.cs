using Gwctl.Compiler.Routing;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Aws.Settling;

namespace Gwctl.Providers.Aws.Projection;

/// <summary>The targets of a group: the backend's ready endpoints that are not about to end.</summary>
internal static class TargetProjection
{
    /// <summary>Null where somebody else registers them.</summary>
    public static AttributeValue.List? TargetsOf(GatewayBuilder gateway, BackendForm form, RoutingBackend? backend)
    {
        if (backend is null)
        {
            return new AttributeValue.List([]);
        }

        if (backend.Service.Endpoints is not { } endpoints
            || backend.Service.Policy is { ExternalTargets.Value: true })
        {
            return null;
        }

        var live = endpoints.Where(endpoint => endpoint is { Ready: true, Terminating: false }).ToList();
        if (form.TargetType is "instance")
        {
            foreach (var endpoint in live.Where(endpoint => endpoint.NodeName is null))
            {
                gateway.Report(BackendDiagnostics.NoNodeName(backend, endpoint.Address));
            }

            return AttributeOrder.Sorted(live.Select(endpoint => endpoint.NodeName).OfType<string>()
                .Distinct(StringComparer.Ordinal)
                .Select(node => Target(Lookups.ForInstance(node), form.Port)));
        }

        var isIpv6 = form.IpAddressType is "ipv6";
        return AttributeOrder.Sorted(live.Where(endpoint => endpoint.Address.Contains(':') == isIpv6)
            .DistinctBy(endpoint => (endpoint.Address, endpoint.Port))
            .Select(endpoint => Target(new AttributeValue.Text(endpoint.Address), endpoint.Port)));
    }

    public static void CheckCount(GatewayBuilder gateway, string key, int count)
    {
        var max = gateway.Settings.Quotas.TargetsPerTargetGroup;
        if (count > max)
        {
            gateway.Report(AwsDiagnostics.OverQuota(
                gateway.Gateway, $"Targets per Target Group, for {key}", count, max, "targetsPerTargetGroup"));
        }
    }

    private static AttributeValue.Map Target(AttributeValue id, int port) =>
        Shape.Map(Shape.Field("id", id), Shape.Number("port", port));
}
