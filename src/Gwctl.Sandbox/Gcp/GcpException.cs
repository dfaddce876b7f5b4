namespace Gwctl.Sandbox.Gcp;

/// <summary>An error that the cloud answers with. Thrown by operations, turned into the service's envelope at the
/// edge.</summary>
public sealed class GcpException : Exception
{
    public GcpException()
    {
    }

    public GcpException(string message)
        : base(message)
    {
    }

    public GcpException(string message, Exception cause)
        : base(message, cause)
    {
    }

    /// <param name="reason">Such as <c>notFound</c>: what <c>error.errors[].reason</c> says.</param>
    public GcpException(int httpStatus, string reason, string message)
        : base(message)
    {
        HttpStatus = httpStatus;
        Reason = reason;
    }

    public int HttpStatus { get; } = 500;

    public string Reason { get; } = "internalError";
}
