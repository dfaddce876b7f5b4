using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Gwctl.Testing;

/// <summary>
/// A server on loopback that answers raw bytes, so that it can also break off where a decent server would not. One
/// request per connection.
/// </summary>
public sealed class LoopbackServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Func<string, string?> _answer;
    private readonly Task _serving;

    /// <param name="answers">What to send for each request in turn, complete with head; empty to hang up.</param>
    public LoopbackServer(params IEnumerable<string> answers)
        : this(InTurn(answers))
    {
    }

    /// <param name="answer">What to send for a request, both complete with head; null to hang up for good.</param>
    public LoopbackServer(Func<string, string?> answer)
    {
        _answer = answer;
        _listener.Start();
        Url = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _serving = ServeAsync();
    }

    public Uri Url { get; }

    /// <summary>What came, in order.</summary>
    public List<string> Requests { get; } = [];

    public static string Ok(string body) =>
        Answer("200 OK", body);

    /// <param name="status">As <c>404 Not Found</c>.</param>
    /// <param name="headers">Further ones, each as <c>name: value</c>.</param>
    public static string Answer(string status, string body, params ReadOnlySpan<string> headers) =>
        $"HTTP/1.1 {status}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n"
            + $"{string.Concat(headers.ToArray().Select(header => $"{header}\r\n"))}\r\n{body}";

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _serving; // It may be about to accept: a listener that is stopped before that throws.
        _listener.Stop();
        _stopping.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_stopping.Token);
                await using var stream = client.GetStream();
                var request = await ReadAsync(stream);
                Requests.Add(request);
                if (_answer(request) is not { } answer)
                {
                    break;
                }

                await stream.WriteAsync(Encoding.UTF8.GetBytes(answer), _stopping.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private static Func<string, string?> InTurn(IEnumerable<string> answers)
    {
        var left = new Queue<string>(answers);
        return _ => left.TryDequeue(out var answer) ? answer : null;
    }

    private async Task<string> ReadAsync(NetworkStream stream)
    {
        var buffer = new byte[16 * 1024];
        var text = "";
        while (!IsComplete(text))
        {
            var count = await stream.ReadAsync(buffer, _stopping.Token);
            if (count == 0)
            {
                break;
            }

            text += Encoding.UTF8.GetString(buffer, 0, count);
        }

        return text;
    }

    private static bool IsComplete(string text)
    {
        var head = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (head < 0)
        {
            return false;
        }

        const string name = "content-length:";
        var at = text.IndexOf(name, StringComparison.OrdinalIgnoreCase);
        var length = at < 0 || at > head ? 0 : int.Parse(text[(at + name.Length)..text.IndexOf('\r', at)].Trim());
        return text.Length >= head + 4 + length;
    }
}
