using Gwctl.Sandbox.DataPlane.Metering;
using Gwctl.Sandbox.DataPlane.Rules;
using Gwctl.Sandbox.DataPlane.Targets;
using Microsoft.AspNetCore.Http;

namespace Gwctl.Sandbox.DataPlane.Forwarding;

/// <summary>Carries out forward actions.</summary>
internal sealed class Forwarder(Courier courier, StickyCookies cookies, AccessLog log, TimeProvider clock)
{
    /// <summary>What ALB answers where the request's protocol does not fit the target group's.</summary>
    private const int IncompatibleProtocol = 464;

    private readonly TraceId _traces = new(clock);

    public Task ForwardAsync(
        HttpContext context, RequestFacts facts, LiveRule rule, ForwardAction action, ListenerSettings settings)
    {
        if (GroupFor(context, rule, action) is not { } group)
        {
            log.Write(context, rule);
            return ElbResponse.ErrorAsync(context, settings, StatusCodes.Status503ServiceUnavailable);
        }

        if (!Fits(context.Request, group.Settings.Protocol))
        {
            log.Write(context, rule);
            return ElbResponse.ErrorAsync(context, settings, IncompatibleProtocol);
        }

        if (TargetFor(context, group) is not { } target)
        {
            log.Write(context, rule);
            return ElbResponse.ErrorAsync(context, settings, StatusCodes.Status503ServiceUnavailable);
        }

        log.Write(context, rule, target);
        var outgoing = OutgoingRequest.Make(context, facts, rule, settings, _traces);
        return SendAsync(new Exchange(context, outgoing, rule, action, group, target, settings));
    }

    private Task<bool> SendAsync(Exchange exchange) => courier.DeliverAsync(new Delivery
    {
        Context = exchange.Context,
        Outgoing = exchange.Outgoing,
        Target = exchange.Target,
        Group = exchange.Group.Settings,
        Timeout = exchange.Settings.IdleTimeout,
        Finish = response => Finish(response, exchange),
        Fail = status => ElbResponse.ErrorAsync(exchange.Context, exchange.Settings, status),
    });

    /// <summary>Cookies and the listener's own headers, before the response goes out.</summary>
    private void Finish(HttpResponse response, Exchange exchange)
    {
        RequestMeter.MarkTargets(exchange.Context);
        if (exchange.Action.StickySeconds > 0)
        {
            cookies.Write(
                response, StickyCookies.Group, exchange.Rule.Arn, exchange.Group.Settings.Arn,
                TimeSpan.FromSeconds(exchange.Action.StickySeconds));
        }

        var settings = exchange.Group.Settings;
        var key = settings.Stickiness is TargetStickiness.None ? "" : GroupSettings.KeyOf(exchange.Target);
        if (settings.Stickiness is TargetStickiness.LoadBalancerCookie)
        {
            cookies.Write(response, StickyCookies.Target, settings.Arn, key, settings.StickyTime);
        }
        else if (settings.Stickiness is TargetStickiness.ApplicationCookie
            && (SetsCookie(response, settings.ApplicationCookie)
                || exchange.Context.Request.Cookies.ContainsKey(settings.ApplicationCookie)))
        {
            cookies.Write(response, StickyCookies.Application, settings.Arn, key, settings.StickyTime);
        }

        ElbResponse.Finish(response, exchange.Settings);
    }

    private static bool SetsCookie(HttpResponse response, string name) =>
        response.Headers.SetCookie.Any(line => line?.StartsWith(name + "=", StringComparison.Ordinal) is true);

    private TargetGroup? GroupFor(HttpContext context, LiveRule rule, ForwardAction action)
    {
        if (action.StickySeconds > 0
            && cookies.Read(context.Request, StickyCookies.Group, rule.Arn) is { } arn)
        {
            foreach (var (group, _) in action.Groups)
            {
                if (group.Settings.Arn == arn)
                {
                    return group;
                }
            }
        }

        return action.Choose();
    }

    private LiveTarget? TargetFor(HttpContext context, TargetGroup group)
    {
        var settings = group.Settings;
        var name = settings.Stickiness switch
        {
            TargetStickiness.LoadBalancerCookie => StickyCookies.Target,
            TargetStickiness.ApplicationCookie
                when context.Request.Cookies.ContainsKey(settings.ApplicationCookie) => StickyCookies.Application,
            _ => null,
        };
        return name is not null && cookies.Read(context.Request, name, settings.Arn) is { } key
            && group.Find(key) is { } known
            ? known
            : group.Choose();
    }

    private static bool Fits(HttpRequest request, TargetProtocol protocol)
    {
        var http2 = HttpProtocol.IsHttp2(request.Protocol);
        return protocol switch
        {
            TargetProtocol.Grpc => http2 && HttpMethods.IsPost(request.Method),
            TargetProtocol.Http2 => http2,
            _ => !http2 || !request.Headers.ContentType.ToString()
                .StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase),
        };
    }

    /// <summary>One request on its way to a target.</summary>
    private sealed record Exchange(
        HttpContext Context,
        OutgoingRequest Outgoing,
        LiveRule Rule,
        ForwardAction Action,
        TargetGroup Group,
        LiveTarget Target,
        ListenerSettings Settings);
}
