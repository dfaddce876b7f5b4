using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Core;

namespace Gwctl.Verification.Router;

/// <summary>What the Gateway API says must happen to a request.</summary>
public sealed record Answer
{
    public required Outcome Outcome { get; init; }

    /// <summary>Null where the request belongs to no listener.</summary>
    public RoutingListener? Listener { get; init; }

    /// <summary>The rule that won, with its timeouts, retry and session persistence; null where none
    /// matched.</summary>
    public RoutingRule? Rule { get; init; }

    /// <summary>Why it is this listener and rule, in a sentence.</summary>
    public required string Why { get; init; }

    /// <summary>The answer of a gateway that goes by the host alone, where server name and host disagree: that it
    /// should refuse the handshake or answer 421 is advice (SHOULD), not a rule. Null where they agree.</summary>
    public Answer? ByHostAlone { get; init; }

    /// <summary>Points on which the specification leaves the implementation a choice, or which cannot be judged here:
    /// a difference there breaks no promise.</summary>
    public EquatableList<string> OpenPoints { get; init; } = [];
}

/// <summary>What becomes of a request.</summary>
public abstract record Outcome
{
    private Outcome()
    {
    }

    /// <summary>One of the shares takes the request, by their weights.</summary>
    /// <param name="Shares">Without those of weight 0.</param>
    /// <param name="CorsHeaders">What a CORS filter sets on the response.</param>
    public sealed record Forward(EquatableList<BackendShare> Shares, EquatableList<HeaderField> CorsHeaders) : Outcome;

    /// <summary>A redirect, its location complete.</summary>
    public sealed record Redirect(int Status, string Location) : Outcome
    {
        public EquatableList<HeaderEditSpec> ResponseEdits { get; init; } = [];

        public EquatableList<HeaderField> CorsHeaders { get; init; } = [];
    }

    /// <summary>A status of the gateway's own.</summary>
    /// <param name="GrpcStatus">What a gRPC client gets; null for other clients.</param>
    public sealed record Respond(int Status, int? GrpcStatus) : Outcome;

    /// <summary>The answer to a CORS preflight: 200 or 204, and where the origin is not allowed also 403, without CORS
    /// headers.</summary>
    public sealed record Preflight(bool Allowed, EquatableList<HeaderField> Headers) : Outcome;

    /// <summary>The connection is a TLS listener's: no request is read.</summary>
    public sealed record Stream(StreamAnswer Answer) : Outcome;

    /// <summary>No connection: nothing listens, or not for this server name or scheme.</summary>
    public sealed record Refused(string Reason) : Outcome;
}

/// <summary>A part of a rule's traffic, and what happens to it.</summary>
public sealed record BackendShare
{
    /// <summary>A <see cref="RoutingBackend.Id"/>; null is an invalid reference.</summary>
    public string? BackendId { get; init; }

    public required int Weight { get; init; }

    /// <summary>The sum of the rule's weights.</summary>
    public required long TotalWeight { get; init; }

    /// <summary>Of the rule's traffic, above 0 up to 1.</summary>
    public double Fraction => (double)Weight / TotalWeight;

    /// <summary>The gateway's own status: 500 for an invalid reference (503 in a GRPCRoute), 503 without ready
    /// endpoints; null where the backend answers.</summary>
    public int? Status { get; init; }

    /// <summary>As <see cref="Outcome.Respond"/>'s.</summary>
    public int? GrpcStatus { get; init; }

    /// <summary>The request as the backend sees it.</summary>
    public required ForwardedRequest Request { get; init; }

    /// <summary>Edits of the response, in order.</summary>
    public EquatableList<HeaderEditSpec> ResponseEdits { get; init; } = [];

    public EquatableList<MirrorShare> Mirrors { get; init; } = [];
}

/// <summary>A request behind the gateway, after the filters.</summary>
public sealed record ForwardedRequest(
    string Method, string Host, string Path, string? Query, EquatableList<HeaderField> Headers);

/// <summary>A copy of the request goes to this backend too, this often; its answer is dropped.</summary>
public sealed record MirrorShare(string BackendId, MirrorShareSpec Share);

/// <summary>What carries a connection.</summary>
public enum Transport
{
    Tcp,
    Udp,

    /// <summary>TCP, starting with a TLS client hello.</summary>
    Tls,
}

/// <summary>Where a connection goes.</summary>
/// <param name="Rule">Null where no rule takes the connection: it is refused.</param>
/// <param name="Shares">Empty where the connection is refused.</param>
/// <param name="Why">Why it is this listener and rule, in a sentence.</param>
public sealed record StreamAnswer(
    RoutingListener? Listener, StreamRule? Rule, EquatableList<StreamShare> Shares, string Why);

/// <summary>A part of a stream rule's connections.</summary>
/// <param name="BackendId">Null where the connections are refused: an invalid reference.</param>
/// <param name="HasEndpoints">False where the backend has no ready endpoint; true also where they are not
/// known.</param>
public sealed record StreamShare(string? BackendId, int Weight, long TotalWeight, bool HasEndpoints)
{
    /// <summary>Of the rule's connections, above 0 up to 1.</summary>
    public double Fraction => (double)Weight / TotalWeight;
}
