using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Cutover.Records;
using Gwctl.Engine.Marks;
using Gwctl.Engine.Providers;

namespace Gwctl.Cutover.Deciding;

/// <summary>Why a cutover cannot go on, or must not.</summary>
public static class CutoverDiagnostics
{
    public static Diagnostic NotStarted(CutoverSpec document, string hostname) =>
        Of("GW8000", "Cutover has not been started", document,
            $"The records of {hostname} are not under Cutover {document.Name}.",
            "Start it with 'gwctl cutover start'; if it was finished, there is nothing left to do.");

    public static Diagnostic ForeignOwner(CutoverSpec document, string hostname, DnsOwner owner) =>
        Of("GW8001", "Records belong to another tool", document,
            $"A text beside {hostname} says that the owner '{owner.Owner}' of an external-dns registry has its records"
            + $"{(owner.Resource is "" ? "" : $" for {owner.Resource}")}. It would undo the cutover at its next run.",
            "Let that tool go first: remove its annotation from the object, or exclude the hostname with its domain or "
            + "label filter, with policy upsert-only so that it deletes nothing. Then name it in the document: "
            + $"spec.takeOver.owner: {owner.Owner}.");

    public static Diagnostic OtherCutover(CutoverSpec document, string hostname, Progress progress) =>
        Of("GW8002", "Records are under another cutover", document,
            $"{hostname} is under Cutover {progress.Document} of owner '{progress.Owner}'.",
            "Finish that cutover or roll it back, or use its document and owner id.");

    public static Diagnostic OtherForm(CutoverSpec document, string hostname) =>
        Of("GW8003", "Records answer by another rule than weights", document,
            $"{hostname} is answered by latency, geography, failover or several values at once.",
            "Make it a simple record first, or cut it over by hand.");

    public static Diagnostic AlreadyWeighted(CutoverSpec document, WeightedName live) =>
        Of("GW8004", "Records are weighted already", document,
            $"{live.Hostname} has the members {string.Join("; ", live.Members.Select(Sides.Text))}, and no text says "
            + "that a cutover made them.",
            "Make it a simple record first: take the weight out of the DnsPolicies of its Gateways, and apply. If a "
            + "cutover's text was deleted by hand, restore it.");

    public static Diagnostic NothingThere(CutoverSpec document, string hostname) =>
        Of("GW8005", "There is nothing to cut over from", document,
            $"{hostname} has no address, and the document says that the old side is what the records say now.",
            "Give spec.from, or leave the hostname to 'gwctl apply', which makes its record.");

    public static Diagnostic NoNewSide(CutoverSpec document) =>
        Of("GW8006", "New side does not exist", document,
            $"Gateway {document.To.Namespace ?? document.Name.Namespace}/{document.To.Name} has no load balancer.",
            "Run 'gwctl apply' first; with the Cutover among the specs it leaves the hostname's record alone.");

    public static Diagnostic HalfPair(CutoverSpec document, string hostname, string type) =>
        Of("GW8007", "New side has no answer of a type that the old side has", document,
            $"{hostname} has {type} records, and the new load balancer has no such address: clients of that kind would "
            + "stay on the old side for ever.",
            type is "AAAA"
                ? "Give the new load balancer IPv6 addresses (ipAddressType: dualstack), or remove the AAAA record "
                    + "first."
                : $"Give the new load balancer {type} addresses.");

    public static Diagnostic NotFrom(CutoverSpec document, WeightedName live) =>
        Of("GW8008", "Record does not lead to the old side", document,
            $"{live.Hostname} answers {string.Join(", ", live.Members.Select(member => member.Target.ToString()))}, "
            + "which is not what spec.from says.",
            "Correct spec.from, or write 'from: {current: {}}' to take the record as it is.");

    public static Diagnostic FromUnknown(CutoverSpec document, string what) =>
        Of("GW8009", "Old side is not known", document,
            $"{what} was not found, so that nobody knows what the old side answers.",
            "Correct spec.from, give the object with its status among the specs, or write 'from: {current: {}}'.");

    public static Diagnostic NoMetrics(CutoverSpec document, CutoverGateSpec.Metrics gate) =>
        Of("GW8010", "Gate asks for metrics that nobody reads", document,
            $"Gate '{gate.Name.Value}' judges by the cloud's own metrics, which gwctl does not read in the Gateway's "
            + "cloud: it would never say anything.",
            "Give the gate a prometheus source, or use a probe, targetHealth, command or webhook gate.");

