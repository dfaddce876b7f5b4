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
        var fields = new List<AttributeField>(node.Attributes.Fields.Count);
        var changed = false;
        foreach (var field in node.Attributes.Fields)
        {
            var value = Replace(field.Value, node);
            changed |= !ReferenceEquals(value, field.Value);
            fields.Add(ReferenceEquals(value, field.Value) ? field : new AttributeField(field.Name, value));
        }

        return changed ? node with { Attributes = new AttributeMap(fields) } : node;
    }

    private AttributeValue Replace(AttributeValue value, ResourceNode node) => value switch
    {
        AttributeValue.Lookup lookup => Answer(lookup, node),
        AttributeValue.List list when Holds(list) =>
            new AttributeValue.List([.. list.Items.Select(item => Replace(item, node))]),
        AttributeValue.Map map when Holds(map) => new AttributeValue.Map(new AttributeMap(
            map.Fields.Fields.Select(field => new AttributeField(field.Name, Replace(field.Value, node))))),
        _ => value,
    };

    /// <summary>Most values hold none, and stay the same objects.</summary>
    private static bool Holds(AttributeValue value) => value switch
    {
        AttributeValue.Lookup => true,
        AttributeValue.List(var items) => items.Any(Holds),
        AttributeValue.Map(var fields) => fields.Fields.Any(field => Holds(field.Value)),
        _ => false,
    };

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
