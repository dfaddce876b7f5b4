using System.Net;
using System.Text.Json;
using Gwctl.Sandbox.Aws;
using Gwctl.Sandbox.DataPlane;
using Gwctl.Sandbox.Dns;
using Gwctl.Sandbox.Tests.Aws;

namespace Gwctl.Sandbox.Tests.DataPlane;

/// <summary>A sandbox with a data plane, one load balancer, and clients for its listeners.</summary>
internal sealed class LiveWorld : IAsyncDisposable
{
    private LiveWorld(SandboxFixture sandbox, string loadBalancer)
    {
        Sandbox = sandbox;
        LoadBalancer = loadBalancer;
    }

    public SandboxFixture Sandbox { get; }

    /// <summary>Its ARN.</summary>
    public string LoadBalancer { get; }

    public LiveDataPlane Plane =>
        Sandbox.Cloud.DataPlane ?? throw new InvalidOperationException("The sandbox has no data plane.");

    public static async Task<LiveWorld> StartAsync(
        DataPlaneOptions? options = null, string? directory = null, TimeProvider? time = null, string name = "web",
        DnsOptions? dns = null)
    {
        var sandbox = await SandboxFixture.StartAsync(
            new AwsOptions { Delays = AwsDelays.None, HostedZones = ["example.com"] }, directory,
            dataPlane: options ?? new DataPlaneOptions(), cloudTime: time, dns: dns);
        return new LiveWorld(sandbox, await sandbox.LoadBalancerAsync(name));
    }

    /// <summary>A target group with targets (<c>address</c> or <c>address:port</c>); its ARN.</summary>
    public async Task<string> GroupAsync(string name, string[] targets, params (string Name, string Value)[] more)
    {
        var arn = (await Sandbox.CreateTargetGroupAsync(name, more)).Ok()["TargetGroupArn"];
        if (targets.Length > 0)
        {
            (await Sandbox.Elbv2("RegisterTargets", Targets(arn, targets))).Ok();
        }

        return arn;
    }

    public static (string Name, string Value)[] Targets(string arn, string[] targets) =>
    [
        ("TargetGroupArn", arn),
        .. targets.SelectMany((target, index) =>
        {
            var parts = target.Split(':');
            (string, string)[] fields =
            [
                ($"Targets.member.{index + 1}.Id", parts[0]),
                ($"Targets.member.{index + 1}.Port", parts.Length > 1 ? parts[1] : "80"),
            ];
            return fields;
        }),
    ];

    /// <summary>A listener that forwards to the group; its ARN.</summary>
    public async Task<string> ForwardingListenerAsync(
        string group, int port = 80, params (string Name, string Value)[] more) => (await Sandbox.Elbv2(
        "CreateListener",
        [
            ("LoadBalancerArn", LoadBalancer), ("Port", $"{port}"), ("DefaultActions.member.1.Type", "forward"),
            ("DefaultActions.member.1.TargetGroupArn", group),
            .. Array.Exists(more, field => field.Name is "Protocol") ? more : [("Protocol", "HTTP"), .. more],
        ])).Ok()["ListenerArn"];

    /// <summary>Where the listener listens, after the data plane has settled.</summary>
    public async Task<IPEndPoint> AddressAsync(string listener)
    {
        await Plane.SettleAsync(SandboxFixture.Cancellation);
        var endpoint = Plane.Endpoints.Single(endpoint => endpoint.ListenerId == listener);
        Assert.Equal("", endpoint.Problem);
        return Assert.IsType<IPEndPoint>(endpoint.Address);
    }

    /// <summary>A client whose requests all go to the listener, whatever host they name.</summary>
    public async Task<HttpClient> ClientAsync(string listener, Action<SocketsHttpHandler>? set = null)
    {
        var address = await AddressAsync(listener);
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectCallback = async (_, cancellationToken) =>
            {
                var socket = new System.Net.Sockets.Socket(
                    System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp)
                { NoDelay = true };
                await socket.ConnectAsync(address, cancellationToken);
                return new System.Net.Sockets.NetworkStream(socket, ownsSocket: true);
            },
        };
        set?.Invoke(handler);
        return new HttpClient(handler);
    }

    /// <summary>For tests that look at something else than the certificate.</summary>
    public static bool TrustsAll(
        object sender, System.Security.Cryptography.X509Certificates.X509Certificate? certificate,
        System.Security.Cryptography.X509Certificates.X509Chain? chain, System.Net.Security.SslPolicyErrors errors) =>
        certificate is not null;

    public ValueTask DisposeAsync() => Sandbox.DisposeAsync();
}

/// <summary>What an echo backend said.</summary>
internal sealed record Echoed(HttpResponseMessage Response, JsonElement Json)
{
    public string this[string name] => Json.GetProperty(name).GetString() ?? "";

    public string Header(string name) => Json.GetProperty("headers").TryGetProperty(name, out var values)
        ? string.Join('|', values.EnumerateArray().Select(value => value.GetString()))
        : "";

    public static async Task<Echoed> GetAsync(
        HttpClient client, string url, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await SendAsync(client, request);
    }

    public static async Task<Echoed> SendAsync(HttpClient client, HttpRequestMessage request)
    {
        var response = await client.SendAsync(request, SandboxFixture.Cancellation);
        var text = await response.Content.ReadAsStringAsync(SandboxFixture.Cancellation);
        Assert.True(response.IsSuccessStatusCode, $"{response.StatusCode}: {text}");
        return new Echoed(response, JsonDocument.Parse(text).RootElement);
    }
}
