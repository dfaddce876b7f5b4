using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Aws.Elbv2;

/// <summary>Creating, describing, modifying, ordering and deleting rules.</summary>
internal static class Rules
{
    private const int PageMax = 400;
    private const string DefaultPriority = "default";

    public static Struct Create(Call call)
    {
        var listenerArn = call.Input.Required("ListenerArn");
        var listener = Elbv2State.Listener(call, listenerArn);
        if (listener.Text("Protocol") is not ("HTTP" or "HTTPS"))
        {
            throw new AwsException("UnsupportedProtocol", "Rules can only be created on HTTP and HTTPS listeners");
        }

        var priority = $"{call.Input.Number("Priority")}";
        var conditions = RuleConditions.Normal(call.Input.List("Conditions"), call.Quotas);
        var actions = RuleActions.Normal(call, call.Input.List("Actions"), ListenerFacts.Of(call, listener));
        var transforms = RuleTransforms.Normal(call.Input.List("Transforms"));
        ResourceTags.CheckNew(call);
        CheckPriorityFree(call, listenerArn, priority);
        CheckQuota(call, listener.Required("LoadBalancerArn"));

        var id = call.State.NextHex(16);
        var arn = listenerArn.Replace(":listener/", ":listener-rule/", StringComparison.Ordinal) + $"/{id}";
        var document = new Struct
        {
            { "RuleArn", arn },
            { "Priority", priority },
            { "Conditions", conditions },
            { "Actions", actions },
            { "IsDefault", false },
            { "Transforms", transforms },
        };
        Put(call, null, document);
        ResourceTags.PutNew(call, arn);
        return new Struct { { "Rules", ListValue.Of(document) } };
    }

    public static Struct Describe(Call call)
    {
        var arns = call.Input.Texts("RuleArns").ToList();
        var listenerArn = call.Input.Text("ListenerArn");
        if (arns.Count > 0 == (listenerArn is not null))
        {
            throw Elbv2State.Invalid("You must specify either listener rule ARNs or a listener ARN");
        }

        if (listenerArn is null)
        {
            return new Struct { { "Rules", arns.Select(arn => ByArn(call, arn)) } };
        }

        Elbv2State.Listener(call, listenerArn);
        var rows = call.State.Rows(Elbv2State.Rules(call.Scope, listenerArn)).Values
            .Select(rule => KeyValuePair.Create($"{Position(rule):D6}", rule))
            .OrderBy(row => row.Key, StringComparer.Ordinal);
        var (page, next) = Pages.Take(call, rows, PageMax);
        return new Struct { { "Rules", page }, { "NextMarker", next } };
    }

    public static Struct Modify(Call call)
    {
        var before = Elbv2State.Rule(call, call.Input.Required("RuleArn"));
        if (before.Flag("IsDefault") is true)
        {
            throw new AwsException(
                "OperationNotPermitted", $"Default rule '{before.Text("RuleArn")}' cannot be modified");
        }

        var after = before;
        if (call.Input.List("Conditions") is { Count: > 0 } conditions)
        {
            after = after.With("Conditions", RuleConditions.Normal(conditions, call.Quotas));
        }

        if (call.Input.List("Actions") is { Count: > 0 } actions)
        {
            var listener = Elbv2State.Listener(call, Elbv2State.ListenerOf(before.Required("RuleArn")));
            after = after.With("Actions", RuleActions.Normal(call, actions, ListenerFacts.Of(call, listener)));
        }

        after = WithTransforms(call, after);
        Put(call, before, after);
        return new Struct { { "Rules", ListValue.Of(after) } };
    }

    public static Struct Delete(Call call)
    {
        var rule = Elbv2State.Rule(call, call.Input.Required("RuleArn"));
        if (rule.Flag("IsDefault") is true)
        {
            throw new AwsException("OperationNotPermitted", $"Default rule '{rule.Text("RuleArn")}' cannot be deleted");
        }

        Remove(call, rule);
        return [];
    }

    /// <summary>All pairs take effect at once: only the final order has to be free of conflicts.</summary>
    public static Struct SetPriorities(Call call)
    {
        var wanted = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in call.Input.Structs("RulePriorities"))
        {
            var rule = Elbv2State.Rule(call, pair.Text("RuleArn") ?? "");
            var arn = rule.Required("RuleArn");
            if (rule.Flag("IsDefault") is true)
            {
                throw new AwsException("OperationNotPermitted", $"The priority of default rule '{arn}' cannot be set");
            }

            if (!wanted.TryAdd(arn, $"{pair.Number("Priority")}"))
            {
                throw Elbv2State.Invalid($"Rule '{arn}' cannot be specified more than once");
            }
        }

