using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Verification.Router;

namespace Gwctl.Verification.Requests;

/// <summary>Derives requests from a Gateway's predicates: one that reaches each rule, and those at its borders. The
/// same routing gives the same requests in the same order.</summary>
public sealed class RequestDerivation
{
    /// <summary>The most requests that a rule adds, those for its hostname not counted.</summary>
    public const int RequestsOfRuleMax = 20;

    /// <summary>The most requests that a hostname of a listener adds.</summary>
    public const int RequestsOfHostnameMax = 10;

    private readonly CompiledRouter _router;
    private readonly List<DerivedRequest> _requests = [];
    private readonly List<DerivedConnection> _connections = [];
    private readonly List<(RoutingRule Rule, UnreachedRule Note)> _missed = [];
    private readonly HashSet<Request> _known = [];
    private readonly HashSet<(int Port, string Hostname)> _hostnames = [];

    private RequestDerivation(CompiledRouter router) => _router = router;

    /// <param name="extras">Predicates that others judge by; each is treated as a rule's.</param>
    public static DerivedRequests Derive(CompiledRouter router, params IEnumerable<ExtraPredicate> extras)
    {
        var derivation = new RequestDerivation(router);
        foreach (var port in router.Gateway.Ports)
        {
            derivation.AddPort(port);
        }

        foreach (var extra in extras)
        {
            derivation.AddExtra(extra);
        }

        return new DerivedRequests(
            [.. derivation._requests], [.. derivation._connections], [.. derivation.Unreached()]);
    }

    /// <summary>A rule that its own candidates missed may be reached at another's border.</summary>
    private IEnumerable<UnreachedRule> Unreached()
    {
        if (_missed.Count is 0)
        {
            return [];
        }

        var reached = _requests.Select(item => _router.Decide(item.Request).Rule)
            .ToHashSet<object?>(ReferenceEqualityComparer.Instance);
        return _missed.Where(missed => !reached.Contains(missed.Rule)).Select(missed => missed.Note);
    }

    private void AddPort(RoutingPort port)
    {
        foreach (var listener in port.Listeners)
        {
            _connections.AddRange(ConnectionVariants.Of(port, listener));
            foreach (var rule in listener.Rules)
            {
                AddRule(port, listener, rule);
            }
        }
    }

    private void AddRule(RoutingPort port, RoutingListener listener, RoutingRule rule)
    {
        var hostname = rule.Hostname is "" ? listener.Hostname : rule.Hostname;
        var candidates = BaseRequests.Of(port, hostname, rule.Match, rule.Origin.Kind is RouteKind.Grpc);
        if (candidates.Count is 0)
        {
            _missed.Add((rule, new UnreachedRule(
                rule.Origin, listener.Name, "No text was found for one of its regular expressions.")));
            return;
        }

        var hit = candidates.FirstOrDefault(request => ReferenceEquals(_router.Decide(request).Rule, rule));
        if (hit is null)
        {
            _missed.Add((rule, new UnreachedRule(rule.Origin, listener.Name, WhyNot(candidates[0]))));
        }

        AddAround(port, hostname, rule.Match, hit ?? candidates[0], "", rule.Origin);
    }

    private void AddExtra(ExtraPredicate extra)
    {
        var port = _router.Gateway.Ports.FirstOrDefault(
            item => item.Port == extra.Port && item.Protocol is not RoutingProtocol.Udp);
        if (port is not null && BaseRequests.Of(port, extra.Hostname, extra.Match) is [var request, ..])
        {
            AddAround(port, extra.Hostname, extra.Match, request, $"{extra.Why}: ", null);
        }
    }

    private void AddAround(
        RoutingPort port, string hostname, HttpMatchSpec match, Request request, string prefix, RuleOrigin? aims)
    {
        var variants = new Variant[] { new(request, "all that the match asks for") }
            .Concat(PathVariants.Of(request, match.Path))
            .Concat(TermVariants.Of(request, match))
            .Where(variant => BaseRequests.IsSendable(variant.Request.Path))
            .Take(RequestsOfRuleMax);
        var ofHostname = _hostnames.Add((port.Port, hostname))
            ? HostVariants.Of(request, hostname, port).Take(RequestsOfHostnameMax)
            : [];
        foreach (var variant in variants.Concat(ofHostname))
        {
            if (_known.Add(variant.Request))
            {
                _requests.Add(new DerivedRequest(variant.Request, prefix + variant.Why, aims)
                {
                    IsOpen = variant.IsOpen,
                });
            }
        }
    }

    private string WhyNot(Request request)
    {
        var decision = _router.Decide(request);
        return decision.Rule is { } winner
            ? $"{winner.Origin} comes first for {request}."
            : $"{request} was tried and is {decision.Kind}.";
    }
}

/// <summary>A request and what it tries.</summary>
/// <param name="IsOpen">As <see cref="DerivedRequest.IsOpen"/>.</param>
internal readonly record struct Variant(Request Request, string Why, bool IsOpen = false);
