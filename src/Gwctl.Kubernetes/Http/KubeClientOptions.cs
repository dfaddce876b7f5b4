namespace Gwctl.Kubernetes.Http;

/// <summary>What a client needs beside its settings.</summary>
public sealed record KubeClientOptions
{
    public required TimeProvider Clock { get; init; }

    /// <summary>Numbers from 0 up to, not including, 1; from any thread.</summary>
    public required Func<double> Random { get; init; }

    /// <summary>Of the process: credential plugins get it.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    public string UserAgent { get; init; } = "gwctl";

    /// <summary>Of one request; a watch has its own.</summary>
    public TimeSpan RequestMax { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How often a request is sent while the server says that it is too busy, or cannot be reached.</summary>
    public int AttemptsMax { get; init; } = 5;

    /// <summary>Wraps the handler that connects; tests put something between.</summary>
    public Func<HttpMessageHandler, HttpMessageHandler> Wrap { get; init; } = static handler => handler;
}
