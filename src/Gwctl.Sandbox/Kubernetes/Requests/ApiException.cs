using System.Text.Json.Nodes;

namespace Gwctl.Sandbox.Kubernetes.Requests;

/// <summary>One cause within an answer's details.</summary>
/// <param name="Type">A CauseType of the API's, such as <c>FieldValueInvalid</c>.</param>
internal sealed record ApiCause(string Type, string Message, string Field);

/// <summary>An answer of kind Status that says what went wrong.</summary>
internal sealed class ApiException(int code, string reason, string message) : Exception(message)
{
    public int Code { get; } = code;

    public string Reason { get; } = reason;

    public string Group { get; init; } = "";

    /// <summary>A plural resource or a kind, as the reason has it.</summary>
    public string Kind { get; init; } = "";

    public string Name { get; init; } = "";

    public string Uid { get; init; } = "";

    public IReadOnlyList<ApiCause> Causes { get; init; } = [];

    public int RetryAfterSeconds { get; init; }

    public JsonObject ToStatus()
    {
        var status = new JsonObject
        {
            ["kind"] = "Status",
            ["apiVersion"] = "v1",
            ["metadata"] = new JsonObject(),
            ["status"] = "Failure",
            ["message"] = Message,
            ["reason"] = Reason,
        };
        var details = new JsonObject();
        AddText(details, "name", Name);
        AddText(details, "group", Group);
        AddText(details, "kind", Kind);
        AddText(details, "uid", Uid);
        if (Causes.Count > 0)
        {
            details["causes"] = new JsonArray([.. Causes.Select(cause => new JsonObject
            {
                ["reason"] = cause.Type,
                ["message"] = cause.Message,
                ["field"] = cause.Field,
            })]);
        }

        if (RetryAfterSeconds > 0)
        {
            details["retryAfterSeconds"] = RetryAfterSeconds;
        }

        if (details.Count > 0)
        {
            status["details"] = details;
        }

        status["code"] = Code;
        return status;
    }

    private static void AddText(JsonObject target, string name, string value)
    {
        if (value is not "")
        {
            target[name] = value;
        }
    }
}
