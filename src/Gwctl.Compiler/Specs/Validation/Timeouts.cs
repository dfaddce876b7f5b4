using Gwctl.Compiler.Specs.Decoding;
using Gwctl.Core;

namespace Gwctl.Compiler.Specs.Validation;

/// <summary>A single try may not take longer than the whole request, unless the request's time is unlimited.</summary>
internal static class Timeouts
{
    public static void Check(RouteSpec route, NodeProblems problems)
    {
        foreach (var rule in route.Rules)
        {
            if (rule.Timeouts is { Request: { } request, BackendRequest: { } backend }
                && request.Value != TimeSpan.Zero && backend.Value > request.Value)
            {
                problems.Add(new Diagnostic("GW1219", Severity.Error, "Backend timeout exceeds the request's")
                {
                    Subject = backend.Span,
                    Detail = $"backendRequest is {DurationText.Format(backend.Value)}, request is "
                        + $"{DurationText.Format(request.Value)}.",
                    Help = "Lower backendRequest or raise request.",
                });
            }
        }
    }
}
