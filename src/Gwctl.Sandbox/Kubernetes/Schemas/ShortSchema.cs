using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Gwctl.Sandbox.Kubernetes.Schemas;

/// <summary>The short form in which the built-in kinds are described, and the OpenAPI v3 schema it stands for.
/// </summary>
/// <remarks>
/// A mapping is an object and its keys are fields: <c>name</c>, with <c>!</c> where it is required, then <c>[]</c>
/// for a list with one owner, <c>[=]</c> for a set, <c>[type]</c> for a list by keys or <c>{}</c> for a map, then the
/// bounds of the count as <c>1..16</c>. A scalar is a type (<c>string</c>, <c>int32</c>, <c>int64</c>, <c>bool</c>,
/// <c>time</c>, <c>texts</c> for a map of texts, <c>intstr</c>, <c>any</c>), then its choices <c>A|B</c>, its bounds
/// <c>1..65535</c> and its default <c>= A</c>. The keys <c>$open</c>, <c>$default</c>, <c>$doc</c> and <c>$atomic</c>
/// are about the object.
/// </remarks>
internal static partial class ShortSchema
{
    public static JsonObject Expand(JsonNode? form) => form switch
    {
        JsonObject fields => ExpandObject(fields),
        JsonValue text => ExpandScalar(text.ToString()),
        _ => Anything(),
    };

    private static JsonObject ExpandObject(JsonObject fields)
    {
        var properties = new JsonObject();
        var required = new JsonArray();
        foreach (var (key, value) in fields.Where(field => field.Key[0] is not '$'))
        {
            var match = KeyForm().Match(key);
            if (!match.Success)
            {
                throw new FormatException($"'{key}' is no field of a short schema.");
            }

            var name = match.Groups["name"].Value;
            properties[name] = ExpandField(match, value);
            if (match.Groups["required"].Success)
            {
                required.Add(name);
            }
        }

        var schema = new JsonObject { ["type"] = "object" };
        AddNotes(schema, fields);
        if (properties.Count > 0)
        {
            schema["properties"] = properties;
        }

        if (required.Count > 0)
        {
            schema["required"] = required;
        }

        return schema;
    }

    private static void AddNotes(JsonObject schema, JsonObject fields)
    {
        if (fields["$doc"] is { } description)
        {
            schema["description"] = description.ToString();
        }

        if (fields.Flag("$open"))
        {
            schema["x-kubernetes-preserve-unknown-fields"] = true;
        }

        if (fields.Flag("$atomic"))
        {
            schema["x-kubernetes-map-type"] = "atomic";
        }

        if (fields["$default"] is { } preset)
        {
            schema["default"] = preset.DeepClone();
        }
    }

    private static JsonObject ExpandField(Match key, JsonNode? value)
    {
        var inner = Expand(value);
        if (key.Groups["map"].Success)
        {
            return new JsonObject { ["type"] = "object", ["additionalProperties"] = inner };
        }

        if (!key.Groups["list"].Success)
        {
            return inner;
        }

        var list = new JsonObject { ["type"] = "array" };
        if ((value as JsonObject)?["$default"] is not null)
        {
            list["default"] = inner.Take("default");
        }

        list["items"] = inner;
        switch (key.Groups["list"].Value)
        {
            case "":
                list["x-kubernetes-list-type"] = "atomic";
                break;
            case "=":
                list["x-kubernetes-list-type"] = "set";
                break;
            case var keys:
                list["x-kubernetes-list-type"] = "map";
                list["x-kubernetes-list-map-keys"] =
                    new JsonArray([.. keys.Split(',').Select(name => JsonValue.Create(name))]);
                break;
        }

        AddBounds(list, key, "minItems", "maxItems");
        return list;
    }

    private static JsonObject ExpandScalar(string form)
    {
        var match = ScalarForm().Match(form);
        if (!match.Success)
        {
            throw new FormatException($"'{form}' is no type of a short schema.");
        }

        var schema = match.Groups["type"].Value switch
        {
            "string" => new JsonObject { ["type"] = "string" },
            "bool" => new JsonObject { ["type"] = "boolean" },
            "int32" => new JsonObject { ["type"] = "integer", ["format"] = "int32" },
            "int64" => new JsonObject { ["type"] = "integer", ["format"] = "int64" },
            "intstr" => new JsonObject { ["x-kubernetes-int-or-string"] = true },
            "time" => new JsonObject { ["type"] = "string", ["format"] = "date-time" },
            "texts" => new JsonObject
            {
                ["type"] = "object",
                ["additionalProperties"] = new JsonObject { ["type"] = "string" },
            },
            "any" => Anything(),
            var other => throw new FormatException($"'{other}' is no type of a short schema."),
        };
        if (match.Groups["choices"].Success)
        {
            schema["enum"] = new JsonArray(
                [.. match.Groups["choices"].Value.Split('|').Select(choice => JsonValue.Create(choice))]);
        }

        var isText = schema.Text("type") is "string";
        AddBounds(schema, match, isText ? "minLength" : "minimum", isText ? "maxLength" : "maximum");
        if (match.Groups["default"].Success)
        {
            var preset = match.Groups["default"].Value;
            schema["default"] = schema.Text("type") switch
            {
                "integer" => JsonValue.Create(long.Parse(preset, CultureInfo.InvariantCulture)),
                "boolean" => JsonValue.Create(preset is "true"),
                _ => JsonValue.Create(preset),
            };
        }

        return schema;
    }

    private static void AddBounds(JsonObject schema, Match match, string minimum, string maximum)
    {
        if (match.Groups["min"] is { Success: true, Length: > 0 } min)
        {
            schema[minimum] = long.Parse(min.Value, CultureInfo.InvariantCulture);
        }

        if (match.Groups["max"] is { Success: true, Length: > 0 } max)
        {
            schema[maximum] = long.Parse(max.Value, CultureInfo.InvariantCulture);
        }
    }

    private static JsonObject Anything() => new()
    {
        ["type"] = "object",
        ["x-kubernetes-preserve-unknown-fields"] = true,
    };

    [GeneratedRegex(
        @"^(?<name>[\w./-]+)(?<required>!)?(\[(?<list>[\w,=]*)\]|(?<map>\{\}))?(\s(?<min>\d*)\.\.(?<max>\d*))?$",
        RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex KeyForm();

    [GeneratedRegex(
        @"^(?<type>\w+)(\s(?<choices>[^\s=|]+(\|[^\s=|]+)+))?(\s(?<min>\d*)\.\.(?<max>\d*))?(\s=\s?(?<default>.*))?$",
        RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex ScalarForm();
}
