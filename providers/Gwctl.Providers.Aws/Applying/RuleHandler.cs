using System.Diagnostics;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Aws.Api;
using Gwctl.Providers.Aws.Api.Elbv2;
using Gwctl.Providers.Aws.Reading;

namespace Gwctl.Providers.Aws.Applying;

/// <summary>Rules. Creating one is the only call here whose repetition would double something: before it is repeated,
/// the listener is searched for the mark that the lost call may have left.</summary>
internal sealed class RuleHandler(ApplyContext context) : AwsHandler(context)
{
    private const int LostAnswersMax = 3;

    public override async Task<StepOutcome> CreateAsync(StepCall call, CancellationToken cancellationToken)
    {
        var after = After(call);
        var request = new CreateRuleRequest
        {
            ListenerArn = after.TextOf("listener"),
            Priority = after.NumberOf("priority"),
            Conditions = RuleShape.ToConditions(after),
            Actions = ActionShape.ToActions(after, "actions"),
            Transforms = RuleShape.ToTransforms(after),
            Tags = Context.TagsOf(call.Step.Address, after).ToElbv2(),
        };
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return Outcome((await Api.Elbv2.CreateRuleAsync(request, cancellationToken)).Rules[0].RuleArn);
            }
            catch (AwsApiException exception) when (exception.OutcomeUnknown || exception.Code is "PriorityInUse")
            {
                if (await FindMadeAsync(call, request.ListenerArn, cancellationToken) is { } made)
                {
                    var live = RuleShape.From(request.ListenerArn, made);
                    await ModifyAsync(made.RuleArn, live, after, cancellationToken);
                    return Outcome(made.RuleArn);
                }

                if (!exception.OutcomeUnknown)
                {
                    throw ApplyFailures.Common.Stale(
                        call.Step.Address,
                        $"another rule of {request.ListenerArn} has the priority {request.Priority} by now");
                }

                // It is not there, so it may be asked for again; if the lost call comes to life late, the priority that
                // both ask for lets only one of them through.
                if (attempt == LostAnswersMax)
                {
                    throw;
                }
            }
        }
    }

    public override async Task<StepOutcome> UpdateAsync(StepCall call, CancellationToken cancellationToken)
    {
        var after = After(call);
        var arn = IdOf(call, "arn");
        var rule = await FindAsync(arn, cancellationToken) ?? throw ApplyFailures.Common.NotThere(call.Step.Address);
        var live = RuleShape.From(AwsArn.ListenerOfRule(arn), rule);
        Guard.Unchanged(call, live);
        await ModifyAsync(arn, live, after, cancellationToken);
        if (Guard.Differs(live, after, "priority"))
        {
            var pair = new RulePriorityPair { RuleArn = arn, Priority = after.NumberOf("priority") };
            await Api.Elbv2.SetRulePrioritiesAsync(new() { RulePriorities = [pair] }, cancellationToken);
        }

        await ElbTagging.UpdateAsync(Context, call, arn, after, cancellationToken);
        return Outcome(arn);
    }

    public override async Task DeleteAsync(StepCall call, CancellationToken cancellationToken)
    {
        if (await ElbTagging.MayDeleteAsync(Context, call, call.Step.LiveId, cancellationToken))
        {
            await Api.Elbv2.DeleteRuleAsync(new() { RuleArn = call.Step.LiveId }, cancellationToken);
        }
    }

    public override async Task<StepOutcome> AdoptAsync(StepCall call, CancellationToken cancellationToken)
    {
        var marks = Marks.Of(Context.Scope.Owner, call.Step.Address);
        await ElbTagging.AddAsync(Api, call.Step.LiveId, marks, cancellationToken);
        return Outcome(call.Step.LiveId);
    }

    /// <summary>All members in one call: AWS judges only the order that comes of it, so that no swap gets in its own
    /// way.</summary>
    public override async Task ReorderAsync(StepCall call, CancellationToken cancellationToken)
    {
        var members = call.Step.Members
            .Select(member => (
                Arn: member.LiveId is "" ? call.Output(member.Address, "arn") ?? "" : member.LiveId,
                Member: member))
            .ToList();
        if (members.FirstOrDefault(member => member.Arn is "") is { Member: { } absent })
        {
            throw ApplyFailures.Common.NotThere(absent.Address);
        }

        var live =
            await PrioritiesAsync(members.Select(member => AwsArn.ListenerOfRule(member.Arn)), cancellationToken);
        foreach (var (arn, member) in members)
        {
            var found = live.GetValueOrDefault(arn) ?? throw ApplyFailures.Common.NotThere(member.Address);
            if (found != PriorityOf(member.Before) && found != PriorityOf(member.After))
            {
                throw ApplyFailures.Common.Stale(
                    member.Address, $"its priority is {found}, and was {PriorityOf(member.Before)}");
            }
        }

        if (members.Any(member => live[member.Arn] != PriorityOf(member.Member.After)))
        {
            await Api.Elbv2.SetRulePrioritiesAsync(
                new()
                {
                    RulePriorities =
                    [
                        .. members.Select(member => new RulePriorityPair
                        {
                            RuleArn = member.Arn,
                            Priority = PriorityOf(member.Member.After),
                        }),
                    ],
                },
                cancellationToken);
        }
    }

    private static StepOutcome Outcome(string arn) => new(arn, AttributeMap.Empty.Put("arn", arn));

    private static int PriorityOf(AttributeValue value) =>
        value is AttributeValue.Number(var number) ? checked((int)number) : throw new UnreachableException();

    /// <summary>The rule that an earlier attempt made bears this address's mark.</summary>
    private async Task<Rule?> FindMadeAsync(StepCall call, string listener, CancellationToken cancellationToken)
    {
        var rules = await Api.Elbv2.DescribeAllRulesAsync(new() { ListenerArn = listener }, cancellationToken)
            .Where(rule => !rule.IsDefault).ToListAsync(cancellationToken);
        var tags = await Api.Elbv2.DescribeAllTagsAsync(rules.Select(rule => rule.RuleArn), cancellationToken);
        var made = tags.FirstOrDefault(found => Context.Owns(Tags.From(found.Tags), call.Step.Address))?.ResourceArn;
        return rules.Find(rule => rule.RuleArn == made);
    }

    /// <summary>What is not named in the call stays, so all that differs is named; transforms go only by a
    /// reset.</summary>
    private async Task ModifyAsync(
        string arn, AttributeMap live, AttributeMap after, CancellationToken cancellationToken)
    {
        var conditions = Guard.Differs(live, after, "conditions");
        var actions = Guard.Differs(live, after, "actions");
        var transforms = Guard.Differs(live, after, "transforms");
        if (!conditions && !actions && !transforms)
        {
            return;
        }

        var wanted = RuleShape.ToTransforms(after);
        await Api.Elbv2.ModifyRuleAsync(
            new()
            {
                RuleArn = arn,
                Conditions = conditions ? RuleShape.ToConditions(after) : [],
                Actions = actions ? ActionShape.ToActions(after, "actions") : [],
                Transforms = transforms ? wanted : [],
                ResetTransforms = transforms && wanted.Count == 0 ? true : null,
            },
            cancellationToken);
    }

    private async Task<IReadOnlyDictionary<string, int?>> PrioritiesAsync(
        IEnumerable<string> listeners, CancellationToken cancellationToken)
    {
        var priorities = new Dictionary<string, int?>(StringComparer.Ordinal);
        foreach (var listener in listeners.Distinct(StringComparer.Ordinal))
        {
            var rules = Api.Elbv2.DescribeAllRulesAsync(new() { ListenerArn = listener }, cancellationToken);
            await foreach (var rule in rules)
            {
                priorities[rule.RuleArn] = int.TryParse(rule.Priority, out var priority) ? priority : null;
            }
        }

        return priorities;
    }

    private async Task<Rule?> FindAsync(string arn, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await Api.Elbv2.DescribeRulesAsync(new() { RuleArns = [arn] }, cancellationToken);
            return answer.Rules is [var found, ..] ? found : null;
        }
        catch (AwsApiException exception) when (exception.NotFound)
        {
            return null;
        }
    }
}
