using System.Text;
using System.Xml;
using System.Xml.Linq;
using Gwctl.Sandbox.Calls;
using Gwctl.Sandbox.Contracts;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Aws.Wire;

/// <summary>Decodes a REST XML request: path labels, query string, and body.</summary>
internal static class RestXmlDecoder
{
    public static Struct Decode(
        OperationContract operation,
        Dictionary<string, string> labels,
        WireRequest request,
        List<ContractViolation> violations)
    {
        var query = ParseQuery(request.Query);
        var input = new Struct();
        foreach (var member in operation.Input?.Members ?? [])
        {
            var name = member.WireName ?? member.Name;
            var text = member.Location switch
            {
                "uri" => labels.GetValueOrDefault(name),
                "querystring" => query.GetValueOrDefault(name),
                "header" => request.Header(name.ToLowerInvariant()) is { Length: > 0 } header ? header : null,
                _ => null,
            };
            if (text is not null)
            {
                input.Add(member.Name, Scalars.Decode(member.Shape, text, member.Name, violations));
            }

            query.Remove(name);
        }

        foreach (var unknown in query.Keys)
        {
            violations.Add(new(ViolationKind.UnknownMember, unknown, "", "Parameter is not known"));
        }

        if (operation.InputRoot is not "" && !request.Body.IsEmpty)
        {
            DecodeBody(operation, request, input, violations);
        }

        return input;
    }

    private static void DecodeBody(
        OperationContract operation, WireRequest request, Struct input, List<ContractViolation> violations)
    {
        if (ParseXml(request.Body) is not { Root: { } root } || root.Name.LocalName != operation.InputRoot)
        {
            violations.Add(new(ViolationKind.WrongType, operation.InputRoot, "", "The body is not well-formed XML"));
            return;
        }

        var members = operation.Input?.Members.Where(member => member.Location is "") ?? [];
        foreach (var member in DecodeMembers([.. members], root, "", violations))
        {
            input.Add(member.Key, member.Value);
        }
    }

    private static Struct DecodeMembers(
        IReadOnlyList<MemberShape> members, XElement parent, string path, List<ContractViolation> violations)
    {
        var result = new Struct();
        foreach (var element in parent.Elements())
        {
            var name = element.Name.LocalName;
            var here = path is "" ? name : $"{path}.{name}";
            if (members.FirstOrDefault(member => (member.WireName ?? member.Name) == name) is { } member)
            {
                result.Add(member.Name, DecodeValue(member.Shape, element, here, violations));
            }
            else
            {
                violations.Add(new(ViolationKind.UnknownMember, here, "", "Element is not known"));
            }
        }

        return result;
    }

    private static Value? DecodeValue(Shape shape, XElement element, string path, List<ContractViolation> violations)
    {
        switch (shape.Type)
        {
            case ShapeType.Structure:
                return DecodeMembers(shape.Members, element, path, violations);
            case ShapeType.List when shape.Element is { } item:
                var items = new List<Value>();
                foreach (var (index, child) in element.Elements().Index())
                {
                    if (DecodeValue(item.Shape, child, $"{path}.{index + 1}", violations) is { } value)
                    {
                        items.Add(value);
                    }
                }

                return new ListValue(items);
            default:
                return Scalars.Decode(shape, element.Value, path, violations);
        }
    }

    private static XDocument? ParseXml(ReadOnlyMemory<byte> body)
    {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };
        try
        {
            using var text = new StringReader(Encoding.UTF8.GetString(body.Span));
            using var reader = XmlReader.Create(text, settings);
            return XDocument.Load(reader);
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static Dictionary<string, string> ParseQuery(string query)
    {
        var result = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var split = pair.Split('=', 2);
            var value = split.Length is 2 ? split[1] : "";
            result[Uri.UnescapeDataString(split[0])] = Uri.UnescapeDataString(value.Replace('+', ' '));
        }

        return result;
    }
}
