namespace Gwctl.Simulation.Tests;

/// <summary>Goal: from whatever was applied before, whatever the specs say now is reached, once and for all, and
/// nobody else's objects change. A failure prints the seed that makes it again.</summary>
public sealed class ConvergenceTests
{
    private const int PairsDefault = 40;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(World.Providers), MemberType = typeof(World))]
    public async Task Applying_A_then_B_then_A_converges_each_time_and_leaves_others_alone(string provider)
    {
        await using var world = await World.StartAsync(provider, Token);
        var (from, count) = Seeds.From(PairsDefault);
        for (var seed = from; seed < from + count; seed++)
        {
            var first = new SpecGenerator(seed, 0).Generate();
            var second = new SpecGenerator(seed, 1).Generate();
            var foreign = await world.BeginAsync(Token);

            await world.ConvergeAsync(first, $"seed {seed}: A", Token);
            await world.ConvergeAsync(second, $"seed {seed}: B after A", Token);
            await world.ConvergeAsync(first, $"seed {seed}: A after B", Token);
            await world.ConvergeAsync("", $"seed {seed}: nothing after A", Token);

            Assert.Equal(foreign, world.Objects());
        }
    }
}
