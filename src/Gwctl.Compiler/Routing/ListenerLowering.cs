using Gwctl.Compiler.Specs;
using Gwctl.Compiler.Topology;
using Gwctl.Core;

namespace Gwctl.Compiler.Routing;

/// <summary>Lowers the listeners of one port: every rule on every hostname, in the order in which they are
/// tried.</summary>
internal sealed class ListenerLowering(
    RuleLowering rules, ShadowReport shadows, BackendTable backends)
{
    /// <param name="listeners">Of one port, the most specific hostname first.</param>
    public EquatableList<RoutingListener> Lower(List<ListenerTopology> listeners)
    {
        var hostnames = listeners.Select(item => HostPattern.Parse(item.Spec.Hostname?.Value)).ToArray();
        var lowered = new RoutingListener[listeners.Count];
        for (var position = 0; position < lowered.Length; position++)
        {
            var listener = listeners[position];
            var protocol = RoutingCompiler.ProtocolOf(listener);
            var routesRequests = protocol is RoutingProtocol.Http or RoutingProtocol.Https;
            var kept = KeepReachable(listener, CandidatesOf(listener, hostnames.AsSpan(0, position), listeners));
            lowered[position] = new RoutingListener
            {
                Name = listener.Spec.Name.Value,
                Protocol = protocol,
                ListenerSet = listener.ListenerSet,
                Hostname = hostnames[position].Text,
                Rules = routesRequests ? [.. kept.Select(RuleOf)] : [],
                Streams = routesRequests ? [] : [.. kept.Select(StreamOf)],
                IsPassthrough = protocol is RoutingProtocol.Tls
                    && listener.Spec.Tls is { Mode.Value: "Passthrough" },
                Certificates = CertificatesOf(listener),
                TlsOptions = listener.Spec.Tls?.Options ?? [],
                Span = listener.Spec.Span,
            };
        }

        return [.. lowered];
    }

    /// <param name="isolating">Hostnames of the listeners that get requests before this one does.</param>
    private List<Candidate> CandidatesOf(
        ListenerTopology listener, ReadOnlySpan<HostPattern> isolating, List<ListenerTopology> listeners)
    {
        var candidates = new List<Candidate>();
        foreach (var attached in listener.Routes)
        {
            foreach (var hostname in attached.Hostnames.Count is 0 ? [""] : attached.Hostnames)
            {
                var pattern = HostPattern.Parse(hostname);
                var owner = IndexOfCover(isolating, pattern);
                if (owner >= 0)
                {
                    shadows.ReportIsolated(attached.Route, listener, pattern, listeners[owner]);
                    continue;
                }

                AddCandidates(attached.Route, pattern, WrittenAs(attached.Route, listener, pattern), candidates);
            }
        }

        candidates.Sort(Candidate.ByPrecedence);
        return candidates;
    }

    /// <summary>The most specific of the route's hostnames that comes to this one on the listener.</summary>
    private static HostPattern WrittenAs(RouteSpec route, ListenerTopology listener, HostPattern hostname)
    {
        var own = HostPattern.Parse(listener.Spec.Hostname?.Value);
        return route.Hostnames.Select(written => HostPattern.Parse(written.Value))
            .Where(written => own.Intersect(written) == hostname)
            .Order()
            .FirstOrDefault();
    }

    private void AddCandidates(
        RouteSpec route, HostPattern hostname, HostPattern written, List<Candidate> candidates)
    {
        foreach (var rule in rules.RulesOf(route))
        {
            foreach (var match in rule.Matches)
            {
                candidates.Add(new Candidate(hostname, written, route, rule, match));
            }
        }
    }

    private List<Candidate> KeepReachable(ListenerTopology listener, List<Candidate> candidates)
    {
        var kept = new List<Candidate>(candidates.Count);
        var winners = new Dictionary<(HostPattern, string), RuleOrigin>(candidates.Count);
        foreach (var candidate in candidates)
        {
            var predicate = (candidate.Hostname, candidate.Match.Predicate);
            if (!winners.TryAdd(predicate, candidate.Match.Origin))
            {
                shadows.ReportShadowed(listener, candidate, winners[predicate]);
                continue;
            }

            kept.Add(candidate);
            backends.Add(candidate.Rule.Backends);
        }

        return kept;
    }

    private static RoutingRule RuleOf(Candidate candidate)
    {
        Invariant.Holds(candidate.Match.Spec is not null);
        return new RoutingRule
        {
            Origin = candidate.Match.Origin,
            Hostname = candidate.Hostname.Text,
            Match = candidate.Match.Spec,
            Filters = candidate.Rule.Filters,
            Action = candidate.Rule.Action,
            Timeouts = candidate.Rule.Spec.Timeouts,
            Retry = candidate.Rule.Spec.Retry,
            SessionPersistence = candidate.Rule.Spec.SessionPersistence,
        };
    }

    private static StreamRule StreamOf(Candidate candidate) => new()
    {
        Origin = candidate.Match.Origin,
        Hostname = candidate.Hostname.Text,
        Backends = candidate.Rule.Action is RoutingAction.Forward forward ? forward.Backends : [],
    };

    private static int IndexOfCover(ReadOnlySpan<HostPattern> isolating, HostPattern pattern)
    {
        for (var position = 0; position < isolating.Length; position++)
        {
            if (isolating[position].Covers(pattern))
            {
                return position;
            }
        }

        return -1;
    }

    private static EquatableList<ListenerCertificate> CertificatesOf(ListenerTopology listener)
    {
        var certificates = new List<ListenerCertificate>();
        foreach (var secret in listener.Certificates)
        {
            // The topology holds only Secrets that have both parts.
            Invariant.Holds(secret is { Certificate: not null, PrivateKey: not null });
            var reference = listener.Spec.Tls?.CertificateRefs.FirstOrDefault(item => item.Name == secret.Name.Name);
            var span = reference?.Span ?? listener.Spec.Span;
            certificates.Add(new ListenerCertificate(secret.Name, secret.Certificate, secret.PrivateKey, span));
        }

        return [.. certificates];
    }
}
