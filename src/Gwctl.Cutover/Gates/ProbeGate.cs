using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Gwctl.Compiler.Specs;

namespace Gwctl.Cutover.Gates;

/// <summary>Requests to the new load balancer by its own addresses, past the name's records, with the hostname as Host
/// and server name: what clients will get.</summary>
internal static class ProbeGate
{
    private const int BodyBytesMax = 1 << 20;

    public static async Task<GateResult> AskAsync(
        CutoverGateSpec.Probe gate, GateContext context, CancellationToken cancellationToken)
    {
        if (context.NewBalancer is not { } balancer)
        {
            return gate.Result(GateVerdict.Inconclusive, "the new side has no load balancer");
        }

        var addresses = await context.Servers.AddressesOfAsync(balancer.DnsName, cancellationToken);
        if (addresses.Count is 0)
        {
            return gate.Result(GateVerdict.Inconclusive, $"{balancer.DnsName} has no address yet");
        }

        var roots = gate.CaFile is { } file ? Roots(Path.Combine(context.Directory, file)) : null;
        var asked = addresses.SelectMany(address => Enumerable.Repeat(address, gate.Count))
            .Select(address => AskAsync(gate, address, roots, context.Clock, cancellationToken));
        var results = await Task.WhenAll(asked);
        var failures = results.Where(result => result.Failure is not "").Select(result => result.Failure).ToList();
        var slowest = results.Max(result => result.Elapsed);
        return gate.Result(
            failures.Count is 0 ? GateVerdict.Pass : GateVerdict.Fail,
            failures.Count is 0
                ? $"{results.Length} requests to {addresses.Count} addresses answered as wanted"
                : $"{failures.Count} of {results.Length} requests failed: "
                    + string.Join(", ", failures.Distinct(StringComparer.Ordinal).Take(3)),
            new Measurement("slowest", slowest.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture) + " ms"),
            new Measurement("certificate until", results[0].NotAfter?.ToString("u") ?? "none"));
    }

    /// <param name="Failure">Empty where all was well.</param>
    private sealed record Probed(string Failure, TimeSpan Elapsed, DateTimeOffset? NotAfter);

    private static async Task<Probed> AskAsync(
        CutoverGateSpec.Probe gate, IPAddress address, X509Certificate2Collection? roots, TimeProvider clock,
        CancellationToken cancellationToken)
    {
        DateTimeOffset? notAfter = null;
        var problem = "";
        using var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            ConnectCallback = (connection, stop) => ConnectAsync(address, connection.DnsEndPoint.Port, stop),
            SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = (_, certificate, _, errors) =>
                {
                    notAfter = certificate is X509Certificate2 leaf
                        ? new DateTimeOffset(leaf.NotAfter.ToUniversalTime(), TimeSpan.Zero)
                        : null;
                    problem = ProblemOf(certificate, errors, roots);
                    return problem is "";
                },
            },
        };
        using var http = new HttpClient(handler) { Timeout = gate.Timeout };
        var watch = Stopwatch.StartNew();
        try
        {
            using var answer = await http.GetAsync(
                new Uri(gate.Url.Value), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            var failure = await JudgeAsync(gate, answer, cancellationToken);
            var elapsed = watch.Elapsed;
            return new Probed(
                (failure, elapsed > gate.LatencyMax, notAfter - clock.GetUtcNow() < gate.CertificateLifeMin) switch
                {
                    ({ Length: > 0 }, _, _) => failure,
                    (_, true, _) => $"{address} took {elapsed.TotalMilliseconds:0} ms",
                    (_, _, true) => $"the certificate of {address} expires at {notAfter:u}",
                    _ => "",
                },
                elapsed,
                notAfter);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            var why = problem is not "" ? problem
                : exception is OperationCanceledException ? "no answer in time" : exception.Message;
            return new Probed($"{address}: {why}", watch.Elapsed, notAfter);
        }
    }

    private static async ValueTask<Stream> ConnectAsync(IPAddress address, int port, CancellationToken stop)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(address, port, stop);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task<string> JudgeAsync(
        CutoverGateSpec.Probe gate, HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var status = (int)answer.StatusCode;
        if (!IsAmong(gate.Status, status))
        {
            return $"status {status}, not {gate.Status}";
        }

        if (gate.Body is null)
        {
            return "";
        }

        await using var stream = await answer.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[BodyBytesMax];
        var length = await stream.ReadAtLeastAsync(buffer, BodyBytesMax, throwOnEndOfStream: false, cancellationToken);
        return Encoding.UTF8.GetString(buffer, 0, length).Contains(gate.Body, StringComparison.Ordinal)
            ? ""
            : "the body lacks the text";
    }

    private static bool IsAmong(string codes, int status) => codes.Split(',').Any(part => part.Split('-') switch
    {
        [var first, var last] => status >= Number(first) && status <= Number(last),
        [var only] => status == Number(only),
        _ => false,
    });

    private static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

    private static string ProblemOf(
        X509Certificate? certificate, SslPolicyErrors errors, X509Certificate2Collection? roots)
    {
        if (certificate is not X509Certificate2 leaf)
        {
            return "no certificate";
        }

        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
        {
            return "the certificate is not for the hostname";
        }

        if (roots is null)
        {
            return errors is SslPolicyErrors.None ? "" : "the certificate is not trusted";
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(roots);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(leaf) ? "" : "the certificate is not signed by the given authority";
    }

    private static X509Certificate2Collection Roots(string path)
    {
        var roots = new X509Certificate2Collection();
        roots.ImportFromPemFile(path);
        return roots;
    }
}
