using System.Net.Http.Headers;
using System.Text;
using System.Xml.Linq;
using Gwctl.Sandbox.Aws;
using Gwctl.Sandbox.Aws.Wire;
using Gwctl.Sandbox.Calls;
using Gwctl.Sandbox.DataPlane;
using Gwctl.Sandbox.Dns;
using Gwctl.Sandbox.Gcp;
using Gwctl.Sandbox.Hosting;

namespace Gwctl.Sandbox.Tests;

/// <summary>A sandbox with nothing to wait for, and a client that speaks its protocols by hand.</summary>
internal sealed class SandboxFixture : IAsyncDisposable
{
    private readonly HttpClient _http;

    private SandboxFixture(SandboxCloud cloud, ManualClock clock, HttpClient http)
    {
        Cloud = cloud;
        Clock = clock;
        _http = http;
    }

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public SandboxCloud Cloud { get; }

    public ManualClock Clock { get; }

    public string AccessKey { get; set; } = "test";

    public string SecretKey { get; set; } = "test";

    public string SessionToken { get; set; } = "";

    public string Region { get; set; } = "us-east-1";

    public DateTimeOffset SignedAt { get; set; } = TimeProvider.System.GetUtcNow();

    public static async Task<SandboxFixture> StartAsync(
        AwsOptions? aws = null, string? directory = null, bool inProcess = false,
        DataPlaneOptions? dataPlane = null, TimeProvider? cloudTime = null, DnsOptions? dns = null,
        GcpOptions? gcp = null)
    {
        var clock = new ManualClock();
        var options = new SandboxOptions
        {
            StateDirectory = directory,
            Clock = cloudTime ?? clock,
            DataPlane = dataPlane,
            Dns = dns,
            Gcp = gcp ?? new GcpOptions(),
            Aws = (aws ?? new AwsOptions { Delays = AwsDelays.None }) with { ChecksAnswers = true },
        };
        var cloud = await SandboxCloud.StartAsync(options, Cancellation);
        var http = inProcess ? new HttpClient(cloud.CreateHandler(), disposeHandler: true) : new HttpClient();
        return new SandboxFixture(cloud, clock, http);
    }

    public Task<Answer> Elbv2(string action, params (string Name, string Value)[] fields) =>
        Form("elasticloadbalancing", "2015-12-01", action, fields);

    public Task<Answer> Ec2(string action, params (string Name, string Value)[] fields) =>
        Form("ec2", "2016-11-15", action, fields);

    public Task<Answer> Sts(string action, params (string Name, string Value)[] fields) =>
        Form("sts", "2011-06-15", action, fields);

    public Task<Answer> CloudWatch(string action, params (string Name, string Value)[] fields) =>
        Form("monitoring", "2010-08-01", action, fields);

    public Task<Answer> Acm(string operation, string json) =>
        Json("acm", $"CertificateManager.{operation}", json);

    public Task<Answer> Tagging(string operation, string json) =>
        Json("tagging", $"ResourceGroupsTaggingAPI_20170126.{operation}", json);

    public Task<Answer> Route53(string method, string path, string xml = "") =>
        SendAsync("route53", method, $"/2013-04-01/{path}", xml, "text/xml", []);

    public Task<Answer> S3(string method, string target, string body = "") => SendAsync(
        "s3", method, target, body, "application/octet-stream",
        new() { ["x-amz-content-sha256"] = SigV4.HexHash(Encoding.UTF8.GetBytes(body)) });

    /// <summary>Fetches an address without a signature of its own.</summary>
    public async Task<Answer> FetchAsync(string address)
    {
        using var response = await _http.GetAsync(new Uri(address), Cancellation);
        return new Answer((int)response.StatusCode, await response.Content.ReadAsStringAsync(Cancellation), "");
    }

