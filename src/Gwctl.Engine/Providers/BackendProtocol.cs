using Gwctl.Compiler.Routing;

namespace Gwctl.Engine.Providers;

/// <summary>How a load balancer speaks to a backend.</summary>
/// <param name="Protocol">HTTP or HTTPS.</param>
/// <param name="Version">HTTP1, HTTP2 or GRPC.</param>
public sealed record BackendProtocol(string Protocol, string Version)
{
    /// <summary>What a Service port without appProtocol is taken for.</summary>
    public static readonly BackendProtocol Default = new("HTTP", "HTTP1");

    /// <summary>By the Service port's appProtocol; null where gwctl does not know it.</summary>
    public static BackendProtocol? Written(RoutingBackend backend) =>
        backend.Service.ServicePort.AppProtocol?.ToLowerInvariant() switch
        {
            null or "http" or "kubernetes.io/ws" => Default,
            "https" or "kubernetes.io/wss" => new("HTTPS", "HTTP1"),
            "kubernetes.io/h2c" or "h2c" or "http2" => new("HTTP", "HTTP2"),
            "grpc" or "kubernetes.io/grpc" => new("HTTP", "GRPC"),
            _ => null,
        };

    /// <summary>The BackendPolicy's, else by the Service port's appProtocol; a BackendTLSPolicy makes it HTTPS, and a
    /// GRPCRoute's rules always speak gRPC.</summary>
    public static BackendProtocol Of(RoutingBackend backend, bool isGrpcRoute)
    {
        var policy = backend.Service.Policy;
        var written = Written(backend) ?? Default;
        return new BackendProtocol(
            backend.Service.Tls is not null ? "HTTPS" : policy?.Protocol?.Value ?? written.Protocol,
            isGrpcRoute ? "GRPC" : policy?.ProtocolVersion?.Value ?? written.Version);
    }
}
