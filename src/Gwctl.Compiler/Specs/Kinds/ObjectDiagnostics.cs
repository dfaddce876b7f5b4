using Gwctl.Compiler.Specs.Decoding;
using Gwctl.Core;

namespace Gwctl.Compiler.Specs.Kinds;

/// <summary>What can be wrong with an object as a whole.</summary>
internal static class ObjectDiagnostics
{
    public static Diagnostic NotAnObject(SpecNode node) =>
        new("GW1030", Severity.Error, "Document is no Kubernetes object")
        {
            Subject = node.Span,
            Detail = node is SpecNode.Mapping
                ? "It lacks apiVersion, kind or both."
                : "It is a list or a single value where a mapping with apiVersion and kind belongs.",
            Help = "Give apiVersion and kind, or leave the file out.",
        };

    public static Diagnostic UnknownKind(SourceSpan place, string apiVersion, string kind, string? nearest) =>
        new("GW1031", Severity.Error, "Kind does not exist")
        {
            Subject = place,
            Detail = $"{apiVersion} has no kind {FieldDiagnostics.Quote(kind)}.",
            Help = nearest is null ? "Look the kind's name up." : $"Did you mean {FieldDiagnostics.Quote(nearest)}?",
        };

    public static Diagnostic UnknownVersion(SourceSpan place, string kind, string version, string known) =>
        new("GW1032", Severity.Error, "Version of the kind does not exist")
        {
            Subject = place,
            Detail = $"{kind} has no version {FieldDiagnostics.Quote(version)} that gwctl reads.",
            Help = $"Use {known}.",
        };

    public static Diagnostic OldVersion(SourceSpan place, KindEntry kind, string version)
    {
        var current = kind.Successor ?? kind;
        return new Diagnostic("GW1033", Severity.Note, "Older version is read as the current one")
        {
            Subject = place,
            Detail = $"{kind.Kind} of {version} is read as {current.Kind} of {current.ApiVersion}.",
            Help = kind.Successor is null
                ? $"Write apiVersion: {current.ApiVersion}."
                : $"Write apiVersion: {current.ApiVersion} and kind: {current.Kind}.",
        };
    }

    public static Diagnostic NotHandledYet(SourceSpan place, string kind) =>
        new("GW1034", Severity.Warning, "Kind is not handled yet")
        {
            Subject = place,
            Detail = $"This version of gwctl passes over {kind}: nothing is made for it.",
            Help = "Route its traffic otherwise, or leave it out.",
        };

    public static Diagnostic PassedOver(int count, string kinds) =>
        new("GW1035", Severity.Note, "Objects of other kinds were passed over")
        {
            Detail = count is 1 ? $"1 object: {kinds}." : $"{count} objects: {kinds}.",
            Help = "gwctl reads Gateway API kinds, Service, EndpointSlice, Namespace, Secret, ConfigMap and its own "
                + "kinds.",
        };

    public static Diagnostic Duplicate(SpecObject spec, SourceSpan first) =>
        new("GW1036", Severity.Error, "Object is given twice")
        {
            Subject = spec.Span,
            Detail = $"{spec.Id} was already given at {first}.",
            Help = "Remove or rename one of the two.",
            Object = spec.Id.ToString(),
        };

    public static Diagnostic NamespaceOnClusterKind(SourceSpan place, string kind) =>
        new("GW1037", Severity.Error, "Kind has no namespace")
        {
            Subject = place,
            Detail = $"{kind} belongs to the whole cluster, but metadata.namespace is given.",
            Help = "Remove metadata.namespace.",
        };

    public static Diagnostic GeneratedName(SourceSpan place) =>
        new("GW1038", Severity.Error, "Generated names are not supported")
        {
            Subject = place,
            Detail = "metadata.generateName gives the object another name each time.",
            Help = "Give metadata.name: without it gwctl cannot recognise what it made.",
        };

    public static Diagnostic BadLabel(SourceSpan place, string path, string name, string what) =>
        new("GW1039", Severity.Error, "Label or annotation is malformed")
        {
            Subject = place,
            Detail = $"{path} has {FieldDiagnostics.Quote(name)}: {what}.",
            Help = "Use at most 63 letters, digits, -, _ and ., starting and ending with a letter or digit; "
                + "a name may have a DNS subdomain and / before it.",
        };

    public static Diagnostic BadTimestamp(SourceSpan place, string path, string text) =>
        new("GW1041", Severity.Error, "Timestamp is malformed")
        {
            Subject = place,
            Detail = $"{path} is {FieldDiagnostics.Quote(text)}.",
            Help = "Write it as 2026-01-31T08:15:00Z.",
        };
}
