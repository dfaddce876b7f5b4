using Gwctl.Compiler.Specs;
using Gwctl.Core;

namespace Gwctl.Compiler.Topology;

/// <summary>What can be wrong with BackendTLSPolicies.</summary>
internal static class BackendTlsDiagnostics
{
    public static Diagnostic TargetKind(BackendTlsPolicySpec policy, SpecReference target) =>
        Warning("GW2090", "BackendTLSPolicy for an unsupported kind", policy, target.Span) with
        {
            Reason = ConditionReasons.Invalid,
            Detail = $"BackendTLSPolicy {policy.Name} targets kind {target.Kind} '{target.Name}' in group "
                + $"'{target.Group}'; that target is ignored.",
            Help = "Target a v1 Service (group \"\", kind Service).",
        };

    public static Diagnostic TargetMissing(BackendTlsPolicySpec policy, SpecReference target, string hint) =>
        Warning("GW2091", "BackendTLSPolicy's Service not found", policy, target.Span) with
        {
            Reason = ConditionReasons.TargetNotFound,
            Detail = $"BackendTLSPolicy {policy.Name} targets Service '{target.Name}', which is not among the specs of "
                + "its namespace.",
            Help = $"Correct the name; a policy targets Services of its own namespace.{hint}",
        };

    public static Diagnostic SectionMissing(
        BackendTlsPolicySpec policy, Located<string> section, ServiceSpec service, string hint) =>
        Warning("GW2092", "BackendTLSPolicy's Service lacks the port", policy, section.Span) with
        {
            Reason = ConditionReasons.TargetNotFound,
            Detail = $"BackendTLSPolicy {policy.Name} targets port '{section}' of Service {service.Name}, which has no "
                + "port of that name.",
            Help = $"Give the name of one of the Service's ports, not its number.{hint}",
        };

    public static Diagnostic Conflict(BackendTlsPolicySpec policy, PolicyTargetSpec target, ObjectName holder)
    {
        var what = target.SectionName is { } section
            ? $"port '{section}' of Service '{target.Target.Name}'"
            : $"Service '{target.Target.Name}'";
        return Warning("GW2093", "Service has another BackendTLSPolicy", policy, target.Target.Span) with
        {
            Reason = ConditionReasons.Conflicted,
            Detail = $"BackendTLSPolicy {policy.Name} targets {what}, which BackendTLSPolicy {holder} holds; of "
                + "several the oldest holds, then the first by name.",
            Help = "Merge the two policies into one, or give each a sectionName of its own.",
        };
    }

    public static Diagnostic UnknownWellKnown(BackendTlsPolicySpec policy, Located<string> wellKnown) =>
        new("GW2094", Severity.Error, "Well-known CA certificates that gwctl does not know")
        {
            Subject = wellKnown.Span,
            Object = policy.Id.ToString(),
            Reason = ConditionReasons.Invalid,
            Detail = $"BackendTLSPolicy {policy.Name} trusts '{wellKnown}'.",
            Help = "Use System, or name a ConfigMap in caCertificateRefs.",
        };

    /// <summary>The route's view of a policy that cannot be used.</summary>
    public static Diagnostic BackendRefused(
        RouteSpec route, SpecReference reference, ObjectName service, BackendTlsPolicySpec policy) =>
        new("GW2095", Severity.Error, "Backend whose BackendTLSPolicy cannot be used")
        {
            Subject = reference.Span,
            Object = route.Id.ToString(),
            Detail = $"{route.Title} sends {RouteWords.Traffic(route)} to Service {service}, which BackendTLSPolicy "
                + $"{policy.Name} wants reached over TLS, and that policy is not valid. The Service is not reached in "
                + $"plain text instead: its share of the {RouteWords.Traffic(route)} is {RouteWords.Fate(route)}.",
            Reason = ConditionReasons.InvalidBackendTlsPolicy,
            Help = "Correct the policy, or remove it where plain text is meant.",
        };

    private static Diagnostic Warning(string code, string summary, BackendTlsPolicySpec policy, SourceSpan place) =>
        new(code, Severity.Warning, summary) { Subject = place, Object = policy.Id.ToString() };
}
