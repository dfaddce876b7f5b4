using System.Net;
using System.Net.Sockets;
using Gwctl.Cli.Hosting;
using Gwctl.Core;

namespace Gwctl.Cli.Commands;

/// <summary>The use of an embedded cloud: one that <c>sandbox up</c> serves on the same directory, or one of our
/// own.</summary>
public sealed class SandboxLease : IAsyncDisposable
{
    /// <summary>In the state directory: where the process that holds it can be reached.</summary>
    public const string EndpointFile = "endpoint";

    /// <summary>In the state directory: how kubectl reaches the Kubernetes API.</summary>
    public const string KubeconfigFile = "kubeconfig";

    /// <summary>In the state directory: where the process that holds it answers DNS.</summary>
    public const string DnsFile = "dns";

    private readonly IRunningSandbox? _own;

    private SandboxLease(Uri endpoint, string directory, IRunningSandbox? own)
    {
        Endpoint = endpoint;
        Directory = directory;
        _own = own;
    }

    public Uri Endpoint { get; }

    public string Directory { get; }

    /// <summary>False where another process serves it.</summary>
    public bool IsOwn => _own is not null;

    /// <summary>Null with a diagnostic where neither works.</summary>
    public static async Task<(SandboxLease? Lease, Diagnostic? Failure)> OpenAsync(
        SandboxStart start, SandboxStarter starter, CancellationToken cancellationToken)
    {
        if (await FindRunningAsync(start.Directory, cancellationToken) is { } endpoint)
        {
            return (new SandboxLease(endpoint, start.Directory, own: null), null);
        }

        try
        {
            var own = await starter(start, cancellationToken);
            return (new SandboxLease(own.Endpoint, start.Directory, own), null);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It may have come up between the look and the start.
            return await FindRunningAsync(start.Directory, cancellationToken) is { } late
                ? (new SandboxLease(late, start.Directory, own: null), null)
                : (null, CliDiagnostics.SandboxFailed(start.Directory, exception.Message));
        }
    }

    /// <summary>The endpoint that the directory's holder serves; null where none answers.</summary>
    public static async Task<Uri?> FindRunningAsync(string directory, CancellationToken cancellationToken)
    {
        var path = Path.Combine(directory, EndpointFile);
        if (!File.Exists(path))
        {
            return null;
        }

        var text = (await File.ReadAllTextAsync(path, cancellationToken)).Trim();
        if (!Uri.TryCreate(text, UriKind.Absolute, out var endpoint) || !endpoint.IsLoopback)
        {
            return null;
        }

        try
        {
            using var probe = new TcpClient();
            await probe.ConnectAsync(endpoint.Host, endpoint.Port, cancellationToken);
            return endpoint;
        }
        catch (SocketException)
        {
            return null; // What a killed process left.
        }
    }

    /// <summary>Where the directory's holder answers DNS; null where it does not.</summary>
    public static IPEndPoint? FindDns(string directory)
    {
        var path = Path.Combine(directory, DnsFile);
        return File.Exists(path) && IPEndPoint.TryParse(File.ReadAllText(path).Trim(), out var endpoint)
            ? endpoint
            : null;
    }

    public ValueTask DisposeAsync() => _own?.DisposeAsync() ?? ValueTask.CompletedTask;
}
