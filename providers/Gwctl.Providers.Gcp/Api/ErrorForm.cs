using System.Text.Json.Nodes;

namespace Gwctl.Providers.Gcp.Api;

/// <summary>Reads the forms in which Google says what went wrong.</summary>
internal static class ErrorForm
{
    private const int MessageCharactersMax = 2_000;

    /// <summary>An answer's: <c>error.errors[].reason</c> of older services, <c>error.status</c> and
    /// <c>error.details[].reason</c> of newer ones.</summary>
    public static GcpError Read(int status, JsonObject? answer)
    {
        if (answer?.ObjectOrNull("error") is not { } error)
        {
            return new GcpError($"http{status}", $"HTTP status {status} without an explanation.", status);
        }

        var first = error.Objects("errors").FirstOrDefault();
        var detail = error.Objects("details").Select(found => found.TextOrNull("reason"))
            .FirstOrDefault(found => found is not null);
        var reason = Specific(first?.TextOrNull("reason")) ?? detail ?? error.TextOrNull("status")
            ?? first?.TextOrNull("reason") ?? $"http{status}";
        var messages = error.Objects("errors").Select(found => found.TextOrNull("message"))
            .Prepend(error.TextOrNull("message"));
        return new GcpError(reason, Join(messages), status);
    }

    /// <summary>A Compute Engine operation's <c>error.errors[].code</c>; null where it has no error.</summary>
    public static GcpError? OfOperation(JsonObject operation)
    {
        if (operation.ObjectOrNull("error") is not { } error)
        {
            return null;
        }

        var errors = error.Objects("errors").ToList();
        return new GcpError(
            errors.FirstOrDefault()?.TextOrNull("code") ?? "operationFailed",
            Join(errors.Select(found => found.TextOrNull("message"))),
            operation.NumberOrNull("httpErrorStatusCode") ?? 0);
    }

    /// <summary>A long-running operation's <c>error</c>, a google.rpc.Status; null where it has none.</summary>
    public static GcpError? OfLongRunning(JsonObject operation) => operation.ObjectOrNull("error") is { } error
        ? new GcpError(
            RpcCode(error.NumberOrNull("code") ?? 2), Join([error.TextOrNull("message")]), StatusCode: 0)
        : null;

    /// <summary>Newer services put <c>forbidden</c> into the old form beside a status that says more.</summary>
    private static string? Specific(string? reason) =>
        reason is "forbidden" or "badRequest" or "global" ? null : reason;

    private static string Join(IEnumerable<string?> messages)
    {
        var text = string.Join(" ", messages.OfType<string>().Distinct(StringComparer.Ordinal));
        return text.Length <= MessageCharactersMax ? text : $"{text[..MessageCharactersMax]}…";
    }

    private static string RpcCode(int code) => code switch
    {
        1 => "CANCELLED",
        3 => "INVALID_ARGUMENT",
        4 => "DEADLINE_EXCEEDED",
        5 => "NOT_FOUND",
        6 => "ALREADY_EXISTS",
        7 => "PERMISSION_DENIED",
        8 => "RESOURCE_EXHAUSTED",
        9 => "FAILED_PRECONDITION",
        10 => "ABORTED",
        13 => "INTERNAL",
        14 => "UNAVAILABLE",
        16 => "UNAUTHENTICATED",
        _ => "UNKNOWN",
    };
}
