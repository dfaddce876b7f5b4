using Gwctl.Compiler.Routing;

namespace Gwctl.Verification.Router;

/// <summary>How a listener and rule were found, or why not.</summary>
public enum DecisionKind
{
    /// <summary>A rule matched.</summary>
    Matched,

    /// <summary>The listener has no rule for the request.</summary>
    NoRule,

    /// <summary>No listener of the port has the host.</summary>
    NoListenerForHost,

    /// <summary>The host belongs to another listener than the connection's server name (421).</summary>
    Misdirected,

    /// <summary>The server name belongs to a TLS listener, which reads no requests.</summary>
    Stream,

    /// <summary>Nothing listens on the port.</summary>
    NoPort,

    /// <summary>The port speaks TLS and the client does not, or the other way round, or no HTTP at all.</summary>
    WrongProtocol,

    /// <summary>No listener of the port has the server name.</summary>
    NoListenerForServerName,
}

/// <summary>Which listener and rule have a request: the part of an <see cref="Answer"/> that costs no
/// memory.</summary>
public readonly record struct Decision(DecisionKind Kind, RoutingListener? Listener, RoutingRule? Rule);
