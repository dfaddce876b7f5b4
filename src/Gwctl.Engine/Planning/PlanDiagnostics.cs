using Gwctl.Core;
using Gwctl.Engine.Planning.Steps;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;

namespace Gwctl.Engine.Planning;

/// <summary>What planning has to say: 500x.</summary>
internal static class PlanDiagnostics
{
    private const int NamesMax = 10;

    public static Diagnostic StillUsed(ResourceAddress address, LiveResource live, LiveResource user) =>
        new("GW5001", Severity.Warning, "An object that is to be deleted is still used")
        {
            Object = $"Gateway/{address.Gateway}",
            Detail = $"{address} ({live.Id}) is to be deleted, but {user.Address} ({user.Id}) refers to it "
                + "in an attribute that gwctl does not manage, and keeps it. The cloud may refuse the deletion.",
            Help = "Remove the reference by hand.",
        };

    public static Diagnostic Circle(IEnumerable<ResourceAddress> stuck) =>
        new("GW5002", Severity.Error, "Steps wait for each other in a circle")
        {
            Detail = $"No order of steps satisfies {Names(stuck.Select(address => address.ToString()))}.",
            Help = "Apply a part of the changes first (--include). Please report this with the plan's JSON: it is a "
                + "bug.",
        };

    public static Diagnostic LeftOut(IReadOnlyList<ResourceAddress> addresses) =>
        new("GW5003", Severity.Note, "Some changes are left out")
        {
            Detail = $"{addresses.Count} change(s) are not in this plan because of --include or --exclude: "
                + $"{Names(addresses.Select(address => address.ToString()))}.",
            Help = "Plan without --include and --exclude to see all of them.",
        };

    public static Diagnostic KeptOnErrors(IReadOnlyList<ResourceAddress> addresses) =>
        new("GW5007", Severity.Warning, "Nothing is deleted while there are errors")
        {
            Detail = $"{addresses.Count} object(s) live and are not in the specs, or belong to what is in error: "
                + $"{Names(addresses.Select(address => address.ToString()))}.",
            Help = "Mend the errors; the next plan deletes what is truly gone.",
        };

    public static Diagnostic IncludedNothing(FilterTerm term) =>
        new("GW5004", Severity.Warning, "A filter matches no change")
        {
            Detail = $"{term} matches nothing that would change.",
            Help = "Write KIND/NAMESPACE/NAME, as in HTTPRoute/shop/web, or a hostname as the specs have it.",
        };

    public static Diagnostic SharedOwner(ProviderScope scope, string other) =>
        new("GW5005", Severity.Error, "Two ProviderConfigs have the same owner in the same place")
        {
            Detail = $"{scope.Name} and {other} both work as owner {scope.Owner} in {scope.Provider} "
                + $"account {scope.Account} {scope.Region}: each would delete the other's objects.",
            Help = "Give each its own owner id.",
        };

    public static Diagnostic NoRoom(Entry any, int made, int room) =>
        new("GW5006", Severity.Warning, "There is no room to make the new before the old goes")
        {
            Object = $"Gateway/{any.Change.Address.Gateway}",
            Detail = $"{made} objects of the kind {any.Schema.Title} are new, and the cloud takes {room} more beside "
                + $"those that live ({any.Schema.LivingMax} in all). One goes for each further one that comes: for a "
                + "moment its requests are treated as if it were not there.",
            Help = "Raise the quota and name it in the ProviderConfig, or change fewer at a time.",
        };

    private static string Names(IEnumerable<string> names)
    {
        var all = names.Distinct(StringComparer.Ordinal).ToList();
        var shown = string.Join(", ", all.Take(NamesMax));
        return all.Count > NamesMax ? $"{shown} and {all.Count - NamesMax} more" : shown;
    }
}
