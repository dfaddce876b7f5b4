using System.Globalization;
using Gwctl.Sandbox.DataPlane.Targets;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.DataPlane.Proxies;

/// <summary>A backend service with its endpoints, at one moment.</summary>
/// <param name="Timeout">For a response.</param>
/// <param name="CookieName">Of the cookie that keeps clients on an endpoint; empty where none does.</param>
/// <param name="CookieTime">Zero for as long as the browser runs.</param>
internal sealed record LiveService(TargetGroup Group, TimeSpan Timeout, string CookieName, TimeSpan CookieTime)
{
    private const string GoogleCookie = "GCLB";
    private const int TimeoutSeconds = 30;

    /// <summary>Longer ones are as good as none.</summary>
    public static readonly TimeSpan TimeoutMax = TimeSpan.FromDays(1);

    /// <param name="document">The backend service.</param>
    /// <param name="link">Its own link.</param>
    /// <param name="check">Its health check; null where it has none.</param>
    /// <param name="targets">Its endpoints.</param>
    public static LiveService Of(
        Struct document, string link, Struct? check, IEnumerable<LiveTarget> targets, TurnCounter turns)
    {
        var spoken = document.Text("protocol") switch
        {
            "HTTP2" or "H2C" => TargetProtocol.Http2,
            "GRPC" => TargetProtocol.Grpc,
            _ => TargetProtocol.Http1,
        };
        var settings = new GroupSettings
        {
            Arn = link,
            Name = document.Required("name"),
            Secure = document.Text("protocol") is "HTTPS" or "HTTP2" or "SSL",
            Protocol = spoken,
            ChecksHealth = check is not null,
            Check = CheckOf(check ?? []),
            LeastOutstanding = false,
            Stickiness = TargetStickiness.None,
            StickyTime = TimeSpan.Zero,
            ProxyHeader = false,
            ApplicationCookie = "",
        };
        var (name, time) = CookieOf(document);
        return new LiveService(
            new TargetGroup(settings, [.. targets], turns),
            Bounded(TimeSpan.FromSeconds(document.Number("timeoutSec") ?? TimeoutSeconds)), name, time);
    }

    public static TimeSpan Bounded(TimeSpan timeout) =>
        timeout <= TimeSpan.Zero || timeout > TimeoutMax ? TimeoutMax : timeout;

    private static (string Name, TimeSpan Time) CookieOf(Struct document) => document.Text("sessionAffinity") switch
    {
        "GENERATED_COOKIE" => (GoogleCookie, TimeSpan.FromSeconds(document.Number("affinityCookieTtlSec") ?? 0)),
        "STRONG_COOKIE_AFFINITY" => CookieOfMember(document.Member("strongSessionAffinityCookie")),
        "HTTP_COOKIE" => CookieOfMember(document.Member("consistentHash")?.Member("httpCookie")),
        _ => ("", TimeSpan.Zero),
    };

    private static (string Name, TimeSpan Time) CookieOfMember(Struct? cookie) => (
        cookie?.Text("name") ?? GoogleCookie,
        TimeSpan.FromSeconds(long.Parse(cookie?.Member("ttl")?.Text("seconds") ?? "0", CultureInfo.InvariantCulture)));

    private static HealthCheck CheckOf(Struct check)
    {
        var (member, protocol, speaks) = check.Text("type") switch
        {
            "HTTPS" => ("httpsHealthCheck", "HTTPS", TargetProtocol.Http1),
            "HTTP2" => ("http2HealthCheck", "HTTPS", TargetProtocol.Http2),
            "GRPC" => ("grpcHealthCheck", "HTTP", TargetProtocol.Grpc),
            "GRPC_WITH_TLS" => ("grpcTlsHealthCheck", "HTTPS", TargetProtocol.Grpc),
            "TCP" => ("tcpHealthCheck", "TCP", TargetProtocol.Http1),
            "SSL" => ("sslHealthCheck", "TCP", TargetProtocol.Http1),
            _ => ("httpHealthCheck", "HTTP", TargetProtocol.Http1),
        };
        var form = check.Member(member) ?? [];
        var isGrpc = speaks is TargetProtocol.Grpc;
        return new HealthCheck(
            speaks, protocol,
            form.Text("portSpecification") is "USE_SERVING_PORT" ? null : (int?)form.Number("port"),
            isGrpc ? "/grpc.health.v1.Health/Check" : form.Text("requestPath") ?? "/",
            TimeSpan.FromSeconds(check.Number("checkIntervalSec") ?? 5),
            TimeSpan.FromSeconds(check.Number("timeoutSec") ?? 5),
            (int)(check.Number("healthyThreshold") ?? 2),
            (int)(check.Number("unhealthyThreshold") ?? 2),
            isGrpc ? "0" : "200")
        {
            Agent = "GoogleHC/1.0",
        };
    }
}
