using System.Text.Json.Nodes;

namespace Gwctl.Sandbox.Kubernetes.Serving;

/// <summary>The Kubernetes version whose API is served.</summary>
internal static class ServerVersion
{
    public const string Minor = "33";

    public static JsonObject ToJson() => new()
    {
        ["major"] = "1",
        ["minor"] = Minor,
        ["gitVersion"] = $"v1.{Minor}.0+gwctl-sandbox",
        ["gitCommit"] = "",
        ["gitTreeState"] = "clean",
        ["buildDate"] = "1970-01-01T00:00:00Z",
        ["goVersion"] = "",
        ["compiler"] = "",
        ["platform"] = "linux/amd64",
    };
}
