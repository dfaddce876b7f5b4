using Gwctl.Core;

namespace Gwctl.Controller.Watching;

/// <summary>One object matters to another: a change of <paramref name="Part"/> is a change for
/// <paramref name="Whole"/>.</summary>
internal readonly record struct ObjectEdge(ObjectId Part, ObjectId Whole);

/// <summary>What matters to what. Upwards it finds the Gateways that a change touches, downwards all that a Gateway is
/// made of. Not thread-safe.</summary>
/// <remarks>Edges belong to the object that names the other, and go when it goes. They may lead to objects that are not
/// there: a reference to something missing is touched when that appears.</remarks>
internal sealed class ObjectGraph
{
    private readonly Dictionary<ObjectId, ObjectEdge[]> _named = [];
    private readonly Dictionary<ObjectId, Dictionary<ObjectId, int>> _up = [];
    private readonly Dictionary<ObjectId, Dictionary<ObjectId, int>> _down = [];

    /// <summary>Puts an object's edges in place of those that it had; none removes it.</summary>
    public void Set(ObjectId id, IReadOnlyCollection<ObjectEdge> edges)
    {
        if (_named.Remove(id, out var before))
        {
            foreach (var edge in before)
            {
                Remove(_up, edge.Part, edge.Whole);
                Remove(_down, edge.Whole, edge.Part);
            }
        }

        if (edges.Count is 0)
        {
            return;
        }

        var distinct = edges.Distinct().ToArray();
        _named.Add(id, distinct);
        foreach (var edge in distinct)
        {
            Add(_up, edge.Part, edge.Whole);
            Add(_down, edge.Whole, edge.Part);
        }
    }

    /// <summary>Every Gateway and GatewayClass that this object matters to, itself included.</summary>
    public HashSet<ObjectId> Wholes(ObjectId part) =>
        [.. Reach(part, _up, ObjectEdges.Gateway).Where(id => id.Kind is ObjectEdges.Gateway or ObjectEdges.Class)];

    /// <summary>Everything that matters to an object, itself included, also what is not there.</summary>
    public HashSet<ObjectId> Parts(ObjectId whole) => Reach(whole, _down, stopAt: "");

    /// <summary>What an object itself names as its parts.</summary>
    public IEnumerable<ObjectId> DirectParts(ObjectId whole) =>
        _named.TryGetValue(whole, out var edges)
            ? edges.Where(edge => edge.Whole == whole).Select(edge => edge.Part)
            : [];

    /// <summary>True where something names it as a part.</summary>
    public bool IsNeeded(ObjectId part) => _up.ContainsKey(part);

    // Nothing lies above a Gateway: the way up ends there.
    private static HashSet<ObjectId> Reach(
        ObjectId start, Dictionary<ObjectId, Dictionary<ObjectId, int>> ways, string stopAt)
    {
        var found = new HashSet<ObjectId> { start };
        var pending = new Stack<ObjectId>([start]);
        while (pending.TryPop(out var id))
        {
            if (id.Kind == stopAt || !ways.TryGetValue(id, out var next))
            {
                continue;
            }

            foreach (var other in next.Keys)
            {
                if (found.Add(other))
                {
                    pending.Push(other);
                }
            }
        }

        return found;
    }

    private static void Add(Dictionary<ObjectId, Dictionary<ObjectId, int>> ways, ObjectId from, ObjectId to)
    {
        if (!ways.TryGetValue(from, out var next))
        {
            ways.Add(from, next = []);
        }

        next[to] = next.GetValueOrDefault(to) + 1;
    }

    private static void Remove(Dictionary<ObjectId, Dictionary<ObjectId, int>> ways, ObjectId from, ObjectId to)
    {
        var next = ways[from];
        if (--next[to] > 0)
        {
            return;
        }

        next.Remove(to);
        if (next.Count is 0)
        {
            ways.Remove(from);
        }
    }
}
