using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Gwctl.Sandbox.DataPlane.Tls;
using Gwctl.Sandbox.Kubernetes.Kinds;
using Gwctl.Sandbox.Kubernetes.Serving;
using Gwctl.Sandbox.Kubernetes.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Gwctl.Sandbox.Kubernetes;

/// <summary>The Kubernetes part of a running sandbox: an API server without nodes. Whatever is written is stored,
/// validated, versioned and watched as a cluster does it; nothing is ever run.</summary>
public sealed class KubernetesCloud : IAsyncDisposable
{
    /// <summary>The administrator's name, as errors and reviews have it.</summary>
    public const string Administrator = "sandbox-admin";

    /// <summary>In a sandbox's state directory: where its objects are kept, in one table for each resource.</summary>
    public const string Folder = "kubernetes";

    /// <summary>The one table there that holds no objects.</summary>
    public const string IdentityTable = ObjectStore.IdentityTable;
    private const string TokenFile = "kubernetes.token";
    private const int BodyBytesMax = 8 * 1024 * 1024;
    private static readonly string[] SeedNamespaces = ["default", "kube-node-lease", "kube-public", "kube-system"];

    private readonly KubernetesOptions _options;
    private readonly ObjectStore _store;
    private readonly ApiServer _api;
    private readonly AccessGuard _guard;
    private readonly ServerHooks _hooks;
    private readonly SandboxAuthority? _authority;
    private readonly TimeProvider _clock;
    private WebApplication? _server;

    private KubernetesCloud(
        KubernetesOptions options, ObjectStore store, SandboxAuthority? authority, string token, TimeProvider clock)
    {
        _options = options;
        _store = store;
        _authority = authority;
        _clock = clock;
        Token = token;
        _hooks = new ServerHooks();
        var administrator = new KubernetesUser(Administrator, token, ["system:masters"]);
        var catalog = KindCatalog.Open(store, options.SeedDefinitions, clock.GetUtcNow());
        _guard = new AccessGuard(
            [administrator, .. options.Users], options.Denials,
            options.EnforcesRbac ? new RoleBook(store, catalog) : null);
        Seed(catalog);
        _api = new ApiServer(store, catalog, _guard, _hooks, clock, options.BookmarkInterval);
        Endpoint = new Uri("http://127.0.0.1/");
    }

    /// <summary>Where the API is served.</summary>
    public Uri Endpoint { get; private set; }

    /// <summary>The administrator's bearer token.</summary>
    public string Token { get; }

    /// <summary>The certificate of the authority that signs the server's, in PEM; empty for plain HTTP.</summary>
    public string CertificateAuthority => _authority?.Pem ?? "";

    /// <summary>Asked once for each authenticated request for objects; null lets it pass. Called from many threads at
    /// once.</summary>
    public Func<KubernetesCall, KubernetesFault?>? Faults
    {
        get => _hooks.Plan;
        set => _hooks.Plan = value;
    }

    /// <summary>Told of each request when it has been served; of a watch when it ends.</summary>
    public Action<KubernetesCallRecord>? Called
    {
        get => _hooks.Called;
        set => _hooks.Called = value;
    }

    /// <summary>Requests for objects so far.</summary>
    public long Calls => _hooks.Calls;

    /// <summary>The resource version of the last write: it stays as it is exactly while nothing is written.</summary>
    public long Version => _store.Version;

    /// <summary>What users may not do from now on.</summary>
    public void Deny(params IEnumerable<KubernetesDenial> denials) => _guard.Denials = [.. denials];

    /// <summary>Who is let in from now on, besides the administrator: leaving a user out makes the tokens expire.
    /// </summary>
    public void SetUsers(params IEnumerable<KubernetesUser> users) => _guard.Users = [_guard.Users[0], .. users];

    /// <summary>Breaks the connections of all watches.</summary>
    public void DropWatches() => _hooks.DropWatches();

    /// <summary>Forgets past changes, as compaction does: a watch from an earlier version is answered with 410.
    /// </summary>
    public void ExpireHistory() => _store.ForgetHistory();

