using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Compiler.Topology;
using Gwctl.Core;
using Gwctl.Providers.Aws.Projection;
using Gwctl.Testing.Specs;

namespace Gwctl.Providers.Aws.Tests.Projection;

/// <summary>Routing models without specs: one Gateway <c>shop/web</c>, listeners and rules in a line each.</summary>
internal static class MakeRouting
{
    /// <param name="settings">Changes the settings of region us-east-1.</param>
    public static Projected Project(
        GatewayRouting gateway, Func<AwsSettings, AwsSettings>? settings = null)
    {
        var decoded = new AwsSettings
        {
            Config = gateway.Config.Name,
            Owner = "tests",
            Region = Make.Value("us-east-1"),
            Zones = gateway.Config.DnsZones,
        };
        var projected = AwsProjection.Project(
            new RoutingModel([gateway]), settings is null ? decoded : settings(decoded), Projected.Scope);
        Assert.NotNull(projected.Value);
        return new Projected(projected.Value, projected.Diagnostics);
    }

    /// <summary>Backends are those that the rules name; listeners of one port and protocol are together.</summary>
    public static GatewayRouting Gateway(params RoutingListenerAt[] listeners) => new()
    {
        Name = Make.Name("shop/web"),
        ControllerName = "gwctl.dev/aws",
        Config = new ProviderConfigSpec
        {
            Meta = Make.Meta("main"),
            Provider = Make.Value("aws"),
            Owner = Make.Value("tests"),
        },
        Ports = [.. listeners
            .GroupBy(at => (at.Port, IsUdp: at.Listener.Protocol is RoutingProtocol.Udp))
            .Select(port => new RoutingPort(
                port.Key.Port,
                port.Max(at => at.Listener.Protocol),
                [.. port.Select(at => at.Listener)]))],
        Backends = [.. listeners.SelectMany(at => Backends(at.Listener)).Distinct().Order(StringComparer.Ordinal)
            .Select(id => Backend(id))],
        Span = Make.At(1),
    };

    public static GatewayRouting With(this GatewayRouting gateway, params RoutingBackend[] backends) => gateway with
    {
        Backends = [.. gateway.Backends.Where(old => backends.All(changed => changed.Id != old.Id)).Concat(backends)
            .OrderBy(backend => backend.Id, StringComparer.Ordinal)],
    };

    public static GatewayRouting WithZone(this GatewayRouting gateway, string zone) => gateway with
    {
        Config = gateway.Config with { DnsZones = [new DnsZoneSpec(zone, null, false, Make.At(1))] },
    };

    /// <param name="id"><c>namespace/service:port</c>, with <c>/udp</c> behind it for UDP.</param>
    public static RoutingBackend Backend(
        string id, BackendPolicySpec? policy = null, BackendTls? tls = null, string? appProtocol = null,
        string address = "10.0.1.1")
    {
        var colon = id.IndexOf(':', StringComparison.Ordinal);
        var parts = id[(colon + 1)..].Split('/');
        var port = int.Parse(parts[0]);
        return new RoutingBackend
        {
            Id = id,
            Service = new ServiceBackend
            {
                Service = Make.Name(id[..colon]),
                Port = port,
                ServicePort = MakeService.Port(port, protocol: parts is [_, "udp"] ? "UDP" : "TCP") with
                {
                    AppProtocol = appProtocol,
                },
                Policy = policy,
                Tls = tls,
                Endpoints = [new Endpoint(address, port, true, false, null, null)],
            },
        };
    }

    public static RoutingListenerAt Http(int port, params RoutingRule[] rules) =>
        Listener(port, RoutingProtocol.Http, "") with { Rules = rules };

    /// <summary>With a certificate that is there.</summary>
    public static RoutingListenerAt Https(int port, string hostname, params RoutingRule[] rules) =>
        Listener(port, RoutingProtocol.Https, hostname) with { Rules = rules };

