using System.Net;

namespace Gwctl.Trials;

/// <summary>A listener of the throw-away cloud.</summary>
/// <param name="ListenerId">The cloud's id of the listener.</param>
/// <param name="Port">As the cloud has it.</param>
/// <param name="TakesDatagrams">It is there for UDP, maybe besides TCP.</param>
/// <param name="TakesConnections">It is there for TCP, maybe besides UDP.</param>
/// <param name="Address">Where it really listens; null where it could not.</param>
/// <param name="TraceHeader">The header by which the cloud's load balancers know a request again.</param>
/// <param name="TraceOf">That header's value for the request of a number.</param>
internal sealed record TrialEndpoint(
    string ListenerId, int Port, bool TakesDatagrams, bool TakesConnections, IPEndPoint? Address, string TraceHeader,
    Func<long, string> TraceOf);

/// <summary>What became of a request.</summary>
/// <param name="RuleId">The cloud's id of the rule that took it, or of the object that it is a part of.</param>
/// <param name="Part">Which part; empty where the rule is an object of its own.</param>
/// <param name="TargetId">The address of the target that got it; null where none did.</param>
internal sealed record TrialOutcome(string RuleId, string Part, string? TargetId);
