using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Contracts;

public enum ShapeType
{
    Structure,
    List,
    Map,
    String,
    Integer,
    Fraction,
    Boolean,
    Timestamp,
    Blob,

    /// <summary>Any JSON.</summary>
    Document,
}

/// <summary>A type of an API, with the bounds that its contract states.</summary>
public sealed class Shape
{
    public required string Name { get; init; }

    public required ShapeType Type { get; init; }

    /// <summary>A structure's members, in the contract's order, which is the order on the wire.</summary>
    public IReadOnlyList<MemberShape> Members { get; internal set; } = [];

    public FrozenSet<string> RequiredMembers { get; init; } = FrozenSet<string>.Empty;

    /// <summary>A list's element.</summary>
    public MemberShape? Element { get; internal set; }

    public MemberShape? MapKey { get; internal set; }

    public MemberShape? MapValue { get; internal set; }

    public required Bounds Bounds { get; init; }

    /// <summary>The member that is the whole body of the request; empty where there is none.</summary>
    public string Payload { get; init; } = "";

    /// <summary>A number that travels as a text, since JSON's numbers are too short for it.</summary>
    public bool IsNumberAsText { get; init; }

    /// <summary>What creating or replacing needs, and changing a part does not.</summary>
    public FrozenSet<string> NeededByCreate { get; init; } = FrozenSet<string>.Empty;

    /// <summary>For a structure of Key and Value: the bounds of the value under that key.</summary>
    public IReadOnlyDictionary<string, Bounds> ValueBoundsByKey { get; init; } = FrozenDictionary<string, Bounds>.Empty;

    public MemberShape? Member(string name) => Members.FirstOrDefault(member => member.Name == name);
}

/// <summary>A member of a structure, a list's element, or a map's key or value.</summary>
public sealed class MemberShape
{
    public required string Name { get; init; }

    public required Shape Shape { get; init; }

    /// <summary>Empty for the body; else <c>uri</c>, <c>querystring</c> or <c>header</c>.</summary>
    public required string Location { get; init; }

    /// <summary>The name on the wire where it is not the member's.</summary>
    public string? WireName { get; init; }

    /// <summary>Bounds that the vendor states in prose only.</summary>
    public required Bounds Prose { get; init; }

    public required Bounds ProseOfElements { get; init; }

    /// <summary>Set by the service and ignored in requests.</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>Never in an answer.</summary>
    public bool IsWriteOnly { get; init; }

    /// <summary>Fixed once the resource exists.</summary>
    public bool IsImmutable { get; init; }

    /// <summary>What an absent member stands for; null where the contract says nothing.</summary>
    public Value? Default { get; init; }
}

/// <summary>Limits of a value: of a number itself, of a text's characters, of a list's count.</summary>
public sealed record Bounds
{
    public static readonly Bounds None = new();

    public double? Min { get; init; }

    public double? Max { get; init; }

    /// <summary>Values outside of the limits that are allowed all the same.</summary>
    public IReadOnlyList<double> AlsoAllowed { get; init; } = [];

    public Regex? Pattern { get; init; }

    public string PatternText { get; init; } = "";

    public IReadOnlyList<string> Enum { get; init; } = [];
}
