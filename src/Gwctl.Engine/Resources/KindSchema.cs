using Gwctl.Core;

namespace Gwctl.Engine.Resources;

/// <summary>Who may want to manage a kind of object apart from the others.</summary>
public enum KindConcern
{
    /// <summary>Load balancers and what they are made of.</summary>
    Infrastructure,

    /// <summary>Which endpoints get requests: changes with every pod.</summary>
    Targets,

    /// <summary>The records by which clients find a load balancer.</summary>
    Dns,
}

/// <summary>What diff and planning must know of a kind of cloud object. They know nothing else of it.</summary>
public sealed record KindSchema
{
    /// <summary>Lower case with hyphens, as in <see cref="ResourceAddress.Kind"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>For people: <c>target group</c>.</summary>
    public required string Title { get; init; }

    public KindConcern Concern { get; init; } = KindConcern.Infrastructure;

    /// <summary>Attributes that the cloud cannot change on a living object: a change means replacement.</summary>
    public EquatableList<string> Immutable { get; init; } = [];

    /// <summary>Attributes that are maps of which reading tells only what is wanted and what gwctl wrote once (labels,
    /// tags): what only the living one has is to go. Of other maps it is left alone.</summary>
    public EquatableList<string> WholeMaps { get; init; } = [];

    /// <summary>True where old and new cannot exist at once, so that a replacement destroys first.</summary>
    public bool ReplaceDestroysFirst { get; init; }

    /// <summary>The attribute that refers to the object whose deletion deletes this one too; null where there is none.
    /// Such a deletion takes no step of its own.</summary>
    public string? ParentAttribute { get; init; }

    /// <summary>An attribute that the cloud changes for many objects in one call (rule priorities); null where there is
    /// none.</summary>
    public BatchSchema? Batch { get; init; }

    /// <summary>Where several Gateways' objects of one key share a name in the cloud: the number that says how much of
    /// it an object has. Who gives all of it up, or goes, waits for those who take it, so that somebody always has any.
    /// Null where nothing is shared.</summary>
    public ShareSchema? Share { get; init; }

    /// <summary>How many of the kind one Gateway may have at any time, those that are to go included.</summary>
    public int LivingMax { get; init; } = int.MaxValue;

    /// <summary>True where a new object must be waited for (<see cref="Planning.StepAction.AwaitReady"/>) before
    /// traffic moves to it.</summary>
    public bool AwaitReady { get; init; }

    /// <summary>With <see cref="AwaitReady"/>: the object becomes ready by itself, and nothing can use it before (a
    /// certificate that is being issued). False where it becomes ready only in use (targets that are checked once a
    /// rule names them).</summary>
    public bool ReadyBeforeUse { get; init; }

    /// <summary>True where the object must be out of use for a while (<see cref="Planning.StepAction.AwaitDrained"/>)
    /// before it is deleted.</summary>
    public bool AwaitDrained { get; init; }

    /// <summary>Kinds of the same Gateway whose creations and updates come first, and whose deletions come last: a DNS
    /// record appears when all rules are there, and goes before any of them goes. A kind that comes after others, while
    /// no kind comes after it, is what moves traffic: it also waits until all that the plan waits for is
    /// ready.</summary>
    public EquatableList<string> After { get; init; } = [];

    /// <summary>Output names that references may use.</summary>
    public EquatableList<string> Outputs { get; init; } = [];

    /// <summary>The one of <see cref="Outputs"/> by which clients reach the Gateway, an IP address or a hostname; empty
    /// for kinds that nobody is sent to.</summary>
    public string AddressOutput { get; init; } = "";

    /// <summary>What changing or deleting it means for traffic, in a few words, for the plan; empty where
    /// nothing.</summary>
    public string TrafficImpact { get; init; } = "";
}

/// <summary>See <see cref="KindSchema.Batch"/>: objects with the same value of <paramref name="GroupAttribute"/> share
/// a call.</summary>
public sealed record BatchSchema(string Attribute, string GroupAttribute);

/// <summary>See <see cref="KindSchema.Share"/>.</summary>
/// <param name="Map">An attribute that is a map.</param>
/// <param name="Number">Its field.</param>
public sealed record ShareSchema(string Map, string Number);
