using System.Text.RegularExpressions;
using Gwctl.Compiler.Specs.Decoding;
using Gwctl.Core;

namespace Gwctl.Compiler.Specs.Kinds;

/// <summary>Decodes BackendTLSPolicy.</summary>
internal static partial class BackendTlsPolicyDecoder
{
    private const int TargetsMax = 16;
    private const int CaCertificatesMax = 8;
    private const int NamesMax = 5;

    private static readonly TextRule WellKnown = new(
        0, 253, text => text is "" or "System" || Forms.ControllerName.Judge(text) is null,
        "is no set of well-known certificates", "Use System.");

    private static readonly TextRule AbsoluteUri = new(
        1, 253, text => UriForm().IsMatch(text), "is no absolute URI",
        "Write a scheme and what belongs to it, as spiffe://cluster.example.com/ns/shop/sa/cart.");

    public static BackendTlsPolicySpec? Decode(ObjectContext context) =>
        context.Reader.RequiredSection("spec", reader =>
        {
            var targets = reader.List("targetRefs", DecodeTarget, 1, TargetsMax);
            var validation = reader.RequiredSection("validation", DecodeValidation);
            return new BackendTlsPolicySpec
            {
                Meta = context.Meta,
                TargetRefs = targets,
                CaCertificateRefs = validation?.CaCertificates ?? [],
                WellKnownCaCertificates = validation?.WellKnown,
                Hostname = validation?.Hostname ?? new Located<string>("", reader.Span),
                SubjectAltNames = validation?.Names ?? [],
                Options = MetaDecoder.Options(reader),
                ValidationSpan = validation?.Span ?? reader.Span,
            };
        });

    private static PolicyTargetSpec DecodeTarget(NodeReader reader) =>
        new(References.DecodeLocal(reader), reader.Text("sectionName", Forms.Subdomain));

    private sealed record Validation(
        EquatableList<SpecReference> CaCertificates,
        Located<string>? WellKnown,
        Located<string> Hostname,
        EquatableList<SubjectAltNameSpec> Names,
        SourceSpan Span);

    private static Validation DecodeValidation(NodeReader reader)
    {
        var wellKnown = reader.Text("wellKnownCACertificates", WellKnown);
        return new Validation(
            reader.List("caCertificateRefs", References.DecodeLocal, 0, CaCertificatesMax),
            wellKnown is { Value: "" } ? null : wellKnown,
            reader.RequiredText("hostname", Forms.PreciseHostname),
            reader.List("subjectAltNames", DecodeName, 0, NamesMax),
            reader.Span);
    }

    /// <summary>A union: the type says which of the two must be given, and the other must not.</summary>
    private static SubjectAltNameSpec? DecodeName(NodeReader reader)
    {
        if (reader.ChoiceOrMissing("type", "Hostname", "URI") is not { } type)
        {
            reader.Ignore("hostname", "uri");
            return null;
        }

        var isUri = type.Value is "URI";
        var (wanted, other) = isUri ? ("uri", "hostname") : ("hostname", "uri");
        if (reader.Has(other))
        {
            reader.Problems.Add(TlsDiagnostics.NameFieldOfOtherType(
                reader.PlaceOf(other), reader.PathOf(other), type.Value));
        }

        reader.Ignore(other);
        return new SubjectAltNameSpec(
            reader.RequiredText(wanted, isUri ? AbsoluteUri : Forms.Hostname).Value, isUri);
    }

    [GeneratedRegex(
        @"^[a-zA-Z][a-zA-Z0-9+.\-]*:(//[^/?#]*)?[^?#]*(\?[^#]*)?(#.*)?$",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex UriForm();
}
