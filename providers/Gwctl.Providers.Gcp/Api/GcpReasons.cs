namespace Gwctl.Providers.Gcp.Api;

/// <summary>Sorts the reasons of Google's errors. The same one is spelled <c>notFound</c> in an answer,
/// <c>RESOURCE_NOT_FOUND</c> in an operation, and <c>NOT_FOUND</c> by newer services.</summary>
public static class GcpReasons
{
    /// <summary>The request went out, and no usable answer came back.</summary>
    public const string AnswerLost = "answerLost";

    /// <summary>The request never left.</summary>
    public const string ConnectionFailed = "connectionFailed";

    /// <summary>The answer is not what the service's documentation says.</summary>
    public const string MalformedAnswer = "malformedAnswer";

    /// <summary>A list lacks the objects of a place that did not answer.</summary>
    public const string Unreachable = "unreachable";

    /// <summary>An operation did not end in time, or nobody knows it any more.</summary>
    public const string OperationLost = "operationLost";

    public static bool IsNotFound(string reason, int status) =>
        Plain(reason) is "notfound" or "resourcenotfound" || (status is 404 && Plain(reason) is not "operationlost");

    public static bool IsAlreadyExists(string reason) => Plain(reason) is "alreadyexists" or "resourcealreadyexists";

    public static bool IsConditionNotMet(string reason, int status) =>
        status is 412 || Plain(reason) is "conditionnotmet" or "invalidfingerprint";

    public static bool IsInUse(string reason) => Plain(reason) is "resourceinusebyanotherresource";

    public static bool IsNotReady(string reason) => Plain(reason) is "resourcenotready" or "operationinprogress";

    public static bool IsServiceDisabled(string reason) =>
        Plain(reason) is "accessnotconfigured" or "servicedisabled";

    public static bool IsThrottling(string reason, int status) => status is 429
        || Plain(reason) is "ratelimitexceeded" or "userratelimitexceeded" or "operationrateexceeded"
            or "resourceoperationrateexceeded";

    public static bool IsAccessDenied(string reason, int status) =>
        status is 401 || (status is 403 && !IsThrottling(reason, status) && !IsQuota(reason));

    /// <summary>A bound of the project's on objects, not on calls.</summary>
    public static bool IsQuota(string reason) =>
        Plain(reason) is "quotaexceeded" or "limitexceeded" or "resourceexhausted";

    public static bool IsTransient(string reason, int status) => status is 408 or 500 or > 501
        || Plain(reason) is "answerlost" or "connectionfailed" or "backenderror" or "internalerror" or "unreachable";

    private static string Plain(string reason) => reason.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();
}
