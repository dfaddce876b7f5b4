using System.Diagnostics;
using Gwctl.Cli.Views.Texts;
using Gwctl.Engine.Diff;
using Gwctl.Engine.Planning;
using Gwctl.Engine.Resources;

namespace Gwctl.Cli.Views.Plans;

/// <summary>What happens to an object, in the words and symbols that Terraform's users know.</summary>
/// <param name="Name">For programs: <c>create</c>, <c>update</c>, <c>replace</c>, <c>delete</c>, <c>adopt</c>.</param>
/// <param name="Symbol">Three columns wide.</param>
/// <param name="Legend">In the list of symbols.</param>
/// <param name="Sentence">After the address.</param>
public sealed record ChangeAction(string Name, string Symbol, string Legend, string Sentence, Tone Tone)
{
    public static readonly ChangeAction Create = new("create", "  +", "create", "will be created", Tone.Add);

    public static readonly ChangeAction Update =
        new("update", "  ~", "update in-place", "will be updated in-place", Tone.Change);

    public static readonly ChangeAction Delete = new("delete", "  -", "destroy", "will be destroyed", Tone.Destroy);

    public static readonly ChangeAction DeleteThenCreate =
        new("replace", "-/+", "destroy and then create replacement", "must be replaced", Tone.Destroy);

    public static readonly ChangeAction CreateThenDelete =
        new("replace", "+/-", "create replacement and then destroy", "must be replaced", Tone.Destroy);

    public static readonly ChangeAction Adopt =
        new("adopt", "  >", "adopt (mark as ours)", "will be adopted", Tone.Note);

    /// <summary>In the legend's order.</summary>
    public static readonly IReadOnlyList<ChangeAction> All =
        [Create, Update, Delete, DeleteThenCreate, CreateThenDelete, Adopt];

    public bool Destroys => Tone is Tone.Destroy;
}

/// <summary>What the views need of a plan beyond its text: which action each change is, and how many of each.</summary>
public sealed class PlanActions
{
    private readonly HashSet<ResourceAddress> _destroyedFirst = [];

    public PlanActions(Plan plan)
    {
        var deleted = new HashSet<ResourceAddress>();
        foreach (var step in plan.Steps)
        {
            if (step.Action is StepAction.Delete)
            {
                deleted.Add(step.Address);
            }
            else if (step.Action is StepAction.Create && deleted.Contains(step.Address))
            {
                _destroyedFirst.Add(step.Address);
            }
        }
    }

    public ChangeAction Of(Change change) => change switch
    {
        Change.Create => ChangeAction.Create,
        Change.Update => ChangeAction.Update,
        Change.Adopt => ChangeAction.Adopt,
        Change.Replace when _destroyedFirst.Contains(change.Address) => ChangeAction.DeleteThenCreate,
        Change.Replace => ChangeAction.CreateThenDelete,
        Change.Delete => ChangeAction.Delete,
        _ => throw new UnreachableException(),
    };

    public ChangeCounts Count(IEnumerable<Change> changes)
    {
        var counts = new ChangeCounts(0, 0, 0, 0);
        foreach (var change in changes)
        {
            counts = Of(change).Name switch
            {
                "create" => counts with { Add = counts.Add + 1 },
                "update" => counts with { Change = counts.Change + 1 },
                "replace" => counts with { Add = counts.Add + 1, Destroy = counts.Destroy + 1 },
                "delete" => counts with { Destroy = counts.Destroy + 1 },
                _ => counts with { Adopt = counts.Adopt + 1 },
            };
        }

        return counts;
    }
}

/// <summary>A replacement counts as one added and one destroyed.</summary>
public sealed record ChangeCounts(int Add, int Change, int Destroy, int Adopt)
{
    public bool Any => Add + Change + Destroy + Adopt > 0;

    /// <summary><c>3 to add, 1 to change, 0 to destroy</c>.</summary>
    public override string ToString() =>
        (Adopt > 0 ? $"{Adopt} to adopt, " : "") + $"{Add} to add, {Change} to change, {Destroy} to destroy";
}
