using Gwctl.Core;
using Gwctl.Engine.Diff;
using Gwctl.Engine.Resources;

namespace Gwctl.Engine.Planning.Checks;

/// <summary>A well-formed plan, looked up by what checks ask for.</summary>
internal sealed class PlanFacts
{
    private readonly Dictionary<(string Scope, string Kind), KindSchema> _kinds = [];
    private int[] _visited;
    private Dictionary<(string Scope, string Text), LiveResource>? _parents;
    private int _visit;

    public PlanFacts(Plan plan, IReadOnlyDictionary<string, EquatableList<KindSchema>> kindsByScope)
    {
        Plan = plan;
        _visited = new int[plan.Steps.Count];
        foreach (var (scope, kinds) in kindsByScope)
        {
            foreach (var kind in kinds)
            {
                _kinds[(scope, kind.Kind)] = kind;
            }
        }

        Creates = plan.Steps.Where(step => step.Action is StepAction.Create).ToLookup(step => step.Address);
        Updates = plan.Steps.Where(step => step.Action is StepAction.Update).ToLookup(
            step => (step.Address.Scope, step.LiveId));
        Deletes = plan.Steps.Where(step => step.Action is StepAction.Delete).ToLookup(
            step => (step.Address.Scope, step.LiveId));
        Readies = plan.Steps.Where(step => step.Action is StepAction.AwaitReady).ToLookup(step => step.Address);
        Drains = plan.Steps.Where(step => step.Action is StepAction.AwaitDrained)
            .ToLookup(step => (step.Address.Scope, step.LiveId));
        Reorders = plan.Steps.SelectMany(step => step.Members.Select(member => (step, member)))
            .ToLookup(pair => (pair.step.Address.Scope, pair.member.LiveId));
        Known = plan.Known.ToLookup(known => known.Address);
        Removed = plan.Changes.Select(change => (change, BeforeOf(change)))
            .Where(pair => pair.change is Change.Delete or Change.Replace && pair.Item2 is not null)
            .ToLookup(pair => (pair.change.Address.Scope, pair.Item2?.Id ?? ""), pair => pair.change);
    }

    /// <summary>The same facts for another thread: looking for orders leaves traces.</summary>
    public PlanFacts Fork()
    {
        var fork = (PlanFacts)MemberwiseClone();
        (fork._visited, fork._visit) = (new int[_visited.Length], 0);
        return fork;
    }

    public Plan Plan { get; }

    public ILookup<ResourceAddress, Step> Creates { get; }

    public ILookup<(string Scope, string LiveId), Step> Updates { get; }

    public ILookup<(string Scope, string LiveId), Step> Deletes { get; }

    public ILookup<ResourceAddress, Step> Readies { get; }

    public ILookup<(string Scope, string LiveId), Step> Drains { get; }

    public ILookup<(string Scope, string LiveId), (Step Step, BatchMember Member)> Reorders { get; }

    public ILookup<ResourceAddress, KnownObject> Known { get; }

    public ILookup<(string Scope, string LiveId), Change> Removed { get; }

    public static LiveResource? BeforeOf(Change change) => change switch
    {
        Change.Update update => update.Before,
        Change.Replace replace => replace.Before,
        Change.Delete delete => delete.Before,
        Change.Adopt adopt => adopt.Before,
        _ => null,
    };

    public static ResourceNode? AfterOf(Change change) => change switch
    {
        Change.Create create => create.After,
        Change.Update update => update.After,
        Change.Replace replace => replace.After,
        _ => null,
    };

    public KindSchema KindOf(ResourceAddress address) => _kinds[(address.Scope, address.Kind)];

    /// <summary>True for kinds that come after others, while none comes after them: they move traffic.</summary>
    public bool IsLate(ResourceAddress address) => KindOf(address).After.Count > 0
        && !_kinds.Any(pair => pair.Key.Scope == address.Scope
            && pair.Value.After.Contains(address.Kind, StringComparer.Ordinal));

    /// <summary>The step that ends the living object: its own deletion, or that of the object that takes it along; null
    /// where there is none.</summary>
    public Step? EndOf(string scope, LiveResource live)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var current = live; seen.Add(current.Id);)
        {
            if (Deletes[(scope, current.Id)].FirstOrDefault() is { } step)
            {
                return step;
            }

            var attribute = KindOf(current.Address).ParentAttribute;
            var parent = attribute is null || current.Attributes[attribute] is not AttributeValue.Text text
                ? null
                : ParentBy(scope, text.Value);
            if (parent is null)
            {
                return null;
            }

            current = parent;
        }

        return null;
    }

    /// <summary>True where the earlier step has succeeded whenever the later one starts.</summary>
    public bool IsBefore(Step earlier, Step later)
    {
        if (later.DependsOn.AsSpan().BinarySearch(earlier.Id) >= 0)
        {
            return true;
        }

        // A dependency has a smaller id, so nothing below the earlier step's id leads to it.
        _visit++;
        var pending = new Stack<int>([later.Id]);
        while (pending.TryPop(out var id))
        {
            foreach (var dependency in Plan.Steps[id].DependsOn)
            {
                if (dependency == earlier.Id)
                {
                    return true;
                }

                if (dependency > earlier.Id && _visited[dependency] != _visit)
                {
                    _visited[dependency] = _visit;
                    pending.Push(dependency);
                }
            }
        }

        return false;
    }

    /// <summary>Ids of all steps that have succeeded whenever this one starts.</summary>
    public HashSet<int> AllBefore(Step later)
    {
        var found = new HashSet<int>(later.DependsOn);
        var pending = new Stack<int>(later.DependsOn);
        while (pending.TryPop(out var id))
        {
            foreach (var dependency in Plan.Steps[id].DependsOn.Where(found.Add))
            {
                pending.Push(dependency);
            }
        }

        return found;
    }

    // Parents are named by id or by an output; among what is removed the first to put a text out counts.
    private LiveResource? ParentBy(string scope, string text)
    {
        if (_parents is null)
        {
            _parents = [];
            foreach (var (address, live) in Plan.Changes.Where(change => change is Change.Delete or Change.Replace)
                .Select(change => (change.Address, BeforeOf(change))))
            {
                if (live is not null)
                {
                    _parents.TryAdd((address.Scope, live.Id), live);
                    foreach (var output in live.Outputs.Fields)
                    {
                        _parents.TryAdd((address.Scope, (output.Value as AttributeValue.Text)?.Value ?? live.Id), live);
                    }
                }
            }
        }

        return _parents.GetValueOrDefault((scope, text));
    }
}
