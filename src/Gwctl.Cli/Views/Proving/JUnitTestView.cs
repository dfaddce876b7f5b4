using System.Globalization;
using System.Text;
using System.Xml;
using Gwctl.Cli.Views.Texts;
using Gwctl.Trials;

namespace Gwctl.Cli.Views.Proving;

/// <summary>JUnit's XML as the readers of GitLab, Jenkins and GitHub's actions take it: a suite for each RouteTest, a
/// testcase for each case.</summary>
public sealed class JUnitTestView(TextWriter writer, TimeProvider clock) : ITestView
{
    private static readonly XmlWriterSettings Settings = new()
    {
        Indent = true,
        NewLineChars = "\n",
        // Of text in memory it would name UTF-16, and what is written to files and pipes is UTF-8.
        OmitXmlDeclaration = true,
    };

    public void Show(TestReport report)
    {
        writer.Write("""<?xml version="1.0" encoding="UTF-8"?>""");
        writer.Write('\n');
        using (var xml = XmlWriter.Create(writer, Settings))
        {
            xml.WriteStartElement("testsuites");
            Write(xml, "name", "gwctl test");
            WriteCounts(xml, [.. report.Cases]);
            foreach (var test in report.ByTest)
            {
                WriteSuite(xml, $"{test.Key}", [.. test]);
            }

            xml.WriteEndElement();
        }

        writer.Write('\n');
        writer.Flush();
    }

    private void WriteSuite(XmlWriter xml, string name, List<TestedCase> cases)
    {
        xml.WriteStartElement("testsuite");
        Write(xml, "name", name);
        WriteCounts(xml, cases);
        Write(xml, "skipped", "0");
        Write(xml, "timestamp", $"{clock.GetUtcNow():yyyy-MM-ddTHH:mm:ss}");
        foreach (var tested in cases)
        {
            xml.WriteStartElement("testcase");
            Write(xml, "classname", name);
            Write(xml, "name", tested.Case.Name.Value);
            Write(xml, "file", tested.Case.Span.File);
            Write(xml, "line", $"{tested.Case.Span.Line}");
            Write(xml, "time", Seconds(tested.Took));
            if (tested.FirstFailed is { } side)
            {
                WriteFailure(xml, tested, side.Result.Failures[0].Field);
            }

            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void WriteFailure(XmlWriter xml, TestedCase tested, string type)
    {
        xml.WriteStartElement("failure");
        Write(xml, "message", FailureText.InOneLine(tested));
        Write(xml, "type", type);
        xml.WriteString(Legal(
            $"{tested.Case.Span}\n{FailureText.Of(tested.Sides[0].Result)}\n{FailureText.Of(tested)}"));
        xml.WriteEndElement();
    }

    private static void WriteCounts(XmlWriter xml, List<TestedCase> cases)
    {
        Write(xml, "tests", $"{cases.Count}");
        Write(xml, "failures", $"{cases.Count(tested => !tested.Passed)}");
        Write(xml, "errors", "0");
        Write(xml, "time", Seconds(cases.Aggregate(TimeSpan.Zero, (sum, tested) => sum + tested.Took)));
    }

    private static void Write(XmlWriter xml, string name, string value) => xml.WriteAttributeString(name, Legal(value));

    private static string Seconds(TimeSpan took) => took.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture);

    /// <summary>XML has no way at all to write most control characters and halves of surrogate pairs: they are shown as
    /// escapes.</summary>
    private static string Legal(string text)
    {
        var legal = new StringBuilder(text.Length);
        foreach (var rune in StyledWriter.Escape(text).EnumerateRunes())
        {
            var isLegal = !rune.IsBmp || XmlConvert.IsXmlChar((char)rune.Value);
            legal.Append(isLegal ? rune.ToString() : $"\\u{rune.Value:x4}");
        }

        return legal.ToString();
    }
}
