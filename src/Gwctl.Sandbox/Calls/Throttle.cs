using Gwctl.Core;

namespace Gwctl.Sandbox.Calls;

/// <summary>Token buckets by rule, account and region.</summary>
internal sealed class Throttle(EquatableList<ThrottleRule> rulesOfAll, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(ThrottleRule Rule, string Scope), (double Tokens, long At)> _buckets = [];

    /// <summary>Takes a token from each bucket that the operation draws on; false where one is empty.</summary>
    public bool Admits(string service, string operation, string scope)
    {
        var rules = rulesOfAll.Where(rule => rule.Service == service && Covers(rule, operation)).ToList();
        if (rules.Count is 0)
        {
            return true;
        }

        lock (_gate)
        {
            return rules.TrueForAll(rule => Take(rule, scope));
        }
    }

    private static bool Covers(ThrottleRule rule, string operation) => rule.Operations.Any(name =>
        name.EndsWith('*')
            ? operation.StartsWith(name[..^1], StringComparison.Ordinal)
            : operation == name);

    private bool Take(ThrottleRule rule, string scope)
    {
        var now = clock.GetTimestamp();
        var (tokens, at) = _buckets.TryGetValue((rule, scope), out var known) ? known : (rule.Capacity, now);
        tokens = Math.Min(
            rule.Capacity, tokens + (clock.GetElapsedTime(at, now).TotalSeconds * rule.RefillPerSecond));
        var admitted = tokens >= 1;
        _buckets[(rule, scope)] = (admitted ? tokens - 1 : tokens, now);
        return admitted;
    }
}
