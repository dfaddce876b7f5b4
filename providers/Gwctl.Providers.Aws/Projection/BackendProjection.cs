using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Topology;
using Gwctl.Core;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Aws.Projection;

/// <summary>Stickiness of a target group: by the load balancer's cookie, or following the application's.</summary>
/// <param name="Seconds">0 where the group is not sticky.</param>
internal sealed record Stickiness(int Seconds, string? CookieName)
{
    public static readonly Stickiness None = new(0, null);
}

/// <summary>What a backend's target group is made of.</summary>
internal sealed record BackendForm
{
    /// <summary>ip or instance.</summary>
    public required string TargetType { get; init; }

    /// <summary>HTTP or HTTPS; of a Network Load Balancer's group TCP, UDP, TCP_UDP or TLS.</summary>
    public required string Protocol { get; init; }

    /// <summary>HTTP1, HTTP2 or GRPC; empty for a Network Load Balancer's group.</summary>
    public required string Version { get; init; }

    /// <summary>What must not change in place beside the other immutable values.</summary>
    public required string Identity { get; init; }

    public required int Port { get; init; }

    /// <summary>ipv4 or ipv6.</summary>
    public required string IpAddressType { get; init; }

    public required AttributeValue.Map HealthCheck { get; init; }

    public required AttributeValue.Map Attributes { get; init; }

    public required Stickiness Sticky { get; init; }
}

/// <summary>A Service port as a target group.</summary>
internal static class BackendProjection
{
    /// <summary>Kubernetes gives a pod 30 s to end, so that waiting longer serves nobody; AWS's own default is
    /// 300.</summary>
    public const int DrainSecondsDefault = 30;

    public const int DrainSecondsMax = 3_600;

    private const int SlowStartSecondsMin = 30;

    private const int SlowStartSecondsMax = 900;

    /// <summary>Null where the backend cannot be a target group, which has been reported then.</summary>
    public static BackendForm? FormOf(GatewayBuilder gateway, RoutingBackend backend, GroupVariant variant)
    {
        var service = backend.Service;
        var targetType = service.Policy?.TargetType?.Value ?? gateway.Settings.TargetType;
        if (targetType is "serverless")
        {
            gateway.Report(BackendDiagnostics.Serverless(backend));
            return null;
        }

        // Addresses outside the VPC are targets like those within.
        targetType = targetType is "hybrid" ? "ip" : targetType;
        if (targetType is "instance" && service.ServicePort.NodePort is null)
        {
            gateway.Report(BackendDiagnostics.NoNodePort(backend));
            return null;
        }

        var family = FamilyOf(service, targetType);
        if (family is "ipv6" && !gateway.Balancer.HasIpv6)
        {
            gateway.Report(BackendDiagnostics.Ipv6WithoutDualStack(gateway.Gateway, backend));
            return null;
        }

        var port = PortOf(service, targetType);
        return variant.Network is { } listener
            ? NetworkBackends.FormOf(gateway, backend, listener, targetType, port, family)
            : HttpForm(gateway, backend, variant, targetType, port, family);
    }

    /// <summary>The form of the group that never has targets.</summary>
    public static BackendForm EmptyForm(GatewayBuilder gateway, GroupVariant variant)
    {
        if (variant.Network is { } listener)
        {
            return NetworkBackends.EmptyForm(gateway, listener);
        }

        var version = variant.IsGrpc ? "GRPC" : "HTTP1";
        return new BackendForm
        {
            TargetType = "ip",
            Protocol = "HTTP",
            Version = version,
            Identity = version,
            Port = 80,
            IpAddressType = "ipv4",
            HealthCheck = variant.IsGrpc ? HealthCheckProjection.GrpcDefault : HealthCheckProjection.Default,
            Attributes = AttributesOf(gateway, null, Stickiness.None),
            Sticky = Stickiness.None,
        };
    }

    /// <summary>True where the backend speaks gRPC with every route.</summary>
    public static bool IsGrpc(RoutingBackend backend) =>
        BackendProtocol.Of(backend, isGrpcRoute: false).Version is "GRPC";

    /// <summary>True where the Service or its policies ask for TLS to the backend.</summary>
    public static bool IsTls(RoutingBackend backend) =>
        BackendProtocol.Of(backend, isGrpcRoute: false).Protocol is "HTTPS";

    private static BackendForm HttpForm(
        GatewayBuilder gateway, RoutingBackend backend, GroupVariant variant, string targetType, int port,
        string family)
    {
        if (BackendProtocol.Written(backend) is null)
        {
            gateway.Report(BackendDiagnostics.UnknownAppProtocol(backend));
        }

        var (protocol, version) = BackendProtocol.Of(backend, variant.IsGrpc);
        var sticky = variant.SessionSeconds > 0
            ? new Stickiness(variant.SessionSeconds, null)
            : AffinityOf(backend, gateway.Report);
        return new BackendForm
        {
            TargetType = targetType,
            Protocol = protocol,
            Version = version,
            Identity = version,
            Port = port,
            IpAddressType = family,
            HealthCheck = HealthCheckProjection.Of(backend, protocol, version, variant.IsGrpc, gateway.Report),
            Attributes = AttributesOf(gateway, backend, sticky),
            Sticky = sticky,
        };
    }

