using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Gwctl.Sandbox.Aws.Route53;
using Gwctl.Sandbox.Aws.S3;
using Gwctl.Sandbox.Aws.Wire;
using Gwctl.Sandbox.Calls;
using Gwctl.Sandbox.Contracts;
using Gwctl.Sandbox.State;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Aws;

/// <summary>The AWS part of a running sandbox, for tests in its process: faults, observation, a view of the
/// state.</summary>
public sealed class AwsCloud
{
    private readonly StateStore _store;
    private readonly TimeProvider _clock;
    private readonly Authenticator _authenticator;
    private readonly Throttle _throttle;
    private long _requests;
    private long _calls;
    private long _mutatingCalls;

    internal AwsCloud(StateStore store, AwsOptions options, TimeProvider clock)
    {
        _store = store;
        _clock = clock;
        Options = options;
        _authenticator = new Authenticator(options, clock);
        _throttle = new Throttle(options.Throttling, clock);
        Seed();
    }

    public AwsOptions Options { get; }

    public FaultInjector Faults { get; } = new();

    /// <summary>Told of each call after a call's effect and before its answer is sent, on the thread that serves
    /// it.</summary>
    public Action<CallRecord>? Called { get; set; }

    /// <summary>Authenticated calls so far.</summary>
    public long Calls => Interlocked.Read(ref _calls);

    public long MutatingCalls => Interlocked.Read(ref _mutatingCalls);

    /// <summary>Everything in the cloud as text, one document a line, in a fixed order: two snapshots are equal exactly
    /// if nothing changed between them.</summary>
    public string Snapshot() => AwsSnapshot.Render(_store.Current);

    /// <summary>Forgets everything but what the options seed.</summary>
    public void Reset()
    {
        _store.Reset();
        Seed();
    }

    /// <summary>Serves one request.</summary>
    /// <returns>Null where the connection is to be broken instead of answered.</returns>
    internal async Task<WireResponse?> ServeAsync(WireRequest request, CancellationToken cancellationToken)
    {
        var requestId = RequestId(Interlocked.Increment(ref _requests));
        if (S3Request.Of(request) is { } storage)
        {
            return await ServeStorageAsync(storage, requestId, cancellationToken);
        }

        var service = AwsServices.Find(request);
        try
        {
            var response = await ServeAsync(service, request, requestId, cancellationToken);
            return response is null ? null : WithRequestId(service, response, requestId);
        }
        catch (AwsException error)
        {
            return WithRequestId(service, ErrorEncoder.Encode(service.Contract, error, requestId), requestId);
        }
        catch (Exception bug) when (bug is not OperationCanceledException)
        {
            // A fault of the sandbox's own: it says what it is, since nobody watches a log.
            var error = new AwsException("InternalFailure", $"The sandbox has a bug: {bug}") { HttpStatus = 500 };
            return WithRequestId(service, ErrorEncoder.Encode(service.Contract, error, requestId), requestId);
        }
    }

    private async Task<WireResponse?> ServeAsync(
        AwsService service, WireRequest request, string requestId, CancellationToken cancellationToken)
    {
        var contract = service.Contract;
        var decoded = RequestDecoder.Decode(contract, request);
        var caller = _store.Read(state => _authenticator.Authenticate(
            contract.Protocol, request, decoded.Operation?.NeedsNoSignature ?? false, state));
        if (decoded.Operation is not { } operation)
        {
            throw ProtocolErrors.UnknownOperation(contract, decoded.NamedOperation);
        }

        var handler = service.Handlers[operation.Name];
        var region = SigV4Authorization.Parse(request.Header("authorization"))?.Region ?? Options.Region;
        var call = new CallInfo(
            service.Name, operation.Name, region, handler.Mutating,
            Interlocked.Increment(ref _calls), handler.Mutating ? Interlocked.Increment(ref _mutatingCalls) : 0);
        var fault = Faults.Plan?.Invoke(call);
        try
        {
            await HoldUpAsync(ProtocolErrors.Throttled(contract), call, fault, cancellationToken);
            CheckInput(contract, decoded, prose: false);
            var output = Run(call, handler.Mutating, fault, Handle);
            CheckOutput(contract, operation, output);
            var response = ResponseEncoder.Encode(contract, operation, output, requestId);
            return Answer(contract, call, fault, response, requestId);
        }
        catch (AwsException error)
        {
            Called?.Invoke(new CallRecord(call, requestId, CallOutcome.Failed, error.Code));
            throw;
        }

        Struct Handle(Transaction state)
        {
            var output = handler.Run(new Call
            {
                State = state,
                Input = decoded.Input,
                Caller = caller,
                Region = call.Region,
                Now = _clock.GetUtcNow(),
                Options = Options,
                RequestId = requestId,
                Host = request.Header("host"),
            });

            // After the handler, whose own words for a broken bound are the service's; before anything is kept.
            CheckInput(contract, decoded, prose: true);
            return output;
        }
    }

