using Gwctl.Core;

namespace Gwctl.Engine.Resources;

/// <summary>The lookups that a graph holds, at whatever depth.</summary>
public static class LookupsIn
{
    /// <summary>Each once, in a fixed order.</summary>
    public static EquatableList<AttributeValue.Lookup> All(EquatableList<ResourceNode> nodes)
    {
        var found = new HashSet<AttributeValue.Lookup>();
        foreach (var node in nodes)
        {
            // Few nodes have any, and graphs are large.
            if (node.Attributes.HoldsLookup)
            {
                AttributeWalk.Visit(node.Attributes, value => found.UnionWith(
                    value is AttributeValue.Lookup lookup ? [lookup] : []));
            }
        }

        return [.. found.OrderBy(lookup => lookup.Kind, StringComparer.Ordinal)
            .ThenBy(lookup => lookup.Query, StringComparer.Ordinal)];
    }

    /// <summary>The value with its lookups answered; null where one has no answer.</summary>
    public static AttributeValue? Answer(
        AttributeValue value, Func<AttributeValue.Lookup, AttributeValue?> answers) => value switch
        {
            AttributeValue.Lookup lookup => answers(lookup),
            AttributeValue.List(var items) => AnswerAll(items, answers) is { } answered ? Attr.List(answered) : null,
            AttributeValue.Map(var fields) => Answer(fields, answers),
            _ => value,
        };

    private static AttributeValue? Answer(
        AttributeMap map, Func<AttributeValue.Lookup, AttributeValue?> answers)
    {
        var answered = AnswerAll(map.Fields.Select(field => field.Value), answers);
        return answered is null
            ? null
            : Attr.Map(new AttributeMap(map.Fields.Zip(answered, (field, found) => field with { Value = found })));
    }

    private static List<AttributeValue>? AnswerAll(
        IEnumerable<AttributeValue> values, Func<AttributeValue.Lookup, AttributeValue?> answers)
    {
        var answered = new List<AttributeValue>();
        foreach (var value in values)
        {
            if (Answer(value, answers) is not { } found)
            {
                return null;
            }

            answered.Add(found);
        }

        return answered;
    }
}
