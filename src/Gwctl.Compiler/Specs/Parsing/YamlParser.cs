using Gwctl.Core;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Gwctl.Compiler.Specs.Parsing;

/// <summary>YAML text to nodes with their places.</summary>
internal sealed class YamlParser
{
    private const string StandardTag = "tag:yaml.org,2002:";

    private readonly DocumentText _text;
    private readonly TextCache _cache;
    private readonly List<Diagnostic> _diagnostics;
    private readonly Parser _events;
    private readonly Dictionary<string, Anchored> _anchors = new(StringComparer.Ordinal);

    private readonly bool _hasTabs;

    private int _depth;
    private int _flowDepth;
    private long _nodes;
    private long _aliasedNodes;

    private YamlParser(DocumentText text, TextCache cache, List<Diagnostic> diagnostics)
    {
        _text = text;
        _cache = cache;
        _diagnostics = diagnostics;
        _events = new Parser(new MemoryTextReader(text.Text));
        _hasTabs = text.Text.Span.Contains('\t');
    }

    /// <summary>What an alias stands for: how many nodes, all nested aliases followed, and how deeply nested.</summary>
    private readonly record struct Anchored(SpecNode Node, long Size, int Height);

    /// <summary>The documents that could be read, empty ones left out. What could not is in the diagnostics.</summary>
    public static List<SpecNode> Parse(DocumentText text, TextCache cache, List<Diagnostic> diagnostics)
    {
        var parser = new YamlParser(text, cache, diagnostics);
        var documents = new List<SpecNode>(1);
        try
        {
            while (parser.Advance())
            {
                if (parser._events.Current is DocumentStart && parser.ReadDocument() is { } document)
                {
                    documents.Add(document);
                }
            }
        }
        catch (YamlException exception)
        {
            diagnostics.Add(parser.Explain(exception));
        }
        catch (UnreadableException exception)
        {
            diagnostics.Add(exception.Diagnostic);
        }

        return documents;
    }

    private SpecNode? ReadDocument()
    {
        _anchors.Clear();
        (_nodes, _aliasedNodes) = (0, 0);
        Advance();
        var (node, _, _) = ReadNode();
        return node is SpecNode.Scalar { Text: "", Quoted: false } ? null : node;
    }

    /// <summary>Reads the node that starts at the current event and leaves its last event current.</summary>
    private Anchored ReadNode()
    {
        var current = Current;
        if (current is AnchorAlias alias)
        {
            return Follow(alias);
        }

        if (_hasTabs && _flowDepth is 0)
        {
            RefuseTabBefore(current.Start);
        }

        _nodes++;
        if (_nodes > SpecLimits.NodesMax)
        {
            throw new UnreadableException(ParseDiagnostics.TooManyNodes(PlaceOf(current.Start)));
        }

        var anchored = current switch
        {
            Scalar scalar => new Anchored(ReadScalar(scalar), 1, 0),
            MappingStart start => Nested(start, start.Style is MappingStyle.Flow),
            SequenceStart start => Nested(start, start.Style is SequenceStyle.Flow),
            _ => throw new YamlException(current.Start, current.End, "A value is missing here"),
        };
        if (current is NodeEvent { Anchor: { IsEmpty: false } anchor })
        {
            _anchors[anchor.Value] = anchored;
        }

        return anchored;
    }

    private ParsingEvent Current =>
        _events.Current ?? throw new YamlException(Mark.Empty, Mark.Empty, "The text ends within a value");

    /// <summary>The scanner takes a tab in block indentation for a space; Kubernetes refuses it, and what it would mean
    /// depends on who reads it.</summary>
    private void RefuseTabBefore(in Mark start)
    {
        var text = _text.Text.Span[..(int)Math.Min(start.Index, _text.Text.Length)];
        var indentation = text[(text.LastIndexOfAny('\n', '\r') + 1)..];
        if (indentation.Contains('\t') && !indentation.ContainsAnyExcept(' ', '\t'))
        {
            throw new UnreadableException(ParseDiagnostics.Tab(PlaceOf(start)));
        }
    }

    private Anchored Nested(NodeEvent start, bool isFlow)
    {
        _flowDepth += isFlow ? 1 : 0;
        _depth++;
        if (_depth > SpecLimits.DepthMax)
        {
            throw new UnreadableException(ParseDiagnostics.TooDeep(PlaceOf(start.Start)));
        }

        var anchored = start is MappingStart ? ReadMapping(start) : ReadSequence(start);
        _depth--;
        _flowDepth -= isFlow ? 1 : 0;
        return anchored;
    }

    private Anchored Follow(AnchorAlias alias)
    {
        var place = PlaceOf(alias.Start);
        if (!_anchors.TryGetValue(alias.Value.Value, out var anchored))
        {
            _diagnostics.Add(ParseDiagnostics.UnknownAlias(place, alias.Value.Value));
            return new Anchored(new SpecNode.Scalar("", Quoted: false, place), 1, 0);
        }

        _aliasedNodes += anchored.Size;
        if (_aliasedNodes > SpecLimits.AliasedNodesMax)
        {
            throw new UnreadableException(ParseDiagnostics.TooManyAliases(place));
        }

        if (_depth + anchored.Height > SpecLimits.DepthMax)
        {
            throw new UnreadableException(ParseDiagnostics.TooDeep(place));
        }

        return anchored;
    }

