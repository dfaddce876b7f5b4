using Gwctl.Sandbox.DataPlane.Forwarding;
using Gwctl.Sandbox.DataPlane.Targets;
using Gwctl.Sandbox.Gcp.UrlMaps;
using Microsoft.AspNetCore.Http;

namespace Gwctl.Sandbox.DataPlane.Proxies;

/// <summary>Serves requests as Google's Application Load Balancers do: the URL map decides, and its policies are
/// carried out in the order CORS, faults, mirror, backend.</summary>
internal sealed class ProxyRequests(
    Courier courier, Mirror mirror, StickyCookies cookies, AccessLog log, TimeProvider clock)
{
    // Multiples of it are spread evenly over the fractions, however few are taken.
    private const double GoldenRatio = 0.618_033_988_749_894_8;

    private long _drawn;
    private long _traced;

    public Task ServeAsync(HttpContext context, ProxySnapshot snapshot)
    {
        switch (snapshot.Program.Decide(ProxyRequest.Read(context, snapshot.IsSecure)))
        {
            case RouteDecision.Redirect redirect:
                Log(context, snapshot, redirect, null);
                return ProxyResponse.RedirectAsync(context, redirect);
            case RouteDecision.Forward route:
                return ForwardAsync(context, snapshot, route);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private async Task ForwardAsync(HttpContext context, ProxySnapshot snapshot, RouteDecision.Forward route)
    {
        var cors = CorsAnswer.Of(route.Policies.Cors, context.Request);
        if (cors is { IsPreflight: true })
        {
            Log(context, snapshot, route, null);
            cors.AddTo(context.Response.Headers);
            await ProxyResponse.WriteAsync(context, StatusCodes.Status200OK, "");
            return;
        }

        if (route.Policies.Fault is { } fault && await InjectAsync(context, fault) is { } status)
        {
            Log(context, snapshot, route, null);
            await ProxyResponse.WriteAsync(context, status, "fault filter abort");
            return;
        }

        if (Choose(route.Services) is not { } chosen
            || snapshot.Services.GetValueOrDefault(chosen.Link) is not { Group.HasUsable: true } service)
        {
            Log(context, snapshot, route, null);
            await ProxyResponse.NobodyAsync(context, snapshot.IsClassic);
            return;
        }

        var outgoing = ProxyRequest.Make(context, snapshot, route, chosen.Edits, NewTrace());
        if (route.Policies.Mirror is { } copies && Happens(copies.Percent)
            && snapshot.Services.GetValueOrDefault(copies.Link) is { } mirrored)
        {
            await mirror.StartAsync(context, outgoing, mirrored);
        }

        await SendAsync(new Passage(context, snapshot, route, chosen, service, outgoing, cors));
    }

    /// <summary>Tries endpoints until one answers to the policy's liking, or no further try is left.</summary>
    private async Task SendAsync(Passage passage)
    {
        var context = passage.Context;
        var policies = passage.Route.Policies;
        var startedAt = clock.GetTimestamp();
        var timeout = LiveService.Bounded(policies.Timeout ?? passage.Service.Timeout);
        var left = policies.Retry?.Retries ?? 0;
        if (left > 0)
        {
            context.Request.EnableBuffering();
        }

        while (true)
        {
            var remaining = timeout - clock.GetElapsedTime(startedAt);
            if (TargetFor(passage) is not { } target)
            {
                await ProxyResponse.NobodyAsync(context, passage.Snapshot.IsClassic);
                return;
            }

            var patience = policies.Retry?.PerTryTimeout is { } each && each < remaining ? each : remaining;
            var mayRetry = left > 0 && remaining > TimeSpan.Zero;
            var isDone = await courier.DeliverAsync(new Delivery
            {
                Context = context,
                Outgoing = passage.Outgoing,
                Target = target,
                Group = passage.Service.Group.Settings,
                Timeout = patience > TimeSpan.Zero ? patience : TimeSpan.FromMilliseconds(1),
                Finish = response => Finish(response, passage, target),
                Fail = status => ProxyResponse.FailAsync(context, status, passage.Snapshot.IsClassic),
                IsRetried = outcome => mayRetry && policies.Retry is { } retry && Retries.Wants(retry, outcome),
            });
            if (isDone)
            {
                return;
            }

            left--;
            context.Request.Body.Position = 0;
        }
    }

    private LiveTarget? TargetFor(Passage passage)
    {
        var (service, request) = (passage.Service, passage.Context.Request);
        var known = service.CookieName is not ""
            && cookies.Read(request, service.CookieName, service.Group.Settings.Arn) is { } key
            ? service.Group.Find(key)
            : null;
        var target = known ?? (service.Group.HasUsable ? service.Group.Choose() : null);
        Log(passage.Context, passage.Snapshot, passage.Route, target);
        return target;
    }

    /// <summary>The last word on a backend's response.</summary>
    private void Finish(HttpResponse response, Passage passage, LiveTarget target)
    {
        var service = passage.Service;
        var arn = service.Group.Settings.Arn;
        if (service.CookieName is not "" && cookies.Read(response.HttpContext.Request, service.CookieName, arn) is null)
        {
            cookies.WriteAlone(response, service.CookieName, arn, GroupSettings.KeyOf(target), service.CookieTime);
        }

        passage.Cors?.AddTo(response.Headers);
        response.Headers.Append("Via", ProxyResponse.Via);
        ProxyResponse.Edit(response.Headers, passage.Chosen.Edits.SelectMany(edits => edits.Response));
    }

    /// <summary>The status that the request is aborted with; null where it goes on, maybe late.</summary>
    private async Task<int?> InjectAsync(HttpContext context, FaultPolicy fault)
    {
        if (fault.Delay is { } delay && Happens(fault.DelayPercent))
        {
            await Task.Delay(delay, clock, context.RequestAborted);
        }

        return fault.AbortStatus is { } status && Happens(fault.AbortPercent) ? status : null;
    }

    private WeightedService? Choose(IReadOnlyList<WeightedService> services)
    {
        var total = services.Sum(service => service.Weight);
        if (total is 0)
        {
            return null;
        }

        var draw = (int)(NextFraction() * total);
        return services.First(service => (draw -= service.Weight) < 0);
    }

    private bool Happens(double percent) => NextFraction() * 100 < percent;

    private double NextFraction() => Interlocked.Increment(ref _drawn) * GoldenRatio % 1;

    private string NewTrace() =>
        $"{clock.GetUtcNow().ToUnixTimeMilliseconds():x16}{Interlocked.Increment(ref _traced):x16}/1;o=0";

    private void Log(HttpContext context, ProxySnapshot snapshot, RouteDecision decision, LiveTarget? target) =>
        log.Write(
            context.Request.Headers[ProxyRequest.TraceHeader].ToString(), $"{snapshot.UrlMap}#{decision.Rule}",
            target);

    /// <summary>One request on its way to a service.</summary>
    private sealed record Passage(
        HttpContext Context,
        ProxySnapshot Snapshot,
        RouteDecision.Forward Route,
        WeightedService Chosen,
        LiveService Service,
        OutgoingRequest Outgoing,
        CorsAnswer? Cors);
}
