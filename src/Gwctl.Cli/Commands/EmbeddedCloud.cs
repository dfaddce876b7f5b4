using System.Net;
using System.Net.Sockets;
using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Sandbox.Aws;
using Gwctl.Sandbox.DataPlane;
using Gwctl.Sandbox.Dns;
using Gwctl.Sandbox.Gcp;
using Gwctl.Sandbox.Hosting;
using Gwctl.Sandbox.Kubernetes;
using Gwctl.Sandbox.State;

namespace Gwctl.Cli.Commands;

/// <summary>One line of <c>sandbox status</c>.</summary>
public sealed record SandboxCount(string Service, string Kind, int Count);

/// <summary>The embedded cloud of <c>Gwctl.Sandbox</c>, as commands use it.</summary>
public sealed class EmbeddedCloud : IRunningSandbox
{
    /// <summary>The keys that it accepts, with any session.</summary>
    public const string AccessKeyId = "test";

    public const string SecretAccessKey = "test";

    /// <summary>The bearer token that it accepts.</summary>
    public const string AccessToken = "test";

    /// <summary>The project that it is taken for where no configuration names one.</summary>
    public const string Project = "gwctl-sandbox";

    /// <summary>Kinds that <c>sandbox status</c> counts; the other tables are indexes of these.</summary>
    private static readonly string[] Kinds =
    [
        "load-balancer", "listener", "rule", "target-group", "target",
        "security-group", "certificate", "zone", "record",
    ];

    private readonly SandboxCloud _cloud;

    private EmbeddedCloud(SandboxCloud cloud) => _cloud = cloud;

    public Uri Endpoint => _cloud.Endpoint;

    public Uri? KubernetesEndpoint => _cloud.Kubernetes?.Endpoint;

    public IPEndPoint? Dns => _cloud.Dns?.EndPoint;

    /// <exception cref="IOException">The directory is in use, or the port is taken.</exception>
    public static async Task<IRunningSandbox> StartAsync(SandboxStart start, CancellationToken cancellationToken)
    {
        var aws = new AwsOptions
        {
            // Its clients are this process, with the same clock.
            SignatureClock = start.Clock,
            HostedZones = start.Zones,
            Credentials = [new AwsCredential(AccessKeyId, SecretAccessKey)],
        };
        try
        {
            return new EmbeddedCloud(await SandboxCloud.StartAsync(Options(start, aws), cancellationToken));
        }
        catch (SocketException exception)
        {
            throw new IOException($"The DNS port {start.DnsPort} cannot be used: {exception.Message}", exception);
        }
    }

    /// <summary>How the vendors' own tools find it, in lines.</summary>
    public static EquatableList<string> Usage(Uri endpoint)
    {
        var url = endpoint.ToString().TrimEnd('/');
        return
        [
            "For the AWS CLI and SDKs in another shell:",
            $"  export AWS_ENDPOINT_URL={url}",
            $"  export AWS_ACCESS_KEY_ID={AccessKeyId} AWS_SECRET_ACCESS_KEY={SecretAccessKey} "
                + "AWS_DEFAULT_REGION=us-east-1",
            "For Google Cloud's REST APIs:",
            $"  curl -H 'Authorization: Bearer {AccessToken}' {url}/compute/v1/projects/{Project}/global/urlMaps",
        ];
    }

    /// <summary>What lives in a state directory, whether or not a process holds it: a copy is read.</summary>
    public static EquatableList<SandboxCount> Contents(string directory)
    {
        if (!Directory.Exists(directory))
        {
            return [];
        }

        var kubernetes = Path.Combine(directory, KubernetesCloud.Folder);
        return
        [
            .. Count(ReadCopy(directory)),
            .. Directory.Exists(kubernetes) ? CountObjects(ReadCopy(kubernetes)) : [],
        ];
    }

    private static Tables ReadCopy(string directory)
    {
        var copy = Directory.CreateTempSubdirectory("gwctl-status-");
        try
        {
            foreach (var file in Directory.EnumerateFiles(directory, "*.jsonl"))
            {
                File.Copy(file, Path.Combine(copy.FullName, Path.GetFileName(file)));
            }

            using var store = StateStore.Open(copy.FullName);
            return store.Current;
        }
        finally
        {
            copy.Delete(recursive: true);
        }
    }

