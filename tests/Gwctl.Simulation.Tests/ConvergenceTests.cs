namespace Gwctl.Simulation.Tests;

/// <summary>Goal: from whatever was applied before, whatever the specs say now is reached, once and for all, and
/// nobody else's
/// objects change. A failure prints the seed that makes it again.</summary>
public sealed class ConvergenceTests
{
    private const int PairsDefault = 40;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>How many pairs: GWCTL_SIMULATIONS, from GWCTL_SEED on.</summary>
    private static IEnumerable<int> Seeds
    {
        get
        {
            var first = Number("GWCTL_SEED", 1);
            return Enumerable.Range(first, Number("GWCTL_SIMULATIONS", PairsDefault));
        }
    }

    [Theory]
    [MemberData(nameof(World.Providers), MemberType = typeof(World))]
    public async Task Applying_A_then_B_then_A_converges_each_time_and_leaves_others_alone(string provider)
    {
        await using var world = await World.StartAsync(provider, Token);
        foreach (var seed in Seeds)
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

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), out var number) ? number : otherwise;
}
