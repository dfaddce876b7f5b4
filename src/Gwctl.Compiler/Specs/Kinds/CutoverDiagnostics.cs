using Gwctl.Compiler.Specs.Decoding;
using Gwctl.Core;

namespace Gwctl.Compiler.Specs.Kinds;

/// <summary>What can be wrong with a Cutover beyond single fields.</summary>
internal static class CutoverDiagnostics
{
    public static Diagnostic OneOf(
        SourceSpan place, string path, IReadOnlyList<string> given, IReadOnlyList<string> allowed) =>
        new("GW1600", Severity.Error, "Exactly one of several fields belongs here")
        {
            Subject = place,
            Detail = given.Count is 0
                ? $"{path} has none of {string.Join(", ", allowed)}."
                : $"{path} has {string.Join(" and ", given)}.",
            Help = $"Give one of {string.Join(", ", allowed)}.",
        };

    public static Diagnostic WeightFalls(Located<int> weight, int before) =>
        new("GW1601", Severity.Error, "Weights of a cutover must rise")
        {
            Subject = weight.Span,
            Detail = $"The step's weight is {weight.Value}, after {before}.",
            Help = "Order the steps by weight; to go back is what 'gwctl cutover rollback' is for.",
        };

    public static Diagnostic EndsEarly(Located<int> weight) =>
        new("GW1602", Severity.Error, "Cutover does not end at 100")
        {
            Subject = weight.Span,
            Detail = $"The last step's weight is {weight.Value}.",
            Help = "Add a step with weight 100. For a lasting split use a DnsPolicy.",
        };

    public static Diagnostic Jump(Located<int> weight, int before) =>
        new("GW1603", Severity.Error, "Step more than doubles the new side's share")
        {
            Subject = weight.Span,
            Detail = $"The new side's share grows from {before} to {weight.Value} percent at once; above "
                + $"{CutoverWarmUp.FreeShare} percent a step may at most double it, so that load balancer, caches and "
                + "autoscaling keep up.",
            Help = $"Put a step of {(before is 0 ? CutoverWarmUp.FreeShare : Math.Max(2 * before, 1))} before it, or "
                + "write allowJump: true where the new side is known to bear it.",
        };

    public static Diagnostic HostnameTwice(Located<string> hostname) =>
        new("GW1604", Severity.Error, "Hostname is given twice")
        {
            Subject = hostname.Span,
            Detail = $"{FieldDiagnostics.Quote(hostname.Value)} is already in the list.",
            Help = "Remove one of the two.",
        };

    public static Diagnostic GateTwice(Located<string> name, SourceSpan first) =>
        new("GW1605", Severity.Error, "Two gates have one name")
        {
            Subject = name.Span,
            Detail = $"The gate {FieldDiagnostics.Quote(name.Value)} was already given at {first}.",
            Help = "Rename one of the two: measurements are told apart by it.",
        };

    public static Diagnostic EmptySchedule(SourceSpan place, string path) =>
        new("GW1606", Severity.Error, "Schedule has no time in it")
        {
            Subject = place,
            Detail = $"{path}.to is not later than {path}.from.",
            Help = "Give two times of one day, the earlier one as from.",
        };

    public static Diagnostic ProbesElsewhere(Located<string> url, string path, string host) =>
        new("GW1607", Severity.Error, "Probe asks for a hostname that is not cut over")
        {
            Subject = url.Span,
            Detail = $"{path} has the host {FieldDiagnostics.Quote(host)}, which is not among spec.hostnames.",
            Help = "Probe one of the cutover's hostnames: the request goes to the new load balancer with it as Host.",
        };

    public static Diagnostic JudgesNothing(SourceSpan place, string path) =>
        new("GW1608", Severity.Error, "Metrics gate judges nothing")
        {
            Subject = place,
            Detail = $"{path} has no limit, so it could not fail.",
            Help = "Give errorPercentMax, errorPercentAboveOldMax, latencyMax or latencyPercentOfOldMax.",
        };

    public static Diagnostic QueryMissing(SourceSpan place, string query) =>
        new("GW1609", Severity.Error, "Query for a limit is missing")
        {
            Subject = place,
            Detail = $"A limit of the gate needs prometheus.{query}, which is not given.",
            Help = $"Give prometheus.{query}, or drop the limit.",
        };
}