    /// <summary>S3 has no contract here: its requests are told apart by method and path, its bodies are the objects'
    /// own bytes.</summary>
    private async Task<WireResponse?> ServeStorageAsync(
        S3Request request, string requestId, CancellationToken cancellationToken)
    {
        CallInfo? call = null;
        try
        {
            var caller = _store.Read(state => _authenticator.AuthenticateStorage(request.Wire, state));
            var operation = S3Service.Find(request);
            call = new CallInfo(
                "s3", operation.Name, request.Region, operation.Mutating, Interlocked.Increment(ref _calls),
                operation.Mutating ? Interlocked.Increment(ref _mutatingCalls) : 0);
            var fault = Faults.Plan?.Invoke(call);
            await HoldUpAsync(S3Errors.SlowDown(), call, fault, cancellationToken);
            var response = Run(call, operation.Mutating, fault, state => operation.Run(
                new S3Call(state, request, caller.AccountId, _clock.GetUtcNow())));
            var lost = fault is Fault.LoseConnection or Fault.LoseResponse;
            Called?.Invoke(new CallRecord(call, requestId, lost ? CallOutcome.Lost : CallOutcome.Succeeded, ""));
            return fault switch
            {
                Fault.LoseConnection => null,
                Fault.LoseResponse => S3Errors.Encode(S3Errors.Internal(), request, requestId),
                _ => S3Errors.WithRequestId(response, requestId),
            };
        }
        catch (AwsException error)
        {
            if (call is not null)
            {
                Called?.Invoke(new CallRecord(call, requestId, CallOutcome.Failed, error.Code));
            }

            return S3Errors.Encode(error, request, requestId);
        }
    }

    /// <summary>Everything that can keep a call from being run at all.</summary>
    private async Task HoldUpAsync(
        AwsException throttled, CallInfo call, Fault? fault, CancellationToken cancellationToken)
    {
        switch (fault)
        {
            case Fault.Fail fail:
                throw new AwsException(fail.Code, fail.Message) { HttpStatus = fail.HttpStatus };
            case Fault.Throttle:
                throw throttled;
            case Fault.Unavailable:
                throw new AwsException("ServiceUnavailable", "Service is unavailable.") { HttpStatus = 503 };
            case Fault.Internal:
                throw new AwsException("InternalFailure", "An internal error has occurred.") { HttpStatus = 500 };
            case Fault.Delay delay:
                await Task.Delay(delay.Time, _clock, cancellationToken);
                break;
        }

        if (!_throttle.Admits(call.Service, call.Operation, call.Region))
        {
            throw throttled;
        }
    }

    private TAnswer Run<TAnswer>(
        CallInfo call, bool mutating, Fault? fault, Func<Transaction, TAnswer> handle)
    {
        if (mutating)
        {
            return _store.Write(handle);
        }

        var behind = (fault as Fault.ReadStale)?.WritesBehind
            ?? (call.Service is "tagging" ? Options.Delays.TagIndexWritesBehind : 0);
        return _store.Read(handle, behind);
    }

    private WireResponse? Answer(
        ServiceContract contract, CallInfo call, Fault? fault, WireResponse response, string requestId)
    {
        var lost = fault is Fault.LoseConnection or Fault.LoseResponse;
        Called?.Invoke(new CallRecord(call, requestId, lost ? CallOutcome.Lost : CallOutcome.Succeeded, ""));
        return fault switch
        {
            Fault.LoseConnection => null,
            Fault.LoseResponse => ErrorEncoder.Encode(
                contract, new AwsException("InternalFailure", "An internal error has occurred.") { HttpStatus = 500 },
                requestId),
            _ => response,
        };
    }

    /// <summary>Counted, not drawn: a run of the same calls has the same ids.</summary>
    private static string RequestId(long number)
    {
        var hash = SHA256.HashData(Encoding.ASCII.GetBytes($"request {number}"));
        return new Guid(hash.AsSpan(0, 16)).ToString();
    }

    private void CheckOutput(ServiceContract contract, OperationContract operation, Struct output)
    {
        if (Options.ChecksAnswers && contract.ValidateResponse(operation.Name, output) is [var first, ..])
        {
            throw new UnreachableException($"The sandbox breaks {operation.Name}'s contract: {first}");
        }
    }

    private static void CheckInput(ServiceContract contract, DecodedRequest decoded, bool prose)
    {
        var name = decoded.Operation?.Name ?? "";
        IReadOnlyList<ContractViolation> violations = decoded.Violations.Count > 0
            ? decoded.Violations
            : contract.ValidateRequest(name, decoded.Input, prose);
        if (violations.Count > 0)
        {
            throw ProtocolErrors.Invalid(contract, violations);
        }
    }

    private static WireResponse WithRequestId(AwsService service, WireResponse response, string requestId)
    {
        var headers = new Dictionary<string, string>(response.Headers, StringComparer.Ordinal)
        {
            ["x-amzn-RequestId"] = requestId,
        };
        if (service.Name is "ec2")
        {
            headers["x-amz-request-id"] = requestId;
        }

        return response with { Headers = headers };
    }

    private void Seed()
    {
        if (Options.HostedZones.Count + Options.Buckets.Count is 0)
        {
            return;
        }

        _store.Write(state =>
        {
            foreach (var name in Options.HostedZones)
            {
                HostedZones.Seed(state, Options.AccountId, name);
            }

            foreach (var name in Options.Buckets)
            {
                S3State.PutBucket(state, name, Options.AccountId, Options.Region);
            }

            return true;
        });
    }
}
