using Gwctl.Controller.Watching;
using Gwctl.Core;

namespace Gwctl.Controller;

/// <summary>What the controller itself has to say: GW8510 to GW8549.</summary>
internal static class ControllerDiagnostics
{
    public static Diagnostic NotServed(WatchedKind kind) =>
        new("GW8510", Severity.Error, "A kind that the controller needs is not served")
        {
            Detail = $"The cluster has no {kind.Kind} of {(kind.Group is "" ? "the core group" : kind.Group)}.",
            Help = "Install the Gateway API's definitions (CustomResourceDefinitions).",
        };

    public static Diagnostic Unread(ObjectName gateway, ObjectId missing, string why) =>
        new("GW8511", Severity.Error, "Something that a Gateway refers to cannot be read")
        {
            Object = $"Gateway/{gateway}",
            Detail = $"{missing} was not read: {why} Nothing of the Gateway is changed meanwhile.",
            Help = "Grant get, list and watch on it to the controller's service account.",
        };

    public static Diagnostic NotAccepted(ObjectName gateway) =>
        new("GW8512", Severity.Warning, "A Gateway that is not accepted keeps what it has")
        {
            Object = $"Gateway/{gateway}",
            Detail = "Its cloud objects stay as they are until it is accepted again, or deleted.",
            Help = "Its conditions say what is wrong.",
        };

    public static Diagnostic NoConfigToDelete(ObjectName gateway) =>
        new("GW8513", Severity.Error, "A Gateway cannot be deleted without its ProviderConfig")
        {
            Object = $"Gateway/{gateway}",
            Detail = "The ProviderConfig that says where its cloud objects are is gone, so nothing is deleted.",
            Help = "Create the ProviderConfig again; or set gwctl.dev/deletion-policy: retain to leave the objects.",
        };

    public static Diagnostic Blocked(ObjectName gateway, string why) =>
        new("GW8514", Severity.Error, "A plan is blocked")
        {
            Object = $"Gateway/{gateway}",
            Detail = why,
            Help = "Apply it by hand if it is meant: gwctl apply, with the option that the reason names.",
        };

    public static Diagnostic AwaitsApproval(ObjectName gateway, string digest, string summary) =>
        new("GW8515", Severity.Note, "A plan waits for approval")
        {
            Object = $"Gateway/{gateway}",
            Detail = $"Plan {digest}: {summary}.",
            Help = $"kubectl annotate gateway {gateway.Name} -n {gateway.Namespace} --overwrite "
                + $"gwctl.dev/approve={digest}",
        };

    public static Diagnostic LeftToOthers(ObjectName gateway, string summary) =>
        new("GW8516", Severity.Note, "Changes are left to others")
        {
            Object = $"Gateway/{gateway}",
            Detail = $"{summary}: this controller does not manage them (--manage).",
            Help = "Apply them where the infrastructure is managed: gwctl apply.",
        };

    public static Diagnostic Incomplete(ObjectName gateway, string why) =>
        new("GW8517", Severity.Error, "A Gateway could not be applied in full")
        {
            Object = $"Gateway/{gateway}",
            Detail = why,
            Help = "It is tried again by itself.",
        };

    public static Diagnostic Orphans(ObjectName config, string names, ObjectName first) =>
        new("GW8518", Severity.Warning, "Cloud objects of Gateways that are not in the cluster")
        {
            Object = $"ProviderConfig/{config}",
            Detail = $"The cloud has objects of {names}, which this cluster does not have.",
            Help = "Where they are not another cluster's or a pipeline's: gwctl destroy --all --provider-config FILE "
                + $"--include Gateway/{first}, or run the controller with --prune.",
        };

    public static Diagnostic RolledOut(ObjectName gateway, string summary) =>
        new("GW8519", Severity.Note, "A plan was applied")
        {
            Object = $"Gateway/{gateway}",
            Detail = $"{summary}.",
        };

    public static Diagnostic Retained(ObjectName gateway) =>
        new("GW8520", Severity.Warning, "Cloud objects are kept")
        {
            Object = $"Gateway/{gateway}",
            Detail = "The Gateway is deleted with gwctl.dev/deletion-policy: retain: its cloud objects stay, marked.",
            Help = "gwctl destroy removes them later.",
        };

    public static Diagnostic DriftFound(ObjectName gateway, string summary) =>
        new("GW8521", Severity.Warning, "The cloud was changed by somebody else")
        {
            Object = $"Gateway/{gateway}",
            Detail = $"{summary} to be as the specs say again.",
            Help = "Change the specs, not the cloud.",
        };

    public static Diagnostic StatusTooBig(ObjectId id, int dropped) =>
        new("GW8522", Severity.Warning, "A status has no room left")
        {
            Object = id.ToString(),
            Detail = $"The Gateway API bounds the list; {dropped} entries were left out.",
            Help = "Attach the object to fewer Gateways.",
        };

    public static Diagnostic Moved(ObjectName gateway, string from, string to, TimeSpan after) =>
        new("GW8524", Severity.Note, "A Gateway moved to another cloud")
        {
            Object = $"Gateway/{gateway}",
            Detail = $"It is served in {to} now. Its objects in {from} go in {after.TotalMinutes:0.#} minutes.",
            Help = "gwctl.dev/deletion-policy: retain leaves them.",
        };

    public static Diagnostic OutOfReach(ObjectName gateway, string config, string scope) =>
        new("GW8525", Severity.Error, "A Gateway has objects in a cloud that no ProviderConfig leads to")
        {
            Object = $"Gateway/{gateway}",
            Detail = $"Its objects in {scope} were made by the ProviderConfig {config}, which is gone or means another "
                + "place now. They are left as they are.",
            Help = $"Create the ProviderConfig {config} again as it was, or remove them with gwctl destroy --all "
                + $"--provider-config FILE --include Gateway/{gateway} and take the entry out of the annotation "
                + "gwctl.dev/cloud-objects.",
        };

    public static Diagnostic Bug(ObjectName gateway, string what) =>
        new("GW8523", Severity.Error, "gwctl has a bug")
        {
            Object = $"Gateway/{gateway}",
            Detail = what,
            Help = "Please report it. Other Gateways are not affected.",
        };
}
