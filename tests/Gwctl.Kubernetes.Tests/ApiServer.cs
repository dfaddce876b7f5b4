using System.Text.Json.Nodes;
using Gwctl.Core;
using Gwctl.Kubernetes.Config;
using Gwctl.Kubernetes.Http;
using Gwctl.Kubernetes.Objects;
using Gwctl.Sandbox.Hosting;
using Gwctl.Sandbox.Kubernetes;

namespace Gwctl.Kubernetes.Tests;

/// <summary>The sandbox's API server, and clients of it.</summary>
internal sealed class ApiServer : IAsyncDisposable
{
    public static readonly KubeResource Namespaces = new("", "v1", "namespaces", "Namespace", false);

    private readonly SandboxCloud _cloud;

    private ApiServer(SandboxCloud cloud, KubernetesCloud api)
    {
        (_cloud, Api) = (cloud, api);
        Client = Connect(new KubeSettings
        {
            Server = api.Endpoint,
            AuthorityPem = api.CertificateAuthority is "" ? null : api.CertificateAuthority,
            Token = new KubeToken.Fixed(new SecretText(api.Token)),
        });
    }

    public KubernetesCloud Api { get; }

    /// <summary>The administrator's.</summary>
    public KubeClient Client { get; }

    public static async Task<ApiServer> StartAsync(KubernetesOptions? options = null)
    {
        var cloud = await SandboxCloud.StartAsync(
            new SandboxOptions
            {
                Kubernetes = options
                ?? new KubernetesOptions { Tls = false, SeedDefinitions = false }
            },
            TestContext.Current.CancellationToken);
        return new ApiServer(cloud, cloud.Kubernetes ?? throw new InvalidOperationException("No API server."));
    }

    public static KubeClient Connect(
        KubeSettings settings, IReadOnlyDictionary<string, string>? environment = null, int attemptsMax = 5) => new(
        settings,
        new KubeClientOptions
        {
            Clock = TimeProvider.System,
            Random = () => 0,
            Environment = environment ?? new Dictionary<string, string>(StringComparer.Ordinal),
            AttemptsMax = attemptsMax,
        });

    public static JsonObject ConfigMap(string name, string value = "x", string space = "default") => new()
    {
        ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = space },
        ["data"] = new JsonObject { ["key"] = value },
    };

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _cloud.DisposeAsync();
    }
}
