using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Gwctl.Providers.Aws.Api.Wire;

/// <summary>The body of the <c>json</c> protocol (ACM, Resource Groups Tagging).</summary>
internal sealed class JsonWriter : WireWriter
{
    private static readonly JsonWriterOptions Options =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Utf8JsonWriter _json;

    private JsonWriter(Utf8JsonWriter json) => _json = json;

    public static byte[] ToBytes(IWireShape request)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            new JsonWriter(json).WriteObject(request);
        }

        return buffer.WrittenSpan.ToArray();
    }

    public override void Put(string name, string? value)
    {
        if (value is not null)
        {
            _json.WriteString(name, value);
        }
    }

    public override void Put(string name, long? value)
    {
        if (value is { } number)
        {
            _json.WriteNumber(name, number);
        }
    }

    public override void Put(string name, bool? value)
    {
        if (value is { } flag)
        {
            _json.WriteBoolean(name, flag);
        }
    }

    public override void Put(string name, ReadOnlyMemory<byte>? value)
    {
        if (value is { } bytes)
        {
            _json.WriteBase64String(name, bytes.Span);
        }
    }

    public override void Put(string name, IWireShape? value)
    {
        if (value is not null)
        {
            _json.WritePropertyName(name);
            WriteObject(value);
        }
    }

    public override void PutList(string name, string item, IReadOnlyList<string> values)
    {
        if (values.Count == 0)
        {
            return;
        }

        _json.WriteStartArray(name);
        foreach (var value in values)
        {
            _json.WriteStringValue(value);
        }

        _json.WriteEndArray();
    }

    public override void PutList(string name, string item, IReadOnlyList<IWireShape> values)
    {
        if (values.Count == 0)
        {
            return;
        }

        _json.WriteStartArray(name);
        foreach (var value in values)
        {
            WriteObject(value);
        }

        _json.WriteEndArray();
    }

    public override void PutMap(string name, IReadOnlyList<KeyValuePair<string, string>> values)
    {
        if (values.Count == 0)
        {
            return;
        }

        _json.WriteStartObject(name);
        foreach (var (key, value) in values)
        {
            _json.WriteString(key, value);
        }

        _json.WriteEndObject();
    }

    private void WriteObject(IWireShape value)
    {
        _json.WriteStartObject();
        value.Write(this);
        _json.WriteEndObject();
    }
}
