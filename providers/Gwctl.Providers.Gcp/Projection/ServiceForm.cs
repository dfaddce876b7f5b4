using Gwctl.Compiler.Routing;
using Gwctl.Core;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Gcp.Projection;

/// <summary>What a backend's service is made of.</summary>
internal sealed record ServiceForm
{
    /// <summary>Kubernetes gives a pod 30 s to end, so that waiting longer serves nobody.</summary>
    private const int DrainSecondsDefault = 30;

    /// <summary>Google's own.</summary>
    private const int TimeoutSecondsDefault = 30;

    /// <summary>HTTP, HTTPS, HTTP2, H2C or TCP.</summary>
    public required string Protocol { get; init; }

    /// <summary>What must not change in place beside the protocol: Google keeps what an update leaves out.</summary>
    public required string Identity { get; init; }

    public bool IsStream { get; init; }

    /// <summary>The attributes beside scheme, protocol, backends and checks.</summary>
    public required EquatableList<AttributeField?> Fields { get; init; }

    public required CheckForm Check { get; init; }

    /// <summary>True where the backend speaks gRPC with every route.</summary>
    public static bool IsGrpc(RoutingBackend backend) =>
        BackendProtocol.Of(backend, isGrpcRoute: false).Version is "GRPC";

    /// <summary>Null where the backend cannot be a backend service, which has been reported then.</summary>
    public static ServiceForm? Of(GatewayBuilder gateway, RoutingBackend backend, ServiceVariant variant)
    {
        if (EndpointGroups.WhyRefused(gateway, backend) is { } refused)
        {
            gateway.Report(refused);
            return null;
        }

        if (backend.Service.Policy is { SlowStart: { Value.Ticks: > 0 } slow } policy)
        {
            gateway.Report(BackendDiagnostics.NotHonoured(
                policy, slow.Span, "slowStart", "a backend service gives a new endpoint its full share at once"));
        }

        return variant.IsStream
            ? StreamForm(gateway, backend)
            : HttpForm(gateway, backend, variant);
    }

    private static ServiceForm HttpForm(GatewayBuilder gateway, RoutingBackend backend, ServiceVariant variant)
    {
        if (BackendProtocol.Written(backend) is null)
        {
            gateway.Report(BackendDiagnostics.UnknownAppProtocol(backend));
        }

        var spoken = BackendProtocol.Of(backend, variant.IsGrpc);
        var protocol = spoken switch
        {
            { Protocol: "HTTPS", Version: "HTTP1" } => "HTTPS",
            { Protocol: "HTTPS" } => "HTTP2",
            { Version: "HTTP1" } => "HTTP",
            _ => "H2C",
        };
        var affinity = AffinityForm.Of(gateway, backend, variant.Session);
        var tls = BackendTlsProjection.SettingsOf(backend);
        return new ServiceForm
        {
            Protocol = protocol,
            Identity = $"{affinity.Kind} {(tls is null ? "" : "tls")}",
            Fields =
            [
                Shape.Number("timeoutSec", TimeoutOf(backend, spoken)),
                Drain(gateway, backend),
                .. affinity.Fields,
                tls,
            ],
            Check = HealthCheckProjection.Of(backend, protocol, spoken.Version is "GRPC", gateway.Report),
        };
    }

    private static ServiceForm StreamForm(GatewayBuilder gateway, RoutingBackend backend) => new()
    {
        Protocol = "TCP",
        Identity = "",
        IsStream = true,
        Fields =
        [
            Shape.Number("timeoutSec", TimeoutSecondsDefault),
            Drain(gateway, backend),
            Shape.Text("sessionAffinity", "NONE"),
        ],
        Check = HealthCheckProjection.Of(backend, "TCP", isGrpc: false, gateway.Report),
    };

    /// <summary>For what streams, the timeout is how long a connection may last at all.</summary>
    private static int TimeoutOf(RoutingBackend backend, BackendProtocol spoken) =>
        spoken.Version is "GRPC"
            || backend.Service.ServicePort.AppProtocol?.ToLowerInvariant() is "kubernetes.io/ws" or "kubernetes.io/wss"
            ? GcpLimits.TimeoutSecondsMax
            : TimeoutSecondsDefault;

    private static AttributeField Drain(GatewayBuilder gateway, RoutingBackend backend)
    {
        var seconds = (long)DrainSecondsDefault;
        if (backend.Service.Policy is { DrainTimeout: { } drain } policy)
        {
            seconds = (long)Math.Ceiling(drain.Value.TotalSeconds);
            if (seconds > GcpLimits.DrainSecondsMax)
            {
                gateway.Report(BackendDiagnostics.OutOfBounds(
                    policy, drain.Span, "drainTimeout", seconds, 0, GcpLimits.DrainSecondsMax));
                seconds = GcpLimits.DrainSecondsMax;
            }
        }

        return Shape.Field("connectionDraining", Shape.Map(Shape.Number("drainingTimeoutSec", seconds)));
    }
}

/// <summary>Session affinity of a backend service.</summary>
/// <param name="Kind">Part of the service's identity: an update would leave the other kinds' settings behind.</param>
internal sealed record AffinityForm(string Kind, EquatableList<AttributeField?> Fields)
{
    private const string None = "NONE";
    private const string Generated = "GENERATED_COOKIE";

    /// <summary>The rule's, else the policy's: a session cookie of Google's own, of a chosen name, or hashing by the
    /// application's.</summary>
    public static AffinityForm Of(GatewayBuilder gateway, RoutingBackend backend, Session? session)
    {
        if (session is { CookieName: "" })
        {
            return new AffinityForm(Generated, [Affinity(Generated), Ttl(session.Seconds)]);
        }

        if (session is not null)
        {
            return new AffinityForm("STRONG_COOKIE_AFFINITY",
            [
                Affinity("STRONG_COOKIE_AFFINITY"),
                Shape.Field("strongSessionAffinityCookie", Cookie(session.CookieName, session.Seconds)),
            ]);
        }

        if (backend.Service.Policy is not { SessionAffinity: { } affinity } policy)
        {
            return new AffinityForm(None, [Affinity(None)]);
        }

        var seconds = (int)Math.Ceiling(affinity.Duration?.Value.TotalSeconds ?? 0);
        if (seconds > GcpLimits.AffinitySecondsMax)
        {
            gateway.Report(BackendDiagnostics.OutOfBounds(
                policy, affinity.Span, "sessionAffinity.duration", seconds, 0, GcpLimits.AffinitySecondsMax));
            seconds = GcpLimits.AffinitySecondsMax;
        }

        return affinity.CookieName is { } name
            ? new AffinityForm("HTTP_COOKIE",
            [
                Affinity("HTTP_COOKIE"),
                Shape.Text("localityLbPolicy", "RING_HASH"),
                Shape.Field("consistentHash", Shape.Map(Shape.Field("httpCookie", Cookie(name.Value, seconds)))),
            ])
            : new AffinityForm(Generated, [Affinity(Generated), Ttl(seconds)]);
    }

    private static AttributeField? Affinity(string kind) => Shape.Text("sessionAffinity", kind);

    private static AttributeField Ttl(int seconds) => Shape.Number("affinityCookieTtlSec", seconds);

    private static AttributeValue.Map Cookie(string name, int seconds) => Shape.Map(
        Shape.Text("name", name),
        Shape.Text("path", "/"),
        Shape.Field("ttl", Shape.Map(Shape.Number("seconds", seconds))));
}
