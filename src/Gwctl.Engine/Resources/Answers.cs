using Gwctl.Core;

namespace Gwctl.Engine.Resources;

/// <summary>The answered lookups, for what reading itself must know of the desired graph.</summary>
public sealed class Answers
{
    private readonly Dictionary<AttributeValue.Lookup, AttributeValue> _values;

    public Answers(EquatableList<LookupResult> results) =>
        _values = results.ToDictionary(result => result.Lookup, result => result.Value);

    /// <summary>The value without lookups; null where one has no answer.</summary>
    public AttributeValue? Full(AttributeValue value) =>
        LookupsIn.Answer(value, lookup => _values.GetValueOrDefault(lookup));

    /// <summary>The text that the value is or that its lookup found; null for anything else.</summary>
    public string? Text(AttributeValue value) => Full(value) is AttributeValue.Text(var text) ? text : null;
}
