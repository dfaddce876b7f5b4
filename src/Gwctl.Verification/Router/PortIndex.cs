using Gwctl.Compiler.Routing;

namespace Gwctl.Verification.Router;

/// <summary>The listeners of one port, to be found by host or server name.</summary>
internal sealed class PortIndex
{
    private readonly HostTable<ListenerIndex> _listeners;
    private readonly HostTable<ListenerIndex> _http;

    public PortIndex(RoutingPort port)
    {
        Port = port;
        Listeners = [.. port.Listeners.Select(listener => new ListenerIndex(listener))];
        _listeners = TableOf(Listeners);
        _http = TableOf(Listeners.Where(index => ReadsRequests(index.Listener)));
    }

    public RoutingPort Port { get; }

    public IReadOnlyList<ListenerIndex> Listeners { get; }

    /// <summary>The listener that has the server name, of whatever protocol.</summary>
    public ListenerIndex? ForServerName(ReadOnlySpan<char> name) => _listeners.Best(name);

    /// <summary>Which listener has the request, and its rule.</summary>
    public Decision Decide(Request request)
    {
        var overTls = request.Scheme is "https";
        var speaksTls = Port.Protocol is RoutingProtocol.Https or RoutingProtocol.Tls;
        if (Port.Protocol is RoutingProtocol.Tcp or RoutingProtocol.Udp || overTls != speaksTls)
        {
            return new Decision(DecisionKind.WrongProtocol, null, null);
        }

        var host = Authority.NameOf(request.Host);
        return overTls ? DecideOverTls(request, host) : DecideInListener(_http.Best(host), request, host);
    }

    /// <summary>The same for a gateway that does not ask for the server name.</summary>
    public Decision DecideByHost(Request request)
    {
        var host = Authority.NameOf(request.Host);
        return DecideInListener(_http.Best(host), request, host);
    }

    /// <summary>The server name has chosen the listener; the host must belong to it too.</summary>
    /// <remarks>Gateway API, Listener.hostname: a host that another listener has is misdirected (421), one that none
    /// has is not found (404).</remarks>
    private Decision DecideOverTls(Request request, ReadOnlySpan<char> host)
    {
        var connected = ForServerName(Authority.NameOf(request.Sni));
        if (connected is null)
        {
            return new Decision(DecisionKind.NoListenerForServerName, null, null);
        }

        if (!ReadsRequests(connected.Listener))
        {
            return new Decision(DecisionKind.Stream, connected.Listener, null);
        }

        var owner = _http.Best(host);
        return owner is not null && !ReferenceEquals(owner, connected)
            ? new Decision(DecisionKind.Misdirected, connected.Listener, null)
            : DecideInListener(owner, request, host);
    }

    private static Decision DecideInListener(ListenerIndex? index, Request request, ReadOnlySpan<char> host)
    {
        if (index is null)
        {
            return new Decision(DecisionKind.NoListenerForHost, null, null);
        }

        var rule = index.Find(request, host);
        return new Decision(rule is null ? DecisionKind.NoRule : DecisionKind.Matched, index.Listener, rule);
    }

    private static bool ReadsRequests(RoutingListener listener) =>
        listener.Protocol is RoutingProtocol.Http or RoutingProtocol.Https;

    private static HostTable<ListenerIndex> TableOf(IEnumerable<ListenerIndex> listeners) => new(
        listeners.Select(index => KeyValuePair.Create(HostPattern.Parse(index.Listener.Hostname), index)));
}
