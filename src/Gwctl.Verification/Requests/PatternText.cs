using System.Text.RegularExpressions;
using Gwctl.Verification.Router;

namespace Gwctl.Verification.Requests;

/// <summary>Texts that match a regular expression, for the constructs that routes are written with: literals, classes,
/// groups, alternatives, repetitions and anchors. What it makes is tried against the expression, so it can fail but not
/// mislead.</summary>
internal sealed class PatternText
{
    private const int DepthMax = 50;
    private const int CharactersMax = 512;

    /// <summary>What is tried for classes, the plainest first.</summary>
    private const string Characters = "axAX05-_.~/ !$&'()*+,;=:@%?#\"<>[]{}|\\^`"
        + "bBcCdDeEfFgGhHiIjJkKlLmMnNoOpPqQrRsStTuUvVwWyYzZ12346789";

    private readonly string _pattern;
    private readonly bool _wide;
    private int _next;
    private int _depth;
    private bool _failed;

    private PatternText(string pattern, bool wide)
    {
        _pattern = pattern;
        _wide = wide;
    }

    /// <summary>One or two different texts: the shortest, then one with last alternatives and more repetitions. Empty
    /// where the expression is beyond this, or cannot be read at all.</summary>
    public static IReadOnlyList<string> Samples(string pattern) => Fitting(pattern, Made(pattern));

    /// <summary>The same for a path: each starts with a slash.</summary>
    public static IReadOnlyList<string> Paths(string pattern) => Fitting(
        pattern,
        Made(pattern).SelectMany(text => text.StartsWith('/') ? new[] { text } : [$"/{text}", $"/{text}/x"]));

    private static IEnumerable<string> Made(string pattern) =>
        new[] { new PatternText(pattern, wide: false), new PatternText(pattern, wide: true) }
            .Select(maker => maker.Make())
            .OfType<string>();

    private static List<string> Fitting(string pattern, IEnumerable<string> texts)
    {
        var compiled = new CompiledPattern(pattern);
        return [.. texts.Where(text => compiled.Fits(text)).Distinct(StringComparer.Ordinal)];
    }

    private string? Make()
    {
        var text = Alternatives();
        return _failed || _next < _pattern.Length ? null : text;
    }

    private string Alternatives()
    {
        _depth++;
        _failed |= _depth > DepthMax;
        var chosen = Sequence();
        while (!_failed && Peek() is '|')
        {
            _next++;
            var other = Sequence();
            chosen = _wide ? other : chosen;
        }

        _depth--;
        return chosen;
    }

    private string Sequence()
    {
        var text = "";
        while (!_failed && Peek() is not (null or '|' or ')'))
        {
            text += Repeated(Atom());
            _failed |= text.Length > CharactersMax;
        }

        return text;
    }

    private string Atom()
    {
        var letter = _pattern[_next];
        _next++;
        switch (letter)
        {
            case '^' or '$':
                return "";
            case '.':
                return _wide ? "x" : "a";
            case '(':
                return Group();
            case '[':
                return Class();
            case '\\':
                return Escape();
            case '*' or '+' or '?':
                return Fail();
            default:
                return letter.ToString();
        }
    }

    /// <summary>Plain, named and non-capturing groups, and flags on their own.</summary>
    private string Group()
    {
        if (Peek() is '?')
        {
            var head = GroupHead.Match(_pattern, _next);
            if (!head.Success)
            {
                return Fail();
            }

            _next += head.Length;
            if (head.Value.EndsWith(')'))
            {
                return "";
            }
        }

        var text = Alternatives();
        if (Peek() is not ')')
        {
            return Fail();
        }

        _next++;
        return text;
    }

    private string Class()
    {
        var start = _next - 1;
        _next += Peek() is '^' ? 1 : 0;
        _next += Peek() is ']' ? 1 : 0;
        while (Peek() is not (null or ']'))
        {
            _next += Peek() is '\\' ? 2 : 1;
        }

        if (Peek() is null)
        {
            return Fail();
        }

        _next++;
        return OneOf(_pattern[start.._next]);
    }

    private string Escape()
    {
        if (Peek() is not { } letter)
        {
            return Fail();
        }

        _next++;
        return letter switch
        {
            'A' or 'z' or 'Z' => "",
            'd' or 'D' or 'w' or 'W' or 's' or 'S' => OneOf($"\\{letter}"),
            _ => char.IsAsciiLetterOrDigit(letter) ? Fail() : letter.ToString(),
        };
    }

    private string Repeated(string atom)
    {
        var found = Quantifier.Match(_pattern, _next);
        if (_failed || !found.Success)
        {
            return atom;
        }

        _next += found.Length;
        var (min, max) = found.Value[0] switch
        {
            '*' => (0, int.MaxValue),
            '+' => (1, int.MaxValue),
            '?' => (0, 1),
            _ => Bounds(found),
        };
        var count = _wide ? Math.Min(max, min + 1) : min;
        if ((long)atom.Length * count > CharactersMax)
        {
            return Fail();
        }

        return string.Concat(Enumerable.Repeat(atom, count));
    }

    private static (int Min, int Max) Bounds(Match found)
    {
        var min = int.Parse(found.Groups["min"].Value);
        var max = found.Groups["max"].Value;
        return (min, max is not "" ? int.Parse(max) : found.Groups["comma"].Success ? int.MaxValue : min);
    }

    /// <summary>The first character that a class has; another one where the text is to be wide.</summary>
    private string OneOf(string characterClass)
    {
        var compiled = new CompiledPattern(characterClass);
        var fitting = Characters.Where(letter => compiled.Fits([letter])).Take(2).ToList();
        return fitting.Count is 0 ? Fail() : fitting[_wide ? fitting.Count - 1 : 0].ToString();
    }

    private char? Peek() => _next < _pattern.Length ? _pattern[_next] : null;

    private string Fail()
    {
        _failed = true;
        return "";
    }

    private static readonly Regex GroupHead = new(
        @"\G\?(:|P?<\w+>|[ims]+[:)])", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

    private static readonly Regex Quantifier = new(
        @"\G([*+?]|\{(?<min>\d{1,3})(?<comma>,)?(?<max>\d{1,3})?\})\??",
        RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
}
