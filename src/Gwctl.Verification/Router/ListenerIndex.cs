using Gwctl.Compiler.Routing;

namespace Gwctl.Verification.Router;

/// <summary>A listener's rules, to be found without trying each.</summary>
internal sealed class ListenerIndex
{
    private readonly HostTable<HostRules> _hosts;
    private readonly CompiledRule[] _rules;

    public ListenerIndex(RoutingListener listener)
    {
        Listener = listener;
        _rules = [.. listener.Rules.Select((rule, position) => new CompiledRule(rule, position))];
        _hosts = new HostTable<HostRules>(_rules
            .GroupBy(rule => rule.Host)
            .Select(group => KeyValuePair.Create(group.Key, new HostRules([.. group]))));
    }

    public RoutingListener Listener { get; }

    /// <summary>By position.</summary>
    public ReadOnlySpan<CompiledRule> Rules => _rules;

    /// <summary>The first rule that matches; null where none does.</summary>
    /// <param name="host">The request's, without port.</param>
    public RoutingRule? Find(Request request, ReadOnlySpan<char> host)
    {
        var best = int.MaxValue;
        foreach (var rules in _hosts.Matches(host))
        {
            if (rules.First < best)
            {
                best = rules.Find(request, best);
            }
        }

        return best < _rules.Length ? _rules[best].Rule : null;
    }
}
