using System.Globalization;
using System.Net;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Gcp.Compute;

/// <summary>Forwarding rules: an address and a port that belong to a target.</summary>
internal static class ForwardingRules
{
    public static Struct Complete(Draft draft)
    {
        var content = draft.Content;
        if (content.Text("target") is not { } target)
        {
            throw GcpErrors.Required("resource.target");
        }

        content = WithPort(draft, content);
        if (draft.IsNew)
        {
            // The labels that a rule is made with are forgotten: setLabels alone sets them.
            content = WithAddress(draft, content.Without("labels"));
            CheckConflict(draft, content);
        }

        TargetProxies.CheckScheme(draft, target);
        if (content.Text("IPProtocol") is not "TCP")
        {
            throw draft.Invalid("IPProtocol", "A target proxy takes TCP only.");
        }

        content = content.Has("networkTier") ? content : content.With("networkTier", "PREMIUM");
        return content.With("fingerprint", GcpText.Fingerprint(content.Without("fingerprint", "labels")));
    }

    /// <summary>The rules, and those whose insertion is under way.</summary>
    public static IEnumerable<(ComputeName Name, Struct Document)> AllWithComing(GcpCall call)
    {
        const string Collection = "forwardingRules";
        var table = ComputeName.TableOf(call.Project, Collection);
        var coming = PendingEffects.All(call.State)
            .Where(effect => effect.Table == table && effect.Document is not null)
            .Select(effect => (
                ComputeName.OfKey(call.Project, Collection, effect.Key), effect.Document ?? new Struct()));
        return ComputeRows.All(call.State, call.Project, Collection).Concat(coming);
    }

    /// <summary>A proxy listens on one port; it is kept as a range.</summary>
    private static Struct WithPort(Draft draft, Struct content)
    {
        var range = content.Text("portRange") ?? content.Texts("ports").FirstOrDefault();
        if (range is null)
        {
            throw GcpErrors.Required("resource.portRange");
        }

        var bounds = range.Split('-').Select(part => int.TryParse(part, CultureInfo.InvariantCulture, out var port)
            && port is >= 1 and <= 65535 ? port : 0).ToList();
        if (bounds.Contains(0) || bounds.Count > 2 || bounds[0] != bounds[^1] || content.List("ports").Count > 1)
        {
            throw draft.Invalid("portRange", "A target proxy takes exactly one port between 1 and 65535.");
        }

        return content.Without("ports").With("portRange", $"{bounds[0]}-{bounds[0]}");
    }

    /// <summary>The literal address: of the reservation that is named, the one that is given, or a new one.</summary>
    private static Struct WithAddress(Draft draft, Struct content)
    {
        var call = draft.Call;
        if (content.Text("IPAddress") is not { } given)
        {
            return content.With("IPAddress", Addresses.Allocate(call.State, content.Text("ipVersion") is "IPV6"));
        }

        if (IPAddress.TryParse(given, out _))
        {
            return Addresses.FindReserved(call, draft.Name.Scope, given) is not null
                ? content
                : throw draft.Invalid("IPAddress", "The specified IP address is not reserved in this project.");
        }

        var name = ComputeName.Parse(given, call.Project)
            ?? new ComputeName(call.Project, draft.Name.Scope, "addresses", given);
        if (name.Collection is not "addresses" || name.Scope != draft.Name.Scope)
        {
            throw draft.Invalid("IPAddress", "Must be an address of the rule's own scope.");
        }

        ComputeRows.RequireReady(call, name);
        return content.With("IPAddress", ComputeRows.Get(call.State, name).Required("address"));
    }

    private static void CheckConflict(Draft draft, Struct content)
    {
        var other = AllWithComing(draft.Call).FirstOrDefault(rule =>
            rule.Document.Text("IPAddress") == content.Text("IPAddress")
            && rule.Document.Text("portRange") == content.Text("portRange"));
        if (other.Name is not null)
        {
            throw GcpErrors.Invalid(
                "resource.IPAddress", content["IPAddress"],
                "Specified IP address is in-use and would result in a conflict.");
        }
    }
}
