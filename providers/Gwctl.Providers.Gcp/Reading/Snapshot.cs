using System.Text.Json.Nodes;
using Gwctl.Core;
using Gwctl.Engine.Marks;
using Gwctl.Engine.Reading;
using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Gcp.Reading;

/// <summary>Everything that was read, as Google answered it.</summary>
internal sealed record Snapshot(ComputeSnapshot Compute, CertificateSnapshot Certificates, DnsSnapshot Dns);

/// <summary>Gathers live resources while a snapshot is walked.</summary>
internal sealed class GcpLiveBuilder(ReadScope scope, Wanted wanted) : LiveBuilder
{
    public ReadScope Scope => scope;

    public Wanted Wanted => wanted;

    /// <summary>Where a body's object belongs: to an address of ours by its marks, in the way of one by its name, or
    /// null where it is nothing to us.</summary>
    public (ResourceAddress Address, Ownership Ownership)? Place(
        string kind, string location, string name, string id, JsonObject body)
    {
        var marks = Marks.From(body);
        if (marks[MarkNames.Owner] == scope.Owner)
        {
            if (marks.AddressOf(scope.Name, kind) is { } address)
            {
                return (address, Ownership.Ours);
            }

            Note(UnreadableMarks(id));
            return null;
        }

        return wanted.Named(kind, location, name) is { } node ? (node.Address, Ownership.Foreign) : null;
    }

    /// <summary>Ours by address; of several at one, the first.</summary>
    public IReadOnlyDictionary<ResourceAddress, LiveResource> Ours => Resources
        .Where(resource => resource.Ownership is Ownership.Ours)
        .GroupBy(resource => resource.Address)
        .ToDictionary(group => group.Key, group => group.First());

    private static Diagnostic UnreadableMarks(string id) => UnreadableMarks(
        "GW4261",
        $"{id} is passed over: {MarkNames.Gateway} and {MarkNames.Key} are missing from its description.",
        $"Take {MarkNames.Owner} out of its description if it is not gwctl's, or delete it.");
}
