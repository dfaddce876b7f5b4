using Gwctl.Core;
using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Aws.Settling;

/// <summary>Puts answers in the place of lookups.</summary>
internal sealed class LookupReplacement
{
    private readonly Dictionary<AttributeValue.Lookup, AttributeValue> _answers;
    private readonly List<Diagnostic> _diagnostics;

    public LookupReplacement(EquatableList<LookupResult> results, List<Diagnostic> diagnostics)
    {
        _answers = results.ToDictionary(result => result.Lookup, result => result.Value);
        _diagnostics = diagnostics;
    }

    public ResourceNode Replace(ResourceNode node)
    {
        // Most nodes hold none, and stay the same objects.
        return node.Attributes.HoldsLookup
            ? node with
            {
                Attributes = AttributeWalk.Replace(
                    node.Attributes,
                    value => value is AttributeValue.Lookup lookup ? Answer(lookup, node) : value),
            }
            : node;
    }

    private AttributeValue Answer(AttributeValue.Lookup lookup, ResourceNode node)
    {
        if (_answers.TryGetValue(lookup, out var answer))
        {
            return answer;
        }

        _diagnostics.Add(SettlingDiagnostics.NotFound(node, lookup));
        return lookup;
    }
}
