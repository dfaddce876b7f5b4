using Gwctl.Engine.Providers;
using Gwctl.Providers.Aws.Projection;

namespace Gwctl.Providers.Aws.Tests.Projection;

public sealed class ForwardTests
{
    [Theory]
    [InlineData(new long[] { 90, 10 }, new[] { 90, 10 })]
    [InlineData(new long[] { 900_000, 100_000 }, new[] { 9, 1 })]
    [InlineData(new long[] { 1_000_000, 1 }, new[] { 999, 1 })]
    [InlineData(new long[] { 999_999, 0 }, new[] { 1, 0 })]
    [InlineData(new long[] { 1_000_000, 333_333 }, new[] { 999, 333 })]
    public void Weights_are_rescaled_and_never_lost(long[] weights, int[] scaled) =>
        Assert.Equal(scaled, WeightScale.Scale(weights, AlbLimits.WeightMax));

    [Theory]
    [InlineData(1_000_000, 1, true)]
    [InlineData(1_000_000, 333_333, false)]
    public void A_loss_that_matters_is_announced(int left, int right, bool announced)
    {
        var projected = Projected.Rules(
            $"- backendRefs: [{{name: a, port: 80, weight: {left}}}, {{name: b, port: 80, weight: {right}}}]");

        Assert.Equal(announced ? ["GW3139"] : [], projected.Codes);
    }

    [Fact]
    public void A_backend_of_weight_0_keeps_its_group()
    {
        var projected = Projected.Rules("- backendRefs: [{name: a, port: 80}, {name: b, port: 80, weight: 0}]");

        Assert.EndsWith(
            "[{targetGroups: [{targetGroup: <target-group shop/a:80>, weight: 1}, "
                + "{targetGroup: <target-group shop/b:80>, weight: 0}], type: forward}]",
            Assert.Single(projected.RuleTexts()));
    }

    [Fact]
    public void An_invalid_backends_share_goes_to_an_empty_group()
    {
        var projected = Projected.Rules("- backendRefs: [{name: a, port: 80}, {name: gone, port: 80, weight: 3}]");

        Assert.Equal(["GW3140"], projected.Codes);
        Assert.Contains("{targetGroup: <target-group unresolved>, weight: 3}", Assert.Single(projected.RuleTexts()));
        var targets = Assert.Single(projected.Of(Kinds.Targets), node => node.Address.Key is "unresolved");
        Assert.Equal("[]", Projected.Text(targets.Attributes["targets"]));
    }

    [Fact]
    public void Only_invalid_backends_answer_500()
    {
        var projected = Projected.Rules("- backendRefs: [{name: gone, port: 80}]");

        Assert.Contains("statusCode: 500", Assert.Single(projected.RuleTexts()));
        Assert.Empty(projected.Of(Kinds.TargetGroup));
    }

    [Fact]
    public void More_than_five_backends_are_an_error()
    {
        var services = string.Join('\n', Enumerable.Range(0, 6).Select(index => $$"""
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: s{{index}}, namespace: shop}
            spec: {ports: [{port: 80}]}
            """));
        var refs = string.Join(", ", Enumerable.Range(0, 6).Select(index => $"{{name: s{index}, port: 80}}"));
        var projected = Projected.Rules($"- backendRefs: [{refs}]", more: services);

        Assert.Equal(["GW3138"], projected.Codes);
        Assert.Contains("statusCode: 500", Assert.Single(projected.RuleTexts()));
    }
}
