using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Cutover.Gates;
using Gwctl.Cutover.Records;
using Gwctl.Engine.Providers;

namespace Gwctl.Cutover.Deciding;

/// <summary>What somebody wants of a cutover.</summary>
public enum CutoverIntent
{
    /// <summary>To know how it stands, and nothing else.</summary>
    Look,
    Start,
    Step,
    Pause,
    Resume,
    Rollback,
    Finish,
}

/// <summary>Everything that a decision about one name rests on.</summary>
public sealed record CutoverFacts
{
    public required CutoverSpec Document { get; init; }

    /// <summary>The owner id of the ProviderConfig.</summary>
    public required string Owner { get; init; }

    public required WeightedName Live { get; init; }

    public required WeightedDnsTraits Traits { get; init; }

    /// <summary>The Gateway's load balancer; null where it has none yet.</summary>
    public BalancerFacts? NewBalancer { get; init; }

    /// <summary>The old side's, where it is one of the same cloud.</summary>
    public BalancerFacts? OldBalancer { get; init; }

    /// <summary>How the Gateway wants its records; null where nothing says so.</summary>
    public DnsPolicySpec? Policy { get; init; }

    /// <summary>False where nobody reads the cloud's metrics.</summary>
    public bool ReadsMetrics { get; init; } = true;

    /// <summary>What the document says that the old side answers; null where that is what the records say
    /// now.</summary>
    public EquatableList<SideTarget>? From { get; init; }

    /// <summary>Null where no gate was asked yet.</summary>
    public EquatableList<GateResult>? Gates { get; init; }

    /// <summary>Requests to the old side over the document's idle window; null where nobody counts them.</summary>
    public double? OldRequests { get; init; }

    /// <summary>A person says that the old side is idle, where nobody counts.</summary>
    public bool AssumesIdle { get; init; }

    public required DateTimeOffset Now { get; init; }

    /// <summary>How long a change may take to reach every name server.</summary>
    public required TimeSpan PropagationMax { get; init; }

    /// <summary>Tells this runner's writes from others'.</summary>
    public required string Run { get; init; }
}

/// <summary>What is to be done about one name now.</summary>
public abstract record Decision
{
    private Decision()
    {
    }

    /// <summary>Nothing, for now.</summary>
    /// <param name="Until">Null where only a person can end it.</param>
    /// <param name="Why">What is waited for, as in <c>the pause of step 1</c>.</param>
    public sealed record Wait(DateTimeOffset? Until, string Why) : Decision;

    /// <summary>Ask the gates, and decide again.</summary>
    public sealed record AskGates : Decision;

    /// <summary>One atomic change.</summary>
    /// <param name="Next">The progress that it writes; null where it takes the progress away.</param>
    /// <param name="What">As in <c>shop.example.com: new side to 10 percent</c>.</param>
    public sealed record Write(WeightedChange Change, Progress? Next, string What) : Decision
    {
        /// <summary>The write is a halt: told with exit code 7.</summary>
        public bool IsHalt { get; init; }
    }

    /// <summary>It stands still until a person looks at it.</summary>
    public sealed record Halt(Diagnostic Diagnostic) : Decision;

    /// <summary>What is wanted makes no sense, or would do harm.</summary>
    public sealed record Refuse(Diagnostic Diagnostic) : Decision;

    /// <summary>There is nothing left to do.</summary>
    public sealed record Done(string Why) : Decision;
}
