using System.Globalization;
using Gwctl.Compiler.Specs.Decoding;
using Gwctl.Core;

namespace Gwctl.Compiler.Specs.Kinds;

/// <summary>Decodes metadata. All fields of Kubernetes' ObjectMeta are known; those without meaning here are not
/// kept.</summary>
internal static class MetaDecoder
{
    /// <summary>AnnotationValue's bound in the Gateway API's schemas.</summary>
    public const int OptionCharactersMax = 4_096;

    /// <summary>kubectl's copy of the object. It is never kept: of a Secret it holds the private key.</summary>
    public const string LastAppliedAnnotation = "kubectl.kubernetes.io/last-applied-configuration";

    public static ObjectMeta Decode(NodeReader reader, KindEntry kind, SourceSpan place, SpecReaderOptions options)
    {
        reader.Ignore(
            "uid", "resourceVersion", "selfLink", "deletionTimestamp", "deletionGracePeriodSeconds", "ownerReferences",
            "finalizers", "managedFields", "clusterName");
        var name = NameOf(reader, kind);
        var meta = new ObjectMeta
        {
            Name = new ObjectName(NamespaceOf(reader, kind, options), name),
            Span = place,
            Labels = LabelsOf(reader, "labels"),
            Annotations = AnnotationsOf(reader),
        };
        var generation = reader.Node("generation");
        var created = reader.Text("creationTimestamp");
        return options.IsFromCluster
            ? meta with { Generation = GenerationOf(generation), CreatedAt = TimeOf(created, reader) }
            : meta;
    }

    /// <summary>Labels, each name and value in Kubernetes' form.</summary>
    public static EquatableList<Label> LabelsOf(NodeReader reader, string field, int countMax = int.MaxValue)
    {
        var labels = reader.Map(field, countMax);
        foreach (var label in labels)
        {
            CheckName(reader, field, label);
            if (!Forms.IsLabelValue(label.Value))
            {
                reader.Problems.Add(ObjectDiagnostics.BadLabel(
                    label.Span, reader.PathOf(field), label.Name,
                    $"its value {FieldDiagnostics.Quote(label.Value)} is malformed"));
            }
        }

        return labels;
    }

    /// <summary>The options of a TLS section.</summary>
    public static EquatableList<Label> Options(NodeReader reader) =>
        NamedTexts(reader, "options", 16, OptionCharactersMax);

    /// <summary>A mapping whose names, but not values, have the form of label names.</summary>
    public static EquatableList<Label> NamedTexts(
        NodeReader reader, string field, int countMax = int.MaxValue, int charactersMax = int.MaxValue)
    {
        var texts = reader.Map(field, countMax);
        foreach (var text in texts)
        {
            CheckName(reader, field, text);
            if (text.Value.Length > charactersMax)
            {
                reader.Problems.Add(ObjectDiagnostics.BadLabel(
                    text.Span, reader.PathOf(field), text.Name,
                    $"its value has {text.Value.Length} characters, and {charactersMax} are allowed"));
            }
        }

        return texts;
    }

    private static EquatableList<Label> AnnotationsOf(NodeReader reader)
    {
        var annotations = NamedTexts(reader, "annotations");
        return annotations.Any(annotation => annotation.Name is LastAppliedAnnotation)
            ? [.. annotations.Where(annotation => annotation.Name is not LastAppliedAnnotation)]
            : annotations;
    }

    private static void CheckName(NodeReader reader, string field, Label label)
    {
        if (!Forms.IsQualifiedName(label.Name))
        {
            reader.Problems.Add(ObjectDiagnostics.BadLabel(
                label.Span, reader.PathOf(field), label.Name, "the name is malformed"));
        }
    }

    private static string NameOf(NodeReader reader, KindEntry kind)
    {
        if (reader.Text("generateName") is { } generated && !reader.Has("name"))
        {
            reader.Ignore("name");
            reader.Problems.Add(ObjectDiagnostics.GeneratedName(generated.Span));
            return "";
        }

        return reader.RequiredText("name", kind.NameForm).Value;
    }

    private static string NamespaceOf(NodeReader reader, KindEntry kind, SpecReaderOptions options)
    {
        var written = reader.Text("namespace", Forms.Label);
        switch (kind.Scope)
        {
            case KindScope.Namespaced:
                return written?.Value ?? options.Namespace;
            case KindScope.Cluster when written is { } place:
                reader.Problems.Add(ObjectDiagnostics.NamespaceOnClusterKind(place.Span, kind.Kind));
                return "";
            default:
                return written?.Value ?? "";
        }
    }

    private static long GenerationOf(SpecNode? node) =>
        node is SpecNode.Scalar scalar && ScalarText.TryWholeNumber(scalar, out var generation) ? generation : 0;

    private static DateTimeOffset? TimeOf(Located<string>? text, NodeReader reader)
    {
        if (text is not { } written)
        {
            return null;
        }

        if (DateTimeOffset.TryParseExact(
            written.Value, "yyyy-MM-dd'T'HH:mm:ssK", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal,
            out var time))
        {
            return time;
        }

        reader.Problems.Add(
            ObjectDiagnostics.BadTimestamp(written.Span, reader.PathOf("creationTimestamp"), written.Value));
        return null;
    }
}
