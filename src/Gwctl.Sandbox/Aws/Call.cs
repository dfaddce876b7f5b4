using Gwctl.Sandbox.State;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Aws;

/// <summary>Who signed a call.</summary>
public sealed record Caller(string AccessKeyId, string AccountId, string Arn, string UserId);

/// <summary>Everything that an operation's handler has: its validated input, the state, and the moment.</summary>
internal sealed class Call
{
    public required Transaction State { get; init; }

    public required Struct Input { get; init; }

    public required Caller Caller { get; init; }

    public required string Region { get; init; }

    public required DateTimeOffset Now { get; init; }

    public required AwsOptions Options { get; init; }

    public required string RequestId { get; init; }

    /// <summary>The authority by which the client reached the sandbox.</summary>
    public required string Host { get; init; }

    public string Account => Caller.AccountId;

    public AwsQuotas Quotas => Options.Quotas;

    /// <summary>What tables of a regional service are named by.</summary>
    public string Scope => $"{Account}/{Region}";
}

/// <summary>One operation: what it is called, whether it changes anything, and what it does.</summary>
internal sealed record OperationHandler(string Name, bool Mutating, Func<Call, Struct> Run)
{
    public static OperationHandler Reads(string name, Func<Call, Struct> run) => new(name, false, run);

    public static OperationHandler Writes(string name, Func<Call, Struct> run) => new(name, true, run);
}
