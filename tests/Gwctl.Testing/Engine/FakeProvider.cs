using Gwctl.Compiler.Routing;
using Gwctl.Core;
using Gwctl.Engine.Diff;
using Gwctl.Engine.Planning;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;

namespace Gwctl.Testing.Engine;

/// <summary>What goes wrong. Calls are counted from 1, over the provider's life; waits do not count.</summary>
public sealed record FakeFaults
{
    /// <summary>This call is refused and does nothing.</summary>
    public int FailOnCall { get; init; }

    /// <summary>This call takes effect, and its answer is lost.</summary>
    public int LoseAnswerOnCall { get; init; }

    /// <summary>After this call took effect the process is killed: the action runs (it should cancel the run), and this
    /// and every later call ends in a cancellation.</summary>
    public int KillOnCall { get; init; }

    public Action OnKill { get; init; } = static () => { };
}

/// <summary>A provider of a <see cref="FakeCloud"/>. What it projects is given, and not made of the routing
/// model.</summary>
public sealed class FakeProvider(FakeCloud cloud, string scopeName = "default", string owner = "us") : IProvider
{
    private const int PriorityMax = 5_000;
    private int _calls;
    private int _killed;

    public ProviderScope Scope { get; } = new(scopeName, "fake", "account-1", "here", owner);

    public EquatableList<KindSchema> Kinds => FakeKinds.All;

    /// <summary>What <see cref="Project"/> answers.</summary>
    public Func<RoutingModel, Compiled<ResourceGraph>> Desired { get; set; } = static _ =>
        Compiled.From(ResourceGraph.Empty);

    public FakeFaults Faults { get; set; } = new();

    /// <summary>Runs within each call and wait, before it takes effect: to measure, to delay, to block.</summary>
    public Func<StepCall, CancellationToken, Task>? During { get; set; }

    /// <summary>How many calls were made.</summary>
    public int Calls => _calls;

    public Compiled<ResourceGraph> Project(RoutingModel model) => Desired(model);

    public Task<ProviderScope> IdentifyAsync(CancellationToken cancellationToken) => Task.FromResult(Scope);

    public Task<LiveState> ReadAsync(ReadRequest request, CancellationToken cancellationToken)
    {
        var wanted = request.Desired.Nodes.Select(node => node.Address).ToHashSet();
        var resources = cloud.Objects
            .Where(item => item.Owner == Scope.Owner || wanted.Contains(item.Address))
            .Select(ToLive)
            .OrderBy(resource => resource.Address)
            .ThenBy(resource => resource.Id, StringComparer.Ordinal);
        return Task.FromResult(new LiveState { Resources = [.. resources], Lookups = [] });
    }

    public Compiled<ResourceGraph> Settle(ResourceGraph desired, LiveState live)
    {
        var liveRules = live.Resources.Where(resource => resource.Address.Kind is FakeKinds.Rule).ToLookup(
            rule => rule.Address);
        var settled = desired.Nodes.ToDictionary(node => node.Address);
        foreach (var port in desired.Nodes.Where(node => node.Address.Kind is FakeKinds.Rule)
            .GroupBy(node => ((AttributeValue.Reference?)node.Attributes["port"])?.Source))
        {
            var rules = port.OrderBy(node => ((AttributeValue.Number?)node.Attributes["order"])?.Value)
                .ThenBy(node => node.Address).ToList();
            var own = rules.Select(rule => rule.Address).ToHashSet();
            var portId = live.Resources.FirstOrDefault(resource => resource.Address == port.Key)?.Id ?? "";
            var ranks = rules.ConvertAll(rule => liveRules[rule.Address].Select(RankIn(portId)).FirstOrDefault());
            var kept = rules.Select(rule => liveRules[rule.Address].FirstOrDefault()?.Id).ToHashSet();
            var taken = live.Resources
                .Where(rule => rule.Address.Kind is FakeKinds.Rule
                    && (!own.Contains(rule.Address) || !kept.Contains(rule.Id)))
                .Select(RankIn(portId)).OfType<int>().ToHashSet();
            var priorities = Ranks.Assign(ranks, taken, 1, PriorityMax);
            for (var index = 0; index < rules.Count; index++)
            {
                var attributes = rules[index].Attributes.Without("order")
                    .With("priority", new AttributeValue.Number(priorities[index]));
                settled[rules[index].Address] = rules[index] with { Attributes = attributes };
            }
        }

        return Compiled.From(ResourceGraph.From(settled.Values));
    }

    public AttributeMap? Bridge(ResourceAddress address, AttributeMap before, AttributeMap after)
    {
        var (old, now) = (WeightsOf(before), WeightsOf(after));
        var starts = now.Where(pair => pair.Value > 0 && old.GetValueOrDefault(pair.Key) is 0).Select(
            pair => pair.Key).ToList();
        if (address.Kind is not FakeKinds.Rule || starts.Count is 0 || old.Values.All(weight => weight is 0))
        {
            return null;
        }

        var bridged = old.Concat(
            starts.Where(group => !old.ContainsKey(group)).Select(group => KeyValuePair.Create(group, 0L)));
        return before.With("groups", new AttributeValue.List([.. bridged.Select(pair => Share(pair.Key, pair.Value))]));
    }

