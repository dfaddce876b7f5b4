using System.Collections.Frozen;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Gwctl.Sandbox.Kubernetes.Schemas;

/// <summary>How two writers' versions of a list are put together.</summary>
internal enum ListMerge
{
    /// <summary>The list is one value with one owner.</summary>
    Atomic,

    /// <summary>Scalars, each of which has owners.</summary>
    Set,

    /// <summary>Objects told apart by some of their fields.</summary>
    Map,
}

/// <summary>A structural schema: what a value may be, what it is where it is left out, and how it merges.</summary>
internal sealed record Schema
{
    /// <summary>Anything goes, and objects within merge field by field.</summary>
    public static readonly Schema Any = new() { Open = true };

    /// <summary>object, array, string, integer, number, boolean; empty where anything goes.</summary>
    public string Type { get; init; } = "";

    public FrozenDictionary<string, Schema> Properties { get; init; } = FrozenDictionary<string, Schema>.Empty;

    /// <summary>Of the values of a map.</summary>
    public Schema? Additional { get; init; }

    public Schema? Items { get; init; }

    public IReadOnlyList<string> Required { get; init; } = [];

    /// <summary>Fields that are not named are kept.</summary>
    public bool Open { get; init; }

    public bool Nullable { get; init; }

    public bool IntOrString { get; init; }

    public JsonNode? Default { get; init; }

    public IReadOnlyList<JsonNode?> Choices { get; init; } = [];

    public Regex? Pattern { get; init; }

    public double? Minimum { get; init; }

    public double? Maximum { get; init; }

    /// <summary>Of a string's characters, a list's items or an object's fields.</summary>
    public int? CountMin { get; init; }

    public int? CountMax { get; init; }

    public ListMerge Merge { get; init; }

    public IReadOnlyList<string> MapKeys { get; init; } = [];

    /// <summary>An object that is one value with one owner.</summary>
    public bool IsAtomicMap { get; init; }

    /// <summary>The schema of a field; <see cref="Any"/> for what is not described but kept.</summary>
    /// <returns>Null where the field is unknown and goes.</returns>
    public Schema? Field(string name) =>
        Properties.GetValueOrDefault(name) ?? Additional ?? (Open ? Any : null);

    /// <summary>True for a field that the schema names, in contrast to a map's key.</summary>
    public bool Names(string name) => Properties.ContainsKey(name);
}
