using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Gcp.Compute;

/// <summary>A member that names other resources, wherever in the resource it stands.</summary>
/// <param name="Member">The member's name; its value is a reference or a list of them.</param>
/// <param name="Collections">What it may name.</param>
/// <param name="SameScope">A regional resource may name only those of its region, a global one global ones.</param>
internal sealed record ReferenceRule(string Member, IReadOnlyList<string> Collections, bool SameScope = true);

/// <summary>One collection of Compute's as data: what its resources hold, and what is special about them.</summary>
/// <param name="Collection">As it stands in a path: <c>urlMaps</c>.</param>
/// <param name="Noun">As errors name its resources: <c>url_map</c>.</param>
internal sealed record ComputeKind(string Collection, string Noun)
{
    public IReadOnlyList<ReferenceRule> References { get; init; } = [];

    /// <summary>An update must bring the fingerprint that it is based on.</summary>
    public bool HasFingerprint { get; init; }

    public bool HasLabels { get; init; }

    /// <summary>Members that an update must not change.</summary>
    public IReadOnlyList<string> Immutable { get; init; } = [];

    /// <summary>Where given, a patch may change only these.</summary>
    public IReadOnlyList<string>? Patchable { get; init; }

    /// <summary>Values of absent members.</summary>
    public Struct Defaults { get; init; } = new();

    /// <summary>The collection's own checks, and what it makes of a draft. References are whole links then.</summary>
    public Func<Draft, Struct> Complete { get; init; } = draft => draft.Content;

    /// <summary>What an answer shows that is not kept, such as who uses an address.</summary>
    public Func<GcpCall, ComputeName, Struct, Struct> Show { get; init; } = (_, _, document) => document;

    /// <summary>Says who uses a resource in another way than by a reference; null where nobody does.</summary>
    public Func<GcpCall, ComputeName, Struct, ComputeName?> FindUser { get; init; } = (_, _, _) => null;

    /// <summary>What goes with a resource that is deleted: its rows in other tables.</summary>
    public Func<GcpCall, ComputeName, IEnumerable<State.StateChange>> AlsoDelete { get; init; } = (_, _) => [];
}

/// <summary>A resource on its way to be inserted or changed.</summary>
/// <param name="Before">Null for an insertion.</param>
/// <param name="Content">The whole resource as it is to be.</param>
internal sealed record Draft(GcpCall Call, ComputeName Name, Struct? Before, Struct Content)
{
    public bool IsNew => Before is null;

    /// <summary>The error for a member of the draft.</summary>
    public GcpException Invalid(string member, string why) =>
        GcpErrors.Invalid($"resource.{member}", Content[member], why);
}
