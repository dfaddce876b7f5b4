using Gwctl.Cli.Hosting;
using Gwctl.Testing;

namespace Gwctl.Cli.Tests;

/// <summary>A wait for somebody at the keyboard, or for a pipe, ends with the first signal.</summary>
public sealed class InterruptionTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly SilentReader _input = new();
    private readonly CliRunner _cli = new();

    public InterruptionTests() => _cli.Reader = _input;

    public void Dispose()
    {
        _input.Dispose();
        _cli.Dispose();
    }

    [Theory]
    [InlineData("validate")]
    [InlineData("plan")]
    [InlineData("verify")]
    public async Task A_signal_ends_a_wait_for_specs(string command)
    {
        var result = await InterruptedAsync(command, "-f", "-");

        Assert.Equal(ExitCode.Error, result.Exit);
        Assert.Contains("error GW7009: Interrupted", result.Error);
    }

    [Fact]
    public async Task A_signal_ends_a_wait_for_approval_and_nothing_is_changed()
    {
        _cli.InputIsTerminal = true;
        var specs = Repository.PathOf("examples", "quickstart");
        var result = await InterruptedAsync("apply", "-f", specs, "--sandbox");

        Assert.Equal(ExitCode.Error, result.Exit);
        Assert.Contains("Enter a value:", result.Error);
        Assert.Contains("error GW7009: Interrupted", result.Error);
        using var again = new CliRunner { WorkingDirectory = _cli.Root };
        var plan = await again.RunAsync("plan", "-f", specs, "--sandbox");
        Assert.Contains(" to add, 0 to change, 0 to destroy.", plan.Output);
    }

    private async Task<CliResult> InterruptedAsync(params string[] arguments)
    {
        var running = Task.Run(() => _cli.RunAsync(arguments), TestContext.Current.CancellationToken);
        await _input.Asked.WaitAsync(Patience, TestContext.Current.CancellationToken);
        _cli.Interruption.Receive(Signal.Interrupt);
        return await running.WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    /// <summary>Says nothing until it is disposed of.</summary>
    private sealed class SilentReader : TextReader
    {
        private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly ManualResetEventSlim _end = new();

        public Task Asked => _asked.Task;

        public override int Read()
        {
            _asked.TrySetResult();
            _end.Wait();
            return -1;
        }

        protected override void Dispose(bool disposing)
        {
            _end.Set();
            base.Dispose(disposing);
        }
    }
}
