using System.Text.Json.Nodes;
using Gwctl.Compiler.Specs;
using Gwctl.Controller.Watching;
using Gwctl.Core;
using Gwctl.Kubernetes.Objects;

namespace Gwctl.Controller.Tests.Pure;

/// <summary>What the watch brings of the controller's own writes is nothing new, in whatever order it comes; what
/// others write in between is.</summary>
public sealed class OwnWritesTests
{
    private static readonly KubeResource s_gateways = new(ApiGroups.Gateway, "v1", "gateways", "Gateway", true);

    private readonly List<TouchReasons> _touched = [];
    private readonly ClusterStore _store;
    private Action? _whenTouched;

    public OwnWritesTests()
    {
        _store = new ClusterStore(
            (_, reason) =>
            {
                _touched.Add(reason);
                Interlocked.Exchange(ref _whenTouched, null)?.Invoke();
            },
            ["gwctl.dev/aws"]);
        Come("1", 80);
        _touched.Clear();
    }

    [Fact]
    public async Task The_watch_may_be_faster_than_the_answer()
    {
        await WriteAsync("2", 80, "mine", () => Come("2", 80, "mine"));
        Assert.Empty(_touched);
        Assert.Equal("mine", Now.Annotation("note"));
    }

    [Fact]
    public async Task The_watch_may_be_slower_than_the_next_write()
    {
        await WriteAsync("2", 80, "mine");
        await WriteAsync("3", 80, "mine still");
        Come("2", 80, "mine");
        Assert.Equal("3", Now.ResourceVersion);
        Come("3", 80, "mine still");
        Assert.Empty(_touched);
        Come("4", 81, "mine still");
        Assert.Equal([TouchReasons.Specs], _touched);
    }

    [Fact]
    public async Task What_others_wrote_meanwhile_counts_although_the_write_is_refused()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => _store.WriteAsync(
            Now,
            () =>
            {
                Come("2", 81);
                Assert.Empty(_touched);
                throw new InvalidOperationException("Conflict.");
            }));
        Assert.Equal([TouchReasons.Specs], _touched);
        Assert.Equal("2", Now.ResourceVersion);
    }

    [Fact]
    public async Task What_others_write_after_the_write_and_before_its_answer_counts()
    {
        await WriteAsync("2", 80, "mine", () =>
        {
            Come("2", 80, "mine");
            Come("3", 81, "mine");
        });
        Assert.Equal([TouchReasons.Specs], _touched);
        Assert.Equal("3", Now.ResourceVersion);
    }

    [Fact]
    public async Task An_object_that_went_during_a_write_is_gone()
    {
        await WriteAsync("2", 80, "mine", () => _store.Remove(Now.Id));
        Assert.Equal(0, _store.Count);
        Assert.NotEmpty(_touched);
    }

    [Fact]
    public async Task What_comes_next_does_not_overtake_what_waited()
    {
        _whenTouched = () => Come("4", 83);
        await Assert.ThrowsAsync<InvalidOperationException>(() => _store.WriteAsync(
            Now,
            () =>
            {
                Come("2", 81);
                Come("3", 82);
                throw new InvalidOperationException("Conflict.");
            }));
        Assert.Equal("4", Now.ResourceVersion);
    }

    [Fact]
    public async Task What_a_webhook_made_of_the_write_counts()
    {
        await WriteAsync("2", 81, "mine");
        Assert.Equal([TouchReasons.Specs], _touched);
    }

    private ClusterObject Now =>
        _store.Find(ClusterStore.GatewayId(new ObjectName("shop", "web")))
            ?? throw new InvalidOperationException("It is gone.");

    private Task WriteAsync(string version, int port, string note, Action? meanwhile = null) => _store.WriteAsync(
        Now,
        () =>
        {
            meanwhile?.Invoke();
            return Task.FromResult(Gateway(version, port, note));
        });

    private void Come(string version, int port, string note = "") =>
        _store.Put(ObjectDecoder.Decode(s_gateways, Gateway(version, port, note), keepsStatus: true));

    private static KubeObject Gateway(string version, int port, string note) => new(
        Assert.IsType<JsonObject>(JsonNode.Parse($$"""
        {
          "apiVersion": "gateway.networking.k8s.io/v1", "kind": "Gateway",
          "metadata": {
            "name": "web", "namespace": "shop", "uid": "u", "resourceVersion": "{{version}}", "generation": {{port}},
            "annotations": {"note": "{{note}}"}
          },
          "spec": {
            "gatewayClassName": "cloud", "listeners": [{"name": "http", "protocol": "HTTP", "port": {{port}}}]
          }
        }
        """)));
}
