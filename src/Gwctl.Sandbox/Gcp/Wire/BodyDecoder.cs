using System.Globalization;
using System.Text.Json;
using Gwctl.Sandbox.Contracts;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Gcp.Wire;

/// <summary>A request's JSON body as values, guided by its shape: what only the service sets is dropped, and null is
/// noted as unset.</summary>
internal sealed class BodyDecoder
{
    private readonly List<IReadOnlyList<string>> _nulls = [];
    private readonly List<string> _path = [];

    private BodyDecoder()
    {
    }

    /// <exception cref="GcpException">The body is no JSON object.</exception>
    public static (Struct Body, IReadOnlyList<IReadOnlyList<string>> Nulls) Decode(
        Shape shape, ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty)
        {
            return (new Struct(), []);
        }

        using var document = Parse(body);
        if (document.RootElement.ValueKind is not JsonValueKind.Object)
        {
            throw new GcpException(400, "badRequest", "Invalid JSON payload received. The body must be an object.");
        }

        var decoder = new BodyDecoder();
        return (decoder.ReadStructure(shape, document.RootElement), decoder._nulls);
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonDocument.Parse(body);
        }
        catch (JsonException error)
        {
            throw new GcpException(400, "parseError", $"Parse Error: {error.Message}");
        }
    }

    private Value Read(Shape shape, JsonElement json) => (shape.Type, json.ValueKind) switch
    {
        (ShapeType.Structure, JsonValueKind.Object) => ReadStructure(shape, json),
        (ShapeType.Map, JsonValueKind.Object) => ReadMap(shape, json),
        (ShapeType.List, JsonValueKind.Array) => ReadList(shape, json),
        (ShapeType.Integer or ShapeType.Fraction, JsonValueKind.String or JsonValueKind.Number) =>
            ReadNumber(shape, json),
        (ShapeType.String, JsonValueKind.String) => new TextValue(json.GetString() ?? ""),
        (ShapeType.Boolean, JsonValueKind.True or JsonValueKind.False) =>
            new FlagValue(json.ValueKind is JsonValueKind.True),
        (ShapeType.Document, not JsonValueKind.Null) => ValueJson.Read(json),
        _ => throw new GcpException(
            400, "badRequest", $"Invalid value at '{Here}' ({shape.Type}), {json.GetRawText()}"),
    };

    private Struct ReadStructure(Shape shape, JsonElement json)
    {
        var result = new Struct();
        foreach (var property in json.EnumerateObject())
        {
            if (shape.Member(property.Name) is not { } member)
            {
                throw new GcpException(
                    400, "badRequest",
                    $"Invalid JSON payload received. Unknown name \"{property.Name}\" at '{Here}': Cannot find field.");
            }

            if (!member.IsReadOnly)
            {
                Add(result, member.Shape, property);
            }
        }

        return result;
    }

    private Struct ReadMap(Shape shape, JsonElement json)
    {
        var result = new Struct();
        var content = shape.MapValue ?? throw new InvalidOperationException($"The map {shape.Name} has no value.");
        foreach (var property in json.EnumerateObject())
        {
            Add(result, content.Shape, property);
        }

        return result;
    }

    private void Add(Struct result, Shape shape, JsonProperty property)
    {
        _path.Add(property.Name);
        if (property.Value.ValueKind is JsonValueKind.Null)
        {
            _nulls.Add([.. _path]);
        }
        else
        {
            result.Add(property.Name, Read(shape, property.Value));
        }

        _path.RemoveAt(_path.Count - 1);
    }

    private ListValue ReadList(Shape shape, JsonElement json)
    {
        var element = shape.Element ?? throw new InvalidOperationException($"The list {shape.Name} has no element.");
        return new ListValue(json.EnumerateArray().Select(item => Read(element.Shape, item)));
    }

    private Value ReadNumber(Shape shape, JsonElement json)
    {
        var text = json.ValueKind is JsonValueKind.String ? json.GetString() ?? "" : json.GetRawText();
        var whole = shape.Type is ShapeType.Integer;
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            || (whole && number % 1 is not 0))
        {
            throw new GcpException(400, "badRequest", $"Invalid value at '{Here}' ({shape.Type}), \"{text}\"");
        }

        return shape.IsNumberAsText ? new TextValue(text) : new NumberValue(number);
    }

    private string Here => _path.Count is 0 ? "resource" : $"resource.{string.Join('.', _path)}";
}
