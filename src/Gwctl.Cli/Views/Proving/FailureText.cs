using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Trials;
using Gwctl.Verification.Router;
using Gwctl.Verification.RouteTests;

namespace Gwctl.Cli.Views.Proving;

/// <summary>Why a case failed, in words.</summary>
public static class FailureText
{
    public static string NameOf(TestSide side) => side is TestSide.Spec ? "by the spec" : "by the cloud";

    /// <summary>Pairs of a heading and a text: what was expected and got on each side, and why.</summary>
    public static IEnumerable<(string Heading, string Text)> LinesOf(TestedCase tested)
    {
        foreach (var side in tested.Sides.Where(side => !side.Result.Passed))
        {
            foreach (var failure in side.Result.Failures)
            {
                yield return (NameOf(side.Side), failure.ToString());
            }

            if (side.AnnouncedBy is { } diagnostic)
            {
                yield return ("announced by", $"{diagnostic.Code} {diagnostic.Summary} ({diagnostic.Subject})");
            }
        }

        var explanation = tested.Sides.Select(side => side.Result.Explanation)
            .FirstOrDefault(known => known is not null);
        if (explanation is null)
        {
            yield break;
        }

        yield return ("by the rules", $"{RequestText.Of(explanation.Answer)}: {explanation.Answer.Why}");
        foreach (var verdict in Losers(tested, explanation))
        {
            yield return ("not taken", $"{RequestText.Of(verdict.Rule.Origin)}: {verdict.Why}");
        }
    }

    /// <summary>All lines in one text.</summary>
    public static string Of(TestedCase tested) =>
        string.Join('\n', LinesOf(tested).Select(line => $"{line.Heading}: {line.Text}"));

    /// <summary>The first failure, for readers with room for one line; empty where there is none.</summary>
    public static string InOneLine(TestedCase tested)
    {
        if (tested.FirstFailed is not { } side)
        {
            return "";
        }

        var announced = side.AnnouncedBy is { } diagnostic ? $" (announced by {diagnostic.Code})" : "";
        return $"{NameOf(side.Side)}, {side.Result.Failures[0]}{announced}";
    }

    public static string Of(CaseResult result) => result.Request is { } request ? RequestText.Of(request) : "";

    /// <summary>Rules that lead where the case expects to go, and did not have the request.</summary>
    private static IEnumerable<RuleVerdict> Losers(TestedCase tested, Explanation explanation) => explanation.Rules
        .Where(verdict => verdict.Kind is not RuleVerdictKind.Won)
        .Where(verdict => verdict.Rule.Action is RoutingAction.Forward forward
            && forward.Backends.Any(backend => tested.Case.Expect.Backends
                .Any(expected => IsOf(tested.Test, expected, backend.BackendId))));

    private static bool IsOf(RouteTestSpec test, ExpectedBackendSpec expected, string? id) =>
        id?.StartsWith($"{expected.Namespace ?? test.Name.Namespace}/{expected.Name}:", StringComparison.Ordinal)
        is true;
}
