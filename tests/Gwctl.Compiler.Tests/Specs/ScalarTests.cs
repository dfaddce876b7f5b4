using Gwctl.Compiler.Specs;
using Gwctl.Compiler.Specs.Decoding;
using Gwctl.Core;

namespace Gwctl.Compiler.Tests.Specs;

/// <summary>Goal: a scalar means here what it means to Kubernetes.</summary>
public sealed class ScalarTests
{
    [Theory]
    [InlineData("yes", ScalarKind.Bool)]
    [InlineData("Off", ScalarKind.Bool)]
    [InlineData("n", ScalarKind.Bool)]
    [InlineData("TRUE", ScalarKind.Bool)]
    [InlineData("tRUE", ScalarKind.Text)]
    [InlineData("oN", ScalarKind.Text)]
    [InlineData("", ScalarKind.Null)]
    [InlineData("~", ScalarKind.Null)]
    [InlineData("Null", ScalarKind.Null)]
    [InlineData("nul", ScalarKind.Text)]
    [InlineData("8080", ScalarKind.Integer)]
    [InlineData("-1", ScalarKind.Integer)]
    [InlineData("+1_000", ScalarKind.Integer)]
    [InlineData("0x1F", ScalarKind.Integer)]
    [InlineData("0o17", ScalarKind.Integer)]
    [InlineData("0b11", ScalarKind.Integer)]
    [InlineData("017", ScalarKind.Integer)]
    [InlineData("09", ScalarKind.Float)]
    [InlineData("1.5", ScalarKind.Float)]
    [InlineData("1e3", ScalarKind.Float)]
    [InlineData(".inf", ScalarKind.Float)]
    [InlineData(".nan", ScalarKind.Float)]
    [InlineData("1.2.3", ScalarKind.Text)]
    [InlineData("10s", ScalarKind.Text)]
    [InlineData("-", ScalarKind.Text)]
    [InlineData("+", ScalarKind.Text)]
    [InlineData("0x", ScalarKind.Text)]
    [InlineData("2026-01-31", ScalarKind.Text)]
    [InlineData("12:30:45", ScalarKind.Text)]
    [InlineData("example.com", ScalarKind.Text)]
    public void Types_plain_text_as_Kubernetes_does(string text, ScalarKind kind) =>
        Assert.Equal(kind, ScalarText.KindOf(new SpecNode.Scalar(text, Quoted: false, SourceSpan.None)));

    [Theory]
    [InlineData("yes")]
    [InlineData("8080")]
    [InlineData("")]
    public void Takes_quoted_text_for_text(string text) =>
        Assert.Equal(ScalarKind.Text, ScalarText.KindOf(new SpecNode.Scalar(text, Quoted: true, SourceSpan.None)));

    [Theory]
    [InlineData("80", 80)]
    [InlineData("80.0", 80)]
    [InlineData("8e1", 80)]
    [InlineData("0x50", 80)]
    [InlineData("0120", 80)]
    [InlineData("-80", -80)]
    [InlineData("9223372036854775807", long.MaxValue)]
    public void Reads_whole_numbers(string text, long value)
    {
        Assert.True(
            ScalarText.TryWholeNumber(new SpecNode.Scalar(text, Quoted: false, SourceSpan.None), out var number));
        Assert.Equal(value, number);
    }

    [Theory]
    [InlineData("80.5")]
    [InlineData("1e300")]
    [InlineData("9223372036854775808")]
    [InlineData("eighty")]
    [InlineData("")]
    public void Refuses_what_is_no_whole_number(string text) =>
        Assert.False(ScalarText.TryWholeNumber(new SpecNode.Scalar(text, Quoted: false, SourceSpan.None), out _));

    [Theory]
    [InlineData("0s", 0)]
    [InlineData("10s", 10_000)]
    [InlineData("1h30m", 5_400_000)]
    [InlineData("1m500ms", 60_500)]
    [InlineData("99999h", 359_996_400_000)]
    [InlineData("1s1s", 2_000)]
    public void Reads_durations(string text, long milliseconds)
    {
        Assert.True(DurationText.TryParse(text, out var value));
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("10")]
    [InlineData("s")]
    [InlineData("-1s")]
    [InlineData("1.5s")]
    [InlineData("1 s")]
    [InlineData("100000s")]
    [InlineData("1d")]
    [InlineData("1us")]
    [InlineData("1h1m1s1ms1ms")]
    public void Refuses_other_durations(string text) => Assert.False(DurationText.TryParse(text, out _));

    [Theory]
    [InlineData("0s")]
    [InlineData("1h30m")]
    [InlineData("49h1ms")]
    public void Writes_durations_as_they_are_read(string text)
    {
        Assert.True(DurationText.TryParse(text, out var value));
        Assert.Equal(text, DurationText.Format(value));
    }
}
