using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;
using Gwctl.Core;
using Gwctl.Sandbox.Contracts;
using Gwctl.Sandbox.Values;

namespace Gwctl.Providers.Aws.Tests.Api;

/// <summary>
/// Fills requests and answers with values that the contract allows, every member with its own where it can, so that
/// two members taken for each other show. Records are filled and read by reflection: no one could keep samples of
/// seventy operations complete by hand.
/// </summary>
internal static class ContractSamples
{
    /// <summary>Texts for patterns that a member's own name does not match.</summary>
    private static readonly string[] Texts =
    [
        "a.example.com", "arn:aws:acm:eu-central-1:123456789012:certificate/1", "http-code", "100", "1", "A", "Z1",
        "GET", "PREFIX_NAME", "10.0.0.0/8", "192.0.2.1", "#{port}", "#{host}", "/#{path}", "200", "text/plain", "-10",
        "10.5", "HTTPS", "c1234567-1234-1234-1234-123456789012", "ipv4pool-coip-1", "ipam-pool-1",
        "arn:aws:acm-pca:eu-central-1:123456789012:certificate-authority/1",
        "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n",
    ];

    /// <summary>A request record with every property set that its contract has.</summary>
    public static object Record(Type type, Shape? shape)
    {
        var record = Activator.CreateInstance(type);
        Assert.NotNull(record);
        foreach (var property in Properties(type))
        {
            var member = shape?.Members.FirstOrDefault(candidate => IsFor(property, type, candidate));
            Assert.True(member is not null, $"{type.Name}.{property.Name} is not in the contract");
            property.SetValue(record, Value(property.PropertyType, member.Shape, member.Name, member.Prose, 0));
        }

        return record;
    }

    /// <summary>An answer with every member of its contract; lists hold two items.</summary>
    public static Struct Answer(Shape? shape)
    {
        var answer = new Struct();
        foreach (var member in shape?.Members ?? [])
        {
            answer.Add(member.Name, Node(member.Shape, member.Name, member.Prose, 0));
        }

        return answer;
    }

    /// <summary>Where a record and a decoded value differ: nothing, if all went over the wire and came back.</summary>
    /// <param name="record">A request as sent or an answer as read.</param>
    /// <param name="value">The same as the sandbox sees it.</param>
    /// <param name="omitted">What the records leave out on purpose: <c>Record.Member</c> or <c>Record.*</c>.</param>
    public static IEnumerable<string> Differences(
        object record,
        Struct value,
        IReadOnlySet<string> omitted)
    {
        var type = record.GetType();
        var properties = Properties(type).ToList();
        foreach (var (name, content) in value)
        {
            var property = properties.Find(candidate => NameOf(candidate, type) == Capital(name));
            if (property is null)
            {
                if (!omitted.Contains($"{type.Name}.{name}") && !omitted.Contains($"{type.Name}.*"))
                {
                    yield return $"{type.Name}.{name} is not in the record";
                }

                continue;
            }

            properties.Remove(property);
            foreach (var difference in DifferencesOf(property.GetValue(record), content, omitted))
            {
                yield return $"{type.Name}.{name}: {difference}";
            }
        }

        foreach (var property in properties.Where(property => !IsUnset(property.GetValue(record))))
        {
            yield return $"{type.Name}.{property.Name} is not on the wire";
        }
    }

    private static IEnumerable<string> DifferencesOf(
        object? own,
        Value content,
        IReadOnlySet<string> omitted)
    {
        switch (own, content)
        {
            case (IList pairs, Struct map):
                return pairs.Count == map.Count ? [] : [$"{pairs.Count} entries, not {map.Count}"];
            case (not null and not string, Struct members):
                return own is IEnumerable entries
                    ? MapDifferences(entries, members)
                    : Differences(own, members, omitted);
            case (IEnumerable items and not string, ListValue list):
                var all = items.Cast<object>().ToList();
                return all.Count == list.Count
                    ? all.Zip(list).SelectMany(pair => DifferencesOf(pair.First, pair.Second, omitted))
                    : [$"{all.Count} items, not {list.Count}"];
            default:
                var text = Plain(own);
                return text == $"{content}" ? [] : [$"'{text}', not '{content}'"];
        }
    }

    private static IEnumerable<string> MapDifferences(IEnumerable entries, Struct members)
    {
        var keys = entries.Cast<object>().Select(entry => Plain(entry.GetType().GetProperty("Key")?.GetValue(entry)));
        return keys.SequenceEqual(members.Select(member => member.Key)) ? [] : ["the keys differ"];
    }

