using System.Globalization;
using System.Text.RegularExpressions;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Gcp;

/// <summary>A list's filter: comparisons (<c>name = "a"</c>, <c>labels.k:*</c>, <c>name eq web-.*</c>) joined by AND or
/// OR, in parentheses or not, with NOT or a minus before them.</summary>
internal sealed partial class ListFilter
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly Func<Struct, bool> _matches;

    private ListFilter(Func<Struct, bool> matches) => _matches = matches;

    public bool Matches(Struct document) => _matches(document);

    /// <exception cref="GcpException">The text is no filter that the sandbox knows.</exception>
    public static ListFilter Parse(string text)
    {
        var tokens = new Queue<string>(Token().Matches(text).Select(match => match.Value));
        if (tokens.Count is 0)
        {
            return new ListFilter(_ => true);
        }

        var any = ParseAny(tokens, text);
        return tokens.Count is 0 ? new ListFilter(any) : throw Bad(text);
    }

    private static Func<Struct, bool> ParseAny(Queue<string> tokens, string text)
    {
        var left = ParseAll(tokens, text);
        while (tokens.TryPeek(out var next) && next is "OR")
        {
            tokens.Dequeue();
            var (first, second) = (left, ParseAll(tokens, text));
            left = document => first(document) || second(document);
        }

        return left;
    }

    private static Func<Struct, bool> ParseAll(Queue<string> tokens, string text)
    {
        var left = ParseOne(tokens, text);
        while (tokens.TryPeek(out var next) && next is not ("OR" or ")"))
        {
            if (next is "AND")
            {
                tokens.Dequeue();
            }

            var (first, second) = (left, ParseOne(tokens, text));
            left = document => first(document) && second(document);
        }

        return left;
    }

    private static Func<Struct, bool> ParseOne(Queue<string> tokens, string text)
    {
        var token = Next(tokens, text);
        if (token is "NOT" or "-")
        {
            var inner = ParseOne(tokens, text);
            return document => !inner(document);
        }

        if (token is "(")
        {
            var inner = ParseAny(tokens, text);
            return Next(tokens, text) is ")" ? inner : throw Bad(text);
        }

        var (operation, wanted) = (Next(tokens, text), Unquote(Next(tokens, text)));
        return Comparison(token, operation, wanted, text);
    }

    private static Func<Struct, bool> Comparison(string field, string operation, string wanted, string text) =>
        operation switch
        {
            "=" => document => Read(document, field).Any(value => Same(value, wanted)),
            "!=" => document => !Read(document, field).Any(value => Same(value, wanted)),
            ":" when wanted is "*" => document => Read(document, field).Any(),
            ":" => document => Read(document, field).Any(value => Contains(value, wanted)),
            "eq" => document => Read(document, field).Any(value => Whole(wanted, text).IsMatch(value)),
            "ne" => document => !Read(document, field).Any(value => Whole(wanted, text).IsMatch(value)),
            "<" or "<=" or ">" or ">=" => document =>
                Read(document, field).Any(value => Compares(value, operation, wanted)),
            _ => throw Bad(text),
        };

    private static IEnumerable<string> Read(Value? value, string path)
    {
        if (path is "")
        {
            return value switch
            {
                null or Struct => [],
                ListValue list => list.SelectMany(item => Read(item, "")),
                _ => [$"{value}"],
            };
        }

        var (name, rest) = path.Split('.', 2) is [var first, var second] ? (first, second) : (path, "");
        return value switch
        {
            Struct members => Read(members[Unquote(name)], rest),
            ListValue list => list.SelectMany(item => Read(item, path)),
            _ => [],
        };
    }

    private static bool Same(string value, string wanted) => wanted.Contains('*')
        ? Regex.IsMatch(value, $@"\A{Regex.Escape(wanted).Replace(@"\*", ".*")}\z", RegexOptions.IgnoreCase, Patience)
        : value.Equals(wanted, StringComparison.OrdinalIgnoreCase);

    private static bool Contains(string value, string wanted) => wanted.EndsWith('*')
        ? value.StartsWith(wanted[..^1], StringComparison.OrdinalIgnoreCase)
        : value.Contains(wanted, StringComparison.OrdinalIgnoreCase);

    private static bool Compares(string value, string operation, string wanted)
    {
        var order = double.TryParse(value, CultureInfo.InvariantCulture, out var left)
            && double.TryParse(wanted, CultureInfo.InvariantCulture, out var right)
                ? left.CompareTo(right)
                : string.CompareOrdinal(value, wanted);
        return operation switch
        {
            "<" => order < 0,
            "<=" => order <= 0,
            ">" => order > 0,
            _ => order >= 0,
        };
    }

    private static Regex Whole(string pattern, string text)
    {
        try
        {
            return new Regex($@"\A(?:{pattern})\z", RegexOptions.CultureInvariant, Patience);
        }
        catch (ArgumentException)
        {
            throw Bad(text);
        }
    }

    private static string Next(Queue<string> tokens, string text) =>
        tokens.TryDequeue(out var token) ? token : throw Bad(text);

    private static string Unquote(string token) =>
        token is ['"', .., '"'] or ['\'', .., '\'']
            ? token[1..^1].Replace("\\\"", "\"", StringComparison.Ordinal)
            : token;

    private static GcpException Bad(string text) =>
        GcpErrors.Invalid("filter", text, "Invalid list filter expression.");

    [GeneratedRegex(
        """[()]|!=|<=|>=|[=:<>]|"(?:[^"\\]|\\.)*"|'[^']*'|-(?=[\w(])|[^\s()=:<>!"']+""",
        RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Token();
}
