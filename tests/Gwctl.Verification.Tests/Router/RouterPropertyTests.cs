using Gwctl.Verification.Router;

namespace Gwctl.Verification.Tests.Router;

public sealed class RouterPropertyTests
{
    private const int Rounds = 250;
    private const int RequestsOfARound = 140;

    // Goal: whatever the model and the request, the index decides as trying every rule in turn does. 35,000 requests;
    // at least 4,000 must reach a rule for the test to mean anything.
    [Fact]
    public void The_index_decides_as_trying_every_rule_does()
    {
        var matched = 0;
        for (var seed = 0; seed < Rounds; seed++)
        {
            var random = new RandomRouting(seed);
            var gateway = random.Gateway();
            var router = CompiledRouter.Create(gateway);
            for (var index = 0; index < RequestsOfARound; index++)
            {
                var request = random.Request();
                var expected = NaiveRouter.Decide(gateway, request);
                var actual = NaiveRouter.Show(router.Decide(request));
                Assert.True(
                    expected == actual, $"seed {seed}, {request}, {request.Headers}: '{actual}', not '{expected}'");
                matched += actual.StartsWith("Matched", StringComparison.Ordinal) ? 1 : 0;
            }
        }

        Assert.InRange(matched, 4_000, Rounds * RequestsOfARound);
    }

    // Goal: an explanation agrees with the decision: one winner at most, and what is said to match matches.
    [Fact]
    public void Explanations_agree_with_decisions()
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var random = new RandomRouting(seed);
            var router = CompiledRouter.Create(random.Gateway());
            for (var index = 0; index < 20; index++)
            {
                var request = random.Request();
                var explanation = router.Explain(request);
                var won = explanation.Rules.Where(verdict => verdict.Kind is RuleVerdictKind.Won).ToList();
                Assert.Equal(explanation.Answer.Rule is null ? 0 : 1, won.Count);
                Assert.All(explanation.Rules, verdict => Assert.True(
                    verdict.Kind is not (RuleVerdictKind.Won or RuleVerdictKind.LowerPrecedence)
                        || NaiveRouter.Holds(verdict.Rule.Match, request),
                    $"seed {seed}, {request}: {verdict.Rule.Origin} {verdict.Why}"));
            }
        }
    }
}
