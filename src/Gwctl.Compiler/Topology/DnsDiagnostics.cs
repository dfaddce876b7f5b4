using Gwctl.Compiler.Specs;
using Gwctl.Core;

namespace Gwctl.Compiler.Topology;

/// <summary>What can be wrong with where Cutovers and DnsPolicies lead.</summary>
internal static class DnsDiagnostics
{
    public static Diagnostic CutoverTargetMissing(CutoverSpec cutover, ObjectName gateway, string hint) =>
        new("GW2600", Severity.Error, "Cutover's Gateway not found")
        {
            Subject = cutover.To.Span,
            Object = cutover.Id.ToString(),
            Detail = $"Cutover {cutover.Name} leads to Gateway {gateway}, which is not among the specs, or not of a "
                + "class of gwctl's.",
            Help = $"Correct the name, or give the Gateway's specs too.{hint}",
        };

    public static Diagnostic NotServed(CutoverSpec cutover, Located<string> hostname, ObjectName gateway) =>
        new("GW2601", Severity.Error, "New side does not serve the hostname")
        {
            Subject = hostname.Span,
            Object = cutover.Id.ToString(),
            Detail = $"No listener of Gateway {gateway} that works takes requests for {hostname.Value}: each client "
                + "that is led there would be turned away.",
            Help = "Add a listener for the hostname, or take it out of the Cutover.",
        };

    public static Diagnostic CutOverTwice(CutoverSpec cutover, Located<string> hostname, CutoverSpec holder) =>
        new("GW2602", Severity.Error, "Hostname is cut over twice")
        {
            Subject = hostname.Span,
            Object = cutover.Id.ToString(),
            Detail = $"Cutover {holder.Name} at {holder.Span} has {hostname.Value} already.",
            Help = "Take the hostname out of one of the two.",
        };

    public static Diagnostic ChallengesSplit(CutoverSpec cutover, ObjectName gateway, Label issuer) =>
        new("GW2603", Severity.Warning, "Certificates may not be issued while the hostname is split")
        {
            Subject = issuer.Span,
            Object = cutover.Id.ToString(),
            Detail = $"Gateway {gateway} gets its certificates by {issuer.Name}. An issuer that checks the hostname by "
                + "HTTP (HTTP-01) is led to the old side with the old side's share of the weights, and fails there.",
            Help = "Let the issuer check by DNS (DNS-01), or have the certificate issued before the cutover with a "
                + "life longer than it.",
        };

    public static Diagnostic PolicyTargetMissing(DnsPolicySpec policy, ObjectName gateway, string hint) =>
        new("GW2610", Severity.Warning, "DnsPolicy's Gateway not found")
        {
            Subject = policy.TargetRef.Span,
            Object = policy.Id.ToString(),
            Detail = $"DnsPolicy {policy.Name} targets Gateway {gateway}, which is not among the specs of its "
                + "namespace, or not of a class of gwctl's.",
            Help = $"Correct the name; a policy targets Gateways of its own namespace.{hint}",
        };

    public static Diagnostic PolicyConflict(DnsPolicySpec policy, string hostname, DnsPolicySpec holder) =>
        new("GW2611", Severity.Warning, "Hostname has another DnsPolicy")
        {
            Subject = policy.TargetRef.Span,
            Object = policy.Id.ToString(),
            Detail = $"DnsPolicy {policy.Name} is for {(hostname is "" ? "all hostnames" : hostname)} of Gateway "
                + $"{policy.TargetRef.Name}, which DnsPolicy {holder.Name} holds; of several the oldest holds, then "
                + "the first by name. This one is ignored.",
            Help = "Merge the two policies into one.",
        };

    public static Diagnostic PolicyForNothing(DnsPolicySpec policy, Located<string> hostname, ObjectName gateway) =>
        new("GW2612", Severity.Warning, "DnsPolicy is for a hostname that is not served")
        {
            Subject = hostname.Span,
            Object = policy.Id.ToString(),
            Detail = $"No listener of Gateway {gateway} that works takes requests for {hostname.Value}.",
            Help = "Correct the hostname, or take it out of the policy.",
        };
}
