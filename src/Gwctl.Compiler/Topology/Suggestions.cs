using Gwctl.Compiler.Specs.Decoding;

namespace Gwctl.Compiler.Topology;

/// <summary>Sentences for the help of diagnostics about names that were not found.</summary>
/// <remarks>Comparing names costs far more than looking them up, so only so many are compared in one resolution: a
/// reader of thousands of such diagnostics has one cause, and finds it in the first.</remarks>
internal sealed class Suggestions
{
    private const int SearchesMax = 100;
    private const int CandidatesMax = 1_000;

    private readonly Dictionary<(string Scope, string Name), string> _known = [];

    /// <summary>With a leading blank; empty where nothing is near.</summary>
    /// <param name="scope">What the candidates are: the same for the same list of them.</param>
    public string For(string scope, string name, IEnumerable<string> candidates)
    {
        if (_known.TryGetValue((scope, name), out var known))
        {
            return known;
        }

        if (_known.Count >= SearchesMax)
        {
            return "";
        }

        var nearest = NearestName.Find(name, candidates.Take(CandidatesMax));
        var hint = nearest is null || nearest == name ? "" : $" Did you mean '{nearest}'?";
        _known.Add((scope, name), hint);
        return hint;
    }
}
