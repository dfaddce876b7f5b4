using System.Net;
using Gwctl.Sandbox.DataPlane.Forwarding;
using Gwctl.Sandbox.DataPlane.Metering;
using Gwctl.Sandbox.DataPlane.Rules;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Gwctl.Sandbox.DataPlane.Listeners;

/// <summary>Serves a request by a snapshot: checks, rules, action.</summary>
internal sealed class ApplicationRequests(Forwarder forwarder, AccessLog log, RequestMeter meter)
{
    /// <summary>More addresses than this in X-Forwarded-For are refused.</summary>
    private const int ForwardedAddressesMax = 30;

    private const int TooManyForwarded = 463;

    public Task ServeAsync(HttpContext context, ApplicationSnapshot snapshot)
    {
        var startedAt = meter.Now;
        return meter.MeasureAsync(context, snapshot.LoadBalancerArn, CarryOutAsync(context, snapshot), startedAt);
    }

    private Task CarryOutAsync(HttpContext context, ApplicationSnapshot snapshot)
    {
        var request = context.Request;
        if (HttpMethods.IsTrace(request.Method))
        {
            return ElbResponse.ErrorAsync(context, snapshot.Settings, StatusCodes.Status405MethodNotAllowed);
        }

        if (request.Headers.TryGetValue("X-Forwarded-For", out var forwarded)
            && forwarded.Sum(line => (line ?? "").Split(',').Length) > ForwardedAddressesMax)
        {
            return ElbResponse.ErrorAsync(context, snapshot.Settings, TooManyForwarded);
        }

        var facts = Facts(context);
        var rule = LiveRule.Find(snapshot.Rules, facts);
        if (rule.Action is ForwardAction forward)
        {
            return forwarder.ForwardAsync(context, facts, rule, forward, snapshot.Settings);
        }

        log.Write(context, rule);
        return rule.Action switch
        {
            RedirectAction redirect => ElbResponse.RedirectAsync(
                context, snapshot.Settings, redirect.Status,
                redirect.Location(facts, snapshot.Settings.Protocol, snapshot.Settings.Port)),
            FixedResponseAction response => ElbResponse.FixedAsync(context, snapshot.Settings, response),
            _ => ElbResponse.ErrorAsync(context, snapshot.Settings, StatusCodes.Status500InternalServerError),
        };
    }

    private static RequestFacts Facts(HttpContext context)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var (path, query) = RequestFacts.Split(target);
        return new RequestFacts(
            context.Request.Method,
            RequestFacts.WithoutPort(context.Request.Headers.Host.ToString()),
            path,
            query,
            context.Request.Headers,
            context.Connection.RemoteIpAddress ?? IPAddress.None);
    }
}
