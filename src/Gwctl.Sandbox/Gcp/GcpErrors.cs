using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Gcp;

/// <summary>The errors that Google's load balancing and DNS APIs answer with, in their words.</summary>
internal static class GcpErrors
{
    /// <param name="path">From <c>projects/</c> on.</param>
    public static GcpException NotFound(string path) =>
        new(404, "notFound", $"The resource '{path}' was not found");

    public static GcpException AlreadyExists(string path) =>
        new(409, "alreadyExists", $"The resource '{path}' already exists");

    public static GcpException NotReady(string path) =>
        new(400, "resourceNotReady", $"The resource '{path}' is not ready");

    public static GcpException InUse(string noun, string path, string user) =>
        new(400, "resourceInUseByAnotherResource",
            $"The {noun} resource '{path}' is already being used by '{user}'");

    /// <param name="field">From the body's root, such as <c>resource.name</c>.</param>
    public static GcpException Invalid(string field, string value, string why) =>
        new(400, "invalid", $"Invalid value for field '{field}': '{value}'. {why}");

    public static GcpException Invalid(string field, Value? value, string why) =>
        Invalid(field, value is null or Struct or ListValue ? "" : $"{value}", why);

    public static GcpException Required(string field) =>
        new(400, "required", $"Required field '{field}' not specified");

    public static GcpException StaleFingerprint() => new(412, "conditionNotMet", "Invalid fingerprint.");

    public static GcpException StaleLabels() => new(
        412, "conditionNotMet", "Labels fingerprint either invalid or resource labels have changed");

    public static GcpException Quota(string metric, int limit, string scope) =>
        new(403, "quotaExceeded", $"Quota '{metric}' exceeded.  Limit: {limit}.0 {scope}.");

    public static GcpException RateLimited() => new(403, "rateLimitExceeded", "Rate Limit Exceeded");

    public static GcpException Unavailable() => new(503, "backendError", "Backend Error");

    public static GcpException Internal() => new(500, "internalError", "Internal error encountered.");

    public static GcpException NotImplemented(string operation) =>
        new(501, "notImplemented", $"The sandbox does not implement {operation}.");
}
