using System.Text.Json;
using Gwctl.Core;
using Gwctl.Sandbox.Contracts;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Aws.Wire;

/// <summary>Writes values as JSON by their shapes. Times are seconds since 1970, with milliseconds as a
/// fraction.</summary>
internal static class JsonEncoder
{
    public static void Write(Utf8JsonWriter writer, Shape shape, Value value)
    {
        switch (shape.Type, value)
        {
            case (ShapeType.Structure, Struct members):
                WriteMembers(writer, shape, members);
                break;
            case (ShapeType.Map, Struct members) when shape.MapValue is { } content:
                writer.WriteStartObject();
                foreach (var (key, item) in members)
                {
                    writer.WritePropertyName(key);
                    Write(writer, content.Shape, item);
                }

                writer.WriteEndObject();
                break;
            case (ShapeType.List, ListValue list) when shape.Element is { } element:
                writer.WriteStartArray();
                foreach (var item in list)
                {
                    Write(writer, element.Shape, item);
                }

                writer.WriteEndArray();
                break;
            default:
                ValueJson.Write(writer, value);
                break;
        }
    }

    private static void WriteMembers(Utf8JsonWriter writer, Shape shape, Struct members)
    {
        var written = 0;
        writer.WriteStartObject();
        foreach (var member in shape.Members)
        {
            if (members[member.Name] is { } content)
            {
                written++;
                writer.WritePropertyName(member.Name);
                Write(writer, member.Shape, content);
            }
        }

        writer.WriteEndObject();
        Invariant.Holds(written == members.Count(member => !member.Key.StartsWith('@')));
    }
}
