using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Gwctl.Core;
using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Aws.Reading;

/// <summary>One text for each attribute value, equal exactly where the values are equal; and digests of it.</summary>
internal static class Canonical
{
    private const int DigestLength = 32;

    public static string Text(AttributeValue value)
    {
        var text = new StringBuilder();
        Write(text, value);
        return text.ToString();
    }

    /// <summary>128 bits in hexadecimal: for marks and fingerprints, where nobody gains by a collision.</summary>
    public static string Digest(AttributeValue value) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text(value))))[..DigestLength];

    public static string Digest(AttributeMap map) => Digest(new AttributeValue.Map(map));

    /// <summary>Sorted by canonical text: for lists of maps whose order means nothing to AWS.</summary>
    public static AttributeValue SortedList(IEnumerable<AttributeValue> items) =>
        Attr.List(items.OrderBy(Text, StringComparer.Ordinal));

    private static void Write(StringBuilder text, AttributeValue value)
    {
        _ = value switch
        {
            AttributeValue.Text(var content) => Quoted(text, content),
            AttributeValue.Number(var number) => text.Append(number),
            AttributeValue.Flag(var flag) => text.Append(flag ? "true" : "false"),
            AttributeValue.List(var items) => Items(text, items),
            AttributeValue.Map(var fields) => Fields(text, fields),
            AttributeValue.Secret secret => Quoted(text.Append("secret:"), secret.Digest),
            AttributeValue.Reference reference => Quoted(text.Append("ref:"), $"{reference.Source}#{reference.Output}"),
            AttributeValue.Lookup lookup => Quoted(text.Append("lookup:"), $"{lookup.Kind}:{lookup.Query}"),
            _ => throw new UnreachableException(),
        };
    }

    private static StringBuilder Quoted(StringBuilder text, string content) =>
        text.Append('"').Append(content.Replace("\\", "\\\\").Replace("\"", "\\\"")).Append('"');

    private static StringBuilder Items(StringBuilder text, EquatableList<AttributeValue> items)
    {
        text.Append('[');
        foreach (var item in items)
        {
            Write(text, item);
            text.Append(',');
        }

        return text.Append(']');
    }

    private static StringBuilder Fields(StringBuilder text, AttributeMap fields)
    {
        text.Append('{');
        foreach (var field in fields.Fields)
        {
            Quoted(text, field.Name).Append(':');
            Write(text, field.Value);
            text.Append(',');
        }

        return text.Append('}');
    }
}
