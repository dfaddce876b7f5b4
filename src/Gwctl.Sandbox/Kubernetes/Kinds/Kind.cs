using System.Text.Json.Nodes;
using Gwctl.Sandbox.Kubernetes.Schemas;

namespace Gwctl.Sandbox.Kubernetes.Kinds;

/// <summary>One column of what <c>kubectl get</c> shows.</summary>
/// <param name="Name">The heading.</param>
/// <param name="Type">string, integer, boolean, date.</param>
/// <param name="Path">A JSONPath; with <c>#</c> before it, how many members are there.</param>
/// <param name="Priority">0 is always shown, 1 only in wide output.</param>
internal sealed record Column(string Name, string Type, string Path, int Priority);

/// <summary>A kind as one version of its group serves it.</summary>
internal sealed record KindVersion
{
    public required string Name { get; init; }

    public bool Served { get; init; } = true;

    public required Schema Schema { get; init; }

    /// <summary>The same schema as OpenAPI v3 has it.</summary>
    public required JsonObject OpenApi { get; init; }

    /// <summary>Status is written apart from the rest.</summary>
    public bool HasStatus { get; init; }

    public IReadOnlyList<Column> Columns { get; init; } = [];

    /// <summary>Sent as a warning to whoever uses the version; empty where it is not deprecated.</summary>
    public string Warning { get; init; } = "";
}

/// <summary>A kind that is served.</summary>
internal sealed record Kind
{
    /// <summary>Empty for the core group.</summary>
    public required string Group { get; init; }

    public required string Plural { get; init; }

    public required string Singular { get; init; }

    public required string Name { get; init; }

    public required string ListName { get; init; }

    public IReadOnlyList<string> ShortNames { get; init; } = [];

    public IReadOnlyList<string> Categories { get; init; } = [];

    public bool Namespaced { get; init; }

    /// <summary>The preferred one first. All hold the same fields.</summary>
    public required IReadOnlyList<KindVersion> Versions { get; init; }

    /// <summary>It comes from a CustomResourceDefinition.</summary>
    public bool IsCustom { get; init; }

    /// <summary>Where its objects are kept; empty for a place of their own. Two groups may serve the same
    /// objects.</summary>
    public string StoredAs { get; init; } = "";

    /// <summary>Its names of fields at the top, and those under which they are kept.</summary>
    public IReadOnlyList<(string Own, string Kept)> Renames { get; init; } = [];

    /// <summary>Counts changes of the desired state.</summary>
    public bool HasGeneration { get; init; }

    /// <summary>Lists by plural and group, as errors name it.</summary>
    public string GroupResource => Group is "" ? Plural : $"{Plural}.{Group}";

    public string ApiVersion(KindVersion version) => Group is "" ? version.Name : $"{Group}/{version.Name}";

    /// <summary>What is kept, as the kind has it.</summary>
    public JsonObject View(JsonObject kept) => Rename(kept, rename => (rename.Kept, rename.Own));

    /// <summary>What the kind has, as it is kept.</summary>
    public JsonObject Keep(JsonObject own) => Rename(own, rename => (rename.Own, rename.Kept));

    private JsonObject Rename(JsonObject value, Func<(string Own, string Kept), (string From, string To)> direction)
    {
        foreach (var (from, to) in Renames.Select(direction))
        {
            if (value.Take(from) is { } member)
            {
                value[to] = member;
            }
        }

        return value;
    }

    public KindVersion? Version(string name) =>
        Versions.FirstOrDefault(version => version.Served && version.Name == name);
}
