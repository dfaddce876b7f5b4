using System.Net.Sockets;
using Gwctl.Sandbox.DataPlane.Echo;
using Gwctl.Sandbox.DataPlane.Targets;
using Microsoft.AspNetCore.Http;

namespace Gwctl.Sandbox.DataPlane.Forwarding;

/// <summary>Brings requests to their targets, real servers or the built-in echo, and the responses to the clients.
/// </summary>
internal sealed class Courier(EchoBackend echo, TargetClient targets, TimeProvider clock)
{
    /// <returns>False where the client has got nothing yet, since a further try is wanted.</returns>
    public async Task<bool> DeliverAsync(Delivery delivery)
    {
        delivery.Target.Enter();
        try
        {
            return await (delivery.Target.Backend is Backend.Dial dial
                ? DialAsync(delivery, dial)
                : EchoAsync(delivery));
        }
        finally
        {
            delivery.Target.Leave();
        }
    }

    private async Task<bool> EchoAsync(Delivery delivery)
    {
        var outgoing = delivery.Outgoing;
        if (EchoBackend.Delay(outgoing.Target) is { } delay && delay > delivery.Timeout)
        {
            await Task.Delay(delivery.Timeout, clock, delivery.Context.RequestAborted);
            return await FailAsync(delivery, StatusCodes.Status504GatewayTimeout);
        }

        var request = new EchoRequest(
            outgoing.Method, outgoing.Target, outgoing.Host,
            delivery.Group.Protocol is not TargetProtocol.Http1, outgoing.Headers);
        await echo.ServeAsync(delivery.Context, request, delivery.Target.Identity, null, delivery.Finish);
        return true;
    }

    private async Task<bool> DialAsync(Delivery delivery, Backend.Dial dial)
    {
        var context = delivery.Context;
        using var message = TargetClient.Message(context, delivery.Outgoing, dial.EndPoint, delivery.Group);
        using var patience = new CancellationTokenSource(delivery.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, patience.Token);
        try
        {
            using var answer = await targets.SendAsync(message, either.Token);
            patience.CancelAfter(Timeout.InfiniteTimeSpan);
            if (delivery.IsRetried(new DeliveryOutcome((int)answer.StatusCode, Answered: true)))
            {
                return false;
            }

            await TargetClient.CopyAsync(context, answer, delivery.Finish, delivery.Timeout, clock);
            return true;
        }
        catch (Exception exception) when (IsOfTheTarget(exception))
        {
            return await FailAsync(
                delivery,
                exception is OperationCanceledException
                    ? StatusCodes.Status504GatewayTimeout
                    : StatusCodes.Status502BadGateway);
        }
    }

    private static bool IsOfTheTarget(Exception exception) =>
        exception is HttpRequestException or IOException or OperationCanceledException or SocketException;

    private static async Task<bool> FailAsync(Delivery delivery, int status)
    {
        var context = delivery.Context;
        if (context.RequestAborted.IsCancellationRequested || context.Response.HasStarted)
        {
            // Too late for a status: 460 goes to the logs only, and half a response can only be broken off.
            context.Abort();
            return true;
        }

        context.Response.Clear();
        if (delivery.IsRetried(new DeliveryOutcome(status, Answered: false)))
        {
            return false;
        }

        await delivery.Fail(status);
        return true;
    }
}
