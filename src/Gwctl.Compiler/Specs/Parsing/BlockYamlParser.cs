using System.Buffers;
using System.Runtime.InteropServices;
using Gwctl.Core;

namespace Gwctl.Compiler.Specs.Parsing;

/// <summary>Reads the YAML that manifests mostly are: block mappings and lists of single-line scalars.</summary>
/// <remarks>It is there for speed alone: a full scanner needs most of the time and memory of a plan of 10,000 routes.
/// It knows no mistakes. At anything that it does not know for certain (anchors, tags, flow style, several-line
/// scalars, escapes, tabs, repeated keys, whatever is malformed) it gives up, and <see cref="YamlParser"/> reads the
/// document from the start. What it does accept must come out exactly as from there: a test compares the two on damaged
/// text.</remarks>
internal ref struct BlockYamlParser
{
    private const int FieldsMax = 64;

    private static readonly SearchValues<char> KeyCharacters = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./-");

    /// <summary>What a plain scalar may not start with here. YAML allows some of them before certain
    /// characters.</summary>
    private static readonly SearchValues<char> Indicators = SearchValues.Create("-?:,[]{}#&*!|>'\"%@`");

    /// <summary>Tabs, and line breaks of other kinds than the two that files have.</summary>
    private static readonly SearchValues<char> Unusual = SearchValues.Create("\t\u0085\u2028\u2029\uFEFF");

    private readonly string _file;
    private readonly ReadOnlySpan<char> _text;
    private readonly TextCache _cache;
    private readonly List<SpecField> _fields;
    private readonly List<SpecNode> _items;

    /// <summary>Of the current content line: its number, its start, its first character that is no space, and its
    /// end.</summary>
    private int _line;

    private int _lineStart;
    private int _content;
    private int _lineEnd;
    private int _next;

    private int _depth;
    private int _nodes;
    private bool _gaveUp;

    private BlockYamlParser(DocumentText text, TextCache cache)
    {
        _file = text.File;
        _text = text.Text.Span;
        _cache = cache;
        _fields = cache.Fields;
        _items = cache.Items;
        _line = text.LineOffset;
    }

    /// <summary>Null where the text is not certain to be of the simple kind. A document without content is an empty
    /// scalar.</summary>
    public static SpecNode? TryParse(DocumentText text, TextCache cache)
    {
        cache.Fields.Clear();
        cache.Items.Clear();
        var parser = new BlockYamlParser(text, cache);
        if (parser._text.ContainsAny(Unusual))
        {
            return null;
        }

        parser.MoveToContent();
        if (!parser.SkipMarker())
        {
            return null;
        }

        if (parser.IsAtEnd)
        {
            return parser._gaveUp
                ? null
                : new SpecNode.Scalar("", Quoted: false, new SourceSpan(text.File, text.LineOffset + 1, 1));
        }

        var node = parser.ReadBlock(parser.Column);
        return parser._gaveUp || !parser.IsAtEnd ? null : node;
    }

    private readonly bool IsAtEnd => _content < 0;

    /// <summary>Spaces before the content: the indentation.</summary>
    private readonly int Column => _content - _lineStart;

    private readonly ReadOnlySpan<char> Rest => _text[_content.._lineEnd];

    private readonly SourceSpan Place => PlaceAt(_content);

    private readonly SourceSpan PlaceAt(int position) => new(_file, _line, position - _lineStart + 1);

    /// <summary>Gives up on <c>--- value</c>, <c>...</c> and a second marker.</summary>
    private bool SkipMarker()
    {
        if (!IsAtEnd && Column is 0 && Rest.StartsWith("---", StringComparison.Ordinal))
        {
            if (!IsBlank(Rest[3..]))
            {
                return false;
            }

            MoveToContent();
        }

        return IsAtEnd || !(Column is 0 && Rest is ['-', '-', '-', ..] or ['.', '.', '.', ..] or ['%', ..]);
    }

    /// <summary>Nothing but spaces, or spaces and a comment.</summary>
    private static bool IsBlank(ReadOnlySpan<char> text) =>
        text.TrimStart(' ') is var rest && (rest.Length is 0 || rest[0] is '#' && rest.Length < text.Length);

    /// <summary>Moves to the next line that has content.</summary>
    private void MoveToContent()
    {
        while (_next < _text.Length)
        {
            _lineStart = _next;
            _line++;
            var length = _text[_next..].IndexOf('\n');
            _lineEnd = length < 0 ? _text.Length : _next + length;
            _next = length < 0 ? _text.Length : _lineEnd + 1;
            if (_lineEnd > _lineStart && length >= 0 && _text[_lineEnd - 1] is '\r')
            {
                _lineEnd--;
            }

            var line = _text[_lineStart.._lineEnd];
            _gaveUp |= line.Contains('\r');
            var indentation = line.IndexOfAnyExcept(' ');
            if (indentation >= 0 && line[indentation] is not '#')
            {
                _content = _lineStart + indentation;
                return;
            }
        }

        _content = -1;
    }

    private SpecNode ReadBlock(int column)
    {
        _depth++;
        _nodes++;
        if (_depth > SpecLimits.DepthMax || _nodes > SpecLimits.NodesMax)
        {
            return GiveUp();
        }

        SpecNode node = IsEntry(Rest) ? ReadSequence(column) : ReadMapping(column);
        _depth--;
        return node;
    }

    private SpecNode.Scalar GiveUp()
    {
        _gaveUp = true;
        _content = -1;
        return new SpecNode.Scalar("", Quoted: false, SourceSpan.None);
    }

    private static bool IsEntry(ReadOnlySpan<char> rest) => rest is ['-'] or ['-', ' ', ..];

    private SpecNode ReadSequence(int column)
    {
        var place = Place;
        var first = _items.Count;
        while (!IsAtEnd && Column == column && IsEntry(Rest))
        {
            var item = ReadEntry(column);
            if (_gaveUp)
            {
                return item;
            }

            _items.Add(item);
        }

        var items = EquatableList.Create<SpecNode>(CollectionsMarshal.AsSpan(_items)[first..]);
        _items.RemoveRange(first, _items.Count - first);
        return IsAtEnd || Column <= column ? new SpecNode.Sequence(items, place) : GiveUp();
    }

    /// <summary>An item may start a mapping or a list on the dash's own line: its content's column is the new
    /// indentation.</summary>
    private SpecNode ReadEntry(int column)
    {
        var space = Rest[1..].IndexOfAnyExcept(' ');
        if (space < 0 || Rest[space + 1] is '#')
        {
            MoveToContent();
            return !IsAtEnd && Column > column ? ReadBlock(Column) : GiveUp();
        }

        _content += space + 1;
        return IsEntry(Rest) || KeyLength(Rest) > 0 ? ReadBlock(Column) : ReadScalar(column);
    }

    private SpecNode ReadMapping(int column)
    {
        var place = Place;
        var first = _fields.Count;
        while (!IsAtEnd && Column == column && !IsEntry(Rest))
        {
            var length = KeyLength(Rest);
            if (length is 0 || _fields.Count - first >= FieldsMax)
            {
                return GiveUp();
            }

            var keyPlace = Place;
            var key = _cache.Share(Rest[..length]);
            if (Has(key, first))
            {
                return GiveUp();
            }

            var value = ReadValue(column, length);
            if (_gaveUp)
            {
                return value;
            }

            _fields.Add(new SpecField(key, keyPlace, value));
        }

        var fields = EquatableList.Create<SpecField>(CollectionsMarshal.AsSpan(_fields)[first..]);
        _fields.RemoveRange(first, _fields.Count - first);
        return IsAtEnd || Column < column ? new SpecNode.Mapping(fields, place) : GiveUp();
    }

    private readonly bool Has(string key, int first)
    {
        for (var index = first; index < _fields.Count; index++)
        {
            if (ReferenceEquals(_fields[index].Name, key) || _fields[index].Name == key)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The length of a plain key that a colon and a space or the line's end follow; 0 where there is
    /// none.</summary>
    private static int KeyLength(ReadOnlySpan<char> rest)
    {
        var length = rest.IndexOfAnyExcept(KeyCharacters);
        var isKey = length > 0 && rest[0] is not '-' && rest[length] is ':'
            && (length + 1 == rest.Length || rest[length + 1] is ' ');
        return isKey ? length : 0;
    }

    private SpecNode ReadValue(int column, int keyLength)
    {
        var colon = _content + keyLength;
        var space = _text[(colon + 1).._lineEnd].IndexOfAnyExcept(' ');
        if (space >= 0 && _text[colon + 1 + space] is not '#')
        {
            _content = colon + 1 + space;
            return ReadScalar(column);
        }

        var empty = new SpecNode.Scalar("", Quoted: false, PlaceAt(colon + 1));
        MoveToContent();
        if (IsAtEnd || Column < column || Column == column && !IsEntry(Rest))
        {
            return empty;
        }

        return ReadBlock(Column);
    }

    /// <summary>A scalar to the line's end, and no line that would continue it.</summary>
    private SpecNode ReadScalar(int column)
    {
        var rest = Rest;
        var place = Place;
        if (rest[0] is '"' or '\'')
        {
            var end = rest[1..].IndexOf(rest[0]) + 1;
            var isSimple = end > 0 && IsBlank(rest[(end + 1)..]) && !rest[1..end].Contains('\\');
            return isSimple ? Finish(rest[1..end], true, place, column) : GiveUp();
        }

        if (rest is "{}" or "[]")
        {
            MoveToContent();
            var isLast = IsAtEnd || Column <= column;
            SpecNode empty = rest[0] is '{' ? new SpecNode.Mapping([], place) : new SpecNode.Sequence([], place);
            return isLast ? empty : GiveUp();
        }

        if (Indicators.Contains(rest[0]))
        {
            return GiveUp();
        }

        var comment = rest.IndexOf(" #", StringComparison.Ordinal);
        var plain = (comment < 0 ? rest : rest[..comment]).TrimEnd(' ');
        var isPlain = plain[^1] is not ':' && plain.IndexOf(": ", StringComparison.Ordinal) < 0;
        return isPlain ? Finish(plain, false, place, column) : GiveUp();
    }

    private SpecNode.Scalar Finish(ReadOnlySpan<char> text, bool quoted, SourceSpan place, int column)
    {
        var scalar = new SpecNode.Scalar(_cache.Share(text), quoted, place);
        _nodes++;
        MoveToContent();
        return IsAtEnd || Column <= column ? scalar : GiveUp();
    }
}
