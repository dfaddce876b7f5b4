using System.Text;
using Gwctl.Sandbox.Calls;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Gcp.Wire;

/// <summary>Answers and errors as JSON.</summary>
internal static class GcpEncoder
{
    private const string ContentType = "application/json; charset=UTF-8";

    public static WireResponse Encode(int status, Struct body) =>
        new(status, ContentType, Encoding.UTF8.GetBytes(ValueJson.ToText(Public(body))));

    /// <param name="service">The services' envelopes differ: Compute has no status, Certificate Manager no reasons.
    /// </param>
    public static WireResponse Encode(string service, GcpException error)
    {
        var reason = new Struct
        {
            { "domain", error.Reason is "rateLimitExceeded" or "quotaExceeded" ? "usageLimits" : "global" },
            { "message", error.Message },
            { "reason", error.Reason },
        };
        if (error.HttpStatus is 401)
        {
            reason.Add("location", "Authorization");
            reason.Add("locationType", "header");
        }

        var body = new Struct { { "code", error.HttpStatus } };
        if (service is not "certificatemanager")
        {
            body.Add("errors", [reason]);
        }

        body.Add("message", error.Message);
        if (service is not "compute" || error.HttpStatus is 401)
        {
            body.Add("status", StatusOf(error));
        }

        return Encode(error.HttpStatus, new Struct { { "error", body } });
    }

    /// <summary>A copy without the sandbox's own notes, at any depth.</summary>
    public static Struct Public(Struct document)
    {
        var result = new Struct();
        foreach (var (name, value) in document.Where(member => !IsNote(member.Key)))
        {
            result.Add(name, Public(value));
        }

        return result;
    }

    private static Value Public(Value value) => value switch
    {
        Struct members => Public(members),
        ListValue list => new ListValue(list.Select(Public)),
        _ => value,
    };

    /// <summary><c>@type</c> is Google's own.</summary>
    private static bool IsNote(string name) => name.StartsWith('@') && name is not "@type";

    private static string StatusOf(GcpException error) => (error.HttpStatus, error.Reason) switch
    {
        (400, "failedPrecondition" or "resourceInUseByAnotherResource") => "FAILED_PRECONDITION",
        (400, _) => "INVALID_ARGUMENT",
        (401, _) => "UNAUTHENTICATED",
        (403, "quotaExceeded" or "rateLimitExceeded") => "RESOURCE_EXHAUSTED",
        (403, _) => "PERMISSION_DENIED",
        (404, _) => "NOT_FOUND",
        (409, "aborted") => "ABORTED",
        (409, _) => "ALREADY_EXISTS",
        (412, _) => "FAILED_PRECONDITION",
        (429, _) => "RESOURCE_EXHAUSTED",
        (501, _) => "UNIMPLEMENTED",
        (503, _) => "UNAVAILABLE",
        _ => "INTERNAL",
    };
}
