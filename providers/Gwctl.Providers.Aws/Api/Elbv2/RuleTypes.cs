using Gwctl.Core;
using Gwctl.Providers.Aws.Api.Wire;

namespace Gwctl.Providers.Aws.Api.Elbv2;

/// <summary>Priority is unique on its listener, or the call fails with PriorityInUse.</summary>
public sealed record CreateRuleRequest : IWireShape
{
    public required string ListenerArn { get; init; }
    public required EquatableList<RuleCondition> Conditions { get; init; }
    public required int Priority { get; init; } // 1–50000
    public required EquatableList<Action> Actions { get; init; }
    public EquatableList<Tag> Tags { get; init; } = [];
    public EquatableList<RuleTransform> Transforms { get; init; } = [];

    void IWireShape.Write(WireWriter to)
    {
        to.Put("ListenerArn", ListenerArn);
        to.PutList("Conditions", Conditions);
        to.Put("Priority", Priority);
        to.PutList("Actions", Actions);
        to.PutList("Tags", Tags);
        to.PutList("Transforms", Transforms);
    }
}

public sealed record CreateRuleResponse
{
    public EquatableList<Rule> Rules { get; init; } = [];

    internal static CreateRuleResponse Read(WireNode from) => new()
    {
        Rules = from.List("Rules", Rule.Read),
    };
}

/// <summary>Priority is a number as text, or <c>default</c>.</summary>
public sealed record Rule
{
    public required string RuleArn { get; init; }
    public required string Priority { get; init; }
    public EquatableList<RuleCondition> Conditions { get; init; } = [];
    public EquatableList<Action> Actions { get; init; } = [];
    public required bool IsDefault { get; init; }
    public EquatableList<RuleTransform> Transforms { get; init; } = [];

    internal static Rule Read(WireNode from) => new()
    {
        RuleArn = from.Text("RuleArn"),
        Priority = from.Text("Priority"),
        Conditions = from.List("Conditions", RuleCondition.Read),
        Actions = from.List("Actions", Action.Read),
        IsDefault = from.Flag("IsDefault"),
        Transforms = from.List("Transforms", RuleTransform.Read),
    };
}

public sealed record DescribeRulesRequest : IWireShape
{
    public string? ListenerArn { get; init; }
    public EquatableList<string> RuleArns { get; init; } = [];
    public string? Marker { get; init; }
    public int? PageSize { get; init; } // 1–400

    void IWireShape.Write(WireWriter to)
    {
        to.Put("ListenerArn", ListenerArn);
        to.PutList("RuleArns", RuleArns);
        to.Put("Marker", Marker);
        to.Put("PageSize", PageSize);
    }
}

public sealed record DescribeRulesResponse
{
    public EquatableList<Rule> Rules { get; init; } = [];
    public string? NextMarker { get; init; }

    internal static DescribeRulesResponse Read(WireNode from) => new()
    {
        Rules = from.List("Rules", Rule.Read),
        NextMarker = from.TextOrNull("NextMarker"),
    };
}

/// <summary>
/// What is left out stays. An empty <see cref="Transforms"/> stays too: only <see cref="ResetTransforms"/> clears them.
/// </summary>
public sealed record ModifyRuleRequest : IWireShape
{
    public required string RuleArn { get; init; }
    public EquatableList<RuleCondition> Conditions { get; init; } = [];
    public EquatableList<Action> Actions { get; init; } = [];
    public EquatableList<RuleTransform> Transforms { get; init; } = [];
    public bool? ResetTransforms { get; init; }

    void IWireShape.Write(WireWriter to)
    {
        to.Put("RuleArn", RuleArn);
        to.PutList("Conditions", Conditions);
        to.PutList("Actions", Actions);
        to.PutList("Transforms", Transforms);
        to.Put("ResetTransforms", ResetTransforms);
    }
}

public sealed record ModifyRuleResponse
{
    public EquatableList<Rule> Rules { get; init; } = [];

    internal static ModifyRuleResponse Read(WireNode from) => new()
    {
        Rules = from.List("Rules", Rule.Read),
    };
}

public sealed record DeleteRuleRequest : IWireShape
{
    public required string RuleArn { get; init; }

    void IWireShape.Write(WireWriter to) => to.Put("RuleArn", RuleArn);
}

public sealed record DeleteRuleResponse;

/// <summary>
/// Any number of rules in one call. The order after all of them must be free of conflicts; other rules keep theirs.
/// </summary>
public sealed record SetRulePrioritiesRequest : IWireShape
{
    public required EquatableList<RulePriorityPair> RulePriorities { get; init; }

    void IWireShape.Write(WireWriter to) => to.PutList("RulePriorities", RulePriorities);
}

public sealed record RulePriorityPair : IWireShape
{
    public required string RuleArn { get; init; }
    public required int Priority { get; init; } // 1–50000

    void IWireShape.Write(WireWriter to)
    {
        to.Put("RuleArn", RuleArn);
        to.Put("Priority", Priority);
    }
}

public sealed record SetRulePrioritiesResponse
{
    public EquatableList<Rule> Rules { get; init; } = [];

    internal static SetRulePrioritiesResponse Read(WireNode from) => new()
    {
        Rules = from.List("Rules", Rule.Read),
    };
}
