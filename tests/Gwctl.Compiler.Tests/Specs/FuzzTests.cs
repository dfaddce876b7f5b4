using System.Globalization;
using System.Text.RegularExpressions;
using Gwctl.Compiler.Specs;
using Gwctl.Compiler.Specs.Parsing;
using Gwctl.Core;

namespace Gwctl.Compiler.Tests.Specs;

/// <summary>
/// Goal: whatever the text, the reader comes back with diagnostics that point into it, and never throws or hangs.
/// Each round damages texts of the corpus by a seed that a failure names. <c>GWCTL_FUZZ_SECONDS</c> makes it go on that
/// long.
/// </summary>
public sealed partial class FuzzTests
{
    private const int RoundsByDefault = 400;

    /// <summary>A bound against hanging, not a measure: a round takes milliseconds.</summary>
    private static readonly TimeSpan RoundMax = TimeSpan.FromMinutes(1);

    private static readonly string[] Snippets =
    [
        "---", "...", "- ", ": ", "? ", "{", "}", "[", "]", "&a ", "*a", "<<: *a", "!!str ", "!x ", "|", ">-", "\"",
        "'", "#", "\t", "\r", "\n", "\n\n", "  ", "%YAML 1.2\n", "\0", "\uFEFF", "\u2028", "\u0085", "\uD800",
        "💥", "null", "~", "yes", "0x7fffffff", "1e999", "-.inf", "99999999999999999999", "\\u12",
        "{{ .Values.x }}", "@", "`", ",",
        "apiVersion: v1\n", "kind: List\nitems:\n",
    ];

    [Fact]
    public async Task Damaged_text_is_reported_and_nothing_more()
    {
        var corpus = Corpus();
        var seconds = int.TryParse(
            Environment.GetEnvironmentVariable("GWCTL_FUZZ_SECONDS"), CultureInfo.InvariantCulture, out var given)
            ? given
            : 0;
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var rounds = 0;
        for (var seed = 1; seed <= RoundsByDefault || clock.Elapsed.TotalSeconds < seconds; seed++)
        {
            var text = Damage(corpus[seed % corpus.Count], new Random(seed));
            var file = seed % 5 is 0 ? "fuzz.json" : "fuzz.yaml";
            var round = Task.Run(() => Check(text, file, seed), TestContext.Current.CancellationToken);
            await round.WaitAsync(RoundMax, TestContext.Current.CancellationToken);
            rounds++;
        }

        Assert.True(rounds >= RoundsByDefault);
        TestContext.Current.SendDiagnosticMessage($"{rounds} rounds");
    }

    private static void Check(string text, string file, int seed)
    {
        try
        {
            var compiled = SpecReader.Read([new SpecSource(file, text)]);

            CheckBothParsersAgree(text, file);
            var lines = LineBreak().Count(text) + 1;
            Assert.NotNull(compiled.Value);
            Assert.All(compiled.Diagnostics, diagnostic =>
            {
                Assert.Matches("^GW1[0-9]{3}$", diagnostic.Code);
                Assert.InRange(diagnostic.Subject.Line, diagnostic.Subject.IsNone ? 0 : 1, lines);
                Assert.InRange(diagnostic.Detail.Length, 1, 2_000);
            });
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"seed {seed}, {file}: {exception.Message}\n{text}", exception);
        }
    }

    /// <summary>The fast parser for simple text may give up, but what it reads is what the full one reads.</summary>
    private static void CheckBothParsersAgree(string text, string file)
    {
        var pieces = DocumentText.Split(new SpecSource(file, text));
        foreach (var piece in pieces.Where(piece => piece.Format is SpecFormat.Yaml))
        {
            var diagnostics = new List<Diagnostic>();
            var full = DocumentParser.IsForbidden(piece) ? [] : YamlParser.Parse(piece, new TextCache(), diagnostics);
            if (!DocumentParser.IsForbidden(piece) && BlockYamlParser.TryParse(piece, new TextCache()) is { } fast)
            {
                Assert.Empty(diagnostics);
                Assert.Equal(full.SingleOrDefault() ?? fast with { Span = fast.Span }, fast);
                Assert.Equal(full.Count is 0, fast is SpecNode.Scalar);
            }
        }
    }

    private static List<string> Corpus()
    {
        var annotated = Directory.EnumerateFiles(Fixtures.Folder("annotated"), "*.yaml").Order(StringComparer.Ordinal);
        var valid = Directory.EnumerateFiles(Fixtures.Folder("valid")).Order(StringComparer.Ordinal);
        return
        [
            .. annotated.Select(File.ReadAllText).SelectMany(text => text.Split("\n---\n")),
            .. valid.Select(File.ReadAllText).SelectMany(text => text.Split("\n---\n")),
        ];
    }

    private static string Damage(string text, Random random)
    {
        for (var wounds = random.Next(1, 6); wounds > 0; wounds--)
        {
            text = Wound(text, random);
        }

        return text;
    }

    private static string Wound(string text, Random random)
    {
        var place = random.Next(text.Length + 1);
        var length = Math.Min(random.Next(1, 40), text.Length - place);
        var lines = text.Split('\n');
        var line = random.Next(lines.Length);
        switch (random.Next(9))
        {
            case 0:
                return text[..place] + (char)random.Next(1, 0x250) + text[Math.Min(text.Length, place + 1)..];
            case 1:
                return text.Remove(place, length);
            case 2:
                return text.Insert(place, text.Substring(place, length));
            case 3:
                return text.Insert(place, Snippets[random.Next(Snippets.Length)]);
            case 4:
                return text[..place];
            case 5:
                lines[line] = new string(' ', random.Next(8)) + lines[line].TrimStart();
                return string.Join('\n', lines);
            case 6:
                (lines[line], lines[random.Next(lines.Length)]) = (lines[random.Next(lines.Length)], lines[line]);
                return string.Join('\n', lines);
            case 7:
                return string.Join('\n', lines.Where((_, index) => index != line));
            default:
                var tokens = Token().Matches(text);
                return tokens.Count is 0
                    ? text
                    : Exchange(text, tokens[random.Next(tokens.Count)], tokens[random.Next(tokens.Count)]);
        }
    }

    private static string Exchange(string text, Match gone, Match instead) =>
        string.Concat(text.AsSpan(0, gone.Index), instead.Value, text.AsSpan(gone.Index + gone.Length));

    [GeneratedRegex(@"[\w./-]+|[^\w\s]", RegexOptions.None, 1_000)]
    private static partial Regex Token();

    [GeneratedRegex("\r\n|[\r\n\u0085\u2028\u2029]", RegexOptions.None, 1_000)]
    private static partial Regex LineBreak();
}
