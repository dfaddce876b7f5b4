namespace Gwctl.Sandbox.DataPlane.Forwarding;

/// <summary>The X-Amzn-Trace-Id header.</summary>
internal sealed class TraceId(TimeProvider clock)
{
    public const string Header = "X-Amzn-Trace-Id";

    private long _count;

    /// <summary>A new <c>Root</c>, or a new <c>Self</c> before the fields that the request came with.</summary>
    public string Next(string? given)
    {
        var id = $"1-{(uint)clock.GetUtcNow().ToUnixTimeSeconds():x8}-{Interlocked.Increment(ref _count):x24}";
        if (given is null || !given.Contains("Root=", StringComparison.Ordinal))
        {
            return string.IsNullOrEmpty(given) ? $"Root={id}" : $"Root={id};{given}";
        }

        var others = given.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(field => !field.StartsWith("Self=", StringComparison.Ordinal));
        return $"Self={id};{string.Join(';', others)}";
    }
}
