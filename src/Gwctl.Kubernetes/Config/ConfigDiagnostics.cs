using Gwctl.Core;

namespace Gwctl.Kubernetes.Config;

/// <summary>What a kubeconfig has to say: GW71xx.</summary>
internal static class ConfigDiagnostics
{
    public static Diagnostic Unreadable(string path, string why) =>
        new("GW7101", Severity.Error, "The kubeconfig cannot be read")
        {
            Subject = new SourceSpan(path, 0, 0),
            Detail = why,
            Help = "Give the path of a kubeconfig by --kubeconfig or KUBECONFIG.",
        };

    public static Diagnostic NoContext(string path) =>
        new("GW7102", Severity.Error, "The kubeconfig has no current context")
        {
            Subject = new SourceSpan(path, 0, 0),
            Detail = "current-context is not set, and no --context was given.",
            Help = "Give --context NAME; 'kubectl config get-contexts' lists them.",
        };

    /// <param name="list">contexts, clusters or users.</param>
    public static Diagnostic Missing(string path, string list, string name, IEnumerable<string> known) =>
        new("GW7103", Severity.Error, "The kubeconfig lacks an entry")
        {
            Subject = new SourceSpan(path, 0, 0),
            Detail = $"There is no '{name}' in {list}; there are: {Text.List(known)}.",
            Help = "Correct the name, or add the entry.",
        };

    public static Diagnostic BadValue(string path, string field, string why) =>
        new("GW7104", Severity.Error, "A value of the kubeconfig cannot be used")
        {
            Subject = new SourceSpan(path, 0, 0),
            Detail = $"{field}: {why}.",
            Help = "Correct the entry.",
        };

    public static Diagnostic ProxyIgnored(string path, string cluster) =>
        new("GW7105", Severity.Warning, "proxy-url is not followed")
        {
            Subject = new SourceSpan(path, 0, 0),
            Detail = $"The cluster '{cluster}' names a proxy; gwctl connects to the server directly.",
            Help = "Make the server reachable without it.",
        };

    public static Diagnostic AuthProvider(string path, string user) =>
        new("GW7106", Severity.Error, "auth-provider is not supported")
        {
            Subject = new SourceSpan(path, 0, 0),
            Detail = $"The user '{user}' has an auth-provider, which Kubernetes removed in v1.26.",
            Help = "Use an exec plugin, as the cluster's vendor describes.",
        };

    public static Diagnostic NotInCluster(string what) =>
        new("GW7107", Severity.Error, "The pod's service account cannot be used")
        {
            Detail = what,
            Help = "Mount the service account's token, or give --kubeconfig.",
        };

    public static Diagnostic NoConfig(string path) =>
        new("GW7108", Severity.Error, "There is no kubeconfig, and this is not a pod")
        {
            Subject = new SourceSpan(path, 0, 0),
            Detail = "KUBERNETES_SERVICE_HOST is not set and the file is not there.",
            Help = "Give --kubeconfig FILE.",
        };

    private static class Text
    {
        public static string List(IEnumerable<string> names)
        {
            var text = string.Join(", ", names.Order(StringComparer.Ordinal).Take(20));
            return text is "" ? "none" : text;
        }
    }
}
