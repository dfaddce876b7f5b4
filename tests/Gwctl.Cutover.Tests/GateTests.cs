using System.Net;
using System.Text;
using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Cutover.Dns;
using Gwctl.Cutover.Gates;
using Gwctl.Engine.Providers;

namespace Gwctl.Cutover.Tests;

// Goal: a gate passes, fails or says nothing, and what it could not ask is never a pass.
public sealed class GateTests
{
    private static readonly CutoverGateSpec.Metrics Limits = Gate<CutoverGateSpec.Metrics>(
        "{name: m, metrics: {samplesMin: 100, errorPercentMax: 5, errorPercentAboveOldMax: 1, "
        + "latencyPercentOfOldMax: 150}}");

    [Theory]
    [InlineData(99, 0, 100, GateVerdict.Inconclusive)]
    [InlineData(1000, 0, 100, GateVerdict.Pass)]
    [InlineData(1000, 19, 100, GateVerdict.Pass)]
    [InlineData(1000, 31, 100, GateVerdict.Fail)]
    [InlineData(1000, 60, 100, GateVerdict.Fail)]
    [InlineData(1000, 0, 160, GateVerdict.Fail)]
    public void Metrics_are_judged_against_limits_and_the_old_side(
        double requests, double errors, int milliseconds, GateVerdict expected)
    {
        var next = new RequestMetrics(requests, errors, TimeSpan.FromMilliseconds(milliseconds));
        var old = new RequestMetrics(10_000, 100, TimeSpan.FromMilliseconds(100));

        Assert.Equal(expected, MetricsGate.Judge(Limits, new MetricsGate.Compared(next, old)).Verdict);
    }

    [Fact]
    public void Without_the_old_side_a_comparison_says_nothing_but_an_absolute_limit_still_fails()
    {
        var well = new RequestMetrics(1_000, 0, TimeSpan.FromMilliseconds(100));
        var ill = well with { ServerErrors = 100 };

        Assert.Equal(GateVerdict.Inconclusive, MetricsGate.Judge(Limits, new MetricsGate.Compared(well, null)).Verdict);
        Assert.Equal(GateVerdict.Fail, MetricsGate.Judge(Limits, new MetricsGate.Compared(ill, null)).Verdict);
        Assert.Equal(
            GateVerdict.Pass, MetricsGate.Judge(Limits, new MetricsGate.Compared(well, RequestMetrics.None)).Verdict);
    }

    [Theory]
    [InlineData("[sh, -c, 'echo all well; exit 0']", GateVerdict.Pass, "all well")]
    [InlineData("[sh, -c, 'exit 75']", GateVerdict.Inconclusive, "75")]
    [InlineData("[sh, -c, 'echo $GWCTL_WEIGHT >&2; exit 1']", GateVerdict.Fail, "10")]
    [InlineData("[sleep, '30']", GateVerdict.Inconclusive, "in time")]
    [InlineData("[/nowhere/at/all]", GateVerdict.Inconclusive, "nowhere")]
    public async Task A_program_answers_by_its_exit_code(string argv, GateVerdict expected, string words)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the programs are those of a POSIX system");
        var result = await AskAsync($"{{name: c, command: {{argv: {argv}, timeout: 2s}}}}");

