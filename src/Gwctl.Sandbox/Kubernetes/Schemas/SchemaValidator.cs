using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gwctl.Sandbox.Kubernetes.Requests;

namespace Gwctl.Sandbox.Kubernetes.Schemas;

/// <summary>Says where an object breaks its schema. Rules in CEL are not evaluated.</summary>
internal static class SchemaValidator
{
    public static void Validate(JsonNode? value, Schema schema, string path, List<ApiCause> causes)
    {
        if (value is null)
        {
            if (!schema.Nullable && schema.Type is not "")
            {
                causes.Add(WrongType(path, "null", schema.Type));
            }

            return;
        }

        if (!HasType(value, schema))
        {
            causes.Add(WrongType(path, TypeOf(value), schema.Type));
            return;
        }

        if (schema.Choices.Count > 0 && !schema.Choices.Any(choice => JsonNode.DeepEquals(choice, value)))
        {
            var supported = string.Join(", ", schema.Choices.Select(choice => $"\"{choice}\""));
            causes.Add(new ApiCause(
                "FieldValueNotSupported", $"Unsupported value: {Show(value)}: supported values: {supported}", path));
        }

        switch (value)
        {
            case JsonObject members:
                ValidateMembers(members, schema, path, causes);
                break;
            case JsonArray list:
                ValidateList(list, schema, path, causes);
                break;
            case JsonValue scalar:
                ValidateScalar(scalar, schema, path, causes);
                break;
        }
    }

    private static void ValidateMembers(JsonObject members, Schema schema, string path, List<ApiCause> causes)
    {
        foreach (var name in schema.Required.Where(name => members[name] is null))
        {
            causes.Add(new ApiCause("FieldValueRequired", "Required value", SchemaShaper.Join(path, name)));
        }

        CheckCount(members.Count, "properties", schema, path, causes);
        foreach (var (name, member) in members)
        {
            if (schema.Field(name) is { } field && !ReferenceEquals(field, Schema.Any))
            {
                Validate(member, field, SchemaShaper.Join(path, name), causes);
            }
        }
    }

    private static void ValidateList(JsonArray list, Schema schema, string path, List<ApiCause> causes)
    {
        CheckCount(list.Count, "items", schema, path, causes);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var index = 0; index < list.Count; index++)
        {
            if (schema.Items is { } items)
            {
                Validate(list[index], items, $"{path}[{index}]", causes);
            }

            if (schema.Merge is not ListMerge.Atomic && !seen.Add(ListKeys.KeyOf(list[index], schema)))
            {
                causes.Add(new ApiCause(
                    "FieldValueDuplicate", $"Duplicate value: {ListKeys.KeyOf(list[index], schema)}",
                    $"{path}[{index}]"));
            }
        }
    }

    private static void ValidateScalar(JsonValue scalar, Schema schema, string path, List<ApiCause> causes)
    {
        if (scalar.GetValueKind() is JsonValueKind.String)
        {
            var text = scalar.ToString();
            CheckCount(new StringInfo(text).LengthInTextElements, "characters", schema, path, causes);
            if (schema.Pattern is { } pattern && !pattern.IsMatch(text))
            {
                causes.Add(Invalid(path, scalar, $"in body should match '{pattern}'"));
            }
        }
        else if (scalar.GetValueKind() is JsonValueKind.Number)
        {
            var number = double.Parse(scalar.ToJsonString(), CultureInfo.InvariantCulture);
            if (number < schema.Minimum)
            {
                causes.Add(Invalid(path, scalar, $"in body should be greater than or equal to {schema.Minimum}"));
            }

            if (number > schema.Maximum)
            {
                causes.Add(Invalid(path, scalar, $"in body should be less than or equal to {schema.Maximum}"));
            }
        }
    }

    private static void CheckCount(int count, string what, Schema schema, string path, List<ApiCause> causes)
    {
        if (count < schema.CountMin)
        {
            causes.Add(new ApiCause(
                "FieldValueInvalid", $"Invalid value: {count} {what}: should have at least {schema.CountMin}", path));
        }

        if (count > schema.CountMax)
        {
            causes.Add(new ApiCause(
                "FieldValueTooMany", $"Too many: {count} {what}: must have at most {schema.CountMax}", path));
        }
    }

    private static bool HasType(JsonNode value, Schema schema)
    {
        if (schema.IntOrString)
        {
            return value.GetValueKind() is JsonValueKind.String || IsInteger(value);
        }

        return schema.Type switch
        {
            "object" => value is JsonObject,
            "array" => value is JsonArray,
            "string" => value.GetValueKind() is JsonValueKind.String,
            "boolean" => value.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
            "integer" => IsInteger(value),
            "number" => value.GetValueKind() is JsonValueKind.Number,
            _ => true,
        };
    }

    private static bool IsInteger(JsonNode value) =>
        value.GetValueKind() is JsonValueKind.Number
        && double.IsInteger(double.Parse(value.ToJsonString(), CultureInfo.InvariantCulture));

    private static string TypeOf(JsonNode value) => value.GetValueKind() switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => "number",
        _ => "boolean",
    };

    private static ApiCause WrongType(string path, string is_, string wanted) => new(
        "FieldValueTypeInvalid", $"Invalid value: \"{is_}\": {path} in body must be of type {wanted}: \"{is_}\"", path);

    private static ApiCause Invalid(string path, JsonNode value, string why) =>
        new("FieldValueInvalid", $"Invalid value: {Show(value)}: {path} {why}", path);

    private static string Show(JsonNode value) => value.ToJsonString(JsonForm.Options);
}
