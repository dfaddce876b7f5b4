using Gwctl.Core;
using Gwctl.Engine.Resources;

namespace Gwctl.Engine.Providers;

/// <summary>Puts answers in the place of lookups.</summary>
public sealed class LookupReplacement
{
    private readonly Dictionary<AttributeValue.Lookup, AttributeValue> _answers;
    private readonly Action<ResourceNode, AttributeValue.Lookup> _unanswered;

    /// <param name="results">What was read.</param>
    /// <param name="unanswered">Told of each lookup that found nothing, and of the node that it stays in.</param>
    public LookupReplacement(
        EquatableList<LookupResult> results, Action<ResourceNode, AttributeValue.Lookup> unanswered)
    {
        _answers = results.ToDictionary(result => result.Lookup, result => result.Value);
        _unanswered = unanswered;
    }

    /// <summary>The node with every answer there is.</summary>
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

        _unanswered(node, lookup);
        return lookup;
    }
}
