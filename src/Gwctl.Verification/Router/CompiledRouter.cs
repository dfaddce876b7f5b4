using Gwctl.Compiler.Routing;

namespace Gwctl.Verification.Router;

/// <summary>Answers requests and connections to one Gateway as the Gateway API says. It never changes and may be used
/// by many at once.</summary>
public sealed class CompiledRouter
{
    private readonly Dictionary<int, PortIndex> _ports = [];
    private readonly Dictionary<int, PortIndex> _datagramPorts = [];
    private readonly AnswerBuilder _answers;
    private readonly BackendHealth _health;

    private CompiledRouter(GatewayRouting gateway)
    {
        Gateway = gateway;
        _health = new BackendHealth(gateway.Backends);
        _answers = new AnswerBuilder(_health);
        foreach (var port in gateway.Ports)
        {
            var ports = port.Protocol is RoutingProtocol.Udp ? _datagramPorts : _ports;
            ports.Add(port.Port, new PortIndex(port));
        }
    }

    public GatewayRouting Gateway { get; }

    public static CompiledRouter Create(GatewayRouting gateway) => new(gateway);

    /// <summary>Which listener and rule have the request: without memory unless a header is repeated or a parameter is
    /// encoded.</summary>
    public Decision Decide(Request request) =>
        _ports.TryGetValue(request.Port, out var port)
            ? port.Decide(request)
            : new Decision(DecisionKind.NoPort, null, null);

    /// <summary>The whole answer.</summary>
    public Answer Route(Request request)
    {
        var decision = Decide(request);
        return decision.Kind switch
        {
            DecisionKind.Stream => StreamOf(request, decision),
            DecisionKind.Matched when decision.Rule is { } rule => _answers.Build(request, decision, rule),
            DecisionKind.NoListenerForServerName or DecisionKind.Misdirected =>
                AnswerBuilder.WithoutRule(request, decision) with { ByHostAlone = RouteByHost(request) },
            _ => AnswerBuilder.WithoutRule(request, decision),
        };
    }

    private Answer RouteByHost(Request request)
    {
        var decision = _ports[request.Port].DecideByHost(request);
        return decision is { Kind: DecisionKind.Matched, Rule: { } rule }
            ? _answers.Build(request, decision, rule)
            : AnswerBuilder.WithoutRule(request, decision);
    }

    /// <summary>Where a connection goes that is not read as requests.</summary>
    /// <param name="sni">The client hello's server name; null without one, and where the transport has none.</param>
    public StreamAnswer RouteStream(int port, Transport transport, string? sni)
    {
        var ports = transport is Transport.Udp ? _datagramPorts : _ports;
        return ports.TryGetValue(port, out var index)
            ? StreamRouting.Route(index, transport, sni, _health)
            : new StreamAnswer(null, null, [], $"nothing listens on port {port}");
    }

    /// <summary>The answer, and how every rule of the port fared.</summary>
    public Explanation Explain(Request request)
    {
        var answer = Route(request);
        var verdicts = new List<RuleVerdict>();
        if (_ports.TryGetValue(request.Port, out var port))
        {
            foreach (var listener in port.Listeners)
            {
                foreach (var rule in listener.Rules)
                {
                    verdicts.Add(Judge(listener.Listener, rule, request, answer));
                }
            }
        }

        return new Explanation(request, answer, [.. verdicts]);
    }

    private Answer StreamOf(Request request, Decision decision)
    {
        var stream = RouteStream(request.Port, Transport.Tls, request.Sni);
        return new Answer { Outcome = new Outcome.Stream(stream), Listener = decision.Listener, Why = stream.Why };
    }

    private static RuleVerdict Judge(RoutingListener listener, CompiledRule rule, Request request, Answer answer)
    {
        if (ReferenceEquals(rule.Rule, answer.Rule) && ReferenceEquals(listener, answer.Listener))
        {
            return new RuleVerdict(listener, rule.Rule, RuleVerdictKind.Won, "", "it is the first that matches");
        }

        if (!ReferenceEquals(listener, answer.Listener) || answer.Outcome is Outcome.Respond { Status: 421 })
        {
            var owner = answer.Listener is null ? "no listener" : $"listener {answer.Listener.Name}";
            return new RuleVerdict(
                listener, rule.Rule, RuleVerdictKind.OtherListener, "",
                $"it is on listener {listener.Name}, and {owner} has the request");
        }

        return rule.FailingPart(request) is { } failing
            ? new RuleVerdict(listener, rule.Rule, failing.Kind, failing.Name, failing.Why)
            : new RuleVerdict(
                listener, rule.Rule, RuleVerdictKind.LowerPrecedence, "",
                $"it matches too, and {answer.Rule?.Origin} comes first");
    }
}