    private static IEnumerable<SandboxCount> CountObjects(Tables tables) => tables.ByName
        .Where(table => table.Key is not KubernetesCloud.IdentityTable)
        .OrderBy(table => table.Key, StringComparer.Ordinal)
        .Select(table => new SandboxCount("kubernetes", table.Key.Split('/')[^1], table.Value.Count));

    /// <summary>Deletes the state and nothing else; false where there is none.</summary>
    /// <exception cref="IOException">Another process uses the directory.</exception>
    public static bool Reset(string directory)
    {
        if (!Directory.Exists(directory) || !Directory.EnumerateFiles(directory, "*.jsonl").Any())
        {
            return false;
        }

        StateStore.Open(directory).Dispose(); // Refused while another process holds it.
        foreach (var file in Directory.EnumerateFiles(directory, "*.jsonl").ToList())
        {
            File.Delete(file);
        }

        File.Delete(Path.Combine(directory, "lock"));
        File.Delete(Path.Combine(directory, SandboxLease.EndpointFile));
        File.Delete(Path.Combine(directory, SandboxListener.FileName));
        File.Delete(Path.Combine(directory, SandboxLease.KubeconfigFile));
        File.Delete(Path.Combine(directory, SandboxLease.DnsFile));
        SandboxCloud.DeleteKeys(directory);
        KubernetesCloud.DeleteState(directory);
        if (!Directory.EnumerateFileSystemEntries(directory).Any())
        {
            Directory.Delete(directory);
        }

        return true;
    }

    public void WriteKubeconfig(string path) => _cloud.Kubernetes?.WriteKubeconfig(path);

    public void Watch(Action<EquatableList<SandboxListener>> told)
    {
        if (_cloud.DataPlane is { } plane)
        {
            plane.EndpointsChanged = endpoints => told(Listeners(endpoints));
            told(Listeners(plane.Endpoints));
        }
    }

    public ValueTask DisposeAsync() => _cloud.DisposeAsync();

    private static SandboxOptions Options(SandboxStart start, AwsOptions aws) => new()
    {
        StateDirectory = start.Directory,
        Port = start.Port,
        Clock = start.Clock,
        DataPlane = start.DataPlane ? new DataPlaneOptions() : null,
        Dns = start.DnsPort is { } dns ? new DnsOptions { Port = dns } : null,
        Kubernetes = start.KubernetesPort is { } kubernetes ? new KubernetesOptions { Port = kubernetes } : null,
        Aws = aws with
        {
            AccountId = Setting(start, "aws", "account") ?? aws.AccountId,
            Region = Setting(start, "aws", "region") ?? aws.Region,
        },
        Gcp = new GcpOptions
        {
            Tokens = [AccessToken],
            ManagedZones = [.. start.Zones.Select(zone => new GcpZone(
                Setting(start, "gcp", "project") ?? Project, zone.Replace('.', '-'), $"{zone}."))],
        },
    };

    /// <summary>A scalar of the first configuration of a provider that has it; null where none has.</summary>
    private static string? Setting(SandboxStart start, string provider, string name) => start.Configs
        .Where(config => config.Provider.Value == provider)
        .SelectMany(config => config.Settings?.Fields.AsEnumerable() ?? [])
        .Where(field => field.Name == name)
        .Select(field => (field.Value as SpecNode.Scalar)?.Text)
        .FirstOrDefault(text => text is not null);

    private static EquatableList<SandboxListener> Listeners(IReadOnlyList<DataPlaneEndpoint> endpoints) =>
    [
        .. endpoints.Select(endpoint => new SandboxListener(
            endpoint.LoadBalancerName, endpoint.Protocol, endpoint.Port, $"{endpoint.Address}", endpoint.Problem)),
    ];

    private static EquatableList<SandboxCount> Count(Tables tables)
    {
        var counts = new SortedDictionary<(string Service, string Kind), int>();
        foreach (var (table, rows) in tables.ByName)
        {
            var parts = table.Split('/');
            if (parts.Skip(1).FirstOrDefault(Kinds.Contains) is { } kind)
            {
                counts[(parts[0], kind)] = counts.GetValueOrDefault((parts[0], kind)) + rows.Count;
            }
        }

        return [.. counts.Select(pair => new SandboxCount(pair.Key.Service, pair.Key.Kind, pair.Value))];
    }
}
