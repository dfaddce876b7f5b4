namespace Gwctl.Sandbox.DataPlane;

/// <summary>What a load balancer did with a request: of an Application Load Balancer as its access log tells it (the
/// log's <c>trace_id</c>, <c>matched_rule_priority</c>, <c>target_group_arn</c> and <c>target:port</c>).</summary>
/// <param name="TraceId">The client's X-Amzn-Trace-Id, at Google its X-Cloud-Trace-Context; empty where it sent none.
/// </param>
/// <param name="RuleId">Of the rule that matched; the default rule's where none did. At Google the link of the URL
/// map, and behind a <c>#</c> where in it the rule stands: <c>pathMatchers[0].routeRules[2]</c>.</param>
/// <param name="Target">Null where no target was asked.</param>
public sealed record AccessLogEntry(string TraceId, string RuleId, BackendAddress? Target);
