using System.Diagnostics;
using System.Text.Json.Nodes;
using Gwctl.Core;
using Gwctl.Kubernetes.Config;
using Gwctl.Kubernetes.Http;
using Gwctl.Kubernetes.Objects;
using Gwctl.Sandbox.Aws;
using Gwctl.Sandbox.Hosting;
using Gwctl.Sandbox.Kubernetes;

namespace Gwctl.Benchmarks;

/// <summary>An API server and a cloud in this process, and a controller in a process of its own between them.</summary>
internal sealed class ControllerScene : IAsyncDisposable
{
    public const int ServicesPerGateway = 5;

    private readonly DirectoryInfo _scratch = Directory.CreateTempSubdirectory("gwctl-controller-");
    private readonly KubernetesCloud _api;
    private readonly int _gateways;
    private readonly int _routes;

    private ControllerScene(SandboxCloud cloud, KubernetesCloud api, int gateways, int routes)
    {
        (Cloud, _api, _gateways, _routes) = (cloud, api, gateways, routes);
        Client = new KubeClient(
            new KubeSettings { Server = api.Endpoint, Token = new KubeToken.Fixed(new SecretText(api.Token)) },
            new KubeClientOptions
            {
                Clock = TimeProvider.System,
                Random = () => 0.5,
                Environment = new Dictionary<string, string>(StringComparer.Ordinal),
            });
    }

    public SandboxCloud Cloud { get; }

    public KubeClient Client { get; }

    public static async Task<ControllerScene> StartAsync(int gateways, int routes)
    {
        var cloud = await SandboxCloud.StartAsync(Options(), CancellationToken.None);
        var api = cloud.Kubernetes ?? throw new InvalidOperationException("There is no API server.");
        var scene = new ControllerScene(cloud, api, gateways, routes);
        await scene.SeedAsync();
        return scene;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Cloud.DisposeAsync();
        _scratch.Delete(recursive: true);
    }

    /// <summary>Starts the controller and waits until every Gateway is programmed.</summary>
    public async Task<ControllerProcess> RunAsync(string gwctl)
    {
        var kubeconfig = Path.Combine(_scratch.FullName, "kubeconfig");
        _api.WriteKubeconfig(kubeconfig);
        var process = ControllerProcess.Start(gwctl, kubeconfig, Cloud.Endpoint);
        while (await ProgrammedAsync() < _gateways)
        {
            if (process.HasExited || process.Age > TimeSpan.FromMinutes(10))
            {
                throw new InvalidOperationException($"{await ProgrammedAsync()} of {_gateways} Gateways programmed");
            }

            await Task.Delay(200);
        }

        return process;
    }

    public JsonObject Route(int number, string path) => BenchObjects.Route(
        number, number % _gateways, number / _gateways % ServicesPerGateway, path);

    private static SandboxOptions Options() => new()
    {
        Aws = new AwsOptions
        {
            Delays = AwsDelays.None,
            Quotas = new AwsQuotas
            {
                LoadBalancersPerRegion = 10_000,
                TargetGroupsPerRegion = 100_000,
                RulesPerLoadBalancer = 10_000,
                TargetGroupsPerLoadBalancer = 10_000,
            },
        },
        Kubernetes = new KubernetesOptions { Tls = false, HistoryMax = 100_000 },
    };

    private async Task<int> ProgrammedAsync()
    {
        var count = 0;
        await foreach (var page in Client.ListAsync(BenchObjects.Gateways, KubeQuery.All, CancellationToken.None))
        {
            count += page.Objects.Count(IsProgrammed);
        }

        return count;
    }

    private static bool IsProgrammed(KubeObject gateway) =>
        gateway.Status?["conditions"] is JsonArray conditions && conditions.Any(condition =>
            Json.Text(condition, "type") is "Programmed" && Json.Text(condition, "status") is "True");

    private async Task SeedAsync()
    {
        var owner = new FieldOwner("bench");
        await Client.ApplyAsync(BenchObjects.Configs, BenchObjects.Config(), owner, CancellationToken.None);
        await Client.ApplyAsync(BenchObjects.Classes, BenchObjects.Class(), owner, CancellationToken.None);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = 8 };
        await Parallel.ForEachAsync(Enumerable.Range(0, _gateways), parallel, async (number, stop) =>
        {
            await Client.CreateAsync(BenchObjects.Gateways, BenchObjects.Gateway(number), stop);
            for (var service = 0; service < ServicesPerGateway; service++)
            {
                await Client.CreateAsync(BenchObjects.Services, BenchObjects.Service(number, service), stop);
                var slice = BenchObjects.Slice(number, service, [BenchObjects.Address(number, service, 1)]);
                await Client.CreateAsync(BenchObjects.Slices, slice, stop);
            }
        });
        await Parallel.ForEachAsync(
            Enumerable.Range(0, _routes), parallel,
            async (number, stop) =>
                await Client.CreateAsync(BenchObjects.Routes, Route(number, $"/r-{number}"), stop));
    }
}

/// <summary>A controller that runs until it is disposed of.</summary>
internal sealed class ControllerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Task _silence;
    private readonly Stopwatch _watch = Stopwatch.StartNew();

    private ControllerProcess(Process process) => (_process, _silence) = (process, DrainAsync(process));

    public bool HasExited => _process.HasExited;

    public TimeSpan Age => _watch.Elapsed;

    /// <summary>At most, up to now; in bytes.</summary>
    public long Peak
    {
        get
        {
            _process.Refresh();
            return _process.PeakWorkingSet64;
        }
    }

    /// <summary>Of all threads, in user and system mode.</summary>
    public TimeSpan Cpu
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public static ControllerProcess Start(string gwctl, string kubeconfig, Uri cloud)
    {
        var start = new ProcessStartInfo(gwctl)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            Environment = { ["AWS_ACCESS_KEY_ID"] = "test", ["AWS_SECRET_ACCESS_KEY"] = "test" },
        };
        foreach (var argument in new[]
        {
            "controller", "--kubeconfig", kubeconfig, $"--endpoint-url=aws={cloud}", "--namespace", "default",
        })
        {
            start.ArgumentList.Add(argument);
        }

        return new ControllerProcess(
            Process.Start(start) ?? throw new InvalidOperationException($"{gwctl} did not start."));
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _silence;
        _process.Dispose();
    }

    private static async Task DrainAsync(Process process)
    {
        while (await process.StandardOutput.ReadLineAsync() is not null)
        {
            // Only so that the pipe does not fill.
        }
    }
}
