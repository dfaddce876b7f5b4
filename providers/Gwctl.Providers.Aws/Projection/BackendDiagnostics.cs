using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Engine.Projecting;
using static Gwctl.Engine.Projecting.BackendFindings;

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

    public static Diagnostic UnknownAppProtocol(RoutingBackend backend) => BackendFindings.UnknownAppProtocol(
        "GW3153", "Application protocol that gwctl does not know", backend);

    public static Diagnostic OutOfBounds(
        BackendPolicySpec policy, SourceSpan place, string field, long given, long min, long max) =>
        BackendFindings.OutOfBounds("GW3154", "AWS", policy, place, field, given, (min, max));

    public static Diagnostic HealthCheck(BackendPolicySpec policy, SourceSpan place, string why, string remedy) =>
        BackendFindings.HealthCheck(
            "GW3155", "Health check that the load balancer cannot make", policy, place, why, remedy);

    public static Diagnostic UdpNeedsIpv6(GatewayRouting gateway, RoutingBackend backend) =>
        OfService("GW3156", Severity.Error, "IPv4 targets for UDP on a dual-stack load balancer", backend) with
        {
            Detail = $"Backend {backend.Id} has IPv4 targets, and the load balancer of Gateway {gateway.Name} has "
                + "IPv6 addresses: an NLB takes UDP there for IPv6 targets only.",
            Help = "Set the Gateway's gwctl.dev/ip-address-type to ipv4, or give the Service IPv6 addresses alone.",
        };

    public static Diagnostic UdpHealthCheck(RoutingBackend backend) =>
        OfService("GW3157", Severity.Warning, "UDP targets that are checked by TCP", backend) with
        {
            Detail = $"An NLB checks the targets of backend {backend.Id} by a TCP connection to the port that takes "
                + "UDP; where nothing listens there, all count as unhealthy, and all get traffic.",
            Help = "Name a TCP or HTTP port in a BackendPolicy's healthCheck.port.",
        };

    public static Diagnostic NotOnNetwork(BackendPolicySpec policy, SourceSpan place, string field, string instead) =>
        OfPolicy("GW3158", Severity.Warning, "Field that an NLB knows otherwise or not at all", policy, place) with
        {
            Detail = $"{field} of BackendPolicy {policy.Name} is for HTTP; for the routes of TLS, TCP and UDP "
                + $"{instead}.",
            Help = "Leave it where HTTP routes use the backend too, else remove it.",
        };

    public static Diagnostic Serverless(RoutingBackend backend) =>
        OfService("GW3159", Severity.Error, "Serverless target that gwctl does not make on AWS", backend) with
        {
            Detail = $"Backend {backend.Id} shall be serverless: gwctl makes no target groups for Lambda functions.",
            Help = "Use target type ip or instance.",
        };
}
