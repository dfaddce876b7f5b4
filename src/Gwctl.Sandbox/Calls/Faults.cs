namespace Gwctl.Sandbox.Calls;

/// <summary>A call before it is run.</summary>
/// <param name="Number">Counts all calls of the sandbox, from 1.</param>
/// <param name="MutatingNumber">Counts the mutating ones, from 1; 0 for a reading call.</param>
public sealed record CallInfo(
    string Service, string Operation, string Region, bool Mutating, long Number, long MutatingNumber);

/// <summary>What goes wrong with a call.</summary>
public abstract record Fault
{
    private Fault()
    {
    }

    /// <summary>An error instead of the call: it has no effect.</summary>
    public sealed record Fail(string Code, string Message, int HttpStatus) : Fault;

    /// <summary>The service's own throttling error: the call has no effect.</summary>
    public sealed record Throttle : Fault;

    /// <summary>The service's own 503: the call has no effect.</summary>
    public sealed record Unavailable : Fault;

    /// <summary>The service's own 500: the call has no effect.</summary>
    public sealed record Internal : Fault;

    /// <summary>The call is accepted, and the operation that it started ends with an error and without an effect. Only
    /// where calls start operations.</summary>
    /// <param name="Code">Such as <c>RESOURCE_IN_USE_BY_ANOTHER_RESOURCE</c>.</param>
    public sealed record FailOperation(string Code, string Message) : Fault;

    /// <summary>The call has its effect, and its caller never learns: the connection breaks.</summary>
    public sealed record LoseConnection : Fault;

    /// <summary>The call has its effect and answers 500.</summary>
    public sealed record LoseResponse : Fault;

    /// <summary>A reading call sees the state as it was so many mutating calls ago.</summary>
    public sealed record ReadStale(int WritesBehind) : Fault;

    /// <summary>The call takes this long.</summary>
    public sealed record Delay(TimeSpan Time) : Fault;
}

/// <summary>Where a test makes the cloud misbehave.</summary>
public sealed class FaultInjector
{
    /// <summary>Asked once for each authenticated call; null lets it pass. Called from many threads at once.</summary>
    public Func<CallInfo, Fault?>? Plan { get; set; }

    /// <summary>Faults by chance, the same for the same seed and call number.</summary>
    /// <param name="rate">Between 0 and 1, of all calls.</param>
    public static Func<CallInfo, Fault?> AtRandom(int seed, double rate) => call =>
    {
        var draw = new SeededDraw(seed, call.Number);
        if (draw.NextFraction() >= rate)
        {
            return null;
        }

        return (draw.NextIndex(5), call.Mutating) switch
        {
            (0, _) => new Fault.Throttle(),
            (1, _) => new Fault.Unavailable(),
            (2, true) => new Fault.LoseResponse(),
            (3, true) => new Fault.LoseConnection(),
            (2 or 3, false) => new Fault.ReadStale(1 + draw.NextIndex(3)),
            _ => new Fault.Internal(),
        };
    };
}

/// <summary>A small deterministic generator: equal seeds and positions draw equally, whatever the order of
/// calls.</summary>
internal struct SeededDraw(int seed, long position)
{
    private ulong _state = ((ulong)(uint)seed << 32) ^ ((ulong)position * 0x9E3779B97F4A7C15UL);

    public double NextFraction() => (Next() >> 11) * (1.0 / (1UL << 53));

    public int NextIndex(int count) => (int)(Next() % (ulong)count);

    private ulong Next()
    {
        _state += 0x9E3779B97F4A7C15UL;
        var mixed = _state;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9UL;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBUL;
        return mixed ^ (mixed >> 31);
    }
}
