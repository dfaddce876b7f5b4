using System.Text.RegularExpressions;
using Gwctl.Compiler.Specs;
using Gwctl.Core;

namespace Gwctl.Conformance.Tests.Reading;

/// <summary>Reads a behaviour's expectations out of the comments at the start of its lines. A word that is not known is
/// an error: an expectation must not get lost by a slip.</summary>
internal static partial class BehaviourReader
{
    public static Behaviour Read(string kind, string name, string text)
    {
        var lines = text.Split('\n')
            .Select((line, index) => (Match: Expectation().Match(line), Line: index + 1))
            .Where(found => found.Match.Success)
            .Select(found => new ExpectationLine(
                found.Line, found.Match.Groups["word"].Value, found.Match.Groups["text"].Value.Trim()))
            .ToList();
        var behaviour = new Behaviour
        {
            Kind = kind,
            Name = name,
            Sentence = Only(lines, "behaviour"),
            Feature = Only(lines, "feature"),
            Source = new SpecSource($"{name}.yaml", ManifestCertificates.FillIn(text)),
        };
        return lines.Aggregate(behaviour, Add);
    }

    private static Behaviour Add(Behaviour behaviour, ExpectationLine line) => line.Word switch
    {
        "behaviour" or "feature" => behaviour,
        "source" when line.Text is "cluster" => behaviour with { IsFromCluster = true },
        "condition" or "attached" or "kinds" =>
            behaviour with { Statuses = [.. behaviour.Statuses, StatusLines.Read(line)] },
        "aws-condition" => behaviour with { AwsStatuses = [.. behaviour.AwsStatuses, StatusLines.Read(line)] },
        "code" => behaviour with { Codes = [.. behaviour.Codes, line.Text.Split(' ')[0]] },
        "refused" => behaviour with { Refusals = [.. behaviour.Refusals, TrafficLines.Refusal(line)] },
        "stream" => behaviour with { Streams = [.. behaviour.Streams, TrafficLines.Stream(line)] },
        "backend-tls" =>
            behaviour with { BackendTls = [.. behaviour.BackendTls, TrafficLines.BackendTls(line)] },
        "share" => behaviour with { Shares = [.. behaviour.Shares, TrafficLines.Share(line)] },
        "response" => behaviour with { Responses = [.. behaviour.Responses, TrafficLines.Response(line)] },
        "mirror" => behaviour with { Mirrors = [.. behaviour.Mirrors, TrafficLines.Mirror(line)] },
        "aws" when line.Text is "native" => behaviour,
        "aws" => behaviour with { Aws = [.. behaviour.Aws, Aws(line)] },
        "gap" => behaviour with { Gaps = [.. behaviour.Gaps, Gap(line)] },
        _ => throw line.Wrong("is no word of expectations"),
    };

    private static ExpectedAws Aws(ExpectationLine line) => line.Text.Split(' ') switch
    {
        ["native", var code] => new ExpectedAws(AwsLevel.Native, code),
        ["divergent", var code] => new ExpectedAws(AwsLevel.Divergent, code),
        ["unsupported", var code] => new ExpectedAws(AwsLevel.Unsupported, code),
        _ => throw line.Wrong("is not native, or divergent or unsupported with a code"),
    };

    private static KnownGap Gap(ExpectationLine line) => line.Text.Split(' ', 2) switch
    {
        ["specification", var why] => new KnownGap(JudgedSide.Specification, why),
        ["aws", var why] => new KnownGap(JudgedSide.Aws, why),
        _ => throw line.Wrong("does not say the side, specification or aws, and why"),
    };

    private static string Only(List<ExpectationLine> lines, string word) =>
        lines.Where(line => line.Word == word).ToList() is [{ Text: not "" } only]
            ? only.Text
            : throw new FormatException($"There must be one line '# {word}: …'.");

    [GeneratedRegex(@"^# (?<word>[a-z-]+):(?<text> .*)$")]
    private static partial Regex Expectation();
}

/// <summary><c># word: text</c>.</summary>
internal sealed record ExpectationLine(int Number, string Word, string Text)
{
    public FormatException Wrong(string why) => new($"Line {Number}, '# {Word}: {Text}': it {why}.");

    /// <summary>A word like <c>shop/gw</c>.</summary>
    public ObjectName NameOf(string text) => text.Split('/') is [var space, var name]
        ? new ObjectName(space, name)
        : throw Wrong($"has {text} where it needs namespace/name");
}
