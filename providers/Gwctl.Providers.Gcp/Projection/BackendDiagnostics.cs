using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Compiler.Topology;
using Gwctl.Core;

namespace Gwctl.Providers.Gcp.Projection;

/// <summary>What there is to say about Services and their policies.</summary>
internal static class BackendDiagnostics
{
    public static Diagnostic TargetType(RoutingBackend backend, string why, string instead) =>
        OfService("GW3260", Severity.Error, "Targets that gwctl does not make on Google Cloud", backend) with
        {
            Detail = $"Backend {backend.Id} {why}.",
            Help = $"Use target type {instead}.",
        };

    public static Diagnostic NoZone(RoutingBackend backend, string why) =>
        OfService("GW3261", Severity.Error, "Endpoints whose zone is not known", backend) with
        {
            Detail = $"Backend {backend.Id} {why}: network endpoint groups are in a zone.",
            Help = "Set spec.gcp.zones, give EndpointSlices with zones, or use target type hybrid.",
        };

    public static Diagnostic TooManyEndpoints(RoutingBackend backend, int count) =>
        OfService("GW3262", Severity.Error, "More endpoints than a group takes", backend) with
        {
            Detail = $"Backend {backend.Id} has {count} endpoints in one zone; a group takes "
                + $"{GcpLimits.EndpointsMax}.",
            Help = "Split the Service.",
        };

    public static Diagnostic StatusWithoutPort(RoutingBackend backend) =>
        OfService("GW3263", Severity.Error, "Network endpoint groups of other ports", backend) with
        {
            Detail = $"The Service of backend {backend.Id} has the annotation cloud.google.com/neg-status, which names "
                + "no group for its port.",
            Help = "Add the port to the Service's annotation cloud.google.com/neg, or remove both annotations.",
        };

    public static Diagnostic UnknownAppProtocol(RoutingBackend backend) =>
        OfService("GW3264", Severity.Warning, "Application protocol that is taken for HTTP", backend) with
        {
            Detail = $"Backend {backend.Id} has appProtocol '{backend.Service.ServicePort.AppProtocol}'; it is "
                + "reached by HTTP/1.1.",
            Help = "Known are http, https, kubernetes.io/h2c, kubernetes.io/ws, kubernetes.io/wss and grpc; or say "
                + "it in a BackendPolicy.",
        };

    public static Diagnostic OutOfBounds(
        BackendPolicySpec policy, SourceSpan place, string field, long given, long min, long max) =>
        OfPolicy("GW3265", Severity.Error, "Value that Google does not take", policy, place) with
        {
            Detail = $"{field} of BackendPolicy {policy.Name} is {given}; Google takes {min} to {max}.",
            Help = "Give a value within the bounds.",
        };

    public static Diagnostic HealthCheck(BackendPolicySpec policy, SourceSpan place, string why, string remedy) =>
        OfPolicy("GW3266", Severity.Error, "Health check that Google cannot make", policy, place) with
        {
            Detail = $"The health check of BackendPolicy {policy.Name} {why}.",
            Help = remedy,
        };

    public static Diagnostic OneHealthyCode(BackendPolicySpec policy, SourceSpan place, string codes) =>
        OfPolicy("GW3267", Severity.Warning, "Health check that knows one healthy answer", policy, place) with
        {
            Detail = $"BackendPolicy {policy.Name} takes {codes} for healthy; Google takes 200 and nothing else.",
            Help = "Name a path that answers 200, or check by TCP.",
        };

    public static Diagnostic NotHonoured(BackendPolicySpec policy, SourceSpan place, string field, string why) =>
        OfPolicy("GW3268", Severity.Warning, "Field without effect on Google Cloud", policy, place) with
        {
            Detail = $"{field} of BackendPolicy {policy.Name} does nothing: {why}.",
            Help = "Leave it where the policy serves another cloud too, else remove it.",
        };

    public static Diagnostic Unverified(
        RuleOrigin origin, RoutingBackend backend, BackendTls tls, string configOption, string allowOption) =>
        OfRule("GW3269", Severity.Error, "Backend whose certificate would not be checked", origin, tls.Span) with
        {
            Reason = "UnsupportedValue",
            Detail = $"BackendTLSPolicy {tls.Policy} wants the certificate of backend {backend.Id} checked. "
                + $"{Capabilities.Text(Capabilities.BackendTls)}",
            Help = $"Make a BackendAuthenticationConfig and name it in the policy's option {configOption}, or set "
                + $"{allowOption} to \"true\" where encryption alone will do.",
        };

    public static Diagnostic UnverifiedAllowed(RoutingBackend backend, BackendTls tls) =>
        new("GW3270", Severity.Warning, "Backend whose certificate chain is not checked")
        {
            Subject = tls.Span,
            Object = $"BackendTLSPolicy/{tls.Policy}",
            Detail = $"Backend {backend.Id} is reached by TLS with the server name {tls.Hostname}, and any authority's "
                + "certificate is taken.",
            Help = "Name a BackendAuthenticationConfig in the policy's options.",
        };

    public static Diagnostic TlsNotFromHere(RuleOrigin origin, BackendTls tls) =>
        OfRule("GW3271", Severity.Error, "TLS settings that an SSL proxy does not have", origin, tls.Span) with
        {
            Reason = "UnsupportedValue",
            Detail = $"BackendTLSPolicy {tls.Policy}: an SSL proxy encrypts again without looking at the backend's "
                + "certificate.",
            Help = "Use an HTTPS listener, or TLS passthrough.",
        };

    public static Diagnostic TooManyNames(BackendTls tls) =>
        new("GW3272", Severity.Error, "More subject alternative names than Google takes")
        {
            Subject = tls.Span,
            Object = $"BackendTLSPolicy/{tls.Policy}",
            Detail = $"BackendTLSPolicy {tls.Policy} has {tls.SubjectAltNames.Count} names; Google takes "
                + $"{GcpLimits.SubjectAltNamesMax}.",
            Help = "Name fewer.",
        };

    public static Diagnostic NoInstance(RoutingBackend backend, string address) =>
        OfService("GW3273", Severity.Error, "Endpoint without a virtual machine", backend) with
        {
            Detail = $"Endpoint {address} of backend {backend.Id} names no node: a group of type GCE_VM_IP_PORT takes "
                + "addresses of a project's virtual machines, by the machine's name.",
            Help = "Give EndpointSlices with nodeName; for addresses outside Google Cloud use target type hybrid, or "
                + "set spec.gcp.networkEndpointType to NON_GCP_PRIVATE_IP_PORT.",
        };

    private static Diagnostic OfService(string code, Severity severity, string summary, RoutingBackend backend) =>
        new(code, severity, summary)
        {
            Subject = backend.Service.ServicePort.Span,
            Object = $"Service/{backend.Service.Service}",
        };

    private static Diagnostic OfPolicy(
        string code, Severity severity, string summary, BackendPolicySpec policy, SourceSpan place) =>
        new(code, severity, summary) { Subject = place, Object = policy.Id.ToString() };

    private static Diagnostic OfRule(
        string code, Severity severity, string summary, RuleOrigin origin, SourceSpan place) =>
        new(code, severity, summary)
        {
            Subject = place.IsNone ? origin.RuleSpan : place,
            Object = origin.RouteId.ToString(),
        };
}