    /// <summary>Stops serving and starts again at the same port with the same objects.</summary>
    public async Task RestartAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        var port = Endpoint.Port;
        await StopAsync();
        _store.ForgetHistory();
        await Task.Delay(pause, _clock, cancellationToken);
        await ListenAsync(port, cancellationToken);
    }

    /// <summary>Deletes what a server has kept in a state directory. Nobody may be using it.</summary>
    public static void DeleteState(string directory)
    {
        File.Delete(Path.Combine(directory, TokenFile));
        var folder = Path.Combine(directory, Folder);
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Writes a kubeconfig whose current context is this server, for its owner alone to read.</summary>
    public void WriteKubeconfig(string path) => WriteKubeconfig(path, Administrator, Token);

    /// <param name="path">The file.</param>
    /// <param name="user">Its name for the user.</param>
    /// <param name="token">The user's.</param>
    public void WriteKubeconfig(string path, string user, string token) =>
        PrivateFile.Write(path, Kubeconfig.Render(Endpoint, CertificateAuthority, user, token));

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _hooks.Dispose();
        _authority?.Dispose();
        _store.Dispose();
    }

    /// <param name="options">How it is.</param>
    /// <param name="directory">The sandbox's state directory; null keeps everything in memory.</param>
    /// <param name="clock">Times in objects, time-outs and certificates.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    internal static async Task<KubernetesCloud> StartAsync(
        KubernetesOptions options, string? directory, TimeProvider clock, CancellationToken cancellationToken)
    {
        var store = ObjectStore.Open(OpenFolder(directory), options.HistoryMax);
        SandboxAuthority? authority = null;
        try
        {
            authority = options.Tls ? SandboxAuthority.Open(directory, clock.GetUtcNow()) : null;
            var cloud = new KubernetesCloud(options, store, authority, OpenToken(directory), clock);
            await cloud.ListenAsync(options.Port, cancellationToken);
            return cloud;
        }
        catch
        {
            authority?.Dispose();
            store.Dispose();
            throw;
        }
    }

    /// <summary>The objects' directory, which nobody else may read: there are Secrets in it.</summary>
    private static string? OpenFolder(string? directory)
    {
        var folder = directory is null ? null : Path.Combine(directory, Folder);
        if (folder is not null && OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else if (folder is not null)
        {
            Directory.CreateDirectory(
                folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return folder;
    }

    private static string OpenToken(string? directory)
    {
        var path = directory is null ? null : Path.Combine(directory, TokenFile);
        if (path is not null && File.Exists(path))
        {
            return File.ReadAllText(path).Trim();
        }

        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
        if (path is not null)
        {
            PrivateFile.Write(path, token + "\n");
        }

        return token;
    }

    private void Seed(KindCatalog catalog) => _store.Write(writer =>
    {
        foreach (var name in SeedNamespaces.Where(name => writer.Find(catalog.Namespaces, name) is null))
        {
            writer.Put(catalog.Namespaces, new JsonObject
            {
                ["metadata"] = new JsonObject
                {
                    ["name"] = name,
                    ["uid"] = writer.NextUid(),
                    ["creationTimestamp"] = Times.Format(_clock.GetUtcNow()),
                    ["labels"] = new JsonObject { ["kubernetes.io/metadata.name"] = name },
                },
                ["spec"] = new JsonObject { ["finalizers"] = new JsonArray("kubernetes") },
                ["status"] = new JsonObject { ["phase"] = "Active" },
            });
        }

        return 0;
    });

    private async Task ListenAsync(int port, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = BodyBytesMax;
            kestrel.Limits.MinResponseDataRate = null; // A watch may be silent for long.
            kestrel.Listen(IPAddress.Loopback, port, listen =>
            {
                listen.Protocols = _authority is null ? HttpProtocols.Http1 : HttpProtocols.Http1AndHttp2;
                if (_authority is { } authority)
                {
                    listen.UseHttps(IssueCertificate(authority));
                }
            });
        });
        var server = builder.Build();
        server.Run(_api.ServeAsync);
        await server.StartAsync(cancellationToken);
        _server = server;
        var features = server.Services.GetRequiredService<IServer>().Features;
        Endpoint = new Uri(features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First());
    }

    private X509Certificate2 IssueCertificate(SandboxAuthority authority)
    {
        var now = _clock.GetUtcNow();
        var (bare, key) = authority.Issue(
            ["127.0.0.1", "localhost", "kubernetes.default.svc"], now.AddHours(-1), now.AddYears(1), ecdsa: true);
        using (bare)
        {
            return X509Certificate2.CreateFromPem(bare.ExportCertificatePem(), key);
        }
    }

    private async Task StopAsync()
    {
        if (_server is { } server)
        {
            _server = null;
            _hooks.DropWatches();
            using var now = new CancellationTokenSource();
            await now.CancelAsync();
            await server.StopAsync(now.Token);
            await server.DisposeAsync();
        }
    }
}
