namespace Gwctl.Engine.Resources;

/// <summary>Ways through the values inside attributes.</summary>
public static class AttributeWalk
{
    /// <summary>Every value in the map, outer ones first, in field order.</summary>
    public static void Visit(AttributeMap map, Action<AttributeValue> visit)
    {
        foreach (var field in map.Fields)
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
    public static List<AttributeValue.Reference> References(AttributeMap map)
    {
        var found = new List<AttributeValue.Reference>();
        Visit(map, value =>
        {
            if (value is AttributeValue.Reference reference)
            {
                found.Add(reference);
            }
        });
        return found;
    }

    /// <summary>A copy in which every value that holds no others is what <paramref name="replace"/> makes of it. Parts
    /// that do not change are shared.</summary>
    public static AttributeMap Replace(AttributeMap map, Func<AttributeValue, AttributeValue> replace)
    {
        var changed = false;
        var fields = new AttributeField[map.Fields.Count];
        for (var index = 0; index < fields.Length; index++)
        {
            var field = map.Fields[index];
            var value = Replace(field.Value, replace);
            var same = ReferenceEquals(value, field.Value);
            changed |= !same;
            fields[index] = same ? field : new AttributeField(field.Name, value);
        }

        return changed ? new AttributeMap(fields) : map;
    }

    private static AttributeValue Replace(AttributeValue value, Func<AttributeValue, AttributeValue> replace)
    {
        switch (value)
        {
            case AttributeValue.Map map:
                var fields = Replace(map.Fields, replace);
                return ReferenceEquals(fields, map.Fields) ? map : new AttributeValue.Map(fields);
            case AttributeValue.List list:
                var items = list.Items.Select(item => Replace(item, replace)).ToArray();
                var same = true;
                for (var index = 0; index < items.Length; index++)
                {
                    same &= ReferenceEquals(items[index], list.Items[index]);
                }

                return same ? list : new AttributeValue.List([.. items]);
            default:
                return replace(value);
        }
    }
}
