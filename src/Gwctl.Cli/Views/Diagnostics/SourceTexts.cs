using System.Text.RegularExpressions;
using Gwctl.Core;

namespace Gwctl.Cli.Views.Diagnostics;

/// <summary>The texts that were read, for excerpts. Lines of a document that holds a Secret are never given
/// out.</summary>
public sealed partial class SourceTexts
{
    public static readonly SourceTexts None = new([]);

    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string[]> _lines = new(StringComparer.Ordinal);

    public SourceTexts(IEnumerable<KeyValuePair<string, string>> textsByFile)
    {
        foreach (var (file, text) in textsByFile)
        {
            _texts[file] = text;
        }
    }

    /// <summary>The line that the span is on; null where the text is not at hand or may hold a secret.</summary>
    public string? Line(SourceSpan span)
    {
        if (span.IsNone || span.Line < 1 || !_texts.TryGetValue(span.File, out var text))
        {
            return null;
        }

        if (!_lines.TryGetValue(span.File, out var lines))
        {
            lines = text.Split('\n');
            _lines[span.File] = lines;
        }

        return span.Line > lines.Length || HoldsSecret(lines, span.Line - 1)
            ? null
            : lines[span.Line - 1].TrimEnd('\r');
    }

    private static bool HoldsSecret(string[] lines, int index)
    {
        var first = index;
        while (first > 0 && !IsSeparator(lines[first]))
        {
            first--;
        }

        for (var line = first; line < lines.Length && (line <= index || !IsSeparator(lines[line])); line++)
        {
            if (SecretKind().IsMatch(lines[line]))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsSeparator(string line) => line.StartsWith("---", StringComparison.Ordinal);

    // YAML and JSON spellings alike. It may hide an excerpt more than needed, which does no harm.
    [GeneratedRegex("""["']?kind["']?\s*:\s*["']?Secret\b""", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SecretKind();
}
