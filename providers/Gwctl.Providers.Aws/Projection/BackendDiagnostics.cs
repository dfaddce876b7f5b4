using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Core;

namespace Gwctl.Providers.Aws.Projection;

/// <summary>What there is to say about Services and their policies.</summary>
internal static class BackendDiagnostics
{
    public static Diagnostic NoNodePort(RoutingBackend backend) =>
        OfService("GW3150", Severity.Error, "Instance targets without a node port", backend) with
        {
            Detail = $"Backend {backend.Id} shall have instances as targets, and its Service port has no nodePort.",
            Help = "Make the Service type NodePort and give the nodePort, or use target type ip.",
        };

    public static Diagnostic NoNodeName(RoutingBackend backend, string address) =>
        OfService("GW3151", Severity.Error, "Endpoint without a node", backend) with
        {
            Detail = $"Endpoint {address} of backend {backend.Id} names no node, so that its instance cannot be found.",
            Help = "Use target type ip, or leave the targets to a controller (BackendPolicy externalTargets).",
        };

    public static Diagnostic Ipv6WithoutDualStack(GatewayRouting gateway, RoutingBackend backend) =>
        OfService("GW3152", Severity.Error, "IPv6 targets on a load balancer without IPv6", backend) with
        {
            Detail = $"All endpoints of backend {backend.Id} are IPv6, and the load balancer of Gateway "
                + $"{gateway.Name} is ipv4.",
            Help = "Set ipAddressType to dualstack, or give the Service IPv4 addresses.",
        };

    public static Diagnostic UnknownAppProtocol(RoutingBackend backend) =>
        OfService("GW3153", Severity.Warning, "Application protocol that gwctl does not know", backend) with
        {
            Detail = $"Backend {backend.Id} has appProtocol '{backend.Service.ServicePort.AppProtocol}'; it is "
                + "reached by HTTP/1.1.",
            Help = "Known are http, https, kubernetes.io/h2c, kubernetes.io/ws, kubernetes.io/wss and grpc; or say "
                + "it in a BackendPolicy.",
        };

    public static Diagnostic OutOfBounds(
        BackendPolicySpec policy, SourceSpan place, string field, long given, long min, long max) =>
        OfPolicy("GW3154", "Value that AWS does not take", policy, place) with
        {
            Detail = $"{field} of BackendPolicy {policy.Name} is {given}; AWS takes {min} to {max}.",
            Help = "Give a value within the bounds.",
        };

    public static Diagnostic HealthCheck(BackendPolicySpec policy, SourceSpan place, string why, string remedy) =>
        OfPolicy("GW3155", "Health check that an ALB cannot make", policy, place) with
        {
            Detail = $"The health check of BackendPolicy {policy.Name} {why}.",
            Help = remedy,
        };

    private static Diagnostic OfService(string code, Severity severity, string summary, RoutingBackend backend) =>
        new(code, severity, summary)
        {
            Subject = backend.Service.ServicePort.Span,
            Object = $"Service/{backend.Service.Service}",
        };

    private static Diagnostic OfPolicy(string code, string summary, BackendPolicySpec policy, SourceSpan place) =>
        new(code, Severity.Error, summary) { Subject = place, Object = policy.Id.ToString() };
}
