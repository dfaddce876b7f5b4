using System.Net.Sockets;
using Gwctl.Sandbox.DataPlane.Echo;
using Gwctl.Sandbox.DataPlane.Metering;
using Gwctl.Sandbox.DataPlane.Rules;
using Gwctl.Sandbox.DataPlane.Targets;
using Microsoft.AspNetCore.Http;

namespace Gwctl.Sandbox.DataPlane.Forwarding;

/// <summary>Carries out forward actions.</summary>
internal sealed class Forwarder(
    EchoBackend echo, TargetClient targets, StickyCookies cookies, AccessLog log, TimeProvider clock)
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

    private async Task SendAsync(Exchange exchange)
    {
        exchange.Target.Enter();
        try
        {
            await (exchange.Target.Backend is Backend.Dial dial
                ? DialAsync(exchange, dial)
                : EchoAsync(exchange));
        }
        finally
        {
            exchange.Target.Leave();
        }
    }

    private Task EchoAsync(Exchange exchange)
    {
        var outgoing = exchange.Outgoing;
        if (EchoBackend.Delay(outgoing.Target) is { } delay && delay > exchange.Settings.IdleTimeout)
        {
            return TimeOutAsync(exchange);
        }

        var request = new EchoRequest(
            outgoing.Method, outgoing.Target, outgoing.Host,
            exchange.Group.Settings.Protocol is not TargetProtocol.Http1, outgoing.Headers);
        return echo.ServeAsync(
            exchange.Context, request, exchange.Target.Identity, null, response => Finish(response, exchange));
    }

    private async Task TimeOutAsync(Exchange exchange)
    {
        await Task.Delay(exchange.Settings.IdleTimeout, clock, exchange.Context.RequestAborted);
        await ElbResponse.ErrorAsync(exchange.Context, exchange.Settings, StatusCodes.Status504GatewayTimeout);
    }

    private async Task DialAsync(Exchange exchange, Backend.Dial dial)
    {
        var context = exchange.Context;
        using var message = TargetClient.Message(context, exchange.Outgoing, dial.EndPoint, exchange.Group.Settings);
        using var patience = new CancellationTokenSource(exchange.Settings.IdleTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, patience.Token);
        try
        {
            using var answer = await targets.SendAsync(message, either.Token);
            patience.CancelAfter(Timeout.InfiniteTimeSpan);
            await TargetClient.CopyAsync(
                context, answer, response => Finish(response, exchange), exchange.Settings.IdleTimeout, clock);
        }
        catch (Exception exception) when (IsOfTheTarget(exception))
        {
            await FailAsync(exchange, exception);
        }
    }

    private static bool IsOfTheTarget(Exception exception) =>
        exception is HttpRequestException or IOException or OperationCanceledException or SocketException;

    private static Task FailAsync(Exchange exchange, Exception exception)
    {
        var context = exchange.Context;
        if (context.RequestAborted.IsCancellationRequested || context.Response.HasStarted)
        {
            // Too late for a status: 460 goes to the logs only, and half a response can only be broken off.
            context.Abort();
            return Task.CompletedTask;
        }

        context.Response.Clear();
        return ElbResponse.ErrorAsync(
            context, exchange.Settings,
            exception is OperationCanceledException
                ? StatusCodes.Status504GatewayTimeout
                : StatusCodes.Status502BadGateway);
    }

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
