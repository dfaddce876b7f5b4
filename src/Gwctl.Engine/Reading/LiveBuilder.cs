using Gwctl.Core;
using Gwctl.Engine.Resources;

namespace Gwctl.Engine.Reading;

/// <summary>Gathers live resources while what a cloud answered is walked.</summary>
public abstract class LiveBuilder
{
    private readonly List<LiveResource> _resources = [];
    private readonly List<Diagnostic> _diagnostics = [];
    private readonly Dictionary<string, ResourceAddress> _byId = new(StringComparer.Ordinal);

    public IReadOnlyList<LiveResource> Resources => _resources;

    public IReadOnlyList<Diagnostic> Diagnostics => _diagnostics;

    public void Add(LiveResource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
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

    /// <summary>A finding about an object that bears our owner mark and nothing else that can be read.</summary>
    protected static Diagnostic UnreadableMarks(string code, string detail, string help) =>
        new(code, Severity.Warning, "An object bears gwctl's owner mark, and its other marks cannot be read")
        {
            Detail = detail,
            Help = help,
        };
}
