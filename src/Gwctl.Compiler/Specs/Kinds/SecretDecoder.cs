using System.Text;
using Gwctl.Compiler.Specs.Decoding;
using Gwctl.Core;

namespace Gwctl.Compiler.Specs.Kinds;

/// <summary>Decodes v1 Secret. No diagnostic here may quote a value: only names and places.</summary>
internal static class SecretDecoder
{
    private const string CertificateField = "tls.crt";
    private const string KeyField = "tls.key";

    public static SecretSpec Decode(ObjectContext context)
    {
        var reader = context.Reader;
        reader.Ignore("immutable");
        var data = SectionOf(reader, "data");
        var texts = SectionOf(reader, "stringData");
        return new SecretSpec
        {
            Meta = context.Meta,
            Type = reader.Text("type")?.Value ?? "Opaque",
            Certificate = ValueOf(reader, data, texts, CertificateField),
            PrivateKey = ValueOf(reader, data, texts, KeyField),
            CaCertificate = ValueOf(reader, data, texts, ConfigMapDecoder.CaField),
        };
    }

    private static SpecNode.Mapping? SectionOf(NodeReader reader, string name)
    {
        var node = reader.Node(name);
        if (node is not null and not SpecNode.Mapping)
        {
            reader.Problems.Add(SecretDiagnostics.NotText(node.Span, name, NodeReader.WantsMapping));
        }

        return node as SpecNode.Mapping;
    }

    /// <summary>stringData wins over data, as in Kubernetes.</summary>
    private static SecretText? ValueOf(NodeReader reader, SpecNode.Mapping? data, SpecNode.Mapping? texts, string field)
    {
        var fromData = TextOf(reader, data, "data", field) is { } encoded ? Decoded(reader, encoded, field) : null;
        return TextOf(reader, texts, "stringData", field) is { } text ? new SecretText(text.Text) : fromData;
    }

    private static SpecNode.Scalar? TextOf(
        NodeReader reader, SpecNode.Mapping? section, string sectionName, string field)
    {
        var node = section?.Fields.FirstOrDefault(candidate => candidate.Name == field)?.Value;
        if (node is null || ScalarText.IsNull(node))
        {
            return null;
        }

        if (node is SpecNode.Scalar scalar && ScalarText.KindOf(scalar) is ScalarKind.Text)
        {
            return scalar;
        }

        reader.Problems.Add(SecretDiagnostics.NotText(node.Span, $"{sectionName}[{field}]", NodeReader.WantsText));
        return null;
    }

    private static SecretText? Decoded(NodeReader reader, SpecNode.Scalar encoded, string field)
    {
        var bytes = new byte[encoded.Text.Length];
        if (!Convert.TryFromBase64String(encoded.Text, bytes, out var count))
        {
            reader.Problems.Add(SecretDiagnostics.BadBase64(encoded.Span, field));
            return null;
        }

        return new SecretText(Encoding.UTF8.GetString(bytes, 0, count));
    }
}

/// <summary>What can be wrong with a Secret, without its values.</summary>
internal static class SecretDiagnostics
{
    public static Diagnostic BadBase64(SourceSpan place, string field) =>
        new("GW1301", Severity.Error, "Secret data is not base64")
        {
            Subject = place,
            Detail = $"data[{field}] cannot be decoded.",
            Help = "Encode the value by base64, or give it as it is under stringData.",
        };

    public static Diagnostic NotText(SourceSpan place, string path, string wanted) =>
        new("GW1302", Severity.Error, "Secret data has the wrong type")
        {
            Subject = place,
            Detail = $"{path} must be {wanted}.",
            Help = $"Give {wanted}.",
        };
}
