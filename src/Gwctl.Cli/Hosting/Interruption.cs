namespace Gwctl.Cli.Hosting;

/// <summary>What a signal asks for.</summary>
public enum Signal
{
    /// <summary>Ctrl-C.</summary>
    Interrupt,

    /// <summary>SIGTERM, SIGHUP: what a supervisor sends.</summary>
    Terminate,
}

/// <summary>Turns signals into two requests. The first signal of any kind: finish calls in flight, start nothing. CI
/// systems send SIGINT and some seconds later SIGTERM, so a SIGTERM never makes it worse. Only a second Ctrl-C gives up
/// calls in flight.</summary>
public sealed class Interruption : IDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stopStarting = new();
    private readonly CancellationTokenSource _kill = new();
    private int _interrupts;

    /// <summary>Start nothing new.</summary>
    public CancellationToken StopStarting => _stopStarting.Token;

    /// <summary>Give up calls in flight too.</summary>
    public CancellationToken Kill => _kill.Token;

    /// <summary>Says what a signal led to; where the running command puts it is the command's to decide.</summary>
    public Action<string>? Announce { get; set; }

    public void Receive(Signal signal)
    {
        string text;
        lock (_gate)
        {
            _interrupts += signal is Signal.Interrupt ? 1 : 0;
            if (_interrupts > 1)
            {
                text = "Second interrupt: giving up calls in flight. What they did is found again by the next plan.";
            }
            else if (_stopStarting.IsCancellationRequested)
            {
                text = "Already stopping: waiting for calls in flight.";
            }
            else
            {
                text =
                    "Interrupted: finishing calls in flight, starting nothing new. Press Ctrl-C again to give them up.";
            }
        }

        Announce?.Invoke(text);
        _stopStarting.Cancel();
        if (_interrupts > 1)
        {
            _kill.Cancel();
        }
    }

    public void Dispose()
    {
        _stopStarting.Dispose();
        _kill.Dispose();
    }
}
