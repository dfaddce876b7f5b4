using System.Text;
using System.Text.RegularExpressions;

namespace Gwctl.Sandbox.Gcp.UrlMaps;

/// <summary>A path with wildcards: <c>*</c> is one segment or a part of it, <c>**</c> any rest, <c>{name}</c> and
/// <c>{name=pattern}</c> capture.</summary>
internal sealed partial class PathTemplate
{
    private const int OperatorsMax = 5;

    private readonly Regex _pattern;

    private PathTemplate(Regex pattern, IReadOnlyList<string> variables)
    {
        _pattern = pattern;
        Variables = variables;
    }

    public IReadOnlyList<string> Variables { get; }

    /// <exception cref="FormatException">The text is no template.</exception>
    public static PathTemplate Parse(string text)
    {
        if (!text.StartsWith('/'))
        {
            throw new FormatException("A path template must start with '/'.");
        }

        var pattern = new StringBuilder(@"\A");
        var variables = new List<string>();
        var operators = 0;
        var isClosed = false;
        foreach (var part in Parts().Matches(text).Select(match => match.Value))
        {
            if (part[0] is '{')
            {
                AddVariable(part, pattern, variables, ref operators, ref isClosed);
            }
            else
            {
                pattern.Append(Translate(part, ref operators, ref isClosed));
            }
        }

        if (operators > OperatorsMax || variables.Count > OperatorsMax)
        {
            throw new FormatException($"A path template has at most {OperatorsMax} operators and as many variables.");
        }

        if (Parts().Replace(text, "") is not "" || text.Contains("//", StringComparison.Ordinal))
        {
            throw new FormatException("The path template is malformed.");
        }

        var whole = new Regex(
            pattern.Append(@"\z").ToString(), RegexOptions.CultureInvariant | RegexOptions.NonBacktracking,
            TimeSpan.FromSeconds(1));
        return new PathTemplate(whole, variables);
    }

    /// <summary>The captured values by name; null where the path does not match.</summary>
    public IReadOnlyDictionary<string, string>? Match(string path) =>
        _pattern.Match(path) is { Success: true } match
            ? Variables.ToDictionary(name => name, name => match.Groups[name].Value, StringComparer.Ordinal)
            : null;

    /// <summary>Puts captured values into a rewrite.</summary>
    public static string Expand(string rewrite, IReadOnlyDictionary<string, string> captured) =>
        Named().Replace(rewrite, match => captured.GetValueOrDefault(match.Groups["name"].Value, ""));

    /// <summary>The names that a rewrite uses.</summary>
    public static IEnumerable<string> NamesIn(string rewrite) =>
        Named().Matches(rewrite).Select(match => match.Groups["name"].Value);

    private static void AddVariable(
        string part, StringBuilder pattern, List<string> variables, ref int operators, ref bool isClosed)
    {
        var (name, inner) = part[1..^1].Split('=', 2) is [var left, var right] ? (left, right) : (part[1..^1], "*");
        if (!Name().IsMatch(name) || variables.Contains(name) || inner is "" || inner.Contains('{'))
        {
            throw new FormatException($"The variable '{part}' of the path template is malformed.");
        }

        variables.Add(name);
        pattern.Append("(?<").Append(name).Append('>');
        foreach (var piece in Parts().Matches(inner).Select(match => match.Value))
        {
            pattern.Append(Translate(piece, ref operators, ref isClosed));
        }

        pattern.Append(')');
    }

    private static string Translate(string part, ref int operators, ref bool isClosed)
    {
        if (part is not ("*" or "**"))
        {
            return Regex.Escape(part);
        }

        if (isClosed)
        {
            throw new FormatException("'**' must be the path template's last operator.");
        }

        operators++;
        isClosed = part is "**";
        return isClosed ? ".*" : "[^/]+";
    }

    [GeneratedRegex(@"\{[^{}]*\}|\*\*?|[^*{}]+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parts();

    [GeneratedRegex(@"\{(?<name>[A-Za-z]\w*)\}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Named();

    [GeneratedRegex(@"\A[A-Za-z]\w{0,15}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();
}