    public TrafficTable DescribeTraffic(IReadOnlyList<ResourceNode> nodes) => new(
    [
        .. nodes.Where(node => node.Address.Kind is FakeKinds.Rule)
            .OrderBy(node => ((AttributeValue.Number?)node.Attributes["priority"])?.Value)
            .Select(node => new TrafficRow(
                node.Address.Gateway,
                80,
                "HTTP",
                ((AttributeValue.Text?)node.Attributes["host"])?.Value ?? "*",
                node.Address.Key,
                string.Join(", ", WeightsOf(node.Attributes).Select(pair => $"{NameOf(pair.Key)} {pair.Value}")))),
    ]);

    public async Task<StepOutcome> ApplyAsync(StepCall call, CancellationToken cancellationToken)
    {
        if (During is { } during)
        {
            await during(call, cancellationToken);
        }

        var step = call.Step;
        if (Volatile.Read(ref _killed) is not 0)
        {
            throw new OperationCanceledException(cancellationToken);
        }

        if (step.Action is StepAction.AwaitReady or StepAction.AwaitDrained)
        {
            Wait(call);
            return StepOutcome.None;
        }

        var count = Interlocked.Increment(ref _calls);
        if (count == Faults.FailOnCall)
        {
            throw Failure("refused on purpose", ProviderFailure.Failed);
        }

        var outcome = Execute(call);
        if (count == Faults.KillOnCall)
        {
            Volatile.Write(ref _killed, 1);
            Faults.OnKill();
            throw new OperationCanceledException(cancellationToken);
        }

        return count == Faults.LoseAnswerOnCall
            ? throw Failure("the answer was lost on purpose", ProviderFailure.OutcomeUnknown)
            : outcome;
    }

    private StepOutcome Execute(StepCall call)
    {
        var step = call.Step;
        switch (step.Action)
        {
            case StepAction.Create:
                var made = cloud.Create(step.Address, Scope.Owner, call.After ?? AttributeMap.Empty);
                return new StepOutcome(made.Id, OutputsOf(made.Id));
            case StepAction.Update:
                cloud.Update(step.LiveId, step.Fingerprint, Merged(step.LiveId, call.After ?? AttributeMap.Empty));
                return new StepOutcome(step.LiveId, OutputsOf(step.LiveId));
            case StepAction.Delete:
                cloud.Delete(step.LiveId, step.Fingerprint);
                return StepOutcome.None;
            case StepAction.Reorder:
                cloud.Reorder([.. step.Members.Select(member => (member.LiveId, member.Fingerprint, member.After))]);
                return StepOutcome.None;
            case StepAction.Adopt:
                cloud.Adopt(step.LiveId, Scope.Owner, step.Address);
                return new StepOutcome(step.LiveId, OutputsOf(step.LiveId));
            default:
                throw new ArgumentOutOfRangeException(nameof(call), step.Action, "no call");
        }
    }

    private void Wait(StepCall call)
    {
        var step = call.Step;
        if (step.Action is StepAction.AwaitDrained)
        {
            cloud.MarkDrained(step.LiveId);
            return;
        }

        call.Progress("1 of 1 ready");
        cloud.MarkReady(step.LiveId is "" ? call.Output(step.Address, "id") ?? "" : step.LiveId);
    }

    // What gwctl does not name stays as it is.
    private AttributeMap Merged(string id, AttributeMap after)
    {
        var old = cloud.Objects.FirstOrDefault(item => item.Id == id)?.Attributes ?? AttributeMap.Empty;
        return new AttributeMap(old.Fields.Where(field => after[field.Name] is null).Concat(after.Fields));
    }

    private LiveResource ToLive(FakeObject item) => new()
    {
        Address = item.Address,
        Id = item.Id,
        Ownership = item.Owner == Scope.Owner ? Ownership.Ours : Ownership.Foreign,
        OwnerText = item.Owner == Scope.Owner ? "" : item.Owner,
        Attributes = item.Attributes,
        Outputs = OutputsOf(item.Id),
        Fingerprint = FakeCloud.FingerprintOf(item),
        Protected = item.Attributes["protect"] is AttributeValue.Flag { Value: true },
    };

    private static AttributeMap OutputsOf(string id) => new([new AttributeField("id", new AttributeValue.Text(id))]);

    private static Func<LiveResource, int?> RankIn(string portId) => rule =>
        rule.Attributes["port"] is AttributeValue.Text port && port.Value == portId
            ? (int?)((AttributeValue.Number?)rule.Attributes["priority"])?.Value
            : null;

    private static SortedDictionary<AttributeValue, long> WeightsOf(AttributeMap attributes)
    {
        var weights = new SortedDictionary<AttributeValue, long>(
            Comparer<AttributeValue>.Create((left, right) => string.CompareOrdinal(left.ToString(), right.ToString())));
        foreach (var map in (attributes["groups"] as AttributeValue.List)?.Items.OfType<AttributeValue.Map>() ?? [])
        {
            if (map.Fields["group"] is { } group)
            {
                weights[group] = ((AttributeValue.Number?)map.Fields["weight"])?.Value ?? 0;
            }
        }

        return weights;
    }

    private static AttributeValue.Map Share(AttributeValue group, long weight) => new(new AttributeMap(
    [
        new AttributeField("group", group), new AttributeField("weight", new AttributeValue.Number(weight)),
    ]));

    private static string NameOf(AttributeValue group) => group switch
    {
        AttributeValue.Reference reference => reference.Source.Key,
        AttributeValue.Text text => text.Value,
        _ => group.ToString(),
    };

    private static ProviderException Failure(string detail, ProviderFailure failure) => new(
        new Diagnostic("GW6998", Severity.Error, "The fake provider fails") { Detail = detail }, failure);
}
