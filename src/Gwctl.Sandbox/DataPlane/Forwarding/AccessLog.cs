using Gwctl.Sandbox.DataPlane.Rules;
using Gwctl.Sandbox.DataPlane.Targets;
using Microsoft.AspNetCore.Http;

namespace Gwctl.Sandbox.DataPlane.Forwarding;

/// <summary>Tells whoever wants to know what becomes of each request, before it does.</summary>
internal sealed class AccessLog(Action<AccessLogEntry>? sink)
{
    public void Write(HttpContext context, LiveRule rule, LiveTarget? target = null) =>
        Write(context.Request.Headers[TraceId.Header].ToString(), rule.Arn, target);

    public void Write(string traceId, string rule, LiveTarget? target) =>
        sink?.Invoke(new AccessLogEntry(traceId, rule, target?.Address));
}
