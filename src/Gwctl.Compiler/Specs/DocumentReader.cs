using Gwctl.Compiler.Specs.Decoding;
using Gwctl.Compiler.Specs.Kinds;
using Gwctl.Compiler.Specs.Parsing;
using Gwctl.Core;

namespace Gwctl.Compiler.Specs;

/// <summary>What one piece of text gave.</summary>
/// <param name="PassedOver">Kinds of objects that gwctl does not read, once per object.</param>
internal sealed record DocumentResult(List<SpecObject> Objects, List<Diagnostic> Diagnostics, List<string> PassedOver);

/// <summary>Finds the objects of a piece of text and decodes them.</summary>
internal sealed class DocumentReader
{
    private readonly SpecReaderOptions _options;
    private readonly DocumentResult _result = new([], [], []);

    private DocumentReader(SpecReaderOptions options) => _options = options;

    public static DocumentResult Read(DocumentText text, TextCache cache, SpecReaderOptions options)
    {
        var reader = new DocumentReader(options);
        var documents = DocumentParser.Parse(text, cache, reader._result.Diagnostics);
        var isSound = !reader._result.Diagnostics.Exists(diagnostic => diagnostic.Severity is Severity.Error);
        foreach (var document in documents)
        {
            reader.ReadObject(document, null);
        }

        if (!isSound)
        {
            // What was decoded lacks what could not be parsed: it serves for its diagnostics alone.
            reader._result.Objects.Clear();
        }

        return reader._result;
    }

    /// <param name="inherited">The apiVersion and kind that a typed list gives items which name none.</param>
    private void ReadObject(SpecNode node, ListType? inherited)
    {
        if (node is not SpecNode.Mapping mapping)
        {
            if (!ScalarText.IsNull(node))
            {
                _result.Diagnostics.Add(ObjectDiagnostics.NotAnObject(node));
            }

            return;
        }

        var apiVersion = TextOf(mapping, "apiVersion") ?? inherited?.ApiVersion;
        var kind = TextOf(mapping, "kind") ?? inherited?.Kind;
        if (apiVersion is null or "" || kind is null or "")
        {
            ReadUntyped(mapping);
        }
        else if (kind.EndsWith("List", StringComparison.Ordinal) && FieldOf(mapping, "items") is { } items)
        {
            ReadItems(items, kind is "List" ? null : new ListType(apiVersion, kind[..^"List".Length]));
        }
        else
        {
            ReadTyped(mapping, apiVersion, kind);
        }
    }

    private sealed record ListType(string ApiVersion, string Kind);

    /// <summary>kustomize's own file may leave out what it is; anything else without a type is a mistake.</summary>
    private void ReadUntyped(SpecNode.Mapping mapping)
    {
        var isKustomization = Path.GetFileNameWithoutExtension(mapping.Span.File) is "kustomization";
        if (mapping.Fields.Count is 0)
        {
            return;
        }

        if (isKustomization)
        {
            _result.PassedOver.Add("Kustomization");
            return;
        }

        _result.Diagnostics.Add(ObjectDiagnostics.NotAnObject(mapping));
    }

    private void ReadItems(SpecNode items, ListType? inherited)
    {
        if (items is SpecNode.Sequence sequence)
        {
            foreach (var item in sequence.Items)
            {
                ReadObject(item, inherited);
            }
        }
        else if (!ScalarText.IsNull(items))
        {
            _result.Diagnostics.Add(FieldDiagnostics.WrongType(items, "items", NodeReader.WantsList));
        }
    }

    private void ReadTyped(SpecNode.Mapping mapping, string apiVersion, string kind)
    {
        var slash = apiVersion.LastIndexOf('/');
        var group = slash < 0 ? ApiGroups.Core : apiVersion[..slash];
        var version = apiVersion[(slash + 1)..];
        if (KindTable.Find(group, kind) is { } entry)
        {
            ReadKnown(mapping, entry, version);
            return;
        }

        var place = FieldOf(mapping, "kind")?.Span ?? mapping.Span;
        if (KindTable.IsForLater(group, kind))
        {
            var id = ObjectText(mapping, kind, KindScope.Namespaced);
            _result.Diagnostics.Add(ObjectDiagnostics.NotHandledYet(place, id) with { Object = id });
            return;
        }

        var nearest = KindTable.Nearest(group, kind);
        if (nearest is not null || KindTable.IsKnownInFull(group))
        {
            _result.Diagnostics.Add(ObjectDiagnostics.UnknownKind(place, apiVersion, kind, nearest));
            return;
        }

        // Another's Gateway is not to be taken for one of ours.
        _result.PassedOver.Add(KindTable.HasNamesake(kind) ? $"{kind} of {apiVersion}" : kind);
    }

    private void ReadKnown(SpecNode.Mapping mapping, KindEntry entry, string version)
    {
        var problems = new NodeProblems(ObjectText(mapping, entry.Kind, entry.Scope));
        CheckVersion(mapping, entry, version, problems);
        var spec = NodeReader.Read(mapping, problems, "", reader =>
        {
            reader.Ignore("apiVersion", "kind", "status");
            var meta = reader.RequiredSection(
                "metadata", metadata => MetaDecoder.Decode(metadata, entry, mapping.Span, _options));
            var standIn = new ObjectMeta { Name = new ObjectName("", ""), Span = mapping.Span };
            return entry.Decode(new ObjectContext(reader, meta ?? standIn));
        });
        if (spec is not null && !problems.HasErrors)
        {
            Validation.SpecRules.Check(spec, problems);
        }

        _result.Diagnostics.AddRange(problems.Diagnostics);
        if (spec is not null && !problems.HasErrors)
        {
            _result.Objects.Add(spec);
        }
    }

    private static void CheckVersion(SpecNode.Mapping mapping, KindEntry entry, string version, NodeProblems problems)
    {
        if (version == entry.Version && entry.Successor is null)
        {
            return;
        }

        var place = FieldOf(mapping, "apiVersion")?.Span ?? mapping.Span;
        problems.Add(version == entry.Version || entry.OlderVersions.Contains(version)
            ? ObjectDiagnostics.OldVersion(place, entry, version)
            : ObjectDiagnostics.UnknownVersion(place, entry.Kind, version, entry.ApiVersion));
    }

    /// <summary>The object's id as far as its metadata can be read before it is decoded.</summary>
    private string ObjectText(SpecNode.Mapping mapping, string kind, KindScope scope)
    {
        var meta = FieldOf(mapping, "metadata") as SpecNode.Mapping;
        var name = meta is null ? null : TextOf(meta, "name");
        var written = meta is null ? null : TextOf(meta, "namespace");
        var space = scope switch
        {
            KindScope.Namespaced => written ?? _options.Namespace,
            KindScope.Either => written ?? "",
            _ => "",
        };
        return name is null ? kind : $"{kind}/{new ObjectName(space, name)}";
    }

    private static SpecNode? FieldOf(SpecNode.Mapping mapping, string name)
    {
        foreach (var field in mapping.Fields.AsSpan())
        {
            if (field.Name == name)
            {
                return field.Value;
            }
        }

        return null;
    }

    private static string? TextOf(SpecNode.Mapping mapping, string name) =>
        FieldOf(mapping, name) is SpecNode.Scalar scalar && ScalarText.KindOf(scalar) is ScalarKind.Text
            ? scalar.Text
            : null;
}
