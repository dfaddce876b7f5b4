using Gwctl.Kubernetes.Http;
using Gwctl.Kubernetes.Objects;

namespace Gwctl.Kubernetes.Watching;

/// <summary>What a reflector tells, in this order: pages, their end, and then changes; from the pages again after the
/// server has forgotten the place.</summary>
public abstract record Reflection
{
    private Reflection()
    {
    }

    /// <summary>A new list begins: what is not in its pages is gone when it ends.</summary>
    public sealed record ListBegins : Reflection
    {
        public static readonly ListBegins Instance = new();
    }

    public sealed record Page(IReadOnlyList<KubeObject> Objects) : Reflection;

    /// <summary>All pages were told.</summary>
    public sealed record ListEnds : Reflection
    {
        public static readonly ListEnds Instance = new();
    }

    /// <summary>Added or modified.</summary>
    public sealed record Changed(KubeObject Object) : Reflection;

    public sealed record Removed(KubeObject Object) : Reflection;
}

/// <summary>Who listens to a reflector.</summary>
public interface IReflectionTarget
{
    void Tell(KubeResource resource, Reflection reflection);

    /// <summary>Listing or watching failed; it is tried again after a while.</summary>
    void Fail(KubeResource resource, KubeException exception);
}

/// <summary>Mirrors the objects of one kind: lists, watches from there, and begins again whenever that
/// breaks.</summary>
public sealed class Reflector(KubeClient client, KubeResource resource, KubeQuery query, ReflectorOptions options)
{
    private string _resourceVersion = "";
    private int _failures;

    /// <summary>Runs until it is cancelled; whatever fails is told and tried again.</summary>
    public async Task RunAsync(IReflectionTarget target, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                if (_resourceVersion is "")
                {
                    await ListAsync(target, cancellationToken);
                }

                await WatchAsync(target, cancellationToken);
            }
            catch (KubeException exception) when (exception.IsExpired)
            {
                // The place is forgotten: what happened since is in a new list.
                _resourceVersion = "";
                await PauseAsync(cancellationToken);
            }
            catch (KubeException exception)
            {
                // A watch that breaks is opened again without a word; only what fails again is told.
                if (++_failures > 1 || _resourceVersion is "" || !exception.IsTransient)
                {
                    target.Fail(resource, exception);
                }

                // What is not served or not allowed any more must be listed anew when it is.
                _resourceVersion = exception.IsTransient ? _resourceVersion : "";
                await PauseAsync(cancellationToken);
            }
        }
    }

    private async Task ListAsync(IReflectionTarget target, CancellationToken cancellationToken)
    {
        target.Tell(resource, Reflection.ListBegins.Instance);
        var version = "";
        await foreach (var page in client.ListAsync(resource, query, cancellationToken))
        {
            target.Tell(resource, new Reflection.Page(page.Objects));
            version = page.ResourceVersion;
        }

        target.Tell(resource, Reflection.ListEnds.Instance);
        _resourceVersion = version;
        _failures = 0;
    }

    private async Task WatchAsync(IReflectionTarget target, CancellationToken cancellationToken)
    {
        var lasts = options.WatchMin + (options.WatchMin * options.Random());
        var since = options.Clock.GetTimestamp();
        await foreach (var happened in client.WatchAsync(
            resource, query, new WatchFrom(_resourceVersion, lasts), cancellationToken))
        {
            _failures = 0;
            switch (happened.Kind)
            {
                case WatchKind.Added or WatchKind.Modified:
                    target.Tell(resource, new Reflection.Changed(happened.Object));
                    break;
                case WatchKind.Deleted:
                    target.Tell(resource, new Reflection.Removed(happened.Object));
                    break;
                default:
                    break; // A bookmark only moves the place.
            }

            _resourceVersion = happened.Object.ResourceVersion is { Length: > 0 } version ? version : _resourceVersion;
        }

        // A server that ends watches at once, without an error, must not be asked in a busy loop.
        if (options.Clock.GetElapsedTime(since) < options.BackoffMin)
        {
            await PauseAsync(cancellationToken);
        }
    }

    private Task PauseAsync(CancellationToken cancellationToken)
    {
        var ceiling = Math.Min(
            options.BackoffMin.TotalSeconds * Math.Pow(2, Math.Min(_failures, 16)), options.BackoffMax.TotalSeconds);
        var pause = TimeSpan.FromSeconds(ceiling * (0.5 + (options.Random() / 2)));
        return Task.Delay(pause, options.Clock, cancellationToken);
    }
}

/// <summary>How patient a reflector is.</summary>
public sealed record ReflectorOptions
{
    public required TimeProvider Clock { get; init; }

    /// <summary>Numbers from 0 up to, not including, 1; from any thread.</summary>
    public required Func<double> Random { get; init; }

    /// <summary>A watch is asked for this long, up to twice as long.</summary>
    public TimeSpan WatchMin { get; init; } = TimeSpan.FromMinutes(5);

    public TimeSpan BackoffMin { get; init; } = TimeSpan.FromMilliseconds(500);

    public TimeSpan BackoffMax { get; init; } = TimeSpan.FromSeconds(30);
}
