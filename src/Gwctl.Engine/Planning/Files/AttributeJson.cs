using System.Text.Json;
using Gwctl.Core;
using Gwctl.Engine.Resources;

namespace Gwctl.Engine.Planning.Files;

/// <summary>Attribute values as natural JSON; what JSON has no word for is an object whose first name begins with
/// <c>$</c>.</summary>
internal static class AttributeJson
{
    private const string ReferenceName = "$ref";
    private const string SecretName = "$secret";
    private const string LookupName = "$lookup";

    public static void Write(Utf8JsonWriter json, AttributeMap? map)
    {
        if (map is null)
        {
            json.WriteNullValue();
            return;
        }

        json.WriteStartObject();
        foreach (var field in map.Fields)
        {
            json.WritePropertyName(field.Name.StartsWith('$') ? "$" + field.Name : field.Name);
            Write(json, field.Value);
        }

        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, AttributeValue? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case AttributeValue.Text text:
                json.WriteStringValue(text.Value);
                break;
            case AttributeValue.Number number:
                json.WriteNumberValue(number.Value);
                break;
            case AttributeValue.Flag flag:
                json.WriteBooleanValue(flag.Value);
                break;
            case AttributeValue.Map map:
                Write(json, map.Fields);
                break;
            case AttributeValue.List list:
                json.WriteStartArray();
                foreach (var item in list.Items)
                {
                    Write(json, item);
                }

                json.WriteEndArray();
                break;
            case AttributeValue.Reference reference:
                Pair(json, ReferenceName, AddressText.Write(reference.Source), "output", reference.Output);
                break;
            case AttributeValue.Secret secret:
                Pair(json, SecretName, secret.Source, "sha256", secret.Digest);
                break;
            case AttributeValue.Lookup lookup:
                Pair(json, LookupName, lookup.Kind, "query", lookup.Query);
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    /// <summary>Null for JSON's null.</summary>
    public static AttributeMap? ReadMap(JsonElement element, string path, List<Diagnostic> problems)
    {
        if (element.ValueKind is JsonValueKind.Null)
        {
            return null;
        }

        if (element.ValueKind is not JsonValueKind.Object)
        {
            problems.Add(PlanFileDiagnostics.Wrong(path, "an object or null"));
            return null;
        }

        var fields = new List<AttributeField>();
        foreach (var member in element.EnumerateObject())
        {
            var inner = $"{path}.{member.Name}";
            if (member.Name.StartsWith('$') && !member.Name.StartsWith("$$", StringComparison.Ordinal))
            {
                problems.Add(PlanFileDiagnostics.Unknown(inner));
            }
            else if (Read(member.Value, inner, problems) is { } value)
            {
                fields.Add(new AttributeField(member.Name.StartsWith('$') ? member.Name[1..] : member.Name, value));
            }
            else
            {
                problems.Add(PlanFileDiagnostics.Wrong(inner, "a value other than null"));
            }
        }

        return new AttributeMap(fields);
    }

    /// <summary>Null for JSON's null.</summary>
    public static AttributeValue? Read(JsonElement element, string path, List<Diagnostic> problems)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Null:
                return null;
            case JsonValueKind.String:
                return new AttributeValue.Text(element.GetString() ?? "");
            case JsonValueKind.True or JsonValueKind.False:
                return new AttributeValue.Flag(element.GetBoolean());
            case JsonValueKind.Number when element.TryGetInt64(out var number):
                return new AttributeValue.Number(number);
            case JsonValueKind.Number:
                problems.Add(PlanFileDiagnostics.Wrong(path, "a whole number of 64 bits"));
                return new AttributeValue.Number(0);
            case JsonValueKind.Array:
                return ReadList(element, path, problems);
            default:
                return ReadSpecial(element, path, problems)
                    ?? new AttributeValue.Map(ReadMap(element, path, problems) ?? AttributeMap.Empty);
        }
    }

    private static AttributeValue.List ReadList(JsonElement element, string path, List<Diagnostic> problems)
    {
        var items = new List<AttributeValue>(element.GetArrayLength());
        foreach (var item in element.EnumerateArray())
        {
            var inner = $"{path}[{items.Count}]";
            var value = Read(item, inner, problems);
            if (value is null)
            {
                problems.Add(PlanFileDiagnostics.Wrong(inner, "a value other than null"));
            }

            items.Add(value ?? new AttributeValue.Flag(false));
        }

        return new AttributeValue.List([.. items]);
    }

    private static AttributeValue? ReadSpecial(JsonElement element, string path, List<Diagnostic> problems)
    {
        if (TryReadPair(element, ReferenceName, "output", out var first, out var second))
        {
            var address = AddressText.Read(first);
            if (address is null)
            {
                problems.Add(PlanFileDiagnostics.Wrong($"{path}.{ReferenceName}", "scope/namespace/gateway/kind/key"));
            }

            return new AttributeValue.Reference(address ?? default, second);
        }

        return TryReadPair(element, SecretName, "sha256", out first, out second)
            ? new AttributeValue.Secret(first, second)
            : TryReadPair(element, LookupName, "query", out first, out second)
                ? new AttributeValue.Lookup(first, second)
            : null;
    }

    private static bool TryReadPair(
        JsonElement element, string firstName, string secondName, out string first, out string second)
    {
        (first, second) = ("", "");
        if (element.GetPropertyCount() is not 2 || !TryGetText(element, firstName, out first))
        {
            return false;
        }

        return TryGetText(element, secondName, out second);
    }

    private static bool TryGetText(JsonElement element, string name, out string text)
    {
        text = element.TryGetProperty(name, out var value)
            && value.ValueKind is JsonValueKind.String ? value.GetString() ?? "" : "";
        return element.TryGetProperty(name, out value) && value.ValueKind is JsonValueKind.String;
    }

    private static void Pair(Utf8JsonWriter json, string firstName, string first, string secondName, string second)
    {
        json.WriteStartObject();
        json.WriteString(firstName, first);
        json.WriteString(secondName, second);
        json.WriteEndObject();
    }
}
