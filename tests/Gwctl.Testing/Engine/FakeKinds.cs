using Gwctl.Core;
using Gwctl.Engine.Resources;

namespace Gwctl.Testing.Engine;

/// <summary>Kinds of a made-up cloud: between them they use every feature of <see cref="KindSchema"/>. Every object
/// puts out
/// <c>id</c>.</summary>
public static class FakeKinds
{
    /// <summary><c>size</c>; used by balancers.</summary>
    public const string Net = "net";

    /// <summary><c>name</c> (immutable), <c>net</c>.</summary>
    public const string Balancer = "balancer";

    /// <summary><c>balancer</c> (immutable, parent), <c>number</c>, <c>cert</c> (<c>none</c> where there is
    /// none).</summary>
    public const string Port = "port";

    /// <summary><c>domain</c> (immutable); usable only when ready.</summary>
    public const string Cert = "cert";

    /// <summary><c>protocol</c> (immutable), <c>check</c>; ready only in use, drained before it goes.</summary>
    public const string Group = "group";

    /// <summary><c>group</c> (parent), <c>items</c>.</summary>
    public const string Members = "members";

    /// <summary><c>port</c> (immutable, parent), <c>order</c> (before settling), <c>priority</c>, <c>host</c>,
    /// <c>groups</c>: list of maps <c>group</c>, <c>weight</c>.</summary>
    public const string Rule = "rule";

    /// <summary><c>balancer</c>, <c>ttl</c>; after the rules.</summary>
    public const string Record = "record";

    /// <summary><c>size</c> (immutable); old and new cannot live at once.</summary>
    public const string Slot = "slot";

    /// <summary><c>slot</c>, <c>level</c>.</summary>
    public const string Gauge = "gauge";

    public static readonly EquatableList<KindSchema> All =
    [
        new KindSchema { Kind = Net, Title = "net", Outputs = ["id"] },
        new KindSchema { Kind = Balancer, Title = "balancer", Immutable = ["name"], AwaitReady = true, Outputs =
            ["id"] },
        new KindSchema
        {
            Kind = Port, Title = "port", Immutable = ["balancer"], ParentAttribute = "balancer", Outputs = ["id"],
        },
        new KindSchema
        {
            Kind = Cert, Title = "certificate", Immutable = ["domain"], AwaitReady = true, ReadyBeforeUse =
                true, Outputs = ["id"],
        },
        new KindSchema
        {
            Kind = Group, Title = "group", Immutable = ["protocol"], AwaitReady = true, AwaitDrained = true, Outputs =
                ["id"],
        },
        new KindSchema { Kind = Members, Title = "members", Immutable = ["group"], ParentAttribute = "group" },
        new KindSchema
        {
            Kind = Rule, Title = "rule", Immutable = ["port"], ParentAttribute = "port",
            Batch = new BatchSchema("priority", "port"), After = [Members], TrafficImpact = "requests go elsewhere",
        },
        new KindSchema { Kind = Record, Title = "record", After = [Rule, Port], Outputs = ["id"] },
        new KindSchema { Kind = Slot, Title = "slot", Immutable = ["size"], ReplaceDestroysFirst = true, Outputs =
            ["id"] },
        new KindSchema { Kind = Gauge, Title = "gauge" },
    ];
}
