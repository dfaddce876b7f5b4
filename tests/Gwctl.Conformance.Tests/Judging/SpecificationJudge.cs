using Gwctl.Compiler.Topology;
using Gwctl.Conformance.Tests.Reading;
using Gwctl.Core;
using Gwctl.Verification.Router;
using Gwctl.Verification.RouteTests;

namespace Gwctl.Conformance.Tests.Judging;

/// <summary>Holds what our own reading of the Gateway API makes of the manifests against what the behaviour
/// expects.</summary>
internal static class SpecificationJudge
{
    /// <summary>What does not hold, in sentences.</summary>
    public static async Task<List<string>> JudgeAsync(
        Behaviour behaviour, SpecificationSide side, CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        problems.AddRange(JudgeCodes(behaviour, side.Diagnostics));
        problems.AddRange(StatusJudge.Judge(behaviour.Statuses, StatusReport.Build(side.Topology, [])));
        problems.AddRange(behaviour.Refusals.SelectMany(expected => JudgeRefusal(expected, side)));
        problems.AddRange(StreamJudge.Judge(behaviour, side));
        problems.AddRange(BackendTlsJudge.Judge(behaviour, side));
        problems.AddRange(ShareJudge.Judge(behaviour, side));
        var answers = new Dictionary<string, Answer>(StringComparer.Ordinal);
        var runner = RouteTestRunner.OfSpecification(side.Routers);
        foreach (var test in side.Specs.RouteTests)
        {
            foreach (var result in await runner.RunAsync(test, cancellationToken))
            {
                problems.AddRange(result.Failures.Select(failure => $"case {result.Case.Name.Value}: {failure}"));
                if (result.Explanation is { } explanation)
                {
                    answers.Add(result.Case.Name.Value, explanation.Answer);
                }
            }
        }

        problems.AddRange(behaviour.Responses.SelectMany(expected => JudgeResponse(expected, answers)));
        problems.AddRange(JudgeMirrors(behaviour, answers));
        return problems;
    }

    private static IEnumerable<string> JudgeCodes(Behaviour behaviour, EquatableList<Diagnostic> diagnostics)
    {
        foreach (var code in behaviour.Codes.Where(code => !diagnostics.Any(found => found.Code == code)))
        {
            yield return $"{code} does not come.";
        }

        foreach (var found in diagnostics.Where(found =>
            found.Severity is not Severity.Note && !behaviour.Codes.Contains(found.Code)))
        {
            yield return $"{found.Code} comes at {found.Subject}: {found.Summary}. {found.Detail}";
        }
    }

    private static IEnumerable<string> JudgeRefusal(ExpectedRefusal expected, SpecificationSide side)
    {
        // A Gateway that serves nothing refuses everything.
        if (side.RouterOf(expected.Gateway)?.Route(expected.Request) is { Outcome: not Outcome.Refused } answer)
        {
            yield return $"line {expected.Line}: {expected.Request} is not refused but {answer.Outcome}.";
        }
    }

    private static IEnumerable<string> JudgeResponse(
        ExpectedResponse expected, Dictionary<string, Answer> answers)
    {
        if (!answers.TryGetValue(expected.Case, out var answer))
        {
            yield return $"line {expected.Line}: there is no case {expected.Case}.";
            yield break;
        }

        foreach (var value in ResponseHeaders.Possible(answer.Outcome, expected.Header).Distinct())
        {
            if (value != expected.Value)
            {
                yield return $"line {expected.Line}: {expected.Header} is {value ?? "absent"}, "
                    + $"expected {expected.Value ?? "absent"}.";
            }
        }
    }

    private static IEnumerable<string> JudgeMirrors(Behaviour behaviour, Dictionary<string, Answer> answers)
    {
        foreach (var expected in behaviour.Mirrors.GroupBy(mirror => mirror.Case))
        {
            var shares = answers.GetValueOrDefault(expected.Key)?.Outcome is Outcome.Forward forward
                ? forward.Shares
                : [];
            var wanted = Shown(expected.Where(mirror => mirror.BackendId is not null)
                .Select(mirror => (mirror.BackendId!, mirror.Percent)));
            var got = shares.Select(share => Shown(share.Mirrors.Select(mirror =>
                (mirror.BackendId, 100.0 * mirror.Share.Numerator / mirror.Share.Denominator)))).Distinct().ToList();
            if (got is not [var only] || only != wanted)
            {
                yield return $"case {expected.Key}: mirrored to {string.Join(" or ", got)}, expected {wanted}.";
            }
        }
    }

    private static string Shown(IEnumerable<(string Backend, double Percent)> mirrors) => string.Join(
        ", ", mirrors.Select(mirror => $"{mirror.Backend} ({mirror.Percent:0.##}%)").Order(StringComparer.Ordinal));
}
