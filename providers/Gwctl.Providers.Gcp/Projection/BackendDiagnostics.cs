using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Compiler.Topology;
using Gwctl.Core;
using Gwctl.Engine.Projecting;
using static Gwctl.Engine.Projecting.BackendFindings;

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

    public static Diagnostic UnknownAppProtocol(RoutingBackend backend) => BackendFindings.UnknownAppProtocol(
        "GW3264", "Application protocol that is taken for HTTP", backend);

    public static Diagnostic OutOfBounds(
        BackendPolicySpec policy, SourceSpan place, string field, long given, long min, long max) =>
        BackendFindings.OutOfBounds("GW3265", "Google", policy, place, field, given, (min, max));

    public static Diagnostic HealthCheck(BackendPolicySpec policy, SourceSpan place, string why, string remedy) =>
        BackendFindings.HealthCheck("GW3266", "Health check that Google cannot make", policy, place, why, remedy);

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

    /// <summary>At the rule, as each rule that uses the backend is refused, and not at the policy.</summary>
    public static Diagnostic Unverified(
        RuleOrigin origin, RoutingBackend backend, BackendTls tls, string configOption, string allowOption) =>
        OfRule("GW3269", "Backend whose certificate would not be checked", origin) with
        {
            Detail = $"{RuleFindings.RuleOf(origin)} reaches {backend.Id}, whose certificate BackendTLSPolicy "
                + $"{tls.Policy} wants checked. {Capabilities.Text(Capabilities.BackendTls)}",
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
        OfRule("GW3271", "TLS settings that an SSL proxy does not have", origin) with
        {
            Detail = $"{RuleFindings.RuleOf(origin)}: BackendTLSPolicy {tls.Policy} wants the backend's certificate "
                + "checked, and an SSL proxy encrypts again without looking at it.",
            Help = "Use an HTTPS listener, or TLS passthrough.",
        };

    public static Diagnostic TooManyNames(RuleOrigin origin, BackendTls tls) =>
        OfRule("GW3272", "More subject alternative names than Google takes", origin) with
        {
            Detail = $"{RuleFindings.RuleOf(origin)}: BackendTLSPolicy {tls.Policy} has {tls.SubjectAltNames.Count} "
                + $"names; Google takes {GcpLimits.SubjectAltNamesMax}.",
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

    private static Diagnostic OfRule(string code, string summary, RuleOrigin origin) =>
        RuleFindings.Of(code, Severity.Error, summary, origin, SourceSpan.None);
}
