using Gwctl.Sandbox.Contracts;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Aws.Wire;

/// <summary>Decodes the query protocol, and EC2's dialect of it, which flattens lists and capitalises names.</summary>
internal sealed class FormDecoder(bool ec2, List<ContractViolation> violations)
{
    public Struct Decode(Shape? shape, FormFields fields) => DecodeStruct(shape, fields, "");

    private Struct DecodeStruct(Shape? shape, FormFields fields, string path)
    {
        var result = new Struct();
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in shape?.Members ?? [])
        {
            var name = WireName(member);
            known.Add(name);
            if (fields.Child(name) is { } child)
            {
                result.Add(member.Name, DecodeValue(member, child, Join(path, name)));
            }
        }

        foreach (var name in fields.Children.Keys.Where(name => !known.Contains(name)))
        {
            violations.Add(new(ViolationKind.UnknownMember, Join(path, name), "", "Member is not known"));
        }

        return result;
    }

    private Value? DecodeValue(MemberShape member, FormFields fields, string path) => member.Shape.Type switch
    {
        ShapeType.Structure => DecodeStruct(member.Shape, fields, path),
        ShapeType.List => DecodeList(member.Shape, fields, path),
        ShapeType.Map => DecodeMap(member.Shape, fields, path),
        _ => Scalars.Decode(member.Shape, fields.Value ?? "", path, violations),
    };

    private ListValue DecodeList(Shape shape, FormFields fields, string path)
    {
        if (shape.Element is not { } element)
        {
            return ListValue.Empty;
        }

        var items = fields;
        if (!ec2)
        {
            var wrapper = element.WireName ?? "member";
            items = fields.Child(wrapper) ?? new FormFields();
            path = Join(path, wrapper);
        }

        var values = new List<Value>();
        foreach (var (index, item) in items.Numbered)
        {
            if (DecodeValue(element, item, Join(path, index)) is { } value)
            {
                values.Add(value);
            }
        }

        return new ListValue(values);
    }

    private Struct DecodeMap(Shape shape, FormFields fields, string path)
    {
        var result = new Struct();
        foreach (var (index, entry) in (fields.Child("entry") ?? new FormFields()).Numbered)
        {
            if (shape.MapValue is { } value && entry.Child("key")?.Value is { } key)
            {
                var content = entry.Child("value") ?? new FormFields();
                result.Add(key, DecodeValue(value, content, Join(path, $"entry.{index}")));
            }
        }

        return result;
    }

    private string WireName(MemberShape member)
    {
        var name = member.WireName ?? member.Name;
        return ec2 ? char.ToUpperInvariant(name[0]) + name[1..] : name;
    }

    private static string Join(string path, string name) => path is "" ? name : $"{path}.{name}";
}
