using Gwctl.Core;
using Gwctl.Engine.Resources;

namespace Gwctl.Engine.Planning.Files;

/// <summary>Enumerations as words of the file: written out, so that renaming a member of the program renames nothing
/// here.</summary>
internal static class Words
{
    public static readonly (PlanPurpose Value, string Word)[] Purposes =
        [(PlanPurpose.Apply, "apply"), (PlanPurpose.Destroy, "destroy"), (PlanPurpose.Adopt, "adopt")];

    public static readonly (StepAction Value, string Word)[] Actions =
    [
        (StepAction.Create, "create"), (StepAction.Update, "update"), (StepAction.Delete, "delete"),
        (StepAction.Reorder, "reorder"), (StepAction.AwaitReady, "await-ready"),
            (StepAction.AwaitDrained, "await-drained"),
        (StepAction.Adopt, "adopt"), (StepAction.Barrier, "barrier"),
    ];

    public static readonly (Severity Value, string Word)[] Severities =
        [(Severity.Note, "note"), (Severity.Warning, "warning"), (Severity.Error, "error")];

    public static readonly (Ownership Value, string Word)[] Ownerships =
        [(Ownership.Ours, "ours"), (Ownership.Foreign, "foreign")];

    public static string Of<T>((T Value, string Word)[] words, T value)
        where T : struct => Array.Find(words, word => word.Value.Equals(value)).Word;
}
