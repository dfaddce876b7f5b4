using System.Text.Json.Nodes;
using Gwctl.Core;
using Gwctl.Engine.Marks;
using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Gcp.Reading;

/// <summary>Everything that was read, as Google answered it.</summary>
internal sealed record Snapshot(ComputeSnapshot Compute, CertificateSnapshot Certificates, DnsSnapshot Dns);

/// <summary>Gathers live resources while a snapshot is walked.</summary>
internal sealed class LiveBuilder(ReadScope scope, Wanted wanted)
{
    private readonly List<LiveResource> _resources = [];
    private readonly List<Diagnostic> _diagnostics = [];
    private readonly Dictionary<string, ResourceAddress> _byId = new(StringComparer.Ordinal);

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

    public void Add(LiveResource resource)
    {
        _resources.Add(resource);
        _byId.TryAdd(resource.Id, resource.Address);
    }

    public void Note(Diagnostic diagnostic) => _diagnostics.Add(diagnostic);

    /// <summary>Ours by address; of several at one, the first.</summary>
    public IReadOnlyDictionary<ResourceAddress, LiveResource> Ours => _resources
        .Where(resource => resource.Ownership is Ownership.Ours)
        .GroupBy(resource => resource.Address)
        .ToDictionary(group => group.Key, group => group.First());

    /// <summary>The address of what was added with the id; null for what is not ours.</summary>
    public ResourceAddress? AddressOf(string id) => _byId.TryGetValue(id, out var address) ? address : null;

    public LiveState Build(EquatableList<LookupResult> lookups) => new()
    {
        Resources =
        [
            .. _resources.OrderBy(resource => resource.Address).ThenBy(resource => resource.Id, StringComparer.Ordinal),
        ],
        Lookups = lookups,
        Diagnostics = [.. _diagnostics],
    };

    private static Diagnostic UnreadableMarks(string id) =>
        new("GW4261", Severity.Warning, "An object bears gwctl's owner mark, and its other marks cannot be read")
        {
            Detail = $"{id} is passed over: {MarkNames.Gateway} and {MarkNames.Key} are missing from its description.",
            Help = $"Take {MarkNames.Owner} out of its description if it is not gwctl's, or delete it.",
        };
}
