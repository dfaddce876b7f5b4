using Gwctl.Core;
using Gwctl.Engine.Providers;
using Gwctl.Providers.Aws.Api;

namespace Gwctl.Providers.Aws.Reading;

/// <summary>What AWS refuses, as diagnostics: the code, the operation and, where a permission is missing, its
/// name.</summary>
internal static class AwsFailures
{
    /// <summary>The exception for a user of a provider.</summary>
    /// <param name="exception">What the clients threw.</param>
    /// <param name="doing">What was being done, as in <c>reading the listeners</c> or <c>creating rule …</c>.</param>
    public static ProviderException From(AwsException exception, string doing) => exception switch
    {
        AwsCredentialsException credentials =>
            new ProviderException(NoCredentials(credentials, doing), inner: exception),
        AwsApiException api => new ProviderException(
            Of(api, doing),
            api.OutcomeUnknown ? ProviderFailure.OutcomeUnknown : ProviderFailure.Failed,
            exception),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static Diagnostic Of(AwsApiException exception, string doing) => exception switch
    {
        { Code: "AccessDenied" or "UnauthorizedOperation" or "NotAuthorized" } => NotAllowed(exception, doing),
        { AccessDenied: true } => BadCredentials(exception, doing),
        { Throttled: true } => Throttled(exception, doing),
        { OutcomeUnknown: true } => Unknown(exception, doing),
        _ => Refused(exception, doing),
    };

    /// <summary>Nothing wants them: those that an earlier run left behind stay.</summary>
    public static Diagnostic HealthChecksUnread(AwsApiException exception) =>
        new("GW4165", Severity.Warning, "Health checks are not looked for")
        {
            Detail = $"{exception.Operation} was answered with {Answer(exception)} No DnsPolicy has a healthCheck, so "
                + "nothing depends on it; one that gwctl made earlier would stay.",
            Help = $"Allow {Permission(exception)}, with which gwctl also removes what is left of its own.",
        };

    private static Diagnostic NoCredentials(AwsCredentialsException exception, string doing) =>
        new("GW4150", Severity.Error, "No AWS credentials")
        {
            Detail = $"While {doing}: {exception.Message} {string.Join(" ", exception.Tried)}".TrimEnd(),
            Help = "Give credentials through the environment, a profile, SSO, a web identity or an instance role.",
        };

    private static Diagnostic NotAllowed(AwsApiException exception, string doing) =>
        new("GW4151", Severity.Error, "An AWS permission is missing")
        {
            Detail = $"While {doing}: {Permission(exception)} was refused with {Answer(exception)}",
            Help =
                $"Allow {Permission(exception)}; examples/aws-iam-policy.json has every permission that gwctl needs.",
        };

    private static Diagnostic BadCredentials(AwsApiException exception, string doing) =>
        new("GW4152", Severity.Error, "AWS does not accept the credentials")
        {
            Detail = $"While {doing}: {exception.Operation} was refused with {Answer(exception)}",
            Help = "Renew the credentials, and check that the machine's clock is right.",
        };

    private static Diagnostic Throttled(AwsApiException exception, string doing) =>
        new("GW4153", Severity.Error, "AWS throttles the account's calls")
        {
            Detail = $"While {doing}: every attempt of {exception.Operation} was answered with {Answer(exception)}",
            Help = "Run again later, or find what else calls this API in this account and region.",
        };

    private static Diagnostic Unknown(AwsApiException exception, string doing) =>
        new("GW4154", Severity.Error, "The outcome of an AWS call is not known")
        {
            Detail = $"While {doing}: the answer of {exception.Operation} was lost: {Answer(exception)}",
            Help = "Plan again: the plan shows whether the call took effect.",
        };

    private static Diagnostic Refused(AwsApiException exception, string doing) =>
        new("GW4155", Severity.Error, "AWS refused a call")
        {
            Detail = $"While {doing}: {exception.Operation} was answered with {Answer(exception)}",
            Help = Remedy(exception),
        };

    private static string Answer(AwsApiException exception)
    {
        var reasons = exception.Messages.Count > 1 ? string.Join(" ", exception.Messages) : exception.ServiceMessage;
        var id = exception.RequestId is { Length: > 0 } request ? $" (request {request})" : "";
        return $"{exception.Code}: {reasons}{id}";
    }

    private static string Permission(AwsApiException exception) => exception.Service switch
    {
        "tagging" => $"tag:{exception.Operation}",
        "monitoring" => $"cloudwatch:{exception.Operation}",
        var service => $"{service}:{exception.Operation}",
    };

    private static string Remedy(AwsApiException exception) => exception.Code switch
    {
        var code when code.StartsWith("TooMany", StringComparison.Ordinal) || code.EndsWith("LimitExceeded") =>
            "Raise the quota in Service Quotas, or spread the routes over more Gateways.",
        _ when exception.Retryable => "Run again later.",
        _ => "Plan again; if it stays, the answer above says what AWS objects to.",
    };
}