    private SpecNode.Scalar ReadScalar(Scalar scalar)
    {
        var place = PlaceOf(scalar.Start);
        var quoted = scalar.Style is not ScalarStyle.Plain;
        if (!scalar.Tag.IsEmpty)
        {
            quoted = ReadsAsText(scalar.Tag.Value, quoted, place);
        }

        return new SpecNode.Scalar(_cache.Share(scalar.Value), quoted, place);
    }

    /// <summary>A standard tag says how to take the scalar; any other is reported.</summary>
    private bool ReadsAsText(string tag, bool quoted, SourceSpan place)
    {
        switch (tag)
        {
            case "!" or $"{StandardTag}str":
                return true;
            case $"{StandardTag}int" or $"{StandardTag}bool" or $"{StandardTag}float" or $"{StandardTag}null":
                return false;
            default:
                _diagnostics.Add(ParseDiagnostics.BadTag(place, tag));
                return quoted;
        }
    }

    private void CheckTag(NodeEvent node, string standard)
    {
        if (!node.Tag.IsEmpty && node.Tag.Value is var tag && tag is not "!" && tag != StandardTag + standard)
        {
            _diagnostics.Add(ParseDiagnostics.BadTag(PlaceOf(node.Start), tag));
        }
    }

    private Anchored ReadSequence(NodeEvent start)
    {
        CheckTag(start, "seq");
        var items = new List<SpecNode>();
        var size = 1L;
        var height = 0;
        while (MoveToNext() is not SequenceEnd)
        {
            var item = ReadNode();
            items.Add(item.Node);
            size += item.Size;
            height = Math.Max(height, item.Height);
        }

        return new Anchored(new SpecNode.Sequence([.. items], PlaceOf(start.Start)), size, height + 1);
    }

    private Anchored ReadMapping(NodeEvent start)
    {
        CheckTag(start, "map");
        var mapping = new MappingBuilder(_diagnostics);
        var size = 1L;
        var height = 0;
        while (MoveToNext() is not MappingEnd)
        {
            var key = ReadNode();
            MoveToNext();
            var value = ReadNode();
            size += key.Size + value.Size;
            height = Math.Max(height, Math.Max(key.Height, value.Height));
            AddField(mapping, key.Node, value.Node);
        }

        return new Anchored(mapping.Build(PlaceOf(start.Start)), size, height + 1);
    }

    private void AddField(MappingBuilder mapping, SpecNode key, SpecNode value)
    {
        switch (key)
        {
            case SpecNode.Scalar { Text: "<<", Quoted: false }:
                Merge(mapping, value, key.Span);
                break;
            case SpecNode.Scalar scalar:
                mapping.Add(new SpecField(scalar.Text, key.Span, value));
                break;
            default:
                _diagnostics.Add(ParseDiagnostics.BadKey(key.Span));
                break;
        }
    }

    private void Merge(MappingBuilder mapping, SpecNode value, SourceSpan place)
    {
        switch (value)
        {
            case SpecNode.Mapping merged:
                mapping.Merge(merged);
                break;
            case SpecNode.Sequence { Items: var items } when items.All(item => item is SpecNode.Mapping):
                foreach (var item in items.OfType<SpecNode.Mapping>())
                {
                    mapping.Merge(item);
                }

                break;
            default:
                _diagnostics.Add(ParseDiagnostics.BadMerge(place));
                break;
        }
    }

    private ParsingEvent MoveToNext()
    {
        Advance();
        return Current;
    }

    /// <summary>The scanner leaves some malformed text by an exception of its own state instead of one about the text.
    /// It is as much a mistake in the text; the last event before it is the nearest known place.</summary>
    private bool Advance()
    {
        try
        {
            return _events.MoveNext();
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            var place = _events.Current?.End ?? Mark.Empty;
            throw new YamlException(place, place, "The text after this place cannot be understood", exception);
        }
    }

    private SourceSpan PlaceOf(in Mark mark) =>
        new(_text.File, (int)mark.Line + _text.LineOffset, (int)mark.Column);

    /// <summary>The scanner's place is where it gave up: often before the cause, and after the end for what is not
    /// closed. A line from there on that is indented by a tab is the likelier cause.</summary>
    private Diagnostic Explain(YamlException exception)
    {
        var number = 0;
        foreach (var line in _text.Text.Span.EnumerateLines())
        {
            number++;
            var column = line.IndexOfAnyExcept(' ');
            if (number >= exception.Start.Line && column >= 0 && line[column] is '\t')
            {
                return ParseDiagnostics.Tab(new SourceSpan(_text.File, number + _text.LineOffset, column + 1));
            }
        }

        var place = PlaceOf(exception.Start);
        return ParseDiagnostics.Yaml(
            exception.Start.Line > number ? place with { Line = number + _text.LineOffset } : place, exception.Message);
    }
}
