using System.Runtime.ExceptionServices;
using Gwctl.Core;
using Gwctl.Engine.Planning;
using Gwctl.Engine.Providers;

namespace Gwctl.Engine.Apply;

/// <summary>What the steps under way tell the run.</summary>
internal abstract record StepMessage
{
    private StepMessage()
    {
    }

    public sealed record Succeeded(Step Step, StepOutcome Outcome, EquatableList<Diagnostic> Warnings) : StepMessage;

    public sealed record Failed(Step Step, Diagnostic Diagnostic, bool Stale) : StepMessage;

    /// <summary>A wait was given up because the run is stopping: nothing was changed, and nothing is wrong.</summary>
    public sealed record GivenUp(Step Step) : StepMessage;

    /// <summary>A bug: thrown again when the steps under way have ended.</summary>
    public sealed record Faulted(Step Step, ExceptionDispatchInfo Exception) : StepMessage;

    public sealed record Progress(Step Step, string Text) : StepMessage;

    /// <summary>Time to say what is under way, and to look whether the run is to stop.</summary>
    public sealed record Tick : StepMessage
    {
        public static readonly Tick Instance = new();
    }
}
