using Gwctl.Core;
using Gwctl.Engine.Providers;
using Gwctl.Providers.Gcp.Api;

namespace Gwctl.Providers.Gcp.Reading;

/// <summary>What Google Cloud refuses, as diagnostics: the reason and the operation.</summary>
internal static class GcpFailures
{
    /// <summary>The exception for a user of a provider.</summary>
    /// <param name="exception">What the clients threw.</param>
    /// <param name="doing">What was being done, as in <c>reading the project</c> or <c>creating url-map …</c>.</param>
    public static ProviderException From(GcpException exception, string doing) => exception switch
    {
        GcpCredentialsException credentials =>
            new ProviderException(NoCredentials(credentials, doing), inner: exception),
        GcpApiException api => new ProviderException(
            Of(api, doing),
            api.OutcomeUnknown ? ProviderFailure.OutcomeUnknown
                : api.ConditionNotMet ? ProviderFailure.Stale : ProviderFailure.Failed,
            exception),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static Diagnostic Of(GcpApiException exception, string doing) => exception switch
    {
        { ServiceDisabled: true } => Disabled(exception, doing),
        { StatusCode: 401 } => BadCredentials(exception, doing),
        { AccessDenied: true } => NotAllowed(exception, doing),
        { Throttled: true } => Throttled(exception, doing),
        { OutcomeUnknown: true } => Unknown(exception, doing),
        { ConditionNotMet: true } => Changed(exception, doing),
        { Reason: GcpReasons.ConnectionFailed or GcpReasons.AnswerLost } => NotReached(exception, doing),
        _ => Refused(exception, doing),
    };

    private static Diagnostic NoCredentials(GcpCredentialsException exception, string doing) =>
        new("GW4250", Severity.Error, "No Google Cloud credentials")
        {
            Detail = $"While {doing}: {exception.Message}",
            Help = "Run 'gcloud auth application-default login', or name a credential file (a service account's key or "
                + "a workload identity federation's configuration) in GOOGLE_APPLICATION_CREDENTIALS.",
        };

    private static Diagnostic NotAllowed(GcpApiException exception, string doing) =>
        new("GW4251", Severity.Error, "A Google Cloud permission is missing")
        {
            Detail = $"While {doing}: {exception.Operation} was refused with {Answer(exception)}",
            Help = $"Grant {Role(exception.Service)} on the project, or a role with the permission that the answer "
                + "names.",
        };

    private static Diagnostic BadCredentials(GcpApiException exception, string doing) =>
        new("GW4252", Severity.Error, "Google Cloud does not accept the credentials")
        {
            Detail = $"While {doing}: {exception.Operation} was refused with {Answer(exception)}",
            Help = "Renew the credentials, and check that the machine's clock is right.",
        };

    private static Diagnostic Throttled(GcpApiException exception, string doing) =>
        new("GW4253", Severity.Error, "Google Cloud throttles the project's calls")
        {
            Detail = $"While {doing}: every attempt of {exception.Operation} was answered with {Answer(exception)}",
            Help = "Run again in a minute, or find what else calls this API in this project.",
        };

    private static Diagnostic Unknown(GcpApiException exception, string doing) =>
        new("GW4254", Severity.Error, "The outcome of a Google Cloud call is not known")
        {
            Detail = $"While {doing}: {exception.Operation}: {Answer(exception)}",
            Help = "Plan again: the plan shows whether the call took effect.",
        };

    private static Diagnostic Refused(GcpApiException exception, string doing) =>
        new("GW4255", Severity.Error, "Google Cloud refused a call")
        {
            Detail = $"While {doing}: {exception.Operation} was answered with {Answer(exception)}",
            Help = Remedy(exception),
        };

    private static Diagnostic Disabled(GcpApiException exception, string doing) =>
        new("GW4256", Severity.Error, "A Google Cloud API is not enabled in the project")
        {
            Detail = $"While {doing}: {exception.Operation} was refused with {Answer(exception)}",
            Help = $"Enable {exception.Service}.googleapis.com: 'gcloud services enable "
                + $"{exception.Service}.googleapis.com'.",
        };

    private static Diagnostic Changed(GcpApiException exception, string doing) =>
        new("GW4257", Severity.Error, "Somebody else changed the object at the same time")
        {
            Detail = $"While {doing}: {exception.Operation} was answered with {Answer(exception)}",
            Help = "Plan again, and look at what changed.",
        };

    private static Diagnostic NotReached(GcpApiException exception, string doing) =>
        new("GW4258", Severity.Error, "Google Cloud cannot be reached")
        {
            Detail = $"While {doing}: {exception.Operation} had no answer from {exception.ServiceMessage}",
            Help = "Check the network, the proxy, and --endpoint-url where it is given.",
        };

    private static string Answer(GcpApiException exception) => $"{exception.Reason}: {exception.ServiceMessage}";

    private static string Role(string service) => service switch
    {
        "dns" => "roles/dns.admin",
        "certificatemanager" => "roles/certificatemanager.editor",
        _ => "roles/compute.loadBalancerAdmin",
    };

    private static string Remedy(GcpApiException exception) => exception switch
    {
        _ when GcpReasons.IsQuota(exception.Reason) =>
            "Raise the quota in the console's IAM & Admin, Quotas, or spread the routes over more Gateways.",
        { Retryable: true } => "Run again later.",
        _ => "Plan again; if it stays, the answer above says what Google objects to.",
    };
}
