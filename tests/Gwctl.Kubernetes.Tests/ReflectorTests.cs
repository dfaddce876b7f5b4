using System.Collections.Concurrent;
using Gwctl.Core;
using Gwctl.Kubernetes.Http;
using Gwctl.Kubernetes.Objects;
using Gwctl.Kubernetes.Watching;
using Gwctl.Sandbox.Kubernetes;

namespace Gwctl.Kubernetes.Tests;

/// <summary>A mirror of a kind stays one, whatever happens to its watch.</summary>
public sealed class ReflectorTests
{
    private static readonly KubeQuery s_query = new() { Namespace = "default", PageSize = 2 };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_there_comes_first_and_then_every_change()
    {
        await using var server = await ApiServer.StartAsync();
        await MakeAsync(server, "a", "b", "c");
        await using var mirror = new Mirror(server.Client);
        await mirror.UntilAsync("a=x b=x c=x");
        await MakeAsync(server, "d");
        await server.Client.ApplyAsync(
            KubeResource.ConfigMap, ApiServer.ConfigMap("a", "y"), new FieldOwner("t", Force: true), Stop);
        await server.Client.DeleteAsync(
            KubeResource.ConfigMap, new ObjectName("default", "b"), DeletePreconditions.None, Stop);
        await mirror.UntilAsync("a=y c=x d=x");
        Assert.Equal(1, mirror.Lists);
    }

    [Fact]
    public async Task A_watch_that_breaks_goes_on_from_its_place()
    {
        await using var server = await ApiServer.StartAsync();
        await MakeAsync(server, "a");
        await using var mirror = new Mirror(server.Client);
        await mirror.UntilAsync("a=x");
        server.Api.DropWatches();
        await MakeAsync(server, "b");
        await mirror.UntilAsync("a=x b=x");
        Assert.Equal(1, mirror.Lists);
    }

    [Fact]
    public async Task A_place_that_is_gone_means_a_new_list_without_what_is_gone()
    {
        await using var server = await ApiServer.StartAsync();
        await MakeAsync(server, "a", "b");
        await using var mirror = new Mirror(server.Client);
        await mirror.UntilAsync("a=x b=x");
        server.Api.Faults = call => call.Verb is "watch"
            ? new KubernetesFault.Fail(503, "ServiceUnavailable", "not now") : null;
        server.Api.DropWatches();
        await server.Client.DeleteAsync(
            KubeResource.ConfigMap, new ObjectName("default", "a"), DeletePreconditions.None, Stop);
        server.Api.ExpireHistory();
        server.Api.Faults = null;
        await mirror.UntilAsync("b=x");
        Assert.Equal(2, mirror.Lists);
    }

    [Fact]
    public async Task A_restart_of_the_server_is_survived_and_told()
    {
        await using var server = await ApiServer.StartAsync();
        await MakeAsync(server, "a");
        await using var mirror = new Mirror(server.Client);
        await mirror.UntilAsync("a=x");
        await server.Api.RestartAsync(TimeSpan.FromMilliseconds(800), Stop);
        await MakeAsync(server, "b");
        await mirror.UntilAsync("a=x b=x");
        Assert.Contains(mirror.Failures, failure => failure.Diagnostic.Code is "GW8500");
    }

    [Fact]
    public async Task What_is_forbidden_is_told_and_mirrored_once_it_is_allowed()
    {
        await using var server = await ApiServer.StartAsync();
        await MakeAsync(server, "a");
        server.Api.Deny(new KubernetesDenial("list", "", "configmaps"));
        await using var mirror = new Mirror(server.Client);
        await mirror.UntilAsync(() => mirror.Failures.Any(failure => failure.IsForbidden));
        server.Api.Deny();
        await mirror.UntilAsync("a=x");
    }

    private static async Task MakeAsync(ApiServer server, params string[] names)
    {
        foreach (var name in names)
        {
            await server.Client.CreateAsync(KubeResource.ConfigMap, ApiServer.ConfigMap(name), Stop);
        }
    }

    private sealed class Mirror : IReflectionTarget, IAsyncDisposable
    {
        private readonly Lock _gate = new();
        private readonly CancellationTokenSource _stop = new();
        private readonly Task _running;
        private SortedDictionary<string, string> _held = new(StringComparer.Ordinal);
        private SortedDictionary<string, string> _listing = new(StringComparer.Ordinal);

        public Mirror(KubeClient client)
        {
            var options = new ReflectorOptions
            {
                Clock = TimeProvider.System,
                Random = () => 0,
                BackoffMin = TimeSpan.FromMilliseconds(100),
                BackoffMax = TimeSpan.FromMilliseconds(500),
            };
            _running = new Reflector(client, KubeResource.ConfigMap, s_query, options).RunAsync(this, _stop.Token);
        }

        public int Lists { get; private set; }

        public ConcurrentQueue<KubeException> Failures { get; } = new();

        public void Tell(KubeResource resource, Reflection reflection)
        {
            lock (_gate)
            {
                switch (reflection)
                {
                    case Reflection.ListBegins:
                        _listing = new SortedDictionary<string, string>(StringComparer.Ordinal);
                        break;
                    case Reflection.Page(var objects):
                        foreach (var item in objects)
                        {
                            _listing[item.Name.Name] = Json.Text(item.Body["data"], "key");
                        }

                        break;
                    case Reflection.ListEnds:
                        (_held, Lists) = (_listing, Lists + 1);
                        break;
                    case Reflection.Changed(var item):
                        _held[item.Name.Name] = Json.Text(item.Body["data"], "key");
                        break;
                    case Reflection.Removed(var item):
                        _held.Remove(item.Name.Name);
                        break;
                    default:
                        break;
                }
            }
        }

        public void Fail(KubeResource resource, KubeException exception) => Failures.Enqueue(exception);

        public Task UntilAsync(string expected) => UntilAsync(() => Text() == expected, () => Text());

        public async Task UntilAsync(Func<bool> holds, Func<string>? otherwise = null)
        {
            var since = TimeProvider.System.GetTimestamp();
            while (!holds())
            {
                Assert.True(
                    TimeProvider.System.GetElapsedTime(since) < TimeSpan.FromSeconds(20), otherwise?.Invoke()
                        ?? "Not yet.");
                await Task.Delay(20, TestContext.Current.CancellationToken);
            }
        }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _running.ContinueWith(
                static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            _stop.Dispose();
        }

        // But for what the server itself puts into every namespace.
        private string Text()
        {
            lock (_gate)
            {
                return string.Join(
                    ' ', _held.Where(pair => pair.Key.Length is 1).Select(pair => $"{pair.Key}={pair.Value}"));
            }
        }
    }
}
