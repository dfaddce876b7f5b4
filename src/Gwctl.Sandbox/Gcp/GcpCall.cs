using Gwctl.Sandbox.State;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Gcp;

/// <summary>Everything that an operation's handler has: its validated input, the state, and the moment.</summary>
internal sealed class GcpCall
{
    public required Transaction State { get; init; }

    /// <summary>The members that stand in the path and the query.</summary>
    public required Struct Input { get; init; }

    /// <summary>The request's body without what only the service sets; empty where there is none.</summary>
    public required Struct Body { get; init; }

    /// <summary>Members that the body sets to null, as paths from its root: a patch deletes them.</summary>
    public required IReadOnlyList<IReadOnlyList<string>> Nulls { get; init; }

    public required DateTimeOffset Now { get; init; }

    public required GcpOptions Options { get; init; }

    /// <summary>Set where a test wants the operation that this call starts to fail.</summary>
    public (string Code, string Message)? OperationError { get; init; }

    public string Project => Input.Text("project") ?? "";

    public GcpQuotas Quotas => Options.Quotas;
}

/// <summary>One operation: what it is called in the contract, whether it changes anything, and what it does.</summary>
internal sealed record GcpHandler(string Name, bool Mutating, Func<GcpCall, Struct> Run)
{
    public static GcpHandler Reads(string name, Func<GcpCall, Struct> run) => new(name, false, run);

    public static GcpHandler Writes(string name, Func<GcpCall, Struct> run) => new(name, true, run);
}
