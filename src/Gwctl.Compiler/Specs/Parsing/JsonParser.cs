using System.Text;
using System.Text.Json;
using Gwctl.Core;

namespace Gwctl.Compiler.Specs.Parsing;

/// <summary>JSON text to nodes with their places. Several values may follow each other, as <c>kubectl</c> takes
/// them.</summary>
internal sealed class JsonParser
{
    private readonly string _file;
    private readonly byte[] _bytes;
    private readonly TextCache _cache;
    private readonly List<Diagnostic> _diagnostics;

    private long _nodes;
    private int _line = 1;
    private int _column = 1;
    private int _counted;

    private JsonParser(DocumentText text, TextCache cache, List<Diagnostic> diagnostics)
    {
        _file = text.File;
        _bytes = new byte[Encoding.UTF8.GetMaxByteCount(text.Text.Length)];
        _bytes = _bytes[..Encoding.UTF8.GetBytes(text.Text.Span, _bytes)];
        _cache = cache;
        _diagnostics = diagnostics;
    }

    /// <summary>The documents up to the first mistake, nulls left out.</summary>
    public static List<SpecNode> Parse(DocumentText text, TextCache cache, List<Diagnostic> diagnostics)
    {
        var parser = new JsonParser(text, cache, diagnostics);
        var documents = new List<SpecNode>(1);
        var options = new JsonReaderOptions { AllowMultipleValues = true, MaxDepth = SpecLimits.DepthMax + 1 };
        var reader = new Utf8JsonReader(parser._bytes, options);
        try
        {
            while (reader.Read())
            {
                documents.Add(parser.ReadValue(ref reader));
            }
        }
        catch (JsonException exception)
        {
            diagnostics.Add(parser.Explain(exception));
        }
        catch (UnreadableException exception)
        {
            diagnostics.Add(exception.Diagnostic);
        }

        return documents;
    }

    private SpecNode ReadValue(ref Utf8JsonReader reader)
    {
        var place = PlaceOf(reader.TokenStartIndex);
        _nodes++;
        if (_nodes > SpecLimits.NodesMax)
        {
            throw new UnreadableException(ParseDiagnostics.TooManyNodes(place));
        }

        if (reader.CurrentDepth >= SpecLimits.DepthMax
            && reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject)
        {
            throw new UnreadableException(ParseDiagnostics.TooDeep(place));
        }

        return reader.TokenType switch
        {
            JsonTokenType.StartObject => ReadObject(ref reader, place),
            JsonTokenType.StartArray => ReadArray(ref reader, place),
            JsonTokenType.String => new SpecNode.Scalar(TextOf(ref reader), Quoted: true, place),
            _ => new SpecNode.Scalar(_cache.Share(Encoding.UTF8.GetString(reader.ValueSpan)), Quoted: false, place),
        };
    }

    private SpecNode.Sequence ReadArray(ref Utf8JsonReader reader, SourceSpan place)
    {
        var items = new List<SpecNode>();
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            items.Add(ReadValue(ref reader));
        }

        return new SpecNode.Sequence([.. items], place);
    }

    private SpecNode.Mapping ReadObject(ref Utf8JsonReader reader, SourceSpan place)
    {
        var mapping = new MappingBuilder(_diagnostics);
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndObject)
        {
            var keyPlace = PlaceOf(reader.TokenStartIndex);
            var key = TextOf(ref reader);
            reader.Read();
            mapping.Add(new SpecField(key, keyPlace, ReadValue(ref reader)));
        }

        return mapping.Build(place);
    }

    /// <summary>The string at the reader. Half a surrogate pair, which no text can hold, becomes U+FFFD.</summary>
    private string TextOf(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped)
        {
            return _cache.Share(Encoding.UTF8.GetString(reader.ValueSpan));
        }

        var buffer = new char[reader.ValueSpan.Length];
        try
        {
            return _cache.Share(new string(buffer, 0, reader.CopyString(buffer)));
        }
        catch (InvalidOperationException exception)
        {
            throw new JsonException(
                "A \\u escape is half of a surrogate pair", null, _line - 1, _column - 1, exception);
        }
    }

    /// <summary>Offsets must not decrease from call to call: lines are counted on from the last one.</summary>
    private SourceSpan PlaceOf(long offset)
    {
        for (; _counted < offset; _counted++)
        {
            var isContinuation = (_bytes[_counted] & 0xC0) is 0x80;
            (_line, _column) = _bytes[_counted] is (byte)'\n'
                ? (_line + 1, 1)
                : (_line, _column + (isContinuation ? 0 : 1));
        }

        return new SourceSpan(_file, _line, _column);
    }

    private Diagnostic Explain(JsonException exception)
    {
        var line = (int)(exception.LineNumber ?? 0);
        var place = new SourceSpan(_file, line + 1, (int)(exception.BytePositionInLine ?? 0) + 1);
        return ParseDiagnostics.Json(place, Reason(exception.Message));
    }

    /// <summary>The reader's own words without the place. For a word that is no literal it quotes all that follows,
    /// which may be a secret.</summary>
    private static string Reason(string message)
    {
        if (message.Contains("invalid JSON literal", StringComparison.Ordinal))
        {
            return "A word that is not in quotes is neither true, false nor null";
        }

        var end = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return end < 0 ? message : message[..end];
    }
}
