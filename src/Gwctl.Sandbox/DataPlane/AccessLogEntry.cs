namespace Gwctl.Sandbox.DataPlane;

/// <summary>What an Application Load Balancer did with a request, as its access log tells it (the log's
/// <c>trace_id</c>, <c>matched_rule_priority</c>, <c>target_group_arn</c> and <c>target:port</c>).</summary>
/// <param name="TraceId">The client's X-Amzn-Trace-Id; empty where it sent none.</param>
/// <param name="RuleArn">Of the rule that matched; the default rule's where none did.</param>
/// <param name="Target">Null where no target was asked.</param>
public sealed record AccessLogEntry(string TraceId, string RuleArn, BackendAddress? Target);
