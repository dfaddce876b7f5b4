using Gwctl.Core;
using Gwctl.Engine.Resources;

namespace Gwctl.Engine.Diff;

/// <summary>Compares what a node names with what lives. Fields that only the live map has are left alone, in maps
/// within maps too, but for <see cref="KindSchema.WholeMaps"/>; and the items of a list are compared whole, because
/// gwctl manages the list.</summary>
internal sealed class AttributeComparison(Func<AttributeValue.Reference, AttributeValue?> resolve)
{
    private readonly List<AttributeChange> _changes = [];
    private readonly HashSet<string> _immutable = new(StringComparer.Ordinal);
    private bool _forces;

    public EquatableList<AttributeChange> Compare(AttributeMap desired, AttributeMap live, KindSchema schema)
    {
        _changes.Clear();
        _immutable.Clear();
        _immutable.UnionWith(schema.Immutable);
        foreach (var field in desired.Fields)
        {
            _forces = _immutable.Contains(field.Name);
            CompareValue(field.Name, field.Value, live[field.Name], schema.WholeMaps.Contains(field.Name));
        }

        return [.. _changes];
    }

    private void CompareValue(string path, AttributeValue? desired, AttributeValue? live, bool exact)
    {
        switch (desired, live)
        {
            case (AttributeValue.Map wanted, AttributeValue.Map found):
                CompareMaps(path, wanted.Fields, found.Fields, exact);
                break;
            case (AttributeValue.List wanted, AttributeValue.List found):
                CompareLists(path, wanted.Items, found.Items);
                break;
            default:
                if (!IsEqual(desired, live))
                {
                    _changes.Add(new AttributeChange(path, live, desired, _forces));
                }

                break;
        }
    }

    private void CompareMaps(string path, AttributeMap desired, AttributeMap live, bool exact)
    {
        foreach (var field in desired.Fields)
        {
            CompareValue($"{path}.{field.Name}", field.Value, live[field.Name], exact);
        }

        if (!exact)
        {
            return;
        }

        foreach (var field in live.Fields)
        {
            if (desired[field.Name] is null)
            {
                _changes.Add(new AttributeChange($"{path}.{field.Name}", field.Value, null, _forces));
            }
        }
    }

    private void CompareLists(string path, EquatableList<AttributeValue> desired, EquatableList<AttributeValue> live)
    {
        for (var index = 0; index < Math.Max(desired.Count, live.Count); index++)
        {
            CompareValue(
                $"{path}[{index}]",
                index < desired.Count ? desired[index] : null,
                index < live.Count ? live[index] : null,
                exact: true);
        }
    }

    // An unresolved reference equals nothing: what it will be is not known before the apply.
    private bool IsEqual(AttributeValue? desired, AttributeValue? live) => (desired, live) switch
    {
        (AttributeValue.Reference reference, not null) => resolve(reference) is { } known && known.Equals(live),
        (AttributeValue.Secret wanted, AttributeValue.Secret found) =>
            string.Equals(wanted.Digest, found.Digest, StringComparison.Ordinal),
        _ => Equals(desired, live),
    };
}
