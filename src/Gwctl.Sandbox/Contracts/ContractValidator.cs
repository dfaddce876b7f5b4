using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Contracts;

/// <summary>Compares a decoded value with its shape.</summary>
internal static class ContractValidator
{
    public static IReadOnlyList<ContractViolation> Validate(Shape? shape, Struct value, bool prose)
    {
        var found = new List<ContractViolation>();
        if (shape is null)
        {
            found.AddRange(value.Select(member => Unknown(member.Key)));
            return found;
        }

        Check(shape, value, "", prose, found);
        return found;
    }

    private static void Check(Shape shape, Value value, string path, bool prose, List<ContractViolation> found)
    {
        switch (shape.Type, value)
        {
            case (ShapeType.Structure, Struct members):
                CheckStructure(shape, members, path, prose, found);
                break;
            case (ShapeType.Map, Struct members):
                CheckCount(shape.Bounds, members.Count, path, found);
                CheckMap(shape, members, path, prose, found);
                break;
            case (ShapeType.List, ListValue list):
                CheckCount(shape.Bounds, list.Count, path, found);
                CheckElements(shape, list, path, prose, found);
                break;
            case (ShapeType.String or ShapeType.Blob, TextValue text):
                CheckText(shape, text.Content, path, found);
                break;
            case (ShapeType.Integer or ShapeType.Fraction or ShapeType.Timestamp, NumberValue number):
                CheckNumber(shape.Bounds, number.Content, path, found);
                break;
            case (ShapeType.Integer, TextValue digits) when shape.IsNumberAsText:
                CheckKeyedValue(shape.Bounds, digits.Content, path, found);
                break;
            case (ShapeType.Boolean, FlagValue) or (ShapeType.Document, _):
                break;
            default:
                found.Add(new(ViolationKind.WrongType, path, $"{value}", $"Member must be a {shape.Type}"));
                break;
        }
    }

    private static void CheckStructure(
        Shape shape, Struct value, string path, bool prose, List<ContractViolation> found)
    {
        foreach (var name in shape.RequiredMembers.Where(name => !value.Has(name)).Order(StringComparer.Ordinal))
        {
            found.Add(new(ViolationKind.MissingMember, Join(path, name), "", "Member must not be null"));
        }

        foreach (var (name, content) in value)
        {
            var here = Join(path, name);
            if (shape.Member(name) is not { } member)
            {
                found.Add(Unknown(here));
                continue;
            }

            Check(member.Shape, content, here, prose, found);
            if (prose)
            {
                CheckProse(member, content, here, found);
            }
        }

        if (value.Text("Key") is { } key && shape.ValueBoundsByKey.TryGetValue(key, out var bounds))
        {
            CheckKeyedValue(bounds, value.Text("Value") ?? "", Join(path, "Value"), found);
        }
    }

    private static void CheckProse(MemberShape member, Value value, string path, List<ContractViolation> found)
    {
        if (value is ListValue list)
        {
            CheckCount(member.Prose, list.Count, path, found);
            foreach (var text in list.Texts)
            {
                CheckText(member.ProseOfElements, text, path, found);
            }
        }
        else if (value is TextValue text)
        {
            CheckText(member.Prose, text.Content, path, found);
        }
        else if (value is NumberValue number)
        {
            CheckNumber(member.Prose, number.Content, path, found);
        }
        else if (value is Struct map)
        {
            CheckCount(member.Prose, map.Count, path, found);
        }
    }

    private static void CheckMap(Shape shape, Struct value, string path, bool prose, List<ContractViolation> found)
    {
        foreach (var (key, content) in value)
        {
            if (shape.MapKey is { } keyShape)
            {
                CheckText(keyShape.Shape, key, Join(path, key), found);
            }

            if (shape.MapValue is { } valueShape)
            {
                Check(valueShape.Shape, content, Join(path, key), prose, found);
            }
        }
    }

    private static void CheckElements(
        Shape shape, ListValue list, string path, bool prose, List<ContractViolation> found)
    {
        if (shape.Element is not { } element)
        {
            return;
        }

        for (var index = 0; index < list.Count; index++)
        {
            Check(element.Shape, list[index], $"{path}.{index + 1}.member", prose, found);
        }
    }

    private static void CheckText(Shape shape, string text, string path, List<ContractViolation> found)
    {
        var length = shape.Type is ShapeType.Blob ? text.Length / 4 * 3 : text.Length;
        CheckText(shape.Bounds, text, path, found, length);
    }

    private static void CheckText(
        Bounds bounds, string text, string path, List<ContractViolation> found, int? measured = null)
    {
        var length = measured ?? text.Length;
        if (bounds.Min is { } min && length < min)
        {
            found.Add(new(ViolationKind.BelowMin, path, text,
                $"Member must have length greater than or equal to {min}"));
        }

        if (bounds.Max is { } max && length > max)
        {
            found.Add(new(ViolationKind.AboveMax, path, text,
                $"Member must have length less than or equal to {max}"));
        }

        if (bounds.Pattern is { } pattern && !pattern.IsMatch(text))
        {
            found.Add(new(ViolationKind.Pattern, path, text,
                $"Member must satisfy regular expression pattern: {bounds.PatternText}"));
        }

        if (bounds.Enum.Count > 0 && !bounds.Enum.Contains(text))
        {
            found.Add(new(ViolationKind.NotInEnum, path, text,
                $"Member must satisfy enum value set: [{string.Join(", ", bounds.Enum)}]"));
        }
    }

    private static void CheckNumber(Bounds bounds, double number, string path, List<ContractViolation> found)
    {
        if (bounds.AlsoAllowed.Contains(number))
        {
            return;
        }

        if (number < bounds.Min)
        {
            found.Add(new(ViolationKind.BelowMin, path, $"{number}",
                $"Member must have value greater than or equal to {bounds.Min}"));
        }

        if (number > bounds.Max)
        {
            found.Add(new(ViolationKind.AboveMax, path, $"{number}",
                $"Member must have value less than or equal to {bounds.Max}"));
        }

        if (bounds.Enum.Count > 0 && !bounds.Enum.Contains($"{number}"))
        {
            found.Add(new(ViolationKind.NotInEnum, path, $"{number}",
                $"Member must satisfy enum value set: [{string.Join(", ", bounds.Enum)}]"));
        }
    }

    private static void CheckCount(Bounds bounds, int count, string path, List<ContractViolation> found)
    {
        if (count < bounds.Min)
        {
            found.Add(new(ViolationKind.BelowMin, path, $"{count} items",
                $"Member must have length greater than or equal to {bounds.Min}"));
        }

        if (count > bounds.Max)
        {
            found.Add(new(ViolationKind.AboveMax, path, $"{count} items",
                $"Member must have length less than or equal to {bounds.Max}"));
        }
    }

    private static void CheckKeyedValue(Bounds bounds, string text, string path, List<ContractViolation> found)
    {
        if (!double.TryParse(text, out var number))
        {
            found.Add(new(ViolationKind.WrongType, path, text, "Member must be a number"));
            return;
        }

        CheckNumber(bounds, number, path, found);
    }

    private static ContractViolation Unknown(string path) =>
        new(ViolationKind.UnknownMember, path, "", "Member is not known to the operation");

    private static string Join(string path, string name) => path is "" ? name : $"{path}.{name}";
}
