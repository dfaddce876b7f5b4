using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gwctl.Sandbox.DataPlane;
using Gwctl.Sandbox.Dns;
using Gwctl.Sandbox.Gcp;
using Gwctl.Sandbox.Hosting;

namespace Gwctl.Sandbox.Tests.Gcp;

/// <summary>A sandbox with nothing to wait for, and a client that speaks Google's protocols by hand.</summary>
internal sealed class GcpFixture : IAsyncDisposable
{
    public const string Project = "proj-1";

    public const string Host = "https://www.googleapis.com/compute/v1/";

    private readonly HttpClient _http;

    private GcpFixture(SandboxCloud cloud, ManualClock clock, HttpClient http)
    {
        Cloud = cloud;
        Clock = clock;
        _http = http;
    }

    public SandboxCloud Cloud { get; }

    public ManualClock Clock { get; }

    public string Token { get; set; } = "test";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<GcpFixture> StartAsync(
        GcpOptions? gcp = null, string? directory = null, bool inProcess = true, DataPlaneOptions? dataPlane = null,
        TimeProvider? time = null, DnsOptions? dns = null)
    {
        var clock = new ManualClock();
        var options = new SandboxOptions
        {
            StateDirectory = directory,
            Clock = time ?? clock,
            DataPlane = dataPlane,
            Dns = dns,
            Gcp = (gcp ?? new GcpOptions { Delays = GcpDelays.None }) with { ChecksAnswers = true },
        };
        var cloud = await SandboxCloud.StartAsync(options, Cancellation);
        var http = inProcess ? new HttpClient(cloud.CreateHandler(), disposeHandler: true) : new HttpClient();
        return new GcpFixture(cloud, clock, http);
    }

    /// <summary>A reference in its full form.</summary>
    /// <param name="path">From the scope on: <c>global/urlMaps/m</c>.</param>
    public static string Link(string path) => $"{Host}projects/{Project}/{path}";

    public Task<GcpAnswer> Compute(string method, string path, string? json = null) =>
        SendAsync(method, $"/compute/v1/projects/{Project}/{path}", json);

    public Task<GcpAnswer> Dns(string method, string path, string? json = null) =>
        SendAsync(method, $"/dns/v1/projects/{Project}/{path}", json);

    public Task<GcpAnswer> Certificates(string method, string path, string? json = null) =>
        SendAsync(method, $"/v1/projects/{Project}/locations/{path}", json);

    /// <summary>Inserts a resource and returns it as it is kept.</summary>
    /// <param name="collection">With its scope: <c>global/urlMaps</c>.</param>
    public async Task<JsonObject> Insert(string collection, string json)
    {
        (await Compute("POST", collection, json)).Ok();
        var name = JsonNode.Parse(json)?["name"]?.GetValue<string>();
        return (await Compute("GET", $"{collection}/{name}")).Ok();
    }

    public async Task<GcpAnswer> SendAsync(string method, string target, string? json)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(Cloud.Endpoint, target));
        if (Token is not "")
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        }

        if (json is not null)
        {
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        }

        using var response = await _http.SendAsync(request, Cancellation);
        var text = await response.Content.ReadAsStringAsync(Cancellation);
        return new GcpAnswer((int)response.StatusCode, Read(text));
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Cloud.DisposeAsync();
    }

    private static JsonObject Read(string text) => text is ""
        ? []
        : JsonNode.Parse(text) as JsonObject ?? throw new JsonException($"No object: {text}");
}

internal sealed record GcpAnswer(int Status, JsonObject Body)
{
    public string Text(string name) => Body[name]?.ToString() ?? "";

    /// <summary>The error's reason; empty where there is none.</summary>
    public string Reason => Body["error"]?["errors"]?[0]?["reason"]?.ToString() ?? "";

    public string Message => Body["error"]?["message"]?.ToString() ?? "";

    public JsonObject Ok()
    {
        Assert.True(Status is 200, $"{Status}: {Message} {Reason}");
        return Body;
    }

    public string Fails(int status, string reason)
    {
        Assert.Equal((status, reason), (Status, Reason));
        return Message;
    }
}
