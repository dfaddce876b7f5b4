using System.Collections.Frozen;
using System.Text.Json;
using System.Text.RegularExpressions;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Contracts;

/// <summary>Reads a contract's JSON into shapes. References may be cyclic, so shapes are made first and filled
/// after.</summary>
internal static class ContractReader
{
    public static ServiceContract Read(JsonElement root)
    {
        var shapes = new Dictionary<string, Shape>(StringComparer.Ordinal);
        foreach (var shape in Section(root, "shapes").EnumerateObject())
        {
            shapes.Add(shape.Name, ReadShape(shape.Name, shape.Value));
        }

        foreach (var shape in Section(root, "shapes").EnumerateObject())
        {
            Fill(shapes[shape.Name], shape.Value, shapes);
        }

        var operations = Section(root, "operations").EnumerateObject()
            .Select(operation => ReadOperation(operation.Name, operation.Value, shapes));
        return new ServiceContract
        {
            Name = Text(root, "service"),
            ApiVersion = Text(root, "apiVersion"),
            Protocol = Protocol(Text(root, "protocol")),
            SigningName = Text(root, "signingName"),
            XmlNamespace = Text(root, "xmlNamespace"),
            TargetPrefix = Text(root, "targetPrefix"),
            HttpStatusByError = Section(root, "errors").EnumerateObject()
                .ToFrozenDictionary(error => error.Name, error => error.Value.GetInt32()),
            Operations = operations.ToFrozenDictionary(operation => operation.Name),
        };
    }

    private static OperationContract ReadOperation(string name, JsonElement json, Dictionary<string, Shape> shapes)
    {
        var http = Section(json, "http");
        return new OperationContract(
            name,
            Text(http, "method"),
            Text(http, "path"),
            http.TryGetProperty("responseCode", out var status) ? status.GetInt32() : 200,
            shapes.GetValueOrDefault(Text(json, "input")),
            shapes.GetValueOrDefault(Text(json, "output")))
        {
            ResultWrapper = Text(json, "resultWrapper"),
            InputRoot = json.TryGetProperty("inputXml", out var xml) ? Text(xml, "root") : "",
            NeedsNoSignature = Text(json, "auth") is "none",
        };
    }

    private static Shape ReadShape(string name, JsonElement json) => new()
    {
        Name = name,
        Type = Type(Text(json, "type")),
        RequiredMembers = Texts(json, "required").ToFrozenSet(),
        NeededByCreate = Texts(json, "requiredHint").ToFrozenSet(),
        Payload = Text(json, "payload"),
        IsNumberAsText = Text(json, "wire") is "string",
        Bounds = ReadBounds(json),
        ValueBoundsByKey = json.TryGetProperty("keyed", out var keyed)
            ? keyed.EnumerateObject().ToFrozenDictionary(key => key.Name, key => ReadBounds(key.Value))
            : FrozenDictionary<string, Bounds>.Empty,
    };

    private static void Fill(Shape shape, JsonElement json, Dictionary<string, Shape> shapes)
    {
        if (json.TryGetProperty("members", out var members))
        {
            shape.Members = [.. members.EnumerateObject()
                .Select(member => ReadMember(member.Name, member.Value, shapes))];
        }

        shape.Element = Nested("member");
        shape.MapKey = Nested("key");
        shape.MapValue = Nested("value");

        MemberShape? Nested(string name) =>
            json.TryGetProperty(name, out var nested) ? ReadMember(name, nested, shapes) : null;
    }

    private static MemberShape ReadMember(string name, JsonElement json, Dictionary<string, Shape> shapes) => new()
    {
        Name = name,
        Shape = shapes[Text(json, "shape")],
        Location = Text(json, "location"),
        WireName = json.TryGetProperty("locationName", out var wire) ? wire.GetString() : null,
        Prose = json.TryGetProperty("doc", out var prose) ? ReadBounds(prose) : Bounds.None,
        IsReadOnly = Flag(json, "readOnly"),
        IsWriteOnly = Flag(json, "writeOnly"),
        IsImmutable = Flag(json, "immutable"),
        Default = json.TryGetProperty("default", out var content) ? ValueJson.Read(content) : null,
        ProseOfElements = json.TryGetProperty("docElements", out var elements) ? ReadBounds(elements) : Bounds.None,
    };

    private static Bounds ReadBounds(JsonElement json)
    {
        var pattern = Text(json, "pattern");
        return new Bounds
        {
            Min = Number(json, "min"),
            Max = Number(json, "max"),
            PatternText = pattern,
            Pattern = pattern is "" ? null : new Regex(
                $@"\A(?:{pattern})\z", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)),
            Enum = [.. Texts(json, "enum")],
            AlsoAllowed = json.TryGetProperty("alsoAllowed", out var allowed)
                ? [.. allowed.EnumerateArray().Select(value => value.GetDouble())]
                : [],
        };
    }

    private static WireProtocol Protocol(string name) => name switch
    {
        "query" => WireProtocol.Query,
        "ec2" => WireProtocol.Ec2,
        "rest-xml" => WireProtocol.RestXml,
        "json" => WireProtocol.Json,
        "rest-json" => WireProtocol.RestJson,
        _ => throw new JsonException($"The contract names an unknown protocol '{name}'."),
    };

    private static ShapeType Type(string name) => name switch
    {
        "structure" => ShapeType.Structure,
        "list" => ShapeType.List,
        "map" => ShapeType.Map,
        "string" => ShapeType.String,
        "integer" or "long" => ShapeType.Integer,
        "double" or "float" => ShapeType.Fraction,
        "boolean" => ShapeType.Boolean,
        "timestamp" => ShapeType.Timestamp,
        "blob" => ShapeType.Blob,
        "document" => ShapeType.Document,
        _ => throw new JsonException($"The contract names an unknown type '{name}'."),
    };

    private static string Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String
            ? value.GetString() ?? ""
            : "";

    private static JsonElement Section(JsonElement json, string name) =>
        json.TryGetProperty(name, out var section)
            ? section
            : throw new JsonException($"The contract has no section '{name}'.");

    private static bool Flag(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.True;

    private static double? Number(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) ? value.GetDouble() : null;

    private static IEnumerable<string> Texts(JsonElement json, string name) =>
        json.TryGetProperty(name, out var list)
            ? list.EnumerateArray().Select(item => item.ToString())
            : [];
}
