namespace Gwctl.Simulation.Tests;

/// <summary>Which random worlds a run makes: GWCTL_SIMULATIONS of them, from GWCTL_SEED on.</summary>
internal static class Seeds
{
    public static (int From, int Count) From(int usual) =>
        (Number("GWCTL_SEED", 1), Number("GWCTL_SIMULATIONS", usual));

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), out var number) ? number : otherwise;
}
