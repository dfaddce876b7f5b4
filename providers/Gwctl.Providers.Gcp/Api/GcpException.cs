using Gwctl.Engine.Calls;

namespace Gwctl.Providers.Gcp.Api;

/// <summary>A call to Google Cloud that did not succeed, for a reason outside gwctl. The message is fit for a user; it
/// never holds a request's contents, a credential or a private key.</summary>
public abstract class GcpException : Exception
{
    private protected GcpException(string message, Exception? inner)
        : base(message, inner)
    {
    }
}

/// <summary>No credentials could be had: nothing was sent.</summary>
public sealed class GcpCredentialsException : GcpException
{
    internal GcpCredentialsException(string message, Exception? inner)
        : base(message, inner)
    {
    }
}

/// <summary>An error that a service answered, an operation that failed, or a call that got no usable answer.</summary>
public sealed class GcpApiException : GcpException, ICallFailure
{
    internal GcpApiException(GcpError error, string service, string operation, Exception? inner = null)
        : base($"{service} {operation}: {error.Reason}: {error.Message}", inner)
    {
        Service = service;
        Operation = operation;
        Error = error;
    }

    public string Service { get; }

    /// <summary>As Google names it: <c>urlMaps.insert</c>.</summary>
    public string Operation { get; }

    /// <summary>The service's reason, as it spells it: <c>notFound</c>, <c>RESOURCE_NOT_FOUND</c>,
    /// <c>NOT_FOUND</c>; <see cref="GcpReasons"/> has those that gwctl makes itself.</summary>
    public string Reason => Error.Reason;

    /// <summary>The service's own sentences.</summary>
    public string ServiceMessage => Error.Message;

    /// <summary>0 if there was no answer.</summary>
    public int StatusCode => Error.StatusCode;

    /// <summary>True if the write may have been done although this exception was thrown. The caller must read the
    /// object again before it decides anything.</summary>
    public bool OutcomeUnknown { get; internal set; }

    public bool NotFound => GcpReasons.IsNotFound(Reason, StatusCode);

    public bool AlreadyExists => GcpReasons.IsAlreadyExists(Reason);

    /// <summary>A fingerprint or an exact deletion did not fit: somebody was quicker.</summary>
    public bool ConditionNotMet => GcpReasons.IsConditionNotMet(Reason, StatusCode);

    public bool InUse => GcpReasons.IsInUse(Reason);

    /// <summary>Another operation on the object is under way.</summary>
    public bool NotReady => GcpReasons.IsNotReady(Reason);

    public bool Throttled => GcpReasons.IsThrottling(Reason, StatusCode);

    public bool AccessDenied => GcpReasons.IsAccessDenied(Reason, StatusCode);

    /// <summary>The API is not enabled in the project.</summary>
    public bool ServiceDisabled => GcpReasons.IsServiceDisabled(Reason);

    /// <summary>The same call may succeed later without anyone changing anything.</summary>
    public bool Retryable => Throttled || GcpReasons.IsTransient(Reason, StatusCode);

    internal GcpError Error { get; }

    /// <summary>The call was accepted, and the operation that it started has failed: nothing is under way any
    /// more.</summary>
    internal bool OfOperation { get; init; }

    /// <summary>The channel may send the call again.</summary>
    internal bool MayRepeat { get; set; }

    bool ICallFailure.MayRepeat => MayRepeat;

    TimeSpan? ICallFailure.RetryAfter => Error.RetryAfter;
}

/// <summary>What an error answer says, whatever its form.</summary>
internal sealed record GcpError(string Reason, string Message, int StatusCode)
{
    /// <summary>The service's wish for the wait before the next attempt.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
