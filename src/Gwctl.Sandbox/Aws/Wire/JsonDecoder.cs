using System.Text.Json;
using Gwctl.Sandbox.Contracts;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Aws.Wire;

/// <summary>Decodes a JSON 1.1 body by its shape. A null is a member that was not given.</summary>
internal static class JsonDecoder
{
    public static Struct Decode(Shape? shape, ReadOnlyMemory<byte> body, List<ContractViolation> violations)
    {
        if (body.IsEmpty)
        {
            return [];
        }

        try
        {
            using var document = JsonDocument.Parse(body);
            return Decode(shape, document.RootElement, "", violations) as Struct ?? [];
        }
        catch (JsonException)
        {
            violations.Add(new(ViolationKind.WrongType, "", "", "The body must be a JSON object"));
            return [];
        }
    }

    private static Value? Decode(Shape? shape, JsonElement json, string path, List<ContractViolation> violations)
    {
        switch (shape?.Type, json.ValueKind)
        {
            case (_, JsonValueKind.Null):
                return null;
            case (null or ShapeType.Structure, JsonValueKind.Object):
                return DecodeStruct(shape, json, path, violations);
            case (ShapeType.Map, JsonValueKind.Object):
                return DecodeMap(shape, json, path, violations);
            case (ShapeType.List, JsonValueKind.Array):
                return DecodeList(shape, json, path, violations);
            case (ShapeType.String, JsonValueKind.String):
                return new TextValue(json.GetString() ?? "");
            case (ShapeType.Blob, JsonValueKind.String) when json.TryGetBytesFromBase64(out _):
                return new TextValue(json.GetString() ?? "");
            case (ShapeType.Integer, JsonValueKind.Number) when json.TryGetInt64(out var whole):
                return new NumberValue(whole);
            case (ShapeType.Fraction or ShapeType.Timestamp, JsonValueKind.Number):
                return new NumberValue(json.GetDouble());
            case (ShapeType.Boolean, JsonValueKind.True or JsonValueKind.False):
                return new FlagValue(json.GetBoolean());
            default:
                var text = $"Member must be a valid {shape?.Type}";
                violations.Add(new(ViolationKind.WrongType, path, json.GetRawText(), text));
                return null;
        }
    }

    private static Struct DecodeStruct(
        Shape? shape, JsonElement json, string path, List<ContractViolation> violations)
    {
        var result = new Struct();
        foreach (var property in json.EnumerateObject())
        {
            var here = Join(path, property.Name);
            if (shape?.Member(property.Name) is { } member)
            {
                result.Add(property.Name, Decode(member.Shape, property.Value, here, violations));
            }
            else
            {
                violations.Add(new(ViolationKind.UnknownMember, here, "", "Member is not known"));
            }
        }

        return result;
    }

    private static Struct DecodeMap(Shape shape, JsonElement json, string path, List<ContractViolation> violations)
    {
        var result = new Struct();
        foreach (var property in json.EnumerateObject())
        {
            var here = Join(path, property.Name);
            result.Add(property.Name, Decode(shape.MapValue?.Shape, property.Value, here, violations));
        }

        return result;
    }

    private static ListValue DecodeList(
        Shape shape, JsonElement json, string path, List<ContractViolation> violations)
    {
        var values = new List<Value>();
        foreach (var (index, item) in json.EnumerateArray().Index())
        {
            if (Decode(shape.Element?.Shape, item, $"{path}.{index + 1}", violations) is { } value)
            {
                values.Add(value);
            }
        }

        return new ListValue(values);
    }

    private static string Join(string path, string name) => path is "" ? name : $"{path}.{name}";
}
