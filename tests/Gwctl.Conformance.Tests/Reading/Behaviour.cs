using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Verification.Router;

namespace Gwctl.Conformance.Tests.Reading;

/// <summary>One behaviour of the Gateway API: manifests, and what must come of them. The README beside the files says
/// how they are written.</summary>
public sealed record Behaviour
{
    /// <summary>The folder's name.</summary>
    public required string Kind { get; init; }

    /// <summary>The file's name without its ending.</summary>
    public required string Name { get; init; }

    /// <summary>The behaviour in a sentence.</summary>
    public required string Sentence { get; init; }

    /// <summary>The conformance suite's name, or one of the capabilities that the suite has no name for.</summary>
    public required string Feature { get; init; }

    /// <summary>The manifests, certificates filled in.</summary>
    public required SpecSource Source { get; init; }

    /// <summary>Creation times and generations count, as they do in a cluster.</summary>
    public bool IsFromCluster { get; init; }

    public EquatableList<ExpectedStatus> Statuses { get; init; } = [];

    /// <summary>The same after AWS has said what it cannot do.</summary>
    public EquatableList<ExpectedStatus> AwsStatuses { get; init; } = [];

    /// <summary>Every code of reading, topology and routing that must come; no other warning or error may.</summary>
    public EquatableList<string> Codes { get; init; } = [];

    public EquatableList<ExpectedRefusal> Refusals { get; init; } = [];

    public EquatableList<ExpectedStream> Streams { get; init; } = [];

    public EquatableList<ExpectedBackendTls> BackendTls { get; init; } = [];

    public EquatableList<ExpectedShare> Shares { get; init; } = [];

    public EquatableList<ExpectedResponse> Responses { get; init; } = [];

    public EquatableList<ExpectedMirror> Mirrors { get; init; } = [];

    /// <summary>Empty where projection says nothing.</summary>
    public EquatableList<ExpectedAws> Aws { get; init; } = [];

    /// <summary>What gwctl is known to get wrong, by side: then that side must fail, until somebody mends it.</summary>
    public EquatableList<KnownGap> Gaps { get; init; } = [];

    public bool HasGap(JudgedSide side) => Gaps.Any(gap => gap.Side == side);

    public override string ToString() => $"{Kind}/{Name}";
}

/// <summary>What the status of an object, or of a part of it, must say.</summary>
/// <param name="Subject"><c>Kind/namespace/name</c>.</param>
/// <param name="Listener">Of a Gateway or ListenerSet; null is the object's own.</param>
/// <param name="Parent">Of a route, the Gateway or ListenerSet; of a policy, the ancestor:
/// <c>namespace/name</c>.</param>
/// <param name="Section">The parentRef's sectionName; null is any.</param>
/// <param name="Port">The parentRef's port; null is any.</param>
public sealed record ExpectedStatus(
    int Line, string Subject, string? Listener, string? Parent, string? Section, int? Port)
{
    public EquatableList<ExpectedCondition> Conditions { get; init; } = [];

    /// <summary>The listener's attachedRoutes, or the Gateway's attachedListenerSets; null is any.</summary>
    public int? Attached { get; init; }

    /// <summary>The listener's supported kinds; null is any.</summary>
    public EquatableList<string>? RouteKinds { get; init; }

    /// <summary>The route must have no status for the parent at all, or the object no status.</summary>
    public bool IsAbsent { get; init; }
}

/// <param name="Status">True, False, Unknown, or Absent.</param>
/// <param name="Reason">Null is any.</param>
public sealed record ExpectedCondition(string Type, string Status, string? Reason);

/// <summary>A connection that must not be accepted.</summary>
/// <param name="Gateway">Null is the only one.</param>
public sealed record ExpectedRefusal(int Line, ObjectName? Gateway, Request Request);

/// <summary>Where a connection must go. All lines with the same way in tell the whole of it.</summary>
/// <param name="BackendId">Null is refused.</param>
public sealed record ExpectedStream(
    int Line, ObjectName? Gateway, Transport Transport, int Port, string? Sni, string? BackendId, int Percent);

/// <summary>How a backend must be reached.</summary>
/// <param name="BackendId"><c>namespace/service:port</c>.</param>
/// <param name="Hostname">The server name to send; null is plain text.</param>
/// <param name="Names">Subject alternative names of which the certificate must have one.</param>
public sealed record ExpectedBackendTls(int Line, string BackendId, string? Hostname, EquatableList<string> Names);

/// <summary>A share of what becomes of a GET. All lines with one URL tell the whole of it.</summary>
/// <param name="Target">A backend's id, or a status of the load balancer's own.</param>
public sealed record ExpectedShare(int Line, Request Request, string Target, int Percent);

/// <summary>A header of the response to a case.</summary>
/// <param name="Value">Null is that it must be absent.</param>
public sealed record ExpectedResponse(int Line, string Case, string Header, string? Value);

/// <summary>A copy of a case's request.</summary>
/// <param name="BackendId">Null is that nothing may be copied.</param>
public sealed record ExpectedMirror(int Line, string Case, string? BackendId, double Percent);

public enum JudgedSide
{
    Specification,
    Aws,
}

/// <param name="Why">A sentence.</param>
public sealed record KnownGap(JudgedSide Side, string Why);

public enum AwsLevel
{
    Native,
    Divergent,
    Unsupported,
}

/// <summary>What projection announces.</summary>
/// <param name="Level">Native is a warning about something that AWS does as specified.</param>
public sealed record ExpectedAws(AwsLevel Level, string Code);
