namespace Gwctl.Engine.Resources;

/// <summary>Ways through the values inside attributes.</summary>
public static class AttributeWalk
{
    private static readonly List<AttributeValue.Reference> s_none = [];

    /// <summary>Every value in the map, outer ones first, in field order.</summary>
    public static void Visit(AttributeMap map, Action<AttributeValue> visit)
    {
        foreach (var field in map.AsSpan())
        {
            Visit(field.Value, visit);
        }
    }

    public static void Visit(AttributeValue value, Action<AttributeValue> visit)
    {
        visit(value);
        switch (value)
        {
            case AttributeValue.List list:
                foreach (var item in list.Items)
                {
                    Visit(item, visit);
                }

                break;
            case AttributeValue.Map map:
                Visit(map.Fields, visit);
                break;
            default:
                break;
        }
    }

    /// <summary>The references in the map, in field order, with repetitions.</summary>
    public static IReadOnlyList<AttributeValue.Reference> References(AttributeMap map)
    {
        if (map.References is { } known)
        {
            return known;
        }

        List<AttributeValue.Reference>? found = null;
        AddReferences(map, ref found);
        return map.References = found ?? s_none;
    }

    /// <summary>A copy in which every value that holds no others is what <paramref name="replace"/> makes of it. Parts
    /// that do not change are shared.</summary>
    public static AttributeMap Replace(AttributeMap map, Func<AttributeValue, AttributeValue> replace)
    {
        AttributeField[]? changed = null;
        var fields = map.AsSpan();
        for (var index = 0; index < fields.Length; index++)
        {
            var value = Replace(fields[index].Value, replace);
            if (!ReferenceEquals(value, fields[index].Value))
            {
                changed ??= fields.ToArray();
                changed[index] = new AttributeField(fields[index].Name, value);
            }
        }

        return changed is null ? map : new AttributeMap(changed);
    }

    private static void AddReferences(AttributeMap map, ref List<AttributeValue.Reference>? found)
    {
        if (!map.Open.HasFlag(OpenValues.Reference))
        {
            return;
        }

        foreach (var field in map.AsSpan())
        {
            AddReferences(field.Value, ref found);
        }
    }

    private static void AddReferences(AttributeValue value, ref List<AttributeValue.Reference>? found)
    {
        switch (value)
        {
            case AttributeValue.Reference reference:
                (found ??= []).Add(reference);
                break;
            case AttributeValue.List list when list.Open.HasFlag(OpenValues.Reference):
                foreach (var item in list.Items)
                {
                    AddReferences(item, ref found);
                }

                break;
            case AttributeValue.Map map:
                AddReferences(map.Fields, ref found);
                break;
            default:
                break;
        }
    }

    private static AttributeValue Replace(AttributeValue value, Func<AttributeValue, AttributeValue> replace)
    {
        switch (value)
        {
            case AttributeValue.Map map:
                var fields = Replace(map.Fields, replace);
                return ReferenceEquals(fields, map.Fields) ? map : new AttributeValue.Map(fields);
            case AttributeValue.List list:
                AttributeValue[]? changed = null;
                for (var index = 0; index < list.Items.Count; index++)
                {
                    var item = Replace(list.Items[index], replace);
                    if (!ReferenceEquals(item, list.Items[index]))
                    {
                        changed ??= list.Items.AsSpan().ToArray();
                        changed[index] = item;
                    }
                }

                return changed is null ? list : new AttributeValue.List([.. changed]);
            default:
                return replace(value);
        }
    }
}
