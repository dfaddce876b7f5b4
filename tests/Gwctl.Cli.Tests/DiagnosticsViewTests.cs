using Gwctl.Cli.Hosting;
using Gwctl.Cli.Views.Diagnostics;
using Gwctl.Cli.Views.Texts;
using Gwctl.Core;

namespace Gwctl.Cli.Tests;

/// <summary>Findings as compilers write them, and as programs read them.</summary>
public sealed class DiagnosticsViewTests
{
    private static readonly Diagnostic Error = new("GW2104", Severity.Error, "Backend weights sum to zero")
    {
        Subject = new SourceSpan("route.yaml", 3, 9),
        Detail = "Rule 0 of shop/store would answer every request with 500.",
        Help = "Give at least one backendRef a weight above 0.",
        Object = "HTTPRoute/shop/store",
    };

    private static readonly Diagnostic Warning = new("GW1002", Severity.Warning, "Older version")
    {
        Subject = new SourceSpan("a.yaml", 1, 1),
    };

    [Fact]
    public void Text_has_place_code_excerpt_and_remedy_in_reading_order_and_counts_at_the_end()
    {
        var sources = new SourceTexts([new("route.yaml", "spec:\n  rules:\n\t\t\t\t\t\t\t\tweight: 0\r\n")]);
        Assert.Equal(
            """
            a.yaml:1:1: warning GW1002: Older version
            route.yaml:3:9: error GW2104: Backend weights sum to zero
                3 |         weight: 0
                  |         ^
              Rule 0 of shop/store would answer every request with 500.
              help: Give at least one backendRef a weight above 0.

            1 error, 1 warning.

            """,
            Text([Error, Warning, Error], sources));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(160)]
    [InlineData(161)]
    [InlineData(2530)]
    [InlineData(3000)]
    public void A_very_long_line_is_quoted_around_the_place(int column)
    {
        var line = $"{new string('a', column - 1)}X{new string('b', 3000 - column)}";
        var text = Text(
            [Error with { Subject = new SourceSpan("s.yaml", 1, column) }], new SourceTexts([new("s.yaml", line)]));

        var lines = text.Split('\n');
        Assert.InRange(lines[1].Length, 80, 170);
        Assert.Equal(lines[1].IndexOf('X'), lines[2].IndexOf('^'));
    }

    [Theory]
    [InlineData("kind: Secret\ndata:\n  tls.key: aGVsbG8=\n", 3)]
    [InlineData("data:\n  tls.key: aGVsbG8=\nkind: 'Secret'\n", 2)]
    [InlineData("{\"kind\": \"Secret\",\n \"data\": {\"tls.key\": \"aGVsbG8=\"}}", 2)]
    [InlineData("kind: List\nitems:\n- kind: Secret\n  data:\n    tls.key: aGVsbG8=\n", 5)]
    public void Lines_of_a_document_with_a_secret_are_never_quoted(string source, int line)
    {
        var diagnostic = Error with { Subject = new SourceSpan("s.yaml", line, 5) };
        Assert.DoesNotContain("aGVsbG8", Text([diagnostic], new SourceTexts([new("s.yaml", source)])));
    }

    [Fact]
    public void A_secret_in_another_document_hides_nothing()
    {
        var sources = new SourceTexts([new("s.yaml", "kind: Secret\n---\nkind: Gateway\n---\nkind: Secret\n")]);
        var text = Text([Error with { Subject = new SourceSpan("s.yaml", 3, 1) }], sources);
        Assert.Contains("    3 | kind: Gateway", text);
    }

    [Fact]
    public void Json_is_one_stable_document()
    {
        using var writer = new StringWriter();
        new JsonDiagnosticsView(writer).Show([Error, Warning, Error]);
        Assert.Equal(
            """
            {
              "formatVersion": 1,
              "errors": 1,
              "warnings": 1,
              "diagnostics": [
                {
                  "code": "GW1002",
                  "severity": "warning",
                  "summary": "Older version",
                  "subject": {
                    "file": "a.yaml",
                    "line": 1,
                    "column": 1
                  }
                },
                {
                  "code": "GW2104",
                  "severity": "error",
                  "summary": "Backend weights sum to zero",
                  "detail": "Rule 0 of shop/store would answer every request with 500.",
                  "help": "Give at least one backendRef a weight above 0.",
                  "object": "HTTPRoute/shop/store",
                  "subject": {
                    "file": "route.yaml",
                    "line": 3,
                    "column": 9
                  }
                }
              ]
            }

            """,
            writer.ToString());
    }

    private static string Text(IEnumerable<Diagnostic> diagnostics, SourceTexts sources)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        new TextDiagnosticsView(new StyledWriter(writer, Terminal.None), sources).Show(diagnostics);
        return writer.ToString();
    }
}
