using System.Net;
using System.Net.Sockets;
using Gwctl.Sandbox.State;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Gcp.Compute;

/// <summary>Reserved addresses.</summary>
internal static class Addresses
{
    public static Struct Complete(Draft draft)
    {
        var content = draft.Content;
        var isGlobal = draft.Name.Scope.Kind is ScopeKind.Global;
        if (content.Text("ipVersion") is "IPV6" && !isGlobal && content.Text("addressType") is "EXTERNAL")
        {
            throw draft.Invalid("ipVersion", "A regional external IPv6 address must name its subnetwork.");
        }

        if (draft.IsNew && content.Text("address") is null)
        {
            content = content.With("address", Allocate(draft.Call.State, content.Text("ipVersion") is "IPV6"));
        }
        else if (!IPAddress.TryParse(content.Text("address"), out _))
        {
            throw draft.Invalid("address", "Must be a valid IP address.");
        }

        if (content.Text("addressType") is not "EXTERNAL")
        {
            return content;
        }

        content = content.Has("networkTier") ? content : content.With("networkTier", "PREMIUM");
        return content.Has("ipVersion") || !isGlobal ? content : content.With("ipVersion", "IPV4");
    }

    /// <summary>An external address that nobody has been given before.</summary>
    public static string Allocate(Transaction state, bool isV6)
    {
        var number = Convert.ToUInt32(state.NextHex(8), 16);
        return isV6
            ? $"2600:1901:0:{number >> 16:x}::"
            : $"34.{96 + ((number >> 16) % 32)}.{(number >> 8) % 256}.{1 + (number % 254)}";
    }

    public static Struct Show(GcpCall call, ComputeName name, Struct document)
    {
        var users = Users(call, name, document).Select(user => user.Link).ToList();
        var shown = document.With("status", users.Count is 0 ? "RESERVED" : "IN_USE");
        return users.Count is 0 ? shown : shown.With("users", users);
    }

    public static ComputeName? FindUser(GcpCall call, ComputeName name, Struct document) =>
        Users(call, name, document).FirstOrDefault();

    /// <summary>The reservation of a literal address in the same scope; null where there is none.</summary>
    public static (ComputeName Name, Struct Document)? FindReserved(GcpCall call, ComputeScope scope, string address)
    {
        var rows = ComputeRows.All(call.State, call.Project, "addresses")
            .Where(row => row.Name.Scope == scope && row.Document.Text("address") == address)
            .ToList();
        return rows.Count is 0 ? null : rows[0];
    }

    public static bool IsV6(string address) =>
        IPAddress.TryParse(address, out var parsed) && parsed.AddressFamily is AddressFamily.InterNetworkV6;

    private static IEnumerable<ComputeName> Users(GcpCall call, ComputeName name, Struct document) =>
        ForwardingRules.AllWithComing(call)
            .Where(rule => rule.Name.Scope == name.Scope
                && rule.Document.Text("IPAddress") == document.Text("address"))
            .Select(rule => rule.Name);
}
