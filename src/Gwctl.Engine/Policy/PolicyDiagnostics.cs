using Gwctl.Core;
using Gwctl.Engine.Diff;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;

namespace Gwctl.Engine.Policy;

/// <summary>Blocks: 51xx.</summary>
internal static class PolicyDiagnostics
{
    public static Diagnostic Protected(Change change, LiveResource live, bool byMark) =>
        new("GW5101", Severity.Error, "A protected object would be destroyed")
        {
            Object = $"Gateway/{change.Address.Gateway}",
            Detail = $"{change.Address} ({live.Id}) would be {(change is Change.Replace ? "replaced" : "deleted")}, "
                + (byMark ? "and its mark in the cloud forbids it." : "and the annotation in its spec forbids it."),
            Help = byMark
                ? $"If it is meant, remove the mark {Marks.MarkNames.Protect} from the object first."
                : $"If it is meant, remove the annotation {Marks.MarkNames.Protect} first.",
        };

    public static Diagnostic TooManyDestroyed(int destroyed, int living, DestroyLimit limit) =>
        new("GW5102", Severity.Error, "More would be destroyed than is allowed")
        {
            Detail = $"{destroyed} of {living} living objects would be deleted or replaced; --max-destroy allows "
                + $"{limit}.",
            Help = "Look at the plan. If it is meant, raise --max-destroy.",
        };

    public static Diagnostic BecameEmpty(ProviderScope scope, int living) =>
        new("GW5103", Severity.Error, "Nothing is desired any more")
        {
            Detail = $"The specs want nothing in {scope.Name}, where {living} object(s) of owner {scope.Owner} live. "
                + "Specs that were not read look the same.",
            Help = "If it is meant, use `gwctl destroy`, or --allow-empty.",
        };
}
