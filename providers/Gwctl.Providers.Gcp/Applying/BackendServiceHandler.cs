using System.Text.Json.Nodes;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Gcp.Api;
using Gwctl.Providers.Gcp.Api.Compute;
using Gwctl.Providers.Gcp.Reading;

namespace Gwctl.Providers.Gcp.Applying;

/// <summary>Backend services, with the waits for their endpoints' health and for their last requests.</summary>
internal sealed class BackendServiceHandler(ApplyContext context) : ComputeHandler(context, Kinds.BackendService)
{
    private const int ReasonsShownMax = 5;

    /// <summary>Until the first checks of all endpoints have ended, and each group has a healthy one: a broken endpoint
    /// among good ones gets no traffic and is told, but holds nothing up. A group without endpoints passes, and so does
    /// a service without health checks.</summary>
    public override async Task ReadyAsync(StepCall call, CancellationToken cancellationToken)
    {
        var name = ComputeKind.Of(Kinds.BackendService).NameOf(IdOf(call, "selfLink"));
        var startedAt = Context.Clock.GetTimestamp();
        await Context.UntilAsync(call, Context.Waits.EndpointsHealthyMax, async stop =>
        {
            var service = await Api.Compute.FindAsync(name, stop)
                ?? throw ApplyFailures.Common.NotThere(call.Step.Address);
            if (!service.Texts("healthChecks").Any())
            {
                return null;
            }

            var groups = new List<GroupHealth>();
            foreach (var backend in service.Objects("backends"))
            {
                groups.Add(await HealthAsync(name, backend.TextOrNull("group") ?? "", stop));
            }

            var mayBeUnchecked = Context.Clock.GetElapsedTime(startedAt) >= Context.Waits.UncheckedMax
                && !service.Objects("usedBy").Any();
            return Judge(call, groups, mayBeUnchecked);
        }, cancellationToken);
    }

    /// <summary>Nothing tells how many requests are left: the time that the service gives them is waited out.</summary>
    public override async Task DrainedAsync(StepCall call, CancellationToken cancellationToken)
    {
        var name = ComputeKind.Of(Kinds.BackendService).NameOf(IdOf(call, "selfLink"));
        if (await Api.Compute.FindAsync(name, cancellationToken) is not { } service)
        {
            return;
        }

        var given = TimeSpan.FromSeconds(
            service.ObjectOrNull("connectionDraining")?.NumberOrNull("drainingTimeoutSec") ?? 0);
        var delay = given < Context.Waits.DrainedMax ? given : Context.Waits.DrainedMax;
        if (delay > TimeSpan.Zero)
        {
            call.Progress($"its last requests have {delay.TotalSeconds:0} s");
            await Task.Delay(delay, Context.Clock, cancellationToken);
        }
    }

    private static string? Judge(StepCall call, List<GroupHealth> groups, bool mayBeUnchecked)
    {
        var (endpoints, healthy) = (groups.Sum(group => group.Endpoints), groups.Sum(group => group.Healthy));
        var pending = groups.FindAll(group => group.Endpoints > group.Healthy);
        if (pending.Count is 0)
        {
            return null;
        }

        var reasons = string.Join("; ", pending.SelectMany(group => group.Reasons).Take(ReasonsShownMax));
        var found = $"{healthy} of {endpoints} endpoints healthy{(reasons is "" ? "" : $" ({reasons})")}";
        var isChecked = groups.Exists(group => group.Known > 0);
        var isDecided = pending.TrueForAll(group => group.Known == group.Endpoints && group.Healthy > 0);
        if (!isDecided && (isChecked || !mayBeUnchecked))
        {
            return found;
        }

        call.Warn(ApplyFailures.Common.Unhealthy(call.Step.Address, "Endpoints", found));
        return null;
    }

    private async Task<GroupHealth> HealthAsync(
        ComputeName service, string group, CancellationToken cancellationToken)
    {
        var answer = await Api.Compute.AskAsync(
            service, "getHealth", new JsonObject { ["group"] = group }, cancellationToken);
        var states = answer.Objects("healthStatus").ToList();
        if (states.Count is 0)
        {
            var name = ComputeKind.Of(Kinds.NetworkEndpointGroup).NameOf(group);
            var endpoints = await Api.Compute.ListNetworkEndpointsAsync(name, withHealth: false, cancellationToken)
                .CountAsync(cancellationToken);
            return new GroupHealth(endpoints, Known: 0, Healthy: 0, []);
        }

        return new GroupHealth(
            states.Count,
            states.Count(state => StateOf(state) is not ("UNKNOWN" or "")),
            states.Count(state => StateOf(state) is "HEALTHY"),
            [
                .. states.Where(state => StateOf(state) is not "HEALTHY").Take(ReasonsShownMax)
                    .Select(state => $"{state.TextOrNull("ipAddress")}:{state.TextOrNull("port")} {StateOf(state)}"),
            ]);
    }

    private static string StateOf(JsonObject state) => state.TextOrNull("healthState") ?? "";

    /// <param name="Known">Endpoints whose first checks have ended.</param>
    private sealed record GroupHealth(int Endpoints, int Known, int Healthy, IReadOnlyList<string> Reasons);
}
