using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Gwctl.Sandbox.DataPlane;
using Gwctl.Sandbox.Gcp;
using Gwctl.Sandbox.Tests.DataPlane;

namespace Gwctl.Sandbox.Tests.Gcp.DataPlane;

/// <summary>A sandbox whose load balancers of Google Cloud listen, and clients for them.</summary>
internal sealed class ProxyWorld : IAsyncDisposable
{
    private const string Zone = "zones/us-central1-a/networkEndpointGroups";

    private ProxyWorld(GcpFixture gcp) => Gcp = gcp;

    public GcpFixture Gcp { get; }

    public LiveDataPlane Plane =>
        Gcp.Cloud.DataPlane ?? throw new InvalidOperationException("The sandbox has no data plane.");

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<ProxyWorld> StartAsync(
        DataPlaneOptions? options = null, GcpOptions? gcp = null, string? directory = null)
    {
        var fixture = await GcpFixture.StartAsync(
            gcp, directory, dataPlane: options ?? new DataPlaneOptions(), time: TimeProvider.System);
        return new ProxyWorld(fixture);
    }

    /// <summary>A backend service over a group of its own.</summary>
    /// <param name="endpoints"><c>address:port</c>.</param>
    /// <param name="more">Further members, as JSON without braces.</param>
    public async Task ServiceAsync(
        string name, string[] endpoints, string more = "", string scheme = "EXTERNAL_MANAGED")
    {
        await Gcp.Insert(Zone, $$"""{"name":"{{name}}"}""");
        await AttachAsync($"{Zone}/{name}", endpoints, """
            "instance":"vm",
            """);
        await Gcp.Insert("global/healthChecks", $$$"""
            {"name":"{{{name}}}","type":"HTTP","checkIntervalSec":1,"timeoutSec":1,"healthyThreshold":1,
            "httpHealthCheck":{"portSpecification":"USE_SERVING_PORT","requestPath":"/health"}}
            """);
        var balancing = more.Contains("\"TCP\"", StringComparison.Ordinal)
            ? "\"balancingMode\":\"CONNECTION\",\"maxConnectionsPerEndpoint\":100"
            : "\"balancingMode\":\"RATE\",\"maxRatePerEndpoint\":100";
        await Gcp.Insert("global/backendServices", $$"""
            {"name":"{{name}}","loadBalancingScheme":"{{scheme}}","healthChecks":["global/healthChecks/{{name}}"],
            "backends":[{"group":"{{GcpFixture.Link($"{Zone}/{name}")}}",{{balancing}}}]{{More(more)}}}
            """);
    }

    /// <summary>A backend service over addresses that nobody checks.</summary>
    public async Task UncheckedServiceAsync(string name, string[] endpoints, string more = "")
    {
        const string Groups = "global/networkEndpointGroups";
        await Gcp.Insert(Groups, $$"""{"name":"{{name}}","networkEndpointType":"INTERNET_IP_PORT"}""");
        await AttachAsync($"{Groups}/{name}", endpoints, "");
        await Gcp.Insert("global/backendServices", $$"""
            {"name":"{{name}}","loadBalancingScheme":"EXTERNAL_MANAGED",
            "backends":[{"group":"{{GcpFixture.Link($"{Groups}/{name}")}}"}]{{More(more)}}}
            """);
    }

    /// <summary>A URL map whose rules for every host are given, and a forwarding rule for it on port 80.</summary>
    public async Task MapAsync(string routeRules, string service = "web", string scheme = "EXTERNAL_MANAGED")
    {
        await Gcp.Insert("global/urlMaps", $$"""
            {"name":"map","defaultService":"global/backendServices/{{service}}",
            "hostRules":[{"hosts":["*"],"pathMatcher":"all"}],
            "pathMatchers":[{"name":"all","defaultService":"global/backendServices/{{service}}"{{Rules(routeRules)}}}]}
            """);
        await Gcp.Insert("global/targetHttpProxies", """{"name":"proxy","urlMap":"global/urlMaps/map"}""");
        await RuleAsync("targetHttpProxies/proxy", 80, scheme);
    }

    /// <summary>A forwarding rule called <c>rule</c> and its port.</summary>
    public Task RuleAsync(string target, int port, string scheme = "EXTERNAL_MANAGED") => Gcp.Insert(
        "global/forwardingRules",
        $$"""
        {"name":"rule{{port}}","portRange":"{{port}}","loadBalancingScheme":"{{scheme}}","target":"global/{{target}}"}
        """);

    public async Task<IPEndPoint> AddressAsync(int port = 80)
    {
        await Plane.SettleAsync(Cancellation);
        var endpoint = Plane.Endpoints.Single(endpoint => endpoint.Port == port);
        Assert.Equal("", endpoint.Problem);
        return Assert.IsType<IPEndPoint>(endpoint.Address);
    }

    /// <summary>A client whose requests all go to the listener, whatever host they name.</summary>
    public async Task<HttpClient> ClientAsync(int port = 80)
    {
        var address = await AddressAsync(port);
        return new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = LiveWorld.TrustsAll,
            },
            ConnectCallback = async (_, cancellationToken) =>
                new NetworkStream(await ConnectAsync(address, cancellationToken), ownsSocket: true),
        });
    }

    public static async Task<Socket> ConnectAsync(IPEndPoint address, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(address, cancellationToken);
        return socket;
    }

    public static async Task<(int Status, string Body, HttpResponseMessage Response)> AskAsync(
        HttpClient client, string target, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://a.example.com{target}");
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        var response = await client.SendAsync(request, Cancellation);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(Cancellation), response);
    }

    public ValueTask DisposeAsync() => Gcp.DisposeAsync();

    private async Task AttachAsync(string group, string[] endpoints, string more)
    {
        var items = endpoints.Select(endpoint => endpoint.Split(':')).Select(
            parts => $$"""{{{more}}"ipAddress":"{{parts[0]}}","port":{{parts[1]}}}""");
        if (endpoints.Length > 0)
        {
            (await Gcp.Compute(
                "POST", $"{group}/attachNetworkEndpoints",
                $$"""{"networkEndpoints":[{{string.Join(',', items)}}]}""")).Ok();
        }
    }

    private static string More(string more) => more is "" ? "" : $",{more}";

    private static string Rules(string rules) => rules is "" ? "" : $",\"routeRules\":[{rules}]";
}
