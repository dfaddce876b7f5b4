using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Gwctl.Sandbox.Hosting;
using Gwctl.Sandbox.Kubernetes;

namespace Gwctl.Sandbox.Tests.Kubernetes;

/// <summary>A sandbox with a Kubernetes API, an HTTP client for it, and the machine's kubectl.</summary>
internal sealed class Cluster : IAsyncDisposable
{
    public const string MergePatch = "application/merge-patch+json";
    public const string ApplyPatch = "application/apply-patch+yaml";
    public const string JsonPatch = "application/json-patch+json";
    public const string StrategicPatch = "application/strategic-merge-patch+json";
    private const string Kubectl = "/usr/bin/kubectl";

    private readonly SandboxCloud _cloud;
    private readonly DirectoryInfo _folder;

    private Cluster(SandboxCloud cloud, KubernetesCloud api)
    {
        _cloud = cloud;
        Api = api;
        _folder = Directory.CreateTempSubdirectory("gwctl-cluster-");
        Http = ClientOf(api.Token);
        api.WriteKubeconfig(KubeconfigPath);
    }

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public KubernetesCloud Api { get; }

    public HttpClient Http { get; }

    public string Folder => _folder.FullName;

    public string KubeconfigPath => Path.Combine(Folder, "kubeconfig");

    public static async Task<Cluster> StartAsync(
        KubernetesOptions? options = null, string? directory = null, TimeProvider? clock = null)
    {
        var cloud = await SandboxCloud.StartAsync(
            new SandboxOptions
            {
                StateDirectory = directory,
                Clock = clock ?? TimeProvider.System,
                Kubernetes = options ?? new KubernetesOptions(),
            },
            Cancellation);
        return new Cluster(cloud, cloud.Kubernetes ?? throw new InvalidOperationException("It has no Kubernetes."));
    }

    public static void NeedsKubectl() => Assert.SkipUnless(File.Exists(Kubectl), $"needs {Kubectl}");

    /// <summary>A client that trusts the cluster's authority and nobody else.</summary>
    public HttpClient ClientOf(string token)
    {
        var handler = new SocketsHttpHandler();
        if (Api.CertificateAuthority is not "")
        {
            var policy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck,
            };
            policy.CustomTrustStore.ImportFromPem(Api.CertificateAuthority);
            handler.SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = policy };
        }

        return new HttpClient(handler)
        {
            BaseAddress = Api.Endpoint,
            DefaultRequestHeaders =
            {
                Authorization = new AuthenticationHeaderValue("Bearer", token),
                UserAgent = { new ProductInfoHeaderValue("test", "1") },
            },
        };
    }

    public async Task<(int Status, JsonNode Body)> SendAsync(
        string method, string path, string? body = null, string type = "application/json", string? accept = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8);
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        }

        if (accept is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }

        using var response = await Http.SendAsync(request, Cancellation);
        var text = await response.Content.ReadAsStringAsync(Cancellation);
        return ((int)response.StatusCode, JsonNode.Parse(text) ?? new JsonObject());
    }

    /// <summary>Sends what must succeed.</summary>
    public async Task<JsonNode> DoAsync(
        string method, string path, string? body = null, string type = "application/json", string? accept = null)
    {
        var (status, answer) = await SendAsync(method, path, body, type, accept);
        Assert.True(status is 200 or 201, $"{method} {path}: {status} {answer.ToJsonString()}");
        return answer;
    }

    public Task<JsonNode> CreateNamespaceAsync(string name) => DoAsync(
        "POST", "/api/v1/namespaces", $$$"""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"{{{name}}}"}}""");

    /// <summary>A ConfigMap in the default namespace, as small objects go.</summary>
    public Task<JsonNode> CreateConfigAsync(string name, string meta = "", string data = "{}") => DoAsync(
        "POST", "/api/v1/namespaces/default/configmaps",
        $$"""{"metadata":{"name":"{{name}}"{{(meta is "" ? "" : $",{meta}")}}},"data":{{data}}}""");

    public async Task<Watch> WatchAsync(string path)
    {
        var response = await Http.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        Assert.Equal(200, (int)response.StatusCode);
        return new Watch(response, new StreamReader(await response.Content.ReadAsStreamAsync(Cancellation)));
    }

    /// <summary>Runs kubectl, which must succeed.</summary>
    public async Task<string> KubectlAsync(params string[] arguments)
    {
        var (exit, output, error) = await TryKubectlAsync(arguments);
        Assert.True(exit is 0, $"kubectl {string.Join(' ', arguments)}: {exit}\n{output}\n{error}");
        return output;
    }

    public async Task<(int Exit, string Output, string Error)> TryKubectlAsync(params string[] arguments)
    {
        using var process = StartKubectl(arguments);
        var output = process.StandardOutput.ReadToEndAsync(Cancellation);
        var error = process.StandardError.ReadToEndAsync(Cancellation);
        await process.WaitForExitAsync(Cancellation);
        return (process.ExitCode, await output, await error);
    }

    public Process StartKubectl(params string[] arguments)
    {
        var start = new ProcessStartInfo(Kubectl, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["KUBECONFIG"] = KubeconfigPath,
                ["HOME"] = Folder,
                ["KUBE_EDITOR"] = Path.Combine(Folder, "editor.sh"),
            },
        };
        return Process.Start(start) ?? throw new InvalidOperationException("kubectl does not start.");
    }

    public string Write(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    public void WriteScript(string name, string text)
    {
        var path = Write(name, $"#!/bin/sh\n{text}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _cloud.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
