using Gwctl.Core;

namespace Gwctl.Compiler.Specs.Kinds;

/// <summary>What can be wrong with an HTTPRoute beyond single fields. Each is a rule of the Gateway API's own
/// schema.</summary>
internal static class RouteDiagnostics
{
    public static Diagnostic FilterFieldOfOtherType(SourceSpan place, string path, string type, string owner) =>
        new("GW1201", Severity.Error, "Filter has a field of another type")
        {
            Subject = place,
            Detail = $"{path} belongs to type {owner}, but the filter's type is {type}.",
            Help = $"Remove the field, change the type to {owner}, or make it a filter of its own.",
        };

    public static Diagnostic RewriteFieldOfOtherType(SourceSpan place, string path, string type) =>
        new("GW1202", Severity.Error, "Path replacement has a field of another type")
        {
            Subject = place,
            Detail = $"{path} is given, but the type is {type}.",
            Help = "Remove the field or change the type.",
        };

    public static Diagnostic MirrorShareTwice(SourceSpan place, string path) =>
        new("GW1203", Severity.Error, "Mirror has both percent and fraction")
        {
            Subject = place,
            Detail = $"{path} is given beside percent.",
            Help = "Keep one of the two.",
        };

    public static Diagnostic CorsStarNotAlone(SourceSpan place, string path) =>
        new("GW1204", Severity.Error, "Wildcard stands beside other entries")
        {
            Subject = place,
            Detail = $"{path} has * and more.",
            Help = "Give * alone, or list the entries without it.",
        };

    public static Diagnostic AuthFieldOfOtherProtocol(SourceSpan place, string path, string protocol, string owner) =>
        new("GW1205", Severity.Error, "External authorization has a field of another protocol")
        {
            Subject = place,
            Detail = $"{path} belongs to protocol {owner}, but the protocol is {protocol}.",
            Help = $"Remove the field, or change the protocol to {owner}.",
        };

    public static Diagnostic ServiceWithoutPort(SourceSpan place, string name) =>
        new("GW1220", Severity.Error, "Reference to a Service has no port")
        {
            Subject = place,
            Detail = $"The reference to Service {name} does not say which port.",
            Help = "Give port: the Service's port, not the container's.",
        };
}
