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

/// <summary>A controller, in a process of its own, between an API server and a cloud in this one: from its start until
/// all is programmed, and from a change of a route to the first write to the cloud.</summary>
internal sealed class ControllerBenchmark : IAsyncDisposable
{
    private const int ServicesPerGateway = 5;

    private readonly SandboxCloud _cloud;
    private readonly KubeClient _client;
    private readonly int _gateways;
    private readonly int _routes;

    private ControllerBenchmark(SandboxCloud cloud, KubernetesCloud api, int gateways, int routes)
    {
        (_cloud, _gateways, _routes) = (cloud, gateways, routes);
        _client = new KubeClient(
            new KubeSettings { Server = api.Endpoint, Token = new KubeToken.Fixed(new SecretText(api.Token)) },
            new KubeClientOptions
            {
                Clock = TimeProvider.System,
                Random = () => 0.5,
                Environment = new Dictionary<string, string>(StringComparer.Ordinal),
            });
    }

    /// <param name="gwctl">The program to measure.</param>
    public static async Task<string> RunAsync(string gwctl, int gateways, int routes, int changes)
    {
        var scratch = Directory.CreateTempSubdirectory("gwctl-controller-");
        try
        {
            await using var cloud = await SandboxCloud.StartAsync(Options(), CancellationToken.None);
            var api = cloud.Kubernetes ?? throw new InvalidOperationException("There is no API server.");
            await using var benchmark = new ControllerBenchmark(cloud, api, gateways, routes);
            await benchmark.SeedAsync();
            var kubeconfig = Path.Combine(scratch.FullName, "kubeconfig");
            api.WriteKubeconfig(kubeconfig);
            return await benchmark.MeasureAsync(gwctl, kubeconfig, changes);
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

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

    private async Task<string> MeasureAsync(string gwctl, string kubeconfig, int changes)
    {
        var watch = Stopwatch.StartNew();
        using var process = Start(gwctl, kubeconfig);
        var silence = DrainAsync(process);
        try
        {
            while (await ProgrammedAsync() < _gateways)
            {
                if (process.HasExited || watch.Elapsed > TimeSpan.FromMinutes(10))
                {
                    throw new InvalidOperationException(
                        $"{await ProgrammedAsync()} of {_gateways} Gateways programmed");
                }

                await Task.Delay(200);
            }

            var start = watch.Elapsed;
            var first = PeakOf(process);
            await Task.Delay(TimeSpan.FromSeconds(3));
            var delays = await ChangeRoutesAsync(changes);
            return $"{_routes} HTTPRoutes, {_gateways} Gateways: all programmed after {start.TotalSeconds:F1} s, "
                + $"{first / 1e6:F0} MB; a route's change to the first write: median {delays[delays.Count / 2]:F0} ms, "
                + $"p99 {delays[(int)(delays.Count * 0.99)]:F0} ms of {delays.Count}; "
                + $"{PeakOf(process) / 1e6:F0} MB at most";
        }
        finally
        {
            process.Kill();
            await silence;
        }
    }

    private Process Start(string gwctl, string kubeconfig)
    {
        var start = new ProcessStartInfo(gwctl)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            Environment = { ["AWS_ACCESS_KEY_ID"] = "test", ["AWS_SECRET_ACCESS_KEY"] = "test" },
        };
        foreach (var argument in new[]
        {
            "controller", "--kubeconfig", kubeconfig, $"--endpoint-url=aws={_cloud.Endpoint}", "--namespace", "default",
        })
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start) ?? throw new InvalidOperationException($"{gwctl} did not start.");
    }

    private static async Task DrainAsync(Process process)
    {
        while (await process.StandardOutput.ReadLineAsync() is not null)
        {
            // Only so that the pipe does not fill.
        }
    }

    private static long PeakOf(Process process)
    {
        process.Refresh();
        return process.PeakWorkingSet64;
    }

    private async Task<int> ProgrammedAsync()
    {
        var count = 0;
        await foreach (var page in _client.ListAsync(Gateways, KubeQuery.All, CancellationToken.None))
        {
            count += page.Objects.Count(IsProgrammed);
        }

        return count;
    }

    private static bool IsProgrammed(KubeObject gateway) =>
        gateway.Status?["conditions"] is JsonArray conditions && conditions.Any(condition =>
            Json.Text(condition, "type") is "Programmed" && Json.Text(condition, "status") is "True");