    /// <param name="target">What the CNAME leads to.</param>
    public static Diagnostic NoName(CutoverSpec document, string hostname, string target, BalancerFacts balancer) =>
        Of("GW8011", "New side has no name that a CNAME could lead to", document,
            $"{hostname} is a CNAME for {target}, and the new load balancer is reached by its address "
            + $"{balancer.DnsName} alone. No name can have a CNAME and an address at the same time.",
            $"Look up the addresses ('dig +short {target} A', and AAAA), and in one change delete the CNAME and add A "
            + "and AAAA records with them and with its TTL; wait for that TTL, and start again. Do so only where the "
            + $"addresses of {target} stay. Where they do not, put {target} into the Cutover instead, if the zone is "
            + "yours and all that leads to it shall move, and leave the CNAME as it is.");

    public static Diagnostic ChangedByHand(CutoverSpec document, string hostname, Standing.ChangedByHand found) =>
        Of("GW8020", "Records were changed by hand", document,
            $"The records of {hostname} are not what the cutover wrote at {found.Progress.At:u}. "
            + $"{Words("Missing", found.Missing)}{Words("not the cutover's", found.Extra)}Nothing is overwritten.",
            "Put the records back as they were, or roll back with 'gwctl cutover rollback', which is refused only "
            + "where a member of neither side is there.");

    public static Diagnostic Paused(CutoverSpec document, string hostname, Progress progress) =>
        Of("GW8021", "Cutover is paused", document,
            $"{hostname} stands at {progress.Weight} percent since {progress.At:u}: {progress.Reason}.",
            "Look at the gates with 'gwctl cutover status'; go on with 'gwctl cutover resume', or back with "
            + "'gwctl cutover rollback'.");

    public static Diagnostic RolledBack(CutoverSpec document, string hostname, Progress progress) =>
        Of("GW8022", "Cutover was rolled back", document,
            $"{hostname} is at the old side again since {progress.At:u}: {progress.Reason}.",
            "Repair the new side, then begin again with 'gwctl cutover start'.");

    public static Diagnostic GateFails(CutoverSpec document, string hostname, string gates) =>
        Of("GW8023", "Gate fails before the first step", document,
            $"{hostname} stays at the old side: {gates}.",
            "Repair the new side, and run again; nothing was changed.");

    public static Diagnostic StillUsed(CutoverSpec document, string hostname, double requests) =>
        Of("GW8024", "Old side still takes requests", document,
            $"The old side of {hostname} took {requests:0} requests in the last {document.Finish.IdleWindow:g}; up to "
            + $"{document.Finish.IdleRequestsMax} count as idle.",
            "Wait: clients keep addresses and connections longer than they should. Who still asks is in the old load "
            + "balancer's access log.");

    public static Diagnostic NobodyCounts(CutoverSpec document, string hostname) =>
        Of("GW8025", "Nobody counts the old side's requests", document,
            $"The old side of {hostname} is no load balancer that the cloud counts requests of.",
            "Look there yourself, and finish with --assume-idle.");

    public static Diagnostic NotAtTheEnd(CutoverSpec document, string hostname, Progress progress) =>
        Of("GW8026", "Cutover is not at its end", document,
            $"{hostname} stands at {progress.Weight} percent.",
            "Finish it when the last step has been held; until then use 'gwctl cutover step'.");

    public static Diagnostic RollbackBlocked(CutoverSpec document, string hostname, IEnumerable<string> members) =>
        Of("GW8027", "Rollback would overwrite somebody's record", document,
            $"At {hostname} are members of neither side: {string.Join("; ", members)}.",
            "Remove them, and run again.");

    public static Diagnostic NotAsWritten(CutoverSpec document, string hostname, string detail) =>
        Of("GW8028", "Records read back are not as written", document,
            $"After the change, {hostname} reads: {detail}.",
            "Look who else changes the zone; 'gwctl cutover status' says how it stands.");

    public static Diagnostic DocumentChanged(CutoverSpec document, string hostname, Progress progress) =>
        Of("GW8029", "Document no longer has the step", document,
            $"{hostname} stands at step {progress.Step} with {progress.Weight} percent; the document's step "
            + $"{progress.Step} is {StepText(document, progress.Step)}.",
            "Put the steps that are taken back into the document; change only those that are still to come.");

    private static string StepText(CutoverSpec document, int step) => step > document.Steps.Count
        ? "not there"
        : $"{document.Steps[step - 1].Weight.Value} percent";

    private static string Words(string what, EquatableList<string> members) =>
        members.Count is 0 ? "" : $"{what}: {string.Join("; ", members)}. ";

    private static Diagnostic Of(string code, string summary, CutoverSpec document, string detail, string help) =>
        new(code, Severity.Error, summary)
        {
            Subject = document.Span,
            Object = document.Id.ToString(),
            Detail = detail,
            Help = help,
        };
}