        var changed = new List<Struct>();
        foreach (var (arn, priority) in wanted)
        {
            var after = Elbv2State.Rule(call, arn).With("Priority", priority);
            call.State.Put(Elbv2State.Rules(call.Scope, Elbv2State.ListenerOf(arn)), arn, after);
            changed.Add(after);
        }

        foreach (var listenerArn in wanted.Keys.Select(Elbv2State.ListenerOf).Distinct(StringComparer.Ordinal))
        {
            var twice = call.State.Rows(Elbv2State.Rules(call.Scope, listenerArn)).Values
                .GroupBy(rule => rule.Required("Priority"))
                .FirstOrDefault(group => group.Count() > 1);
            if (twice is not null)
            {
                throw new AwsException("PriorityInUse", $"Priority '{twice.Key}' is currently in use");
            }
        }

        return new Struct { { "Rules", changed } };
    }

    /// <summary>Keeps the default rule equal to the listener's default actions.</summary>
    public static void PutDefault(Call call, Struct listener)
    {
        var listenerArn = listener.Required("ListenerArn");
        var before = call.State.Rows(Elbv2State.Rules(call.Scope, listenerArn)).Values
            .FirstOrDefault(rule => rule.Flag("IsDefault") is true);
        var ruleArn = before?.Required("RuleArn")
            ?? listenerArn.Replace(":listener/", ":listener-rule/", StringComparison.Ordinal)
            + $"/{call.State.NextHex(16)}";
        Put(call, before, new Struct
        {
            { "RuleArn", ruleArn },
            { "Priority", DefaultPriority },
            { "Conditions", ListValue.Empty },
            { "Actions", listener.List("DefaultActions") },
            { "IsDefault", true },
            { "Transforms", ListValue.Empty },
        });
    }

    public static void Remove(Call call, Struct rule)
    {
        var arn = rule.Required("RuleArn");
        TargetGroupUse.Change(call, arn, RuleActions.TargetGroups(rule), []);
        call.State.Delete(Elbv2State.Rules(call.Scope, Elbv2State.ListenerOf(arn)), arn);
        ResourceTags.Drop(call, arn);
    }

    private static void Put(Call call, Struct? before, Struct after)
    {
        var arn = after.Required("RuleArn");
        TargetGroupUse.Change(
            call, arn, before is null ? [] : RuleActions.TargetGroups(before), RuleActions.TargetGroups(after));
        call.State.Put(Elbv2State.Rules(call.Scope, Elbv2State.ListenerOf(arn)), arn, after);
    }

    private static Struct WithTransforms(Call call, Struct rule)
    {
        var given = call.Input.List("Transforms");
        var reset = call.Input.Flag("ResetTransforms") is true;
        if (reset && given.Count > 0)
        {
            throw Elbv2State.Invalid("Transforms cannot be specified when 'ResetTransforms' is true");
        }

        if (reset)
        {
            return rule.With("Transforms", ListValue.Empty);
        }

        return given.Count > 0 ? rule.With("Transforms", RuleTransforms.Normal(given)) : rule;
    }

    private static Struct ByArn(Call call, string arn)
    {
        Elbv2State.CheckArn(arn, "listener-rule", "listener rule");
        return call.State.Get(Elbv2State.Rules(call.Scope, Elbv2State.ListenerOf(arn)), arn)
            ?? throw new AwsException("RuleNotFound", "One or more rules not found");
    }

    private static int Position(Struct rule) =>
        int.TryParse(rule.Required("Priority"), out var priority) ? priority : int.MaxValue / 10_000;

    private static void CheckPriorityFree(Call call, string listenerArn, string priority)
    {
        var rules = call.State.Rows(Elbv2State.Rules(call.Scope, listenerArn)).Values;
        if (rules.Any(rule => rule.Text("Priority") == priority))
        {
            throw new AwsException("PriorityInUse", $"Priority '{priority}' is currently in use");
        }
    }

    private static void CheckQuota(Call call, string loadBalancerArn)
    {
        var count = call.State.Rows(Elbv2State.Listeners(call.Scope, loadBalancerArn)).Keys
            .Sum(listener => call.State.Rows(Elbv2State.Rules(call.Scope, listener)).Count - 1);
        if (count >= call.Quotas.RulesPerLoadBalancer)
        {
            throw new AwsException(
                "TooManyRules", $"The maximum number of rules on load balancer '{loadBalancerArn}' has been reached");
        }
    }
}
