using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;

namespace Gwctl.Compiler.Topology;

/// <summary>The hostnames of a listener that HTTPRoutes and GRPCRoutes have taken: no host may be served by both
/// kinds.</summary>
/// <remarks>Gateway API, GRPCRouteSpec.hostnames. Two patterns have a host in common exactly where one covers the
/// other, so a pattern meets another where it is among the other's covers or the other among its own: no list is
/// walked.</remarks>
internal sealed class HostClaims
{
    private readonly Claimed _http = new();
    private readonly Claimed _grpc = new();

    /// <summary>True where a route of the other kind has one of the hosts.</summary>
    /// <param name="hostnames">As an <see cref="AttachedRoute"/> holds them; none are every host.</param>
    public bool Conflicts(RouteKind kind, List<string> hostnames)
    {
        var others = kind is RouteKind.Http ? _grpc : _http;
        return !others.IsEmpty && (hostnames.Count is 0
            ? others.Meets(HostPattern.Any)
            : hostnames.Exists(hostname => others.Meets(HostPattern.Parse(hostname))));
    }

    public void Claim(RouteKind kind, List<string> hostnames)
    {
        var own = kind is RouteKind.Http ? _http : _grpc;
        if (hostnames.Count is 0)
        {
            own.Add(HostPattern.Any);
        }

        foreach (var hostname in hostnames)
        {
            own.Add(HostPattern.Parse(hostname));
        }
    }

    private sealed class Claimed
    {
        private readonly HashSet<string> _patterns = new(StringComparer.Ordinal);

        /// <summary>Every pattern that covers one of the claimed, these themselves among them.</summary>
        private readonly HashSet<string> _covers = new(StringComparer.Ordinal);

        public bool IsEmpty => _patterns.Count is 0;

        public bool Meets(HostPattern pattern) =>
            _covers.Contains(pattern.Text) || CoversOf(pattern).Any(_patterns.Contains);

        public void Add(HostPattern pattern)
        {
            if (_patterns.Add(pattern.Text))
            {
                _covers.UnionWith(CoversOf(pattern));
            }
        }

        /// <summary><c>a.b.c</c> is covered by itself, <c>*.b.c</c>, <c>*.c</c> and any host.</summary>
        private static IEnumerable<string> CoversOf(HostPattern pattern)
        {
            yield return pattern.Text;
            var text = pattern.IsWildcard ? pattern.Text[2..] : pattern.Text;
            for (var dot = text.IndexOf('.'); dot >= 0; dot = text.IndexOf('.', dot + 1))
            {
                yield return $"*{text[dot..]}";
            }

            yield return "";
        }
    }
}
