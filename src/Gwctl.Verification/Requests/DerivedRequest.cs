using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Verification.Router;

namespace Gwctl.Verification.Requests;

/// <summary>A request worth sending.</summary>
/// <param name="Why">What it tries, in a few words.</param>
/// <param name="Aims">The rule that it is to reach, or at whose border it stands; null where it is no rule's.</param>
public sealed record DerivedRequest(Request Request, string Why, RuleOrigin? Aims)
{
    /// <summary>The specification leaves it to the implementation how such a request is read: a difference breaks no
    /// promise.</summary>
    public bool IsOpen { get; init; }
}

/// <summary>A connection worth opening to a port that reads no requests.</summary>
/// <param name="Sni">Null sends no server name.</param>
/// <param name="Aims">As <see cref="DerivedRequest.Aims"/>.</param>
public sealed record DerivedConnection(int Port, Transport Transport, string? Sni, string Why, RuleOrigin? Aims);

/// <summary>A predicate from elsewhere, such as a rule that a cloud holds, to make requests for.</summary>
/// <param name="Hostname">As a rule's: empty for every host.</param>
/// <param name="Why">Where it comes from, in a few words.</param>
public sealed record ExtraPredicate(int Port, string Hostname, HttpMatchSpec Match, string Why);

/// <summary>Requests that tell the rules of a Gateway apart.</summary>
/// <param name="Requests">Each once, in the order of ports, listeners and rules.</param>
/// <param name="Unreached">Rules that none of the requests reaches, and why.</param>
public sealed record DerivedRequests(
    EquatableList<DerivedRequest> Requests,
    EquatableList<DerivedConnection> Connections,
    EquatableList<UnreachedRule> Unreached);

/// <summary>A rule for which no request was found.</summary>
/// <param name="Why">A sentence.</param>
public sealed record UnreachedRule(RuleOrigin Rule, string Listener, string Why);
