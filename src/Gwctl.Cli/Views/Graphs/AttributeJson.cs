using System.Diagnostics;
using System.Text.Json;
using Gwctl.Engine.Resources;

namespace Gwctl.Cli.Views.Graphs;

/// <summary>Attribute values in JSON and YAML output: plain values as themselves, the others as an object with one
/// telling member: <c>$ref</c>, <c>$lookup</c>, <c>$secret</c>. A secret's text is not in the value, so it cannot get
/// out.</summary>
public static class AttributeJson
{
    public static void Write(Utf8JsonWriter json, AttributeMap map)
    {
        json.WriteStartObject();
        foreach (var field in map.Fields)
        {
            json.WritePropertyName(field.Name);
            Write(json, field.Value);
        }

        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, AttributeValue value)
    {
        switch (value)
        {
            case AttributeValue.Text text:
                json.WriteStringValue(text.Value);
                break;
            case AttributeValue.Number number:
                json.WriteNumberValue(number.Value);
                break;
            case AttributeValue.Flag flag:
                json.WriteBooleanValue(flag.Value);
                break;
            case AttributeValue.List list:
                json.WriteStartArray();
                foreach (var item in list.Items)
                {
                    Write(json, item);
                }

                json.WriteEndArray();
                break;
            case AttributeValue.Map map:
                Write(json, map.Fields);
                break;
            case AttributeValue.Reference reference:
                WriteTwo(json, "$ref", reference.Source.ToString(), "output", reference.Output);
                break;
            case AttributeValue.Lookup lookup:
                WriteTwo(json, "$lookup", lookup.Kind, "query", lookup.Query);
                break;
            case AttributeValue.Secret secret:
                WriteTwo(json, "$secret", secret.Source, "sha256", secret.Digest);
                break;
            default:
                throw new UnreachableException();
        }
    }

    private static void WriteTwo(Utf8JsonWriter json, string name, string value, string secondName, string secondValue)
    {
        json.WriteStartObject();
        json.WriteString(name, value);
        json.WriteString(secondName, secondValue);
        json.WriteEndObject();
    }
}
