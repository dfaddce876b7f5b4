using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Gwctl.Providers.Aws.Tests.Api;

/// <summary>
/// A server on loopback that answers raw bytes, so that it can also break off where a decent server would not. One
/// request per connection.
/// </summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Queue<string> _answers;
    private readonly Task _serving;

    /// <param name="answers">What to send for each request in turn, complete with head; empty to hang up.</param>
    public LoopbackServer(params IEnumerable<string> answers)
    {
        _answers = new Queue<string>(answers);
        _listener.Start();
        Url = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _serving = ServeAsync();
    }

    public Uri Url { get; }

    public List<string> Requests { get; } = [];

    public static string Ok(string body) =>
        $"HTTP/1.1 200 OK\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}";

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        await _serving;
        _stopping.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (_answers.TryDequeue(out var answer))
            {
                using var client = await _listener.AcceptTcpClientAsync(_stopping.Token);
                await using var stream = client.GetStream();
                Requests.Add(await ReadAsync(stream));
                await stream.WriteAsync(Encoding.UTF8.GetBytes(answer), _stopping.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
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
