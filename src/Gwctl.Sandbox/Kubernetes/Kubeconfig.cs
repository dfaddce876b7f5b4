using System.Text;

namespace Gwctl.Sandbox.Kubernetes;

/// <summary>The file by which kubectl and other clients find a server.</summary>
internal static class Kubeconfig
{
    private const string ContextName = "gwctl-sandbox";

    /// <param name="endpoint">Of the server.</param>
    /// <param name="authority">In PEM; empty for plain HTTP.</param>
    /// <param name="user">A name.</param>
    /// <param name="token">The user's.</param>
    public static string Render(Uri endpoint, string authority, string user, string token)
    {
        var trust = authority is ""
            ? ""
            : $"\n    certificate-authority-data: {Convert.ToBase64String(Encoding.UTF8.GetBytes(authority))}";
        return $"""
            apiVersion: v1
            kind: Config
            current-context: {ContextName}
            clusters:
            - name: {ContextName}
              cluster:
                server: {endpoint.GetLeftPart(UriPartial.Authority)}{trust}
            users:
            - name: {user}
              user:
                token: {token}
            contexts:
            - name: {ContextName}
              context:
                cluster: {ContextName}
                user: {user}

            """;
    }
}
