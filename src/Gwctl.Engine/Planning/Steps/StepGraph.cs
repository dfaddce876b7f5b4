using System.Runtime.InteropServices;
using Gwctl.Core;
using Gwctl.Engine.Resources;

namespace Gwctl.Engine.Planning.Steps;

/// <summary>Collects drafts and puts them in order.</summary>
internal sealed class StepGraph
{
    // Above so many dependencies a barrier is cheaper to store and to read.
    private const int DirectDependenciesMax = 64;

    private readonly List<StepDraft> _drafts = [];

    public IReadOnlyList<StepDraft> Drafts => _drafts;

    public StepDraft Add(StepDraft draft)
    {
        draft.Place = _drafts.Count;
        _drafts.Add(draft);
        return draft;
    }

    /// <summary>Each of the later steps waits for all of the earlier ones.</summary>
    /// <param name="owner">Names the barrier, where one is needed.</param>
    public void WaitForAll(IReadOnlyList<StepDraft> later, IReadOnlyList<StepDraft> earlier, ResourceAddress owner)
    {
        if (later.Count is 0 || earlier.Count is 0)
        {
            return;
        }

        var hub = (long)later.Count * earlier.Count > DirectDependenciesMax && later.Count > 1 && earlier.Count > 1
            ? Add(new StepDraft(StepAction.Barrier, owner))
            : null;
        foreach (var step in later)
        {
            step.WaitFor(hub);
        }

        foreach (var before in earlier)
        {
            hub?.WaitFor(before);
            foreach (var step in hub is null ? later : [])
            {
                step.WaitFor(before);
            }
        }
    }

    /// <summary>The steps such that none comes before what it waits for; otherwise by address. Null, with the drafts
    /// that are stuck, where steps wait for each other in a circle.</summary>
    public EquatableList<Step>? InOrder(out IReadOnlyList<StepDraft> stuck)
    {
        var byRank = _drafts.ToArray();
        Array.Sort(byRank, StepDraft.InListOrder);
        for (var rank = 0; rank < byRank.Length; rank++)
        {
            byRank[rank].Place = rank;
        }

        var sorted = Sort(byRank, out stuck);
        if (stuck.Any(draft => draft.SoftWaits.Count > 0))
        {
            foreach (var draft in stuck)
            {
                draft.DropSoftWaits();
            }

            sorted = Sort(byRank, out stuck);
        }

        return stuck.Count > 0 ? null : Number(sorted.ConvertAll(rank => byRank[rank]));
    }

    private static List<int> Sort(StepDraft[] byRank, out IReadOnlyList<StepDraft> stuck)
    {
        var later = new List<int>?[byRank.Length];
        var open = new int[byRank.Length];
        var ready = new PriorityQueue<int, int>();
        for (var rank = 0; rank < byRank.Length; rank++)
        {
            AddAll(byRank[rank].Waits, rank);
            AddAll(byRank[rank].SoftWaits, rank);
            if (open[rank] is 0)
            {
                ready.Enqueue(rank, rank);
            }
        }

        var sorted = new List<int>(byRank.Length);
        while (ready.TryDequeue(out var next, out _))
        {
            sorted.Add(next);
            foreach (var rank in later[next] ?? [])
            {
                if (--open[rank] is 0)
                {
                    ready.Enqueue(rank, rank);
                }
            }
        }

        stuck = sorted.Count == byRank.Length ? [] : [.. byRank.Where((_, rank) => open[rank] > 0)];
        return sorted;

        void AddAll(List<StepDraft> waits, int rank)
        {
            foreach (var earlier in waits)
            {
                (later[earlier.Place] ??= []).Add(rank);
                open[rank]++;
            }
        }
    }

    private static EquatableList<Step> Number(List<StepDraft> sorted)
    {
        for (var id = 0; id < sorted.Count; id++)
        {
            sorted[id].Place = id;
        }

        var steps = new Step[sorted.Count];
        var places = new List<int>();
        for (var id = 0; id < steps.Length; id++)
        {
            steps[id] = StepOf(sorted[id], places);
        }

        return [.. steps];
    }

    private static EquatableList<int> Distinct(List<int> sorted)
    {
        var count = Math.Min(sorted.Count, 1);
        for (var index = 1; index < sorted.Count; index++)
        {
            if (sorted[index] != sorted[count - 1])
            {
                sorted[count++] = sorted[index];
            }
        }

        return EquatableList.Create<int>(CollectionsMarshal.AsSpan(sorted)[..count]);
    }

    /// <param name="places">To be filled again for each step.</param>
    private static Step StepOf(StepDraft draft, List<int> places)
    {
        places.Clear();
        foreach (var earlier in draft.Waits)
        {
            places.Add(earlier.Place);
        }

        foreach (var earlier in draft.SoftWaits)
        {
            places.Add(earlier.Place);
        }

        places.Sort();
        return new Step
        {
            Id = draft.Place,
            Action = draft.Action,
            Address = draft.Address,
            LiveId = draft.LiveId,
            Fingerprint = draft.Fingerprint,
            Before = draft.Before,
            After = draft.After,
            Members = draft.Members,
            DependsOn = Distinct(places),
            Note = draft.Note,
        };
    }
}
