using Gwctl.Core;

namespace Gwctl.Providers.Aws.Projection;

internal enum PathKind
{
    Exact,

    /// <summary>By whole path elements.</summary>
    Prefix,
    Regex,
}

/// <summary>A path match in the forms that a condition can take. At least one of them is there.</summary>
internal sealed record PathTerm
{
    public required PathKind Kind { get; init; }

    /// <summary>The path, the prefix without its last slash, or the expression.</summary>
    public required string Value { get; init; }

    /// <summary>As plain values and wildcards; null where the path cannot be written so.</summary>
    public required EquatableList<string>? Values { get; init; }

    /// <summary>As one anchored regular expression; null where it would be too long.</summary>
    public required string? Regex { get; init; }

    /// <summary>True only where no path matches both: what it says false of may still be disjoint.</summary>
    public bool IsDisjointFrom(PathTerm other) => (Kind, other.Kind) switch
    {
        (PathKind.Regex, _) or (_, PathKind.Regex) => false,
        (PathKind.Exact, PathKind.Exact) => Value != other.Value,
        (PathKind.Exact, _) => !IsUnder(Value, other.Value),
        (_, PathKind.Exact) => !IsUnder(other.Value, Value),
        _ => !IsUnder(Value, other.Value) && !IsUnder(other.Value, Value),
    };

    private static bool IsUnder(string path, string prefix) =>
        path.StartsWith(prefix, StringComparison.Ordinal)
        && (path.Length == prefix.Length || path[prefix.Length] is '/');
}

/// <summary>A header condition: of value and expression, one is there.</summary>
internal sealed record HeaderTerm(string Name, string? Value, string? Regex);

/// <summary>A query parameter condition, wildcards in it escaped.</summary>
internal sealed record QueryTerm(string Name, string Value);

/// <summary>A match without its host: all terms must hold. A null path is any path.</summary>
internal sealed record MatchTerms
{
    public static readonly MatchTerms Everything = new();

    public PathTerm? Path { get; init; }

    public string? Method { get; init; }

    public EquatableList<HeaderTerm> Headers { get; init; } = [];

    public EquatableList<QueryTerm> Queries { get; init; } = [];

    /// <summary>True where the match holds for every request.</summary>
    public bool IsEverything => Path is null && Method is null && Headers.Count is 0 && Queries.Count is 0;
}
