using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Core;

namespace Gwctl.Engine.Projecting;

/// <summary>What there is to say on every cloud about Services and their policies.</summary>
public static class BackendFindings
{
    public static Diagnostic UnknownAppProtocol(string code, string summary, RoutingBackend backend)
    {
        ArgumentNullException.ThrowIfNull(backend);
        return OfService(code, Severity.Warning, summary, backend) with
        {
            Detail = $"Backend {backend.Id} has appProtocol '{backend.Service.ServicePort.AppProtocol}'; it is "
                + "reached by HTTP/1.1.",
            Help = "Known are http, https, kubernetes.io/h2c, kubernetes.io/ws, kubernetes.io/wss and grpc; or say "
                + "it in a BackendPolicy.",
        };
    }

    /// <param name="code">The provider's.</param>
    /// <param name="cloud">As people call it.</param>
    /// <param name="policy">Whose value it is.</param>
    /// <param name="place">Of the value.</param>
    /// <param name="field">Its name.</param>
    /// <param name="given">Outside of the bounds.</param>
    /// <param name="bounds">The least and the greatest that the cloud takes.</param>
    public static Diagnostic OutOfBounds(
        string code, string cloud, BackendPolicySpec policy, SourceSpan place, string field, long given,
        (long Min, long Max) bounds)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return OfPolicy(code, Severity.Error, $"Value that {cloud} does not take", policy, place) with
        {
            Detail = $"{field} of BackendPolicy {policy.Name} is {given}; {cloud} takes {bounds.Min} to {bounds.Max}.",
            Help = "Give a value within the bounds.",
        };
    }

    public static Diagnostic HealthCheck(
        string code, string summary, BackendPolicySpec policy, SourceSpan place, string why, string remedy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return OfPolicy(code, Severity.Error, summary, policy, place) with
        {
            Detail = $"The health check of BackendPolicy {policy.Name} {why}.",
            Help = remedy,
        };
    }

    public static Diagnostic OfService(string code, Severity severity, string summary, RoutingBackend backend)
    {
        ArgumentNullException.ThrowIfNull(backend);
        return new Diagnostic(code, severity, summary)
        {
            Subject = backend.Service.ServicePort.Span,
            Object = $"Service/{backend.Service.Service}",
        };
    }

    public static Diagnostic OfPolicy(
        string code, Severity severity, string summary, BackendPolicySpec policy, SourceSpan place)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return new Diagnostic(code, severity, summary) { Subject = place, Object = policy.Id.ToString() };
    }
}