    public static RoutingListenerAt Tcp(int port, params StreamRule[] streams) =>
        Listener(port, RoutingProtocol.Tcp, "") with { Streams = streams };

    public static RoutingListenerAt Udp(int port, params StreamRule[] streams) =>
        Listener(port, RoutingProtocol.Udp, "") with { Streams = streams };

    /// <summary>Terminates, with a certificate that is there.</summary>
    public static RoutingListenerAt Tls(int port, string hostname, params StreamRule[] streams) =>
        Listener(port, RoutingProtocol.Tls, hostname) with { Streams = streams };

    public static RoutingListenerAt Passthrough(int port, string hostname, params StreamRule[] streams) =>
        Listener(port, RoutingProtocol.Tls, hostname) with { Streams = streams, IsPassthrough = true };

    /// <param name="backends"><c>namespace/service:port</c> with <c>=weight</c>, 1 where it is left out;
    /// <c>?</c> is an invalid reference.</param>
    public static StreamRule Stream(RouteKind kind, string route, string hostname, params string[] backends) => new()
    {
        Origin = Origin(kind, route),
        Hostname = hostname,
        Backends = Weighted(backends),
    };

    public static RoutingRule Rule(RouteKind kind, string route, string path, params string[] backends) => new()
    {
        Origin = Origin(kind, route),
        Hostname = "",
        Match = new HttpMatchSpec
        {
            Path = new PathMatchSpec(
                path.Contains('[') ? PathMatchType.RegularExpression
                    : path.EndsWith('/') ? PathMatchType.PathPrefix : PathMatchType.Exact,
                path,
                Make.At(1)),
            Span = Make.At(1),
        },
        Action = backends is [] ? new RoutingAction.Status(500, "no backend")
            : new RoutingAction.Forward(Weighted(backends)),
    };

    private static RuleOrigin Origin(RouteKind kind, string route) =>
        new(Make.Name($"shop/{route}"), 0, 0, null, Make.At(1)) { Kind = kind };

    private static EquatableList<WeightedBackend> Weighted(string[] backends) => [.. backends.Select(text =>
    {
        var parts = text.Split('=');
        return new WeightedBackend(
            parts[0] is "?" ? null : parts[0], parts.Length > 1 ? int.Parse(parts[1]) : 1, [], Make.At(1));
    })];

    private static RoutingListenerAt Listener(int port, RoutingProtocol protocol, string hostname) =>
        new(port, protocol, hostname);

    private static IEnumerable<string> Backends(RoutingListener listener) => listener.Streams
        .SelectMany(stream => stream.Backends)
        .Concat(listener.Rules.Select(rule => rule.Action).OfType<RoutingAction.Forward>()
            .SelectMany(forward => forward.Backends))
        .Select(backend => backend.BackendId).OfType<string>();
}

/// <summary>A listener on its way into a Gateway.</summary>
internal sealed record RoutingListenerAt(int Port, RoutingProtocol Protocol, string Hostname)
{
    public IReadOnlyList<RoutingRule> Rules { get; init; } = [];

    public IReadOnlyList<StreamRule> Streams { get; init; } = [];

    public bool IsPassthrough { get; init; }

    /// <summary>As <c>name=value</c>, beside the certificate.</summary>
    public string[] Options { get; init; } = [];

    public RoutingListener Listener => new()
    {
        Name = $"{Protocol}-{Port}-{Hostname}".ToLowerInvariant(),
        Protocol = Protocol,
        Hostname = Hostname,
        Rules = [.. Rules],
        Streams = [.. Streams],
        IsPassthrough = IsPassthrough,
        TlsOptions = Protocol is RoutingProtocol.Https or RoutingProtocol.Tls && !IsPassthrough
            ? Make.Labels([
                $"gwctl.dev/certificate=arn:aws:acm:us-east-1:123456789012:certificate/{Hostname}", .. Options])
            : [],
        Span = Make.At(1),
    };
}