    /// <summary>IPv4 where there is any such address: a dual-stack Service lists each of its pods in both
    /// families.</summary>
    private static string FamilyOf(ServiceBackend service, string targetType) =>
        targetType is "ip" && service.Endpoints is { Count: > 0 } endpoints
            && endpoints.All(endpoint => endpoint.Address.Contains(':'))
            ? "ipv6"
            : "ipv4";

    /// <summary>Every target is registered with a port of its own; the group's is the default, and what people
    /// see.</summary>
    private static int PortOf(ServiceBackend service, string targetType) =>
        targetType is "instance" ? service.ServicePort.NodePort ?? service.Port
        : int.TryParse(service.ServicePort.TargetPort, out var port) ? port
        : service.Port;

    private static Stickiness AffinityOf(RoutingBackend backend, Action<Diagnostic> report)
    {
        if (backend.Service.Policy is not { SessionAffinity: { } affinity } policy)
        {
            return Stickiness.None;
        }

        var seconds = SecondsOf(affinity.Duration?.Value, SessionProjection.DefaultSeconds);
        if (seconds is < 1 or > AlbLimits.StickinessSecondsMax)
        {
            report(BackendDiagnostics.OutOfBounds(
                policy, affinity.Duration?.Span ?? affinity.Span, "sessionAffinity.duration", seconds, 1,
                AlbLimits.StickinessSecondsMax));
            seconds = SessionProjection.DefaultSeconds;
        }

        return new Stickiness((int)seconds, affinity.CookieName?.Value);
    }

    /// <summary>Every attribute that a policy can set is always there: else removing the policy would leave it as it
    /// is.</summary>
    private static AttributeValue.Map AttributesOf(
        GatewayBuilder gateway, RoutingBackend? backend, Stickiness sticky) =>
        backend?.Service.Policy is null && sticky.Seconds is 0
            ? gateway.UsualGroupAttributes ??= MakeAttributes(gateway, null, sticky)
            : MakeAttributes(gateway, backend, sticky);

    private static AttributeValue.Map MakeAttributes(GatewayBuilder gateway, RoutingBackend? backend, Stickiness sticky)
    {
        var attributes = new List<KeyValuePair<string, string>>
        {
            new(ManagedAttributes.Drain, DrainSecondsDefault.ToString()),
            new(ManagedAttributes.SlowStart, "0"),
            new(ManagedAttributes.Sticky, sticky.Seconds > 0 ? "true" : "false"),
        };
        attributes.AddRange(gateway.Settings.TargetGroupAttributes
            .Select(attribute => KeyValuePair.Create(attribute.Name, attribute.Value)));
        if (backend?.Service.Policy is { } policy)
        {
            if (policy.DrainTimeout is { } drain)
            {
                var seconds = Checked(policy, drain, "drainTimeout", 0, DrainSecondsMax, gateway.Report);
                attributes.Add(new(ManagedAttributes.Drain, seconds.ToString()));
            }

            if (policy.SlowStart is { } slow)
            {
                var min = slow.Value == TimeSpan.Zero ? 0 : SlowStartSecondsMin;
                var seconds = Checked(policy, slow, "slowStart", min, SlowStartSecondsMax, gateway.Report);
                attributes.Add(new(ManagedAttributes.SlowStart, seconds.ToString()));
            }
        }

        if (sticky.Seconds > 0)
        {
            attributes.Add(new(ManagedAttributes.StickyType, sticky.CookieName is null ? "lb_cookie" : "app_cookie"));
            attributes.Add(new(
                sticky.CookieName is null
                    ? ManagedAttributes.LoadBalancerCookieSeconds
                    : ManagedAttributes.ApplicationCookieSeconds,
                sticky.Seconds.ToString()));
        }

        if (sticky is { Seconds: > 0, CookieName: { } cookie })
        {
            attributes.Add(new(ManagedAttributes.ApplicationCookieName, cookie));
        }

        return Shape.TextMap(attributes);
    }

    public static long Checked(
        Compiler.Specs.BackendPolicySpec policy,
        Compiler.Specs.Located<TimeSpan> given,
        string field,
        int min,
        int max,
        Action<Diagnostic> report)
    {
        var seconds = SecondsOf(given.Value, 0);
        if (seconds < min || seconds > max)
        {
            report(BackendDiagnostics.OutOfBounds(policy, given.Span, field, seconds, min, max));
        }

        return Math.Clamp(seconds, min, max);
    }

    private static long SecondsOf(TimeSpan? time, int otherwise) =>
        time is { } given ? (long)Math.Ceiling(given.TotalSeconds) : otherwise;
}