    private static string Plain(object? own) => own switch
    {
        null => "(nothing)",
        bool flag => flag ? "true" : "false",
        DateTimeOffset time => time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
        ReadOnlyMemory<byte> bytes => Convert.ToBase64String(bytes.Span),
        _ => $"{own}",
    };

    private static bool IsUnset(object? own) => own is null || (own is IEnumerable and not string && !Any(own));

    private static bool Any(object own) => ((IEnumerable)own).Cast<object>().Any();

    private static object? Value(Type type, Shape shape, string name, Bounds prose, int index)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (plain == typeof(string))
        {
            return Text(shape.Bounds, prose, name, index);
        }

        if (plain == typeof(int) || plain == typeof(long))
        {
            return Convert.ChangeType(Number(shape.Bounds, prose), plain, CultureInfo.InvariantCulture);
        }

        if (plain == typeof(DateTimeOffset))
        {
            return DateTimeOffset.FromUnixTimeSeconds(1_772_366_400 + name.Length);
        }

        if (plain == typeof(bool))
        {
            return true;
        }

        if (plain == typeof(ReadOnlyMemory<byte>))
        {
            return new ReadOnlyMemory<byte>(Encoding.UTF8.GetBytes(name));
        }

        return plain.IsGenericType ? List(plain, shape, name, prose) : Record(plain, shape);
    }

    private static object? List(Type type, Shape shape, string name, Bounds prose)
    {
        var item = type.GetGenericArguments()[0];
        var count = Math.Min(2, Math.Min(shape.Bounds.Max ?? 2, prose.Max ?? 2));
        var items = Array.CreateInstance(item, (int)count);
        for (var index = 0; index < items.Length; index++)
        {
            var value = shape.Element is { } element
                ? Value(item, element.Shape, name, Bounds.None, index)
                : KeyValuePair.Create($"key{index}", $"value{index}");
            items.SetValue(value, index);
        }

        var make = typeof(EquatableList).GetMethod(nameof(EquatableList.ToEquatableList));
        return make?.MakeGenericMethod(item).Invoke(null, [items]);
    }

    private static Value Node(Shape shape, string name, Bounds prose, int index) => shape.Type switch
    {
        ShapeType.Structure => Answer(shape),
        ShapeType.List when shape.Element is { } element => new ListValue(
        [
            Node(element.Shape, name, Bounds.None, 0),
            Node(element.Shape, name, Bounds.None, 1),
        ]),
        ShapeType.Map when shape.MapValue is { } value => new Struct
        {
            { "key0", Node(value.Shape, name, Bounds.None, 0) },
            { "key1", Node(value.Shape, name, Bounds.None, 1) },
        },
        ShapeType.Boolean => new FlagValue(true),
        ShapeType.Timestamp => new NumberValue(1_772_366_400 + name.Length),
        ShapeType.Integer or ShapeType.Fraction => new NumberValue(Number(shape.Bounds, prose)),
        _ => new TextValue(Text(shape.Bounds, prose, name, index)),
    };

    private static double Number(Bounds bounds, Bounds prose) => prose.Min ?? bounds.Min ?? 7;

    private static string Text(Bounds bounds, Bounds prose, string name, int index)
    {
        var choices = bounds.Enum.Count > 0 ? bounds.Enum : prose.Enum;
        if (choices.Count > 0)
        {
            return choices[index % choices.Count];
        }

        var own = new[] { $"{name}{index}", $"{name.ToLowerInvariant()}{index}.example.com" };
        var fitting = own.Concat(Texts).FirstOrDefault(text => Fits(bounds, text) && Fits(prose, text));
        Assert.True(fitting is not null, $"no sample for {name}: {bounds.PatternText} {prose.PatternText}");
        return fitting;
    }

    private static bool Fits(Bounds bounds, string text) =>
        text.Length >= (bounds.Min ?? 0) && text.Length <= (bounds.Max ?? text.Length)
        && bounds.Pattern?.IsMatch(text) != false;

    private static bool IsFor(PropertyInfo property, Type type, MemberShape member) =>
        NameOf(property, type) == Capital(member.Name);

    /// <summary>The vendor's class PrefixListId cannot have a property of its own name in C#.</summary>
    private static string NameOf(PropertyInfo property, Type type) =>
        property.Name == "Id" && type.Name == "PrefixListId" ? "PrefixListId" : property.Name;

    private static string Capital(string name) => char.ToUpperInvariant(name[0]) + name[1..];

    private static PropertyInfo[] Properties(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance);
}
