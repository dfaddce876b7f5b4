using Gwctl.Core;

namespace Gwctl.Kubernetes.Http;

/// <summary>A call to the API server failed. The diagnostic is fit for users: no stack, no secret.</summary>
public sealed class KubeException : Exception
{
    public KubeException(Diagnostic diagnostic, int statusCode = 0, string reason = "", Exception? inner = null)
        : base($"{diagnostic.Code} {diagnostic.Summary}: {diagnostic.Detail}", inner)
    {
        Diagnostic = diagnostic;
        StatusCode = statusCode;
        Reason = reason;
    }

    public Diagnostic Diagnostic { get; }

    /// <summary>Of HTTP; 0 where there was no answer.</summary>
    public int StatusCode { get; }

    /// <summary>Of the Status object that the server sent, such as <c>Conflict</c>; empty where it sent none.</summary>
    public string Reason { get; }

    /// <summary>How long the server asks to wait; null where it does not.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public bool IsNotFound => StatusCode is 404;

    /// <summary>Somebody else was faster: read again.</summary>
    public bool IsConflict => StatusCode is 409 && Reason is not "AlreadyExists";

    public bool AlreadyExists => StatusCode is 409 && Reason is "AlreadyExists";

    /// <summary>The resource version is older than what the server keeps: list again.</summary>
    public bool IsExpired => StatusCode is 410 || Reason is "Expired" or "Gone";

    public bool IsForbidden => StatusCode is 403;

    public bool IsUnauthorized => StatusCode is 401;

    /// <summary>The server, or the way to it, failed for now.</summary>
    public bool IsTransient => StatusCode is 0 or 429 or >= 500;
}
