using Gwctl.Compiler.Specs.Decoding;
using Gwctl.Core;

namespace Gwctl.Compiler.Specs.Kinds;

/// <summary>What can be wrong with a RouteTest beyond single fields.</summary>
internal static class RouteTestDiagnostics
{
    public static Diagnostic RepeatedName(Located<string> name, SourceSpan first) =>
        new("GW1401", Severity.Error, "Two cases have one name")
        {
            Subject = name.Span,
            Detail = $"The case {FieldDiagnostics.Quote(name.Value)} was already given at {first}.",
            Help = "Rename one of the two: results are told apart by it.",
        };

    public static Diagnostic PartBesideUrl(SourceSpan place, string path) =>
        new("GW1402", Severity.Error, "Request has a URL and a part of one")
        {
            Subject = place,
            Detail = $"{path} is given beside url.",
            Help = "Write it into the URL, or leave url out and give scheme, host, path and query.",
        };

    public static Diagnostic NothingExpected(SourceSpan place, string path) =>
        new("GW1403", Severity.Error, "Case expects nothing")
        {
            Subject = place,
            Detail = $"{path} is empty, so the case could not fail.",
            Help = "Give a status, a backend, a redirect, a rewrite or request headers.",
        };

    public static Diagnostic ExcludeEachOther(SourceSpan place, string path, string other) =>
        new("GW1404", Severity.Error, "Expectations exclude each other")
        {
            Subject = place,
            Detail = $"{path} is given beside {other}.",
            Help = "Keep one of the two, or make two cases of them.",
        };

    public static Diagnostic SharesBeyondWhole(SourceSpan place, string path, int total) =>
        new("GW1405", Severity.Error, "Shares are more than the whole")
        {
            Subject = place,
            Detail = $"The shares of {path} add up to {total} percent.",
            Help = "Give shares that add up to at most 100.",
        };
}
