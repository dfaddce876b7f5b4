namespace Gwctl.Sandbox.Calls;

public enum CallOutcome
{
    Succeeded,

    /// <summary>Answered with an error; no effect.</summary>
    Failed,

    /// <summary>Has its effect, but the caller was not told.</summary>
    Lost,
}

/// <summary>A call that has been run.</summary>
/// <param name="ErrorCode">Empty where it succeeded.</param>
public sealed record CallRecord(CallInfo Call, string RequestId, CallOutcome Outcome, string ErrorCode);
