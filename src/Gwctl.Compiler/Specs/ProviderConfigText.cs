using System.Text;
using System.Text.Json;
using Gwctl.Compiler.Specs.Decoding;

namespace Gwctl.Compiler.Specs;

/// <summary>Writes a ProviderConfig as a document that reads back as the same configuration: a saved plan carries
/// it.</summary>
public static class ProviderConfigText
{
    /// <summary>JSON, compact; equal configurations make equal texts. Labels, annotations and places are not in
    /// it.</summary>
    public static string Write(ProviderConfigSpec config)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("apiVersion", $"{ApiGroups.Gwctl}/v1alpha1");
            json.WriteString("kind", "ProviderConfig");
            json.WriteStartObject("metadata");
            json.WriteString("name", config.Name.Name);
            if (config.Name.Namespace is not "")
            {
                json.WriteString("namespace", config.Name.Namespace);
            }

            json.WriteEndObject();
            json.WriteStartObject("spec");
            json.WriteString("provider", config.Provider.Value);
            json.WriteString("owner", config.Owner.Value);
            WriteZones(json, config);
            if (config.Settings is { } settings)
            {
                json.WritePropertyName(config.Provider.Value);
                Write(json, settings);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static void WriteZones(Utf8JsonWriter json, ProviderConfigSpec config)
    {
        if (config.DnsZones.Count is 0)
        {
            return;
        }

        json.WriteStartObject("dns");
        json.WriteStartArray("zones");
        foreach (var zone in config.DnsZones)
        {
            json.WriteStartObject();
            json.WriteString("name", zone.Name);
            if (zone.Id is { } id)
            {
                json.WriteString("id", id);
            }

            json.WriteBoolean("private", zone.Private);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, SpecNode node)
    {
        switch (node)
        {
            case SpecNode.Mapping mapping:
                json.WriteStartObject();
                foreach (var field in mapping.Fields)
                {
                    json.WritePropertyName(field.Name);
                    Write(json, field.Value);
                }

                json.WriteEndObject();
                break;
            case SpecNode.Sequence sequence:
                json.WriteStartArray();
                foreach (var item in sequence.Items)
                {
                    Write(json, item);
                }

                json.WriteEndArray();
                break;
            case SpecNode.Scalar scalar:
                Write(json, scalar);
                break;
        }
    }

    // Plain words and numbers of YAML become JSON's own, so that they mean the same when they are read again.
    private static void Write(Utf8JsonWriter json, SpecNode.Scalar scalar)
    {
        switch (ScalarText.KindOf(scalar))
        {
            case ScalarKind.Null:
                json.WriteNullValue();
                break;
            case ScalarKind.Bool:
                json.WriteBooleanValue(ScalarText.IsTrue(scalar));
                break;
            case ScalarKind.Integer or ScalarKind.Float when ScalarText.TryWholeNumber(scalar, out var number):
                json.WriteNumberValue(number);
                break;
            default:
                json.WriteStringValue(scalar.Text);
                break;
        }
    }
}