    /// <summary>Sorted, in milliseconds.</summary>
    private async Task<List<double>> ChangeRoutesAsync(int changes)
    {
        var delays = new List<double>();
        for (var change = 0; change < changes; change++)
        {
            var calls = _cloud.Aws.MutatingCalls;
            var watch = Stopwatch.StartNew();
            await _client.ApplyAsync(
                Routes, Route(change * 37 % _routes, $"/changed-{change}"), new FieldOwner("bench", Force: true),
                CancellationToken.None);
            while (_cloud.Aws.MutatingCalls == calls && watch.Elapsed < TimeSpan.FromSeconds(30))
            {
                await Task.Delay(1);
            }

            delays.Add(watch.Elapsed.TotalMilliseconds);
            await Task.Delay(150);
        }

        delays.Sort();
        return delays;
    }

    private async Task SeedAsync()
    {
        var owner = new FieldOwner("bench");
        await _client.ApplyAsync(Configs, Config(), owner, CancellationToken.None);
        await _client.ApplyAsync(Classes, Class(), owner, CancellationToken.None);
        var numbers = Enumerable.Range(0, _gateways).ToList();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = 8 };
        await Parallel.ForEachAsync(numbers, parallel, async (number, stop) =>
        {
            await _client.CreateAsync(Gateways, Gateway(number), stop);
            for (var service = 0; service < ServicesPerGateway; service++)
            {
                await _client.CreateAsync(Services, Service($"s-{number}-{service}"), stop);
                await _client.CreateAsync(Slices, Slice($"s-{number}-{service}", number, service), stop);
            }
        });
        await Parallel.ForEachAsync(
            Enumerable.Range(0, _routes), parallel,
            async (number, stop) => await _client.CreateAsync(Routes, Route(number, $"/r-{number}"), stop));
    }

    private static readonly KubeResource Gateways = Of("gateways", "Gateway");
    private static readonly KubeResource Routes = Of("httproutes", "HTTPRoute");
    private static readonly KubeResource Classes = Of("gatewayclasses", "GatewayClass") with { IsNamespaced = false };
    private static readonly KubeResource Configs =
        new("gwctl.dev", "v1alpha1", "providerconfigs", "ProviderConfig", false);
    private static readonly KubeResource Services = new("", "v1", "services", "Service", true);
    private static readonly KubeResource Slices =
        new("discovery.k8s.io", "v1", "endpointslices", "EndpointSlice", true);

    private static KubeResource Of(string plural, string kind) =>
        new("gateway.networking.k8s.io", "v1", plural, kind, true);

    private static JsonObject Named(string name, JsonObject body)
    {
        body["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = "default" };
        return body;
    }

    private static JsonObject Config() => Parse(
        """
        {
          "metadata": {"name": "cloud"},
          "spec": {"provider": "aws", "owner": "bench", "aws": {"region": "us-east-1"}}
        }
        """);

    private static JsonObject Class() => Parse(
        """
        {
          "metadata": {"name": "cloud"},
          "spec": {
            "controllerName": "gwctl.dev/aws",
            "parametersRef": {"group": "gwctl.dev", "kind": "ProviderConfig", "name": "cloud"}
          }
        }
        """);

    private static JsonObject Gateway(int number) => Named($"web-{number}", Parse(
        """
        {
          "spec": {
            "gatewayClassName": "cloud",
            "listeners": [{"name": "http", "protocol": "HTTP", "port": 80}]
          }
        }
        """));

    private static JsonObject Service(string name) => Named(name, Parse(
        """{"spec": {"ports": [{"name": "http", "port": 80, "targetPort": 8080, "protocol": "TCP"}]}}"""));

    private static JsonObject Slice(string service, int gateway, int number)
    {
        var slice = Named($"{service}-1", Parse(
            $$"""
            {
              "addressType": "IPv4",
              "ports": [{"name": "http", "port": 8080, "protocol": "TCP"}],
              "endpoints": [
                {"addresses": ["10.{{gateway / 250}}.{{gateway % 250}}.{{number + 1}}"], "conditions": {"ready": true} }
              ]
            }
            """));
        slice["metadata"]?.AsObject().Add("labels", new JsonObject { ["kubernetes.io/service-name"] = service });
        return slice;
    }

    private JsonObject Route(int number, string path)
    {
        var gateway = number % _gateways;
        return Named($"r-{number}", Parse(
            $$"""
            {
              "spec": {
                "parentRefs": [{"name": "web-{{gateway}}"}],
                "rules": [
                  {
                    "matches": [{"path": {"type": "PathPrefix", "value": "{{path}}"} }],
                    "backendRefs": [{"name": "s-{{gateway}}-{{number % ServicesPerGateway}}", "port": 80}]
                  }
                ]
              }
            }
            """));
    }

    private static JsonObject Parse(string text) =>
        JsonNode.Parse(text) as JsonObject ?? throw new InvalidOperationException(text);
}
