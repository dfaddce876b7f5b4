using System.Collections.Immutable;

namespace Gwctl.Compiler.Specs.Decoding;

/// <summary>Finds out what a decoder reads by running it on nothing and noting what it asks for.</summary>
/// <remarks>Decoders of unions ask which of some fields is given and read only that one. So each field that is asked
/// about is answered yes once, as the only one of its mapping.</remarks>
internal sealed class ShapeExploration
{
    private readonly Queue<ImmutableHashSet<(string Path, string Name)>> _waiting = new();
    private readonly HashSet<(string Path, string Name)> _asked = [];
    private ImmutableHashSet<(string Path, string Name)> _given = [];

    private ShapeExploration()
    {
    }

    public static SectionShape Explore(Func<NodeReader, object?> decode)
    {
        var exploration = new ShapeExploration();
        var root = new SectionShape();
        exploration._waiting.Enqueue([]);
        while (exploration._waiting.TryDequeue(out var given))
        {
            exploration._given = given;
            decode(NodeReader.Describing(exploration, root));
        }

        return root;
    }

    /// <summary>Names of a mapping that this run takes as given.</summary>
    public IEnumerable<string> GivenIn(string path) =>
        _given.Where(answer => answer.Path == path).Select(answer => answer.Name);

    /// <summary>Answers a decoder that asks whether a field is given.</summary>
    /// <param name="alone">The answer yes is tried without those to the mapping's other fields.</param>
    public bool IsGiven(string path, string name, bool alone = true)
    {
        var answer = (path, name);
        if (_asked.Add(answer))
        {
            var others = alone ? _given.Where(other => other.Path != path).ToImmutableHashSet() : _given;
            _waiting.Enqueue(others.Add(answer));
        }

        return _given.Contains(answer);
    }
}
