using Gwctl.Core;

namespace Gwctl.Kubernetes.Http;

/// <summary>What calls to an API server can come to: GW8500 to GW8509.</summary>
internal static class KubeDiagnostics
{
    public static Diagnostic Unreachable(Uri server, string why) =>
        new("GW8500", Severity.Error, "The Kubernetes API server cannot be reached")
        {
            Detail = $"{server.GetLeftPart(UriPartial.Authority)}: {why}",
            Help = "Check the kubeconfig's server address and the network.",
        };

    /// <param name="what">As in <c>list httproutes.gateway.networking.k8s.io</c>.</param>
    public static Diagnostic Forbidden(string what, string message) =>
        new("GW8501", Severity.Error, "Kubernetes permissions are missing")
        {
            Detail = $"May not {what}. The server says: {message}",
            Help = "Grant the verb on the resource in a Role or ClusterRole of the service account.",
        };

    public static Diagnostic Unauthorized(string what) =>
        new("GW8502", Severity.Error, "The Kubernetes credentials are not accepted")
        {
            Detail = $"The server refused to {what} with 401, also after the credentials were read again.",
            Help = "Renew the credentials of the kubeconfig's user, or the service account's token.",
        };

    public static Diagnostic Refused(string what, int statusCode, string message) =>
        new("GW8503", Severity.Error, "The Kubernetes API server refused a request")
        {
            Detail = $"Could not {what}: {statusCode}, {message}",
            Help = "The server's own words say why.",
        };

    public static Diagnostic Malformed(string what, string why) =>
        new("GW8504", Severity.Error, "The Kubernetes API server's answer cannot be read")
        {
            Detail = $"After trying to {what}: {why}",
            Help = "Check that the address is an API server's, with no proxy that answers in its place.",
        };

    public static Diagnostic NoCredentials(string why, string hint) =>
        new("GW8505", Severity.Error, "There are no Kubernetes credentials")
        {
            Detail = why,
            Help = hint is "" ? "Log in to the cluster again." : hint,
        };

    public static Diagnostic BadCertificate(string which, string why) =>
        new("GW8506", Severity.Error, "A certificate of the kubeconfig cannot be used")
        {
            Detail = $"{which}: {why}",
            Help = "Correct the kubeconfig's certificate data.",
        };
}
