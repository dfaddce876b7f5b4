using Gwctl.Sandbox.Kubernetes.Kinds;

namespace Gwctl.Sandbox.Kubernetes.Requests;

/// <summary>The API's errors in its own words.</summary>
internal static class ApiErrors
{
    public static ApiException NotFound(Kind kind, string name) =>
        new(404, "NotFound", $"{kind.GroupResource} \"{name}\" not found")
        {
            Group = kind.Group,
            Kind = kind.Plural,
            Name = name,
        };

    public static ApiException NoSuchPath() =>
        new(404, "NotFound", "the server could not find the requested resource");

    public static ApiException AlreadyExists(Kind kind, string name) =>
        new(409, "AlreadyExists", $"{kind.GroupResource} \"{name}\" already exists")
        {
            Group = kind.Group,
            Kind = kind.Plural,
            Name = name,
        };

    public static ApiException Conflict(Kind kind, string name, string why) =>
        new(409, "Conflict", $"Operation cannot be fulfilled on {kind.GroupResource} \"{name}\": {why}")
        {
            Group = kind.Group,
            Kind = kind.Plural,
            Name = name,
        };

    public static ApiException Modified(Kind kind, string name) => Conflict(
        kind, name, "the object has been modified; please apply your changes to the latest version and try again");

    public static ApiException BadRequest(string message) => new(400, "BadRequest", message);

    public static ApiException Invalid(Kind kind, string name, IReadOnlyList<ApiCause> causes) =>
        new(422, "Invalid", $"{kind.Name}{(kind.Group is "" ? "" : $".{kind.Group}")} \"{name}\" is invalid: "
            + (causes.Count is 1
                ? $"{causes[0].Field}: {causes[0].Message}"
                : $"[{string.Join(", ", causes.Select(cause => $"{cause.Field}: {cause.Message}"))}]"))
        {
            Group = kind.Group,
            Kind = kind.Name,
            Name = name,
            Causes = causes,
        };

    public static ApiException MethodNotAllowed() => new(
        405, "MethodNotAllowed", "the server does not allow this method on the requested resource");

    public static ApiException UnsupportedMedia(string contentType) => new(
        415, "UnsupportedMediaType",
        $"the body of the request was in an unknown format - accepted media types do not include {contentType}");

    public static ApiException NotAcceptable() => new(
        406, "NotAcceptable", "only the following media types are accepted: application/json");

    public static ApiException Unauthorized() => new(401, "Unauthorized", "Unauthorized");

    public static ApiException TooManyRequests(int seconds) =>
        new(429, "TooManyRequests", "Too many requests, please try again later.") { RetryAfterSeconds = seconds };

    public static ApiException TooOld(long asked, long oldest) => new(
        410, "Expired", $"too old resource version: {asked} ({oldest})");

    public static ApiException TooLarge(long asked, long current) => new(
        504, "Timeout", $"Too large resource version: {asked}, current: {current}")
    {
        RetryAfterSeconds = 1,
        Causes = [new ApiCause("ResourceVersionTooLarge", "Too large resource version", "")],
    };

    public static ApiException ContinueTooOld() => new(
        410, "Expired", "The provided continue parameter is too old to display a consistent list result. "
        + "You can start a new list without the continue parameter.");
}