    public async Task<Answer> SendAsync(
        string service, string method, string target, string body, string contentType,
        Dictionary<string, string> headers, bool signs = true)
    {
        headers["host"] = Cloud.Endpoint.Authority;
        headers["x-amz-date"] = SignedAt.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'");
        if (SessionToken is not "")
        {
            headers["x-amz-security-token"] = SessionToken;
        }

        using var message = new HttpRequestMessage(new HttpMethod(method), new Uri(Cloud.Endpoint, target));
        if (body is not "")
        {
            message.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            message.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        }

        if (signs)
        {
            headers["authorization"] = Sign(service, method, target, body, headers);
        }

        foreach (var (name, value) in headers.Where(header => header.Key is not "host"))
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await _http.SendAsync(message, Cancellation);
        var text = await response.Content.ReadAsStringAsync(Cancellation);
        var ids = response.Headers.TryGetValues("x-amzn-RequestId", out var values) ? values : [];
        return new Answer((int)response.StatusCode, text, ids.FirstOrDefault() ?? "");
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Cloud.DisposeAsync();
    }

    private Task<Answer> Form(string service, string version, string action, (string Name, string Value)[] fields)
    {
        var body = string.Join('&', fields.Prepend(("Version", version)).Prepend(("Action", action))
            .Select(field => $"{field.Item1}={Uri.EscapeDataString(field.Item2)}"));
        return SendAsync(service, "POST", "/", body, "application/x-www-form-urlencoded; charset=utf-8", []);
    }

    private Task<Answer> Json(string service, string target, string json) => SendAsync(
        service, "POST", "/", json, "application/x-amz-json-1.1", new() { ["x-amz-target"] = target });

    private string Sign(
        string service, string method, string target, string body, Dictionary<string, string> headers)
    {
        var signed = headers.Keys.Order(StringComparer.Ordinal).ToList();
        var request = new WireRequest(method, target, headers, Encoding.UTF8.GetBytes(body));
        var date = headers["x-amz-date"][..8];
        var authorization = new SigV4Authorization(AccessKey, date, Region, service, signed, "");
        var signature = SigV4.Sign(request, authorization, SecretKey);
        return $"AWS4-HMAC-SHA256 Credential={AccessKey}/{date}/{Region}/{service}/aws4_request, "
            + $"SignedHeaders={string.Join(';', signed)}, Signature={signature}";
    }
}

/// <summary>An answer off the wire.</summary>
internal sealed record Answer(int Status, string Text, string RequestId)
{
    private XDocument Xml => XDocument.Parse(Text);

    /// <summary>The first element of the name, whatever its namespace and place.</summary>
    public string this[string name] => All(name) is [var first, ..] ? first : "";

    public string Code => Text.StartsWith('{') ? JsonText("__type") : this["Code"];

    public string Message => Text.StartsWith('{') ? JsonText("message") : this["Message"];

    public IReadOnlyList<string> All(string name) =>
        [.. Xml.Descendants().Where(element => element.Name.LocalName == name).Select(element => element.Value)];

    /// <summary>The members of every list of the name.</summary>
    public IReadOnlyList<string> MembersOf(string name) =>
    [
        .. Xml.Descendants().Where(element => element.Name.LocalName == name)
            .SelectMany(element => element.Elements()).Select(element => element.Value),
    ];

    /// <summary>The answer itself, where it is a success.</summary>
    public Answer Ok()
    {
        Assert.True(Status is >= 200 and < 300, $"{Status}: {Text}");
        return this;
    }

    public Answer Fails(string code)
    {
        Assert.True(Status >= 400, Text);
        Assert.Equal(code, Code);
        return this;
    }

    public System.Text.Json.JsonElement Json() => System.Text.Json.JsonDocument.Parse(Text).RootElement;

    private string JsonText(string name) => Json().GetProperty(name).GetString() ?? "";
}

/// <summary>The cloud's time, which stands still until a test moves it.</summary>
internal sealed class ManualClock : TimeProvider
{
    private long _ticks = TimeSpan.FromMinutes(1).Ticks;
    private readonly DateTimeOffset _start = System.GetUtcNow();

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => _start.AddTicks(Interlocked.Read(ref _ticks));

    public override long GetTimestamp() => Interlocked.Read(ref _ticks);

    public void Advance(TimeSpan time) => Interlocked.Add(ref _ticks, time.Ticks);
}
