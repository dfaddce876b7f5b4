using System.Collections.Concurrent;
using System.Net;

namespace Gwctl.Sandbox.DataPlane.Network;

/// <summary>What client addresses were given before, by who gave it: a listener its group, a group its target.
/// Outlives the changes of both.</summary>
internal sealed class SourceMemory
{
    /// <summary>A laptop has few clients; what a flood of addresses was given is forgotten.</summary>
    private const int EntriesMax = 65_536;

    private readonly ConcurrentDictionary<(string Giver, IPAddress Source), string> _given = new();

    public string? Find(string giver, IPAddress source) => _given.GetValueOrDefault((giver, source));

    public void Keep(string giver, IPAddress source, string what)
    {
        if (_given.Count >= EntriesMax)
        {
            _given.Clear();
        }

        _given[(giver, source)] = what;
    }
}