        Assert.Equal(expected, result.Verdict);
        Assert.Contains(words, result.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, "", GateVerdict.Pass)]
    [InlineData(200, """{"verdict": "fail", "detail": "no"}""", GateVerdict.Fail)]
    [InlineData(202, "", GateVerdict.Inconclusive)]
    [InlineData(500, "", GateVerdict.Fail)]
    [InlineData(404, """{"verdict": "inconclusive"}""", GateVerdict.Inconclusive)]
    public async Task A_webhook_answers_by_status_or_verdict(int status, string body, GateVerdict expected)
    {
        using var server = new Listener(status, body);

        Assert.Equal(
            expected, (await AskAsync($"{{name: w, webhook: {{url: \"{server.Url}\", timeout: 5s}}}}")).Verdict);
        Assert.Contains("\"weight\":10", Assert.Single(server.Bodies), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_is_not_there_says_nothing() => Assert.Equal(
        GateVerdict.Inconclusive,
        (await AskAsync("{name: w, webhook: {url: \"http://127.0.0.1:1/\", timeout: 2s}}")).Verdict);

    [Theory]
    [InlineData("0", GateVerdict.Pass)]
    [InlineData("500", GateVerdict.Fail)]
    [InlineData("NaN", GateVerdict.Pass)]
    public async Task Prometheus_is_asked_for_numbers(string errors, GateVerdict expected)
    {
        using var server = new Listener(url => url.Contains("errors", StringComparison.Ordinal)
            ? Vector(errors) : Vector("1000"));

        var result = await AskAsync(
            $"{{name: p, metrics: {{window: 5m, errorPercentMax: 1, prometheus: {{url: \"{server.Url}\", "
            + "new: {requests: 'sum(increase(n[$window]))', errors: 'errors[$window]'}}}}");

        Assert.Equal(expected, result.Verdict);
        Assert.All(server.Urls, url => Assert.Contains("%5B5m%5D", url, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{url: \"http://shop.example.com:PORT/\", status: 200, body: hello}", GateVerdict.Pass)]
    [InlineData("{url: \"http://shop.example.com:PORT/\", status: 404}", GateVerdict.Fail)]
    [InlineData("{url: \"http://shop.example.com:PORT/\", body: absent}", GateVerdict.Fail)]
    [InlineData("{url: \"http://shop.example.com:1/\"}", GateVerdict.Fail)]
    [InlineData("{url: \"https://shop.example.com:PORT/\"}", GateVerdict.Fail)]
    public async Task A_probe_goes_to_the_new_address_with_the_hostname(string probe, GateVerdict expected)
    {
        using var server = new Listener(200, "hello world");
        var port = server.Url.Split(':')[2].TrimEnd('/');

        var result = await AskAsync($"{{name: p, probe: {probe.Replace("PORT", port, StringComparison.Ordinal)}}}");

        Assert.Equal(expected, result.Verdict);
        Assert.All(server.Hosts, host => Assert.Equal($"shop.example.com:{port}", host));
    }

    private static string Vector(string value) =>
        $$$"""{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1,"{{{value}}}"]}]}}""";

    private static async Task<GateResult> AskAsync(string gate)
    {
        var document = Document(gate);
        var context = new GateContext
        {
            Document = document,
            Balancers = new NoBalancers(),
            NewBalancer = new BalancerFacts("id", "web", "127.0.0.1", []),
            Weight = 10,
            Step = 1,
            Servers = NameServers.Nobody,
            Clock = TimeProvider.System,
            Directory = AppContext.BaseDirectory,
        };
        return Assert.Single(await GateKeeper.AskAsync(context, World.Cancellation));
    }

    private static T Gate<T>(string gate)
        where T : CutoverGateSpec => Assert.IsType<T>(Assert.Single(Document(gate).Gates));

    private static CutoverSpec Document(string gate)
    {
        var specs = SpecReader.Read([new SpecSource("gate.yaml", Documents.Of(more: $"gates: [{gate}]"))]);
        Assert.NotNull(specs.Value);
        Assert.Empty(specs.Diagnostics);
        return Assert.Single(specs.Value.Cutovers);
    }

    private sealed class NoBalancers : IBalancerWatch
    {
        public Task<BalancerFacts?> FindOfGatewayAsync(ObjectName gateway, CancellationToken cancellationToken) =>
            Task.FromResult<BalancerFacts?>(null);

        public Task<BalancerFacts?> FindAsync(string nameOrId, CancellationToken cancellationToken) =>
            Task.FromResult<BalancerFacts?>(null);

        public Task<EquatableList<TargetGroupHealth>> ReadHealthAsync(
            BalancerFacts balancer, CancellationToken cancellationToken) =>
            Task.FromResult<EquatableList<TargetGroupHealth>>([]);

        public Task<RequestMetrics> ReadMetricsAsync(
            BalancerFacts balancer, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken) =>
            Task.FromResult(RequestMetrics.None);
    }

    /// <summary>A small HTTP server.</summary>
    private sealed class Listener : IDisposable
    {
        private readonly System.Net.Sockets.TcpListener _tcp = new(IPAddress.Loopback, 0);
        private readonly Func<string, string> _body;
        private readonly int _status;

        public Listener(int status, string body)
            : this(_ => body) => _status = status;

        public Listener(Func<string, string> body)
        {
            (_body, _status) = (body, 200);
            _tcp.Start();
            Url = $"http://127.0.0.1:{((IPEndPoint)_tcp.LocalEndpoint).Port}/";
            _ = Task.Run(ServeAsync);
        }

        public string Url { get; }

        public List<string> Bodies { get; } = [];

        public List<string> Urls { get; } = [];

        public List<string> Hosts { get; } = [];

        public void Dispose() => _tcp.Dispose();

        private async Task ServeAsync()
        {
            while (true)
            {
                try
                {
                    using var client = await _tcp.AcceptTcpClientAsync();
                    await AnswerAsync(client.GetStream());
                }
                catch (IOException)
                {
                    continue; // A client that speaks TLS, or went away.
                }
                catch (Exception exception) when (exception is ObjectDisposedException
                    or System.Net.Sockets.SocketException or InvalidOperationException)
                {
                    return;
                }
            }
        }

        private async Task AnswerAsync(Stream stream)
        {
            var text = "";
            var buffer = new byte[8_192];
            while (!IsWhole(text))
            {
                var read = await stream.ReadAsync(buffer);
                text += Encoding.Latin1.GetString(buffer, 0, read);
                if (read is 0 || text[0] is '\u0016')
                {
                    return;
                }
            }

            var lines = text.Split("\r\n");
            Urls.Add(lines[0].Split(' ')[1]);
            Hosts.Add(lines.First(line => line.StartsWith("Host:", StringComparison.OrdinalIgnoreCase))[5..].Trim());
            Bodies.Add(text.Split("\r\n\r\n", 2)[1]);
            var body = Encoding.UTF8.GetBytes(_body(Urls[^1]));
            await stream.WriteAsync(Encoding.ASCII.GetBytes(
                $"HTTP/1.1 {_status} X\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n"));
            await stream.WriteAsync(body);
        }

        private static bool IsWhole(string text)
        {
            var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            var length = text.Split("\r\n").FirstOrDefault(
                line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
            return end >= 0 && text.Length >= end + 4 + (length is null ? 0 : int.Parse(length.Split(':')[1]));
        }
    }
}
