using Gwctl.Core;
using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Aws.Reading;

/// <summary>Everything that was read, as AWS answered it.</summary>
internal sealed record Snapshot(
    ElbSnapshot Elb, NetworkSnapshot Network, CertificateSnapshot Certificates, DnsSnapshot Dns);

/// <summary>Gathers live resources while a snapshot is walked.</summary>
internal sealed class LiveBuilder(ReadScope scope, Wanted wanted)
{
    private readonly List<LiveResource> _resources = [];
    private readonly List<Diagnostic> _diagnostics = [];
    private readonly Dictionary<string, ResourceAddress> _byId = new(StringComparer.Ordinal);

    public ReadScope Scope => scope;

    public Wanted Wanted => wanted;

    public IReadOnlyList<LiveResource> Resources => _resources;

    public IReadOnlyList<Diagnostic> Diagnostics => _diagnostics;

    public bool IsOurs(Tags tags) => tags[Marks.Owner] == scope.Owner;

    /// <summary>The address that an object's marks give; null, with a finding, where they are ours and not
    /// readable.</summary>
    public ResourceAddress? AddressOf(string kind, string id, Tags tags)
    {
        if (!IsOurs(tags))
        {
            return null;
        }

        var address = Marks.AddressOf(scope.Name, kind, tags);
        if (address is null)
        {
            _diagnostics.Add(UnreadableMarks(id));
        }

        return address;
    }

    public void Add(LiveResource resource)
    {
        _resources.Add(resource);
        _byId.TryAdd(resource.Id, resource.Address);
    }

    public void Note(Diagnostic diagnostic) => _diagnostics.Add(diagnostic);

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
        new("GW4161", Severity.Warning, "An object bears gwctl's owner mark, and its other marks cannot be read")
        {
            Detail = $"{id} is passed over: its tags {Marks.Gateway} and {Marks.Key} are missing or were changed.",
            Help = "Remove its tag gwctl.dev/owner if it is not gwctl's, or delete it.",
        };
}
