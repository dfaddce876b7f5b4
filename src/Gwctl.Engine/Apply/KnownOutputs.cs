using System.Collections.Concurrent;
using Gwctl.Core;
using Gwctl.Engine.Planning;
using Gwctl.Engine.Resources;

namespace Gwctl.Engine.Apply;

/// <summary>What living and just made objects put out. Written by the run, read by steps on any thread.</summary>
internal sealed class KnownOutputs
{
    private readonly ConcurrentDictionary<ResourceAddress, AttributeMap> _outputs = new();

    public KnownOutputs(EquatableList<KnownObject> known)
    {
        foreach (var item in known)
        {
            _outputs[item.Address] = item.Outputs;
        }
    }

    public void Set(ResourceAddress address, AttributeMap outputs) => _outputs[address] = outputs;

    public AttributeValue? Find(ResourceAddress address, string output) =>
        _outputs.TryGetValue(address, out var outputs) ? outputs[output] : null;

    public string? Text(ResourceAddress address, string output) => Find(address, output) switch
    {
        AttributeValue.Text text => text.Value,
        AttributeValue.Number number => number.Value.ToString(),
        _ => null,
    };
}
