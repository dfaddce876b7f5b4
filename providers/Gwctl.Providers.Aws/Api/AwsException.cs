using Gwctl.Core;
using Gwctl.Engine.Calls;

namespace Gwctl.Providers.Aws.Api;

/// <summary>
/// A call to AWS that did not succeed, for a reason outside gwctl. The message is fit for a user; it never holds
/// a request's contents, a credential or a private key.
/// </summary>
public abstract class AwsException : Exception
{
    private protected AwsException(string message, Exception? inner)
        : base(message, inner)
    {
    }
}

/// <summary>No credentials could be had: nothing was sent.</summary>
public sealed class AwsCredentialsException : AwsException
{
    internal AwsCredentialsException(string message, EquatableList<string> tried, Exception? inner)
        : base(message, inner) => Tried = tried;

    /// <summary>Each source that was asked and why it gave none, in the order asked.</summary>
    public EquatableList<string> Tried { get; }
}

/// <summary>An error that a service answered, or a call that got no usable answer.</summary>
public sealed class AwsApiException : AwsException, ICallFailure
{
    internal AwsApiException(AwsError error, string service, string operation, Exception? inner)
        : base($"{service} {operation}: {error.Code}: {error.Message}", inner)
    {
        Service = service;
        Operation = operation;
        Error = error;
    }

    /// <summary>Lower case, as in <c>elasticloadbalancing</c>.</summary>
    public string Service { get; }

    public string Operation { get; }

    /// <summary>
    /// The service's code without namespace, URI or "Exception" suffix (<c>PriorityInUse</c>,
    /// <c>InvalidGroup.Duplicate</c>); <see cref="AwsErrorCodes"/> has those that gwctl makes itself.
    /// </summary>
    public string Code => Error.Code;

    /// <summary>The service's own sentence.</summary>
    public string ServiceMessage => Error.Message;

    /// <summary>More than one only for Route 53's InvalidChangeBatch: one per change that it refused.</summary>
    public EquatableList<string> Messages => Error.Messages;

    /// <summary>0 if there was no answer.</summary>
    public int StatusCode => Error.StatusCode;

    public string? RequestId => Error.RequestId;

    /// <summary>
    /// True if the write may have been done although this exception was thrown: an answer was lost, or an earlier
    /// attempt of the same call lost its answer. The caller must read the object again before it decides anything,
    /// and must not repeat the call blindly.
    /// </summary>
    public bool OutcomeUnknown { get; internal set; }

    /// <summary>The account's call rate was exceeded (every attempt allowed was used).</summary>
    public bool Throttled => AwsErrorCodes.IsThrottling(Code, StatusCode);

    /// <summary>The object named in the request does not exist.</summary>
    public bool NotFound => AwsErrorCodes.IsNotFound(Code);

    public bool AccessDenied => AwsErrorCodes.IsAccessDenied(Code);

    /// <summary>The same call may succeed later without anyone changing anything.</summary>
    public bool Retryable => Throttled || AwsErrorCodes.IsTransient(Code, StatusCode);

    internal AwsError Error { get; }

    /// <summary>The channel may send the call again: the error may pass and a repetition cannot do harm.</summary>
    internal bool MayRepeat { get; set; }

    bool ICallFailure.MayRepeat => MayRepeat;

    TimeSpan? ICallFailure.RetryAfter => Error.RetryAfter;
}

/// <summary>What an error answer says, whatever its envelope.</summary>
internal sealed record AwsError(string Code, string Message, int StatusCode)
{
    public string? RequestId { get; init; }

    public EquatableList<string> Messages { get; init; } = [];

    /// <summary>The service's wish for the wait before the next attempt.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The service's clock when it answered.</summary>
    public DateTimeOffset? ServiceTime { get; init; }
}
