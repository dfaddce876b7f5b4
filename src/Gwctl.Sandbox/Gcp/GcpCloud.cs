using System.Diagnostics;
using Gwctl.Sandbox.Calls;
using Gwctl.Sandbox.Gcp.Compute;
using Gwctl.Sandbox.Gcp.Dns;
using Gwctl.Sandbox.Gcp.Wire;
using Gwctl.Sandbox.State;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Gcp;

/// <summary>The GCP part of a running sandbox, for tests in its process: faults, observation, a view of the
/// state.</summary>
public sealed class GcpCloud : IDisposable
{
    /// <summary>What the names of GCP's tables begin with.</summary>
    internal const string TablePrefix = "gcp/";

    private readonly StateStore _store;
    private readonly TimeProvider _clock;
    private readonly Throttle _throttle;
    private readonly ITimer _settling;
    private long _calls;
    private long _mutatingCalls;

    internal GcpCloud(StateStore store, GcpOptions options, TimeProvider clock)
    {
        _store = store;
        _clock = clock;
        Options = options;
        _throttle = new Throttle(options.Throttling, clock);
        _settling = clock.CreateTimer(_ => Settle(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Seed();
        Arm();
    }

    public GcpOptions Options { get; }

    public FaultInjector Faults { get; } = new();

    /// <summary>Told of each call after a call's effect and before its answer is sent, on the thread that serves
    /// it.</summary>
    public Action<CallRecord>? Called { get; set; }

    /// <summary>Authenticated calls so far.</summary>
    public long Calls => Interlocked.Read(ref _calls);

    public long MutatingCalls => Interlocked.Read(ref _mutatingCalls);

    /// <summary>Every resource as text, one a line, in a fixed order: two snapshots are equal exactly if nothing
    /// changed between them. What operations leave behind is no resource.</summary>
    public string Snapshot() => GcpSnapshot.Render(_store.Current);

    /// <summary>Forgets everything in the whole sandbox but what the options seed for GCP.</summary>
    public void Reset()
    {
        _store.Reset();
        Seed();
    }

    public void Dispose() => _settling.Dispose();

    /// <summary>Serves one request.</summary>
    /// <param name="service">The service whose request it is, and the path there.</param>
    /// <returns>Null where the connection is to be broken instead of answered.</returns>
    internal async Task<WireResponse?> ServeAsync(
        (string Name, string Path) service, WireRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await ServeAsync(service.Name, service.Path, request, cancellationToken);
        }
        catch (GcpException error)
        {
            return GcpEncoder.Encode(service.Name, error);
        }
        catch (Exception bug) when (bug is not OperationCanceledException)
        {
            // A fault of the sandbox's own: it says what it is, since nobody watches a log.
            return GcpEncoder.Encode(
                service.Name, new GcpException(500, "internalError", $"The sandbox has a bug: {bug}"));
        }
    }

    /// <summary>Null where the request asks for no token.</summary>
    internal WireResponse? ServeToken(WireRequest request) =>
        TokenService.Serve(request, Options, _clock.GetUtcNow());

    private async Task<WireResponse?> ServeAsync(
        string service, string path, WireRequest request, CancellationToken cancellationToken)
    {
        BearerTokens.Check(Options, request);
        if (GcpServices.Route(service, request.Method, path) is not { } found)
        {
            throw new GcpException(404, "notFound", $"The requested URL {request.Method} {path} was not found.");
        }

        var handler = found.Route.Service.Handlers[found.Route.Operation.Name];
        var call = new CallInfo(
            service, handler.Name, LocationOf(found.Variables), handler.Mutating, Interlocked.Increment(ref _calls),
            handler.Mutating ? Interlocked.Increment(ref _mutatingCalls) : 0);
        var fault = Faults.Plan?.Invoke(call);
        try
        {
            await HoldUpAsync(call, fault, cancellationToken);
            var decoded = GcpRequest.Read(found.Route, found.Variables, request);
            await WaitAsync(handler, decoded.Input, cancellationToken);
            Settle();
            var output = Run(handler, fault, state => handler.Run(CallOf(state, decoded, fault)));
            CheckOutput(found.Route, output);
            return Answer(call, service, fault, GcpEncoder.Encode(200, output));
        }
        catch (GcpException error)
        {
            Called?.Invoke(new CallRecord(call, $"{call.Number}", CallOutcome.Failed, error.Reason));
            throw;
        }
    }

    private GcpCall CallOf(Transaction state, GcpRequest request, Fault? fault) => new()
    {
        State = state,
        Input = request.Input,
        Body = request.Body,
        Nulls = request.Nulls,
        Now = _clock.GetUtcNow(),
        Options = Options,
        OperationError = fault is Fault.FailOperation failure ? (failure.Code, failure.Message) : null,
    };

    /// <summary>Everything that can keep a call from being run at all.</summary>
    private async Task HoldUpAsync(CallInfo call, Fault? fault, CancellationToken cancellationToken)
    {
        switch (fault)
        {
            case Fault.Fail fail:
                throw new GcpException(fail.HttpStatus, fail.Code, fail.Message);
            case Fault.Throttle:
                throw GcpErrors.RateLimited();
            case Fault.Unavailable:
                throw GcpErrors.Unavailable();
            case Fault.Internal:
                throw GcpErrors.Internal();
            case Fault.Delay delay:
                await Task.Delay(delay.Time, _clock, cancellationToken);
                break;
        }

        if (!_throttle.Admits(call.Service, call.Operation, call.Region))
        {
            throw GcpErrors.RateLimited();
        }
    }

    /// <summary>An operation's <c>wait</c> answers when it is done, or after two minutes.</summary>
    private async Task WaitAsync(GcpHandler handler, Struct input, CancellationToken cancellationToken)
    {
        if (handler.Name.EndsWith("Operations.wait", StringComparison.Ordinal))
        {
            var time = _store.Read(state => ComputeOperations.WaitFor(state, input, _clock.GetUtcNow()));
            if (time > TimeSpan.Zero)
            {
                await Task.Delay(time, _clock, cancellationToken);
            }
        }
    }

    private Struct Run(GcpHandler handler, Fault? fault, Func<Transaction, Struct> handle)
    {
        if (!handler.Mutating)
        {
            return _store.Read(handle, (fault as Fault.ReadStale)?.WritesBehind ?? 0);
        }

        var output = _store.Write(handle);
        Arm();
        return output;
    }

    private WireResponse? Answer(CallInfo call, string service, Fault? fault, WireResponse response)
    {
        var lost = fault is Fault.LoseConnection or Fault.LoseResponse;
        Called?.Invoke(new CallRecord(
            call, $"{call.Number}", lost ? CallOutcome.Lost : CallOutcome.Succeeded, ""));
        return fault switch
        {
            Fault.LoseConnection => null,
            Fault.LoseResponse => GcpEncoder.Encode(service, GcpErrors.Internal()),
            _ => response,
        };
    }

    private void CheckOutput(GcpRoute route, Struct output)
    {
        var (contract, operation) = (route.Service.Contract, route.Operation.Name);
        if (Options.ChecksAnswers
            && contract.ValidateResponse(operation, GcpEncoder.Public(output)) is [var first, ..])
        {
            throw new UnreachableException($"The sandbox breaks {operation}'s contract: {first}");
        }
    }

    /// <summary>Applies what accepted calls have brought about by now.</summary>
    private void Settle()
    {
        var now = _clock.GetUtcNow();
        if (PendingEffects.NextDue(_store.Current) <= now)
        {
            _store.Write(state =>
            {
                PendingEffects.Settle(state, now);
                return true;
            });
            Arm();
        }
    }

    /// <summary>Wakes up for the next effect, also where nobody asks: a data plane follows the state.</summary>
    private void Arm()
    {
        if (PendingEffects.NextDue(_store.Current) is { } due)
        {
            var wait = due - _clock.GetUtcNow();
            _settling.Change(wait > TimeSpan.Zero ? wait : TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
        }
    }

    private static string LocationOf(Struct variables) =>
        variables.Text("zone") ?? variables.Text("region") ?? "global";

    private void Seed()
    {
        if (Options.ManagedZones.Count > 0)
        {
            _store.Write(state =>
            {
                foreach (var zone in Options.ManagedZones)
                {
                    DnsZones.Seed(state, zone, _clock.GetUtcNow());
                }

                return true;
            });
        }
    }
}
