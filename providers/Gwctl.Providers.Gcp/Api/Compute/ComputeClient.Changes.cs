using System.Text.Json.Nodes;

namespace Gwctl.Providers.Gcp.Api.Compute;

// Writes: each starts an operation, and is done when the operation is.
public sealed partial class ComputeClient
{
    /// <summary>Operations that fail for a reason that passes are started again, as often.</summary>
    private const int OperationAttemptsMax = 3;

    /// <summary>A wait answers by itself after two minutes.</summary>
    private static readonly TimeSpan WaitMax = TimeSpan.FromMinutes(2);

    /// <param name="name">What to make; its name must be the body's.</param>
    /// <param name="body">As the API has it.</param>
    /// <param name="cancellationToken">Ends the wait, not the operation.</param>
    /// <exception cref="GcpApiException">The service refused, or the operation failed.</exception>
    public Task InsertAsync(ComputeName name, JsonObject body, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(name);
        var path = $"{_root}/{SelfLinks.Place(name.Location)}/{name.Collection.Segment}";
        return ChangeAsync(name.Location, OperationOf(name, "insert"), HttpMethod.Post, path, body, cancellationToken);
    }

    /// <summary>Replaces the object; with a fingerprint in the body, only if it still is as it was.</summary>
    public Task UpdateAsync(ComputeName name, JsonObject body, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(name);
        return ChangeAsync(
            name.Location, OperationOf(name, "update"), HttpMethod.Put, PathOf(name), body, cancellationToken);
    }

    /// <summary>Merges the body into the object: null removes a member, a list is replaced.</summary>
    public Task PatchAsync(ComputeName name, JsonObject body, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(name);
        return ChangeAsync(
            name.Location, OperationOf(name, "patch"), HttpMethod.Patch, PathOf(name), body, cancellationToken);
    }

    public Task DeleteAsync(ComputeName name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(name);
        return ChangeAsync(
            name.Location, OperationOf(name, "delete"), HttpMethod.Delete, PathOf(name), null, cancellationToken);
    }

    /// <summary>Calls a method that changes the object: <c>setTarget</c>, <c>attachNetworkEndpoints</c>.</summary>
    public Task InvokeAsync(ComputeName name, string verb, JsonObject body, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(name);
        var path = name.Location is "global" && name.Collection.RootedVerbs.Contains(verb)
            ? $"{_root}/{name.Collection.Segment}/{Uri.EscapeDataString(name.Name)}/{verb}"
            : $"{PathOf(name)}/{verb}";
        return ChangeAsync(name.Location, OperationOf(name, verb), HttpMethod.Post, path, body, cancellationToken);
    }

    /// <summary>Global labels are the one change that takes no request id; a fingerprint guards them.</summary>
    private static bool TakesRequestId(string operation) =>
        operation is not ("globalAddresses.setLabels" or "globalForwardingRules.setLabels");

    private async Task ChangeAsync(
        string location,
        string operation,
        HttpMethod method,
        string path,
        JsonObject? body,
        CancellationToken cancellationToken)
    {
        var pause = _channel.Options.OperationPauseMin;
        for (var attempt = 1; ; attempt++)
        {
            var request = new GcpRequest(operation, method, path)
            {
                Writes = true,
                Body = body?.DeepClone(),
                Query = TakesRequestId(operation)
                    ? [KeyValuePair.Create<string, string?>("requestId", NewRequestId())]
                    : [],
            };
            try
            {
                var started = await _channel.CallAsync(request, cancellationToken);
                await CompleteAsync(location, operation, started, cancellationToken);
                return;
            }
            catch (GcpApiException exception) when (exception is { OfOperation: true, Retryable: true }
                && attempt < Math.Min(OperationAttemptsMax, _channel.Options.AttemptsMax))
            {
                pause += pause;
            }

            await Task.Delay(pause, _channel.Options.Clock, cancellationToken);
        }
    }

    private async Task CompleteAsync(
        string location, string operation, JsonObject started, CancellationToken cancellationToken)
    {
        var options = _channel.Options;
        var startedAt = options.Clock.GetTimestamp();
        var pause = options.OperationPauseMin;
        var state = started;
        while (state.TextOrNull("status") is not "DONE")
        {
            if (options.Clock.GetElapsedTime(startedAt) >= options.OperationMax)
            {
                throw Lost(operation, $"It still is {state.TextOrNull("status")} after {options.OperationMax}.");
            }

            if (!ReferenceEquals(state, started))
            {
                await Task.Delay(pause, options.Clock, cancellationToken);
                pause = pause + pause < options.OperationPauseMax ? pause + pause : options.OperationPauseMax;
            }

            state = await WaitAsync(location, operation, started, cancellationToken);
        }

        if (ErrorForm.OfOperation(state) is { } error)
        {
            throw new GcpApiException(error, _channel.ServiceName, operation) { OfOperation = true };
        }
    }

    private async Task<JsonObject> WaitAsync(
        string location, string operation, JsonObject started, CancellationToken cancellationToken)
    {
        if (started.TextOrNull("name") is not { } name)
        {
            throw Lost(operation, "The answer names no operation.");
        }

        var service = location is "global" ? "globalOperations"
            : SelfLinks.IsZone(location) ? "zoneOperations" : "regionOperations";
        var path = $"{_root}/{SelfLinks.Place(location)}/operations/{Uri.EscapeDataString(name)}/wait";
        try
        {
            return await _channel.CallAsync(
                new GcpRequest($"{service}.wait", HttpMethod.Post, path) { Patience = WaitMax }, cancellationToken);
        }
        catch (GcpApiException exception) when (exception.NotFound)
        {
            throw Lost(operation, $"Nobody knows the operation {name} any more.");
        }
        catch (GcpApiException exception)
        {
            exception.OutcomeUnknown = true;
            throw;
        }
    }

    private GcpApiException Lost(string operation, string why) =>
        new(new GcpError(GcpReasons.OperationLost, why, StatusCode: 0), _channel.ServiceName, operation)
        {
            OutcomeUnknown = true,
        };

    /// <summary>A UUID of version 4. New for every call, and the same in its repetitions: one made from a plan's step
    /// would make the service pass over the creation of what was deleted since.</summary>
    private string NewRequestId()
    {
        var octets = new byte[16];
        for (var index = 0; index < octets.Length; index++)
        {
            octets[index] = (byte)(_channel.Options.Random() * 256);
        }

        octets[6] = (byte)((octets[6] & 0x0F) | 0x40);
        octets[8] = (byte)((octets[8] & 0x3F) | 0x80);
        return new Guid(octets, bigEndian: true).ToString();
    }
}
