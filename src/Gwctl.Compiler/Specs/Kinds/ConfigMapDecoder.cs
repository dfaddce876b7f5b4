using Gwctl.Compiler.Specs.Decoding;

namespace Gwctl.Compiler.Specs.Kinds;

/// <summary>Decodes v1 ConfigMap. Its other entries are anybody's and are not looked at.</summary>
internal static class ConfigMapDecoder
{
    /// <summary>The entry of a ConfigMap or Secret that holds CA certificates.</summary>
    public const string CaField = "ca.crt";

    public static ConfigMapSpec Decode(ObjectContext context)
    {
        var reader = context.Reader;
        reader.Ignore("immutable", "binaryData");
        var data = reader.Node("data");
        if (data is not null and not SpecNode.Mapping)
        {
            reader.Problems.Add(FieldDiagnostics.WrongType(data, "data", NodeReader.WantsMapping));
        }

        return new ConfigMapSpec { Meta = context.Meta, CaCertificate = TextOf(reader, data as SpecNode.Mapping) };
    }

    private static Located<string>? TextOf(NodeReader reader, SpecNode.Mapping? data)
    {
        var node = data?.Fields.FirstOrDefault(field => field.Name is CaField)?.Value;
        if (node is null || ScalarText.IsNull(node))
        {
            return null;
        }

        if (node is SpecNode.Scalar scalar && ScalarText.KindOf(scalar) is ScalarKind.Text)
        {
            return new Located<string>(scalar.Text, node.Span);
        }

        reader.Problems.Add(FieldDiagnostics.WrongType(node, $"data[{CaField}]", NodeReader.WantsText));
        return null;
    }
}
