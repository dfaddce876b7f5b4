using System.Text.Json.Nodes;
using Gwctl.Providers.Conformance.Scenarios;
using Gwctl.Sandbox.DataPlane;
using Gwctl.Testing.Clouds;
using Gwctl.Trials;
using Gwctl.Verification.Router;

namespace Gwctl.Providers.Conformance;

/// <summary>Real requests through the sandbox's load balancers.</summary>
internal sealed class Traffic(CloudUnderTest cloud, LiveDataPlane plane) : IDisposable
{
    // Of two backends with weights 3 and 1 each has answered by then, but once in 10^7 times.
    private const int RequestsOfSplit = 60;

    private readonly TrialClient _client = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Every target answers as the Service whose address it has.</summary>
    public static DataPlaneOptions Options => new()
    {
        OwnAddresses = false,
        Backends = static _ => new Backend.Echo(),
        IdentityOf = static target => new EchoIdentity("conformance", ServiceOf(target.Id), target.Id),
    };

    public async Task AssertAsync(Stage stage)
    {
        await plane.SettleAsync(Token);
        foreach (var ask in stage.Asks)
        {
            await AssertAsync(ask);
        }
    }

    public void Dispose() => _client.Dispose();

    private async Task AssertAsync(Ask ask)
    {
        var services = new SortedSet<string>(StringComparer.Ordinal);
        for (var count = 0; count < (ask.Services.Count > 1 ? RequestsOfSplit : 1); count++)
        {
            var reply = await SendAsync(ask);
            Assert.True(ask.Status == reply.Status, $"{ask}: {reply.Status} {reply.Problem}");
            AssertReply(ask, reply);
            if (ask.Services.Count > 0)
            {
                services.Add(Echo(reply)["service"]?.ToString() ?? "");
            }
        }

        Assert.Equal($"{ask}: {string.Join(", ", ask.Services.Order())}", $"{ask}: {string.Join(", ", services)}");
    }

    private void AssertReply(Ask ask, Reply reply)
    {
        if (ask.Location is { } location)
        {
            Assert.Equal(Filled(location), WithoutUsualPort(reply.Header("Location")));
        }

        if (ask.Answered is var (name, value))
        {
            Assert.Equal($"{ask}: {value}", $"{ask}: {reply.Header(name)}");
        }

        if (ask.SeenPath is { } path)
        {
            Assert.Equal($"{ask}: {path}", $"{ask}: {Echo(reply)["path"]}");
        }

        if (ask.SeenHost is { } host)
        {
            Assert.Equal($"{ask}: {host}", $"{ask}: {Echo(reply)["host"]}");
        }

        if (ask.SeenHeader is var (seen, told))
        {
            var headers = Echo(reply)["headers"] as JsonObject ?? [];
            var found = headers.FirstOrDefault(
                header => header.Key.Equals(seen, StringComparison.OrdinalIgnoreCase)).Value;
            Assert.Equal($"{ask}: {told}", $"{ask}: {found?[0]}");
        }
    }

    private async Task<Reply> SendAsync(Ask ask)
    {
        var host = $"{ask.Label}.{cloud.Place.Domain}";
        var endpoint = plane.Endpoints.Single(found => found.Port == ask.Port && !IsTheirs(found));
        Assert.True(endpoint.Address is not null, endpoint.Problem);
        return await _client.AskAsync(
            endpoint.Address,
            new Request
            {
                Method = ask.Method,
                Scheme = ask.IsSecure ? "https" : "http",
                Host = ask.Port is 80 or 443 ? host : $"{host}:{ask.Port}",
                Port = ask.Port,
                Path = ask.Path,
                Query = ask.Query,
                Sni = ask.IsSecure ? host : null,
                Headers = ask.Header is var (name, value) ? [new HeaderField(name, value)] : [],
            },
            Token);
    }

    private string Filled(string text) => text.Replace("ZONE", cloud.Place.Domain, StringComparison.Ordinal);

    // Some load balancers write the port that a scheme has anyway.
    private static string? WithoutUsualPort(string? location) =>
        location is not null && Uri.TryCreate(location, UriKind.Absolute, out var url) && url.IsDefaultPort
            ? url.ToString()
            : location;

    private static JsonObject Echo(Reply reply) =>
        JsonNode.Parse(reply.Body) as JsonObject ?? throw new InvalidOperationException("not the echo's answer");

    private static bool IsTheirs(DataPlaneEndpoint endpoint) =>
        endpoint.ListenerId.Contains($"/{Place.Theirs}", StringComparison.Ordinal);

    private static string ServiceOf(string address) =>
        !address.StartsWith("172.31.1.", StringComparison.Ordinal) ? "somebody else"
        : int.Parse(address.Split('.')[3]) switch
        {
            < 20 => "web",
            < 30 => "next",
            _ => "moving",
        };
}
