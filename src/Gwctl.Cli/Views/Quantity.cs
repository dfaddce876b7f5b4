namespace Gwctl.Cli.Views;

/// <summary>Numbers with their nouns.</summary>
public static class Quantity
{
    public static string Of(int count, string noun) => count is 1 ? $"1 {noun}" : $"{count} {noun}s";

    /// <summary><c>950ms</c>, <c>12s</c>, <c>3m5s</c>.</summary>
    public static string Of(TimeSpan elapsed)
    {
        if (elapsed < TimeSpan.FromSeconds(1))
        {
            return $"{Math.Max(0, (int)elapsed.TotalMilliseconds)}ms";
        }

        var seconds = (long)elapsed.TotalSeconds;
        return seconds < 60 ? $"{seconds}s" : $"{seconds / 60}m{seconds % 60}s";
    }
}
