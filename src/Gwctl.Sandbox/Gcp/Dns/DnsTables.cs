using Gwctl.Sandbox.State;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Gcp.Dns;

/// <summary>Where Cloud DNS's resources are kept.</summary>
internal static class DnsTables
{
    public static string Zones(string project) => $"gcp/{project}/dns/managedZones";

    public static string Records(string project, string zone) => $"gcp/{project}/dns/{zone}/rrsets";

    public static string Changes(string project, string zone) => $"gcp/{project}/dns/{zone}/changes";

    public static string Operations(string project, string zone) => $"gcp/{project}/dns/{zone}/operations";

    /// <summary>Orders record sets by name, then type.</summary>
    public static string RecordKey(string name, string type) => $"{name}|{type}";

    /// <summary>The zone that a path names by its name or its number.</summary>
    /// <exception cref="GcpException">Not found.</exception>
    public static Struct Zone(GcpCall call)
    {
        var wanted = call.Input.Required("managedZone");
        return call.State.Get(Zones(call.Project), wanted)
            ?? call.State.Rows(Zones(call.Project)).Values.FirstOrDefault(zone => zone.Text("id") == wanted)
            ?? throw new GcpException(
                404, "notFound", $"managedZone \"projects/{call.Project}/managedZones/{wanted}\" not found");
    }

    public static IEnumerable<Struct> RecordsOf(Transaction state, string project, string zone) =>
        state.Rows(Records(project, zone)).Values;
}
