using System.Text;
using Gwctl.Core;

namespace Gwctl.Engine.Resources;

/// <summary>The order of lists whose order means nothing to the cloud. Projection and Reading both sort with it, so
/// that equal sets compare as equal lists.</summary>
public static class AttributeOrder
{
    private const int CanonicalCharactersUsual = 256;
    private const int CanonicalCharactersKept = 4_096;

    /// <summary>The last text's buffer, to be filled again: projection makes three texts for each rule.</summary>
    [ThreadStatic]
    private static StringBuilder? t_text;

    /// <summary>Sorted by <see cref="Canonical"/>, ordinal.</summary>
    public static AttributeValue.List Sorted(IEnumerable<AttributeValue> items)
    {
        var values = items.ToArray();
        if (values.Length > 1)
        {
            Array.Sort(Array.ConvertAll(values, Canonical), values, StringComparer.Ordinal);
        }

        return new AttributeValue.List(EquatableList.Create<AttributeValue>(values));
    }

    /// <summary>A text that is equal for equal values only: for sorting and hashing, not for people. A secret counts by
    /// its digest.</summary>
    public static string Canonical(AttributeValue value)
    {
        var text = t_text ?? new StringBuilder(CanonicalCharactersUsual);
        t_text = null;
        Append(text, value);
        var canonical = text.ToString();
        if (text.Capacity <= CanonicalCharactersKept)
        {
            t_text = text.Clear();
        }

        return canonical;
    }

    private static void Append(StringBuilder text, AttributeValue value)
    {
        switch (value)
        {
            case AttributeValue.Text(var content):
                text.Append('"').Append(content.Replace("\\", "\\\\").Replace("\"", "\\\"")).Append('"');
                break;
            case AttributeValue.Number(var number):
                text.Append(number);
                break;
            case AttributeValue.Flag(var flag):
                text.Append(flag ? "true" : "false");
                break;
            case AttributeValue.List(var items):
                AppendList(text, items);
                break;
            case AttributeValue.Map(var fields):
                AppendMap(text, fields);
                break;
            case AttributeValue.Reference(var source, var output):
                text.Append('<').Append(source.Scope).Append('/').Append(source.Gateway.Namespace).Append('/')
                    .Append(source.Gateway.Name).Append('/').Append(source.Kind).Append('/').Append(source.Key)
                    .Append('#').Append(output).Append('>');
                break;
            case AttributeValue.Lookup(var kind, var query):
                text.Append('?').Append(kind).Append('(').Append(query).Append(')');
                break;
            case AttributeValue.Secret(_, var digest):
                text.Append('!').Append(digest);
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static void AppendList(StringBuilder text, EquatableList<AttributeValue> items)
    {
        text.Append('[');
        foreach (var item in items)
        {
            Append(text, item);
            text.Append(',');
        }

        text.Append(']');
    }

    private static void AppendMap(StringBuilder text, AttributeMap fields)
    {
        text.Append('{');
        foreach (var field in fields.AsSpan())
        {
            text.Append(field.Name).Append('=');
            Append(text, field.Value);
            text.Append(';');
        }

        text.Append('}');
    }
}
