using Gwctl.Sandbox.Aws;
using Gwctl.Sandbox.Hosting;
using Gwctl.Sandbox.State;
using Gwctl.Sandbox.Tests.Aws;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Tests.State;

public sealed class StateTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("sandbox-state-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task Everything_survives_a_restart()
    {
        string before;
        await using (var first = await SandboxFixture.StartAsync(WithZone(), _directory.FullName))
        {
            var listener = await first.ListenerAsync(await first.LoadBalancerAsync());
            (await first.CreateRuleAsync(listener, 1, "/a", await first.TargetGroupAsync("g"))).Ok();
            await first.ImportAsync("a.example.com");
            before = first.Cloud.Aws.Snapshot();
        }

        await using var second = await SandboxFixture.StartAsync(WithZone(), _directory.FullName);
        Assert.Equal(before, second.Cloud.Aws.Snapshot());
    }

    [Fact]
    public void A_kill_loses_at_most_the_line_it_cut()
    {
        using (var store = StateStore.Open(_directory.FullName))
        {
            Put(store, "a");
            Put(store, "b");
        }

        var journal = Path.Combine(_directory.FullName, "journal-0.jsonl");
        var bytes = File.ReadAllBytes(journal);
        File.WriteAllBytes(journal, bytes[..^5]);

        using (var store = StateStore.Open(_directory.FullName))
        {
            Assert.Equal(["a"], store.Current.Rows("t").Keys);
            Put(store, "c");
        }

        using var again = StateStore.Open(_directory.FullName);
        Assert.Equal(["a", "c"], again.Current.Rows("t").Keys);
    }

    [Fact]
    public void A_growing_journal_is_folded_into_a_snapshot()
    {
        var text = new string('x', 10_000);
        using (var store = StateStore.Open(_directory.FullName))
        {
            foreach (var index in Enumerable.Range(0, 1000))
            {
                store.Write(state =>
                {
                    state.Put("t", $"{index % 10}", new Struct { { "Text", text }, { "Number", index } });
                    return state.NextHex(8);
                });
            }
        }

        var bytes = _directory.EnumerateFiles().Sum(file => file.Length);
        Assert.InRange(bytes, 1, 9_000_000);
        using var again = StateStore.Open(_directory.FullName);
        Assert.Equal(10, again.Current.Rows("t").Count);
        Assert.Equal(999, again.Current.Rows("t")["9"].Number("Number"));
        Assert.Equal(1000, again.Current.LastId);
    }

    // Goal: a call costs its own changes on disk, not the world's, however much there is already.
    [Fact]
    public async Task The_journal_grows_with_the_changes_not_with_the_state()
    {
        await using var sandbox = await SandboxFixture.StartAsync(WithZone(), _directory.FullName, inProcess: true);
        var first = await CreateAsync("a", 200);
        var second = await CreateAsync("b", 200);

        Assert.InRange(second, first * 0.9, first * 1.1);

        async Task<double> CreateAsync(string prefix, int count)
        {
            var before = _directory.EnumerateFiles().Sum(file => file.Length);
            foreach (var index in Enumerable.Range(100, count))
            {
                await sandbox.TargetGroupAsync($"{prefix}{index}");
            }

            return _directory.EnumerateFiles().Sum(file => file.Length) - before;
        }
    }

    [Fact]
    public async Task A_directory_serves_one_process_and_says_so()
    {
        await using var sandbox = await SandboxFixture.StartAsync(WithZone(), _directory.FullName);

        var error = await Assert.ThrowsAsync<StateDirectoryLockedException>(() => SandboxCloud.StartAsync(
            new SandboxOptions { StateDirectory = _directory.FullName }, SandboxFixture.Cancellation));
        Assert.Contains(_directory.FullName, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reset_leaves_what_the_options_seed()
    {
        await using var sandbox = await SandboxFixture.StartAsync(WithZone(), _directory.FullName);
        await sandbox.LoadBalancerAsync();

        sandbox.Cloud.Aws.Reset();

        Assert.DoesNotContain("elbv2", sandbox.Cloud.Aws.Snapshot(), StringComparison.Ordinal);
        Assert.Equal("example.com.", (await sandbox.Route53("GET", "hostedzone")).Ok()["Name"]);
    }

    [Fact]
    public void A_handler_that_fails_leaves_nothing()
    {
        using var store = StateStore.Open(null);
        Put(store, "a");

        Assert.Throws<AwsException>(() => store.Write<int>(state =>
        {
            state.Delete("t", "a");
            throw new AwsException("No", "no");
        }));

        Assert.Equal(["a"], store.Current.Rows("t").Keys);
        Assert.Throws<InvalidOperationException>(() => store.Read(state => state.NextHex(4)));
    }

    private static AwsOptions WithZone() => new() { Delays = AwsDelays.None, HostedZones = ["example.com"] };

    private static void Put(StateStore store, string key) => store.Write(state =>
    {
        state.Put("t", key, new Struct { { "Name", key }, { "Flag", true }, { "List", new[] { "x" } } });
        return 0;
    });
}
