using Gwctl.Sandbox.DataPlane.Rules;
using Gwctl.Sandbox.DataPlane.Targets;
using Microsoft.AspNetCore.Http;

namespace Gwctl.Sandbox.DataPlane.Forwarding;

/// <summary>Tells whoever wants to know what becomes of each request, before it does.</summary>
internal sealed class AccessLog(Action<AccessLogEntry>? sink)
{
    public void Write(HttpContext context, LiveRule rule, LiveTarget? target = null) => sink?.Invoke(
        new AccessLogEntry(context.Request.Headers["X-Amzn-Trace-Id"].ToString(), rule.Arn, target?.Address));
}
