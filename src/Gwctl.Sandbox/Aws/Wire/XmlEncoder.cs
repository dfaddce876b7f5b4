using System.Xml;
using Gwctl.Core;
using Gwctl.Sandbox.Contracts;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Aws.Wire;

/// <summary>Writes values as XML by their shapes: members in the contract's order, lists wrapped.</summary>
internal sealed class XmlEncoder(XmlWriter writer, ServiceContract contract)
{
    private readonly string _namespace = contract.XmlNamespace;

    public void WriteMembers(Shape? shape, Struct value)
    {
        var written = 0;
        foreach (var member in shape?.Members ?? [])
        {
            if (value[member.Name] is { } content)
            {
                written++;
                if (member.Location is "")
                {
                    WriteElement(member.WireName ?? member.Name, member.Shape, content);
                }
            }
        }

        Invariant.Holds(written == value.Count(member => !member.Key.StartsWith('@')));
    }

    private void WriteElement(string name, Shape shape, Value value)
    {
        writer.WriteStartElement(name, _namespace);
        switch (shape.Type, value)
        {
            case (ShapeType.Structure, Struct members):
                WriteMembers(shape, members);
                break;
            case (ShapeType.Map, Struct members) when shape.MapValue is { } content:
                WriteMap(content.Shape, members);
                break;
            case (ShapeType.List, ListValue list) when shape.Element is { } element:
                foreach (var item in list)
                {
                    WriteElement(element.WireName ?? "member", element.Shape, item);
                }

                break;
            default:
                writer.WriteString(Scalars.Encode(shape, value));
                break;
        }

        writer.WriteEndElement();
    }

    private void WriteMap(Shape shape, Struct members)
    {
        foreach (var (key, value) in members)
        {
            writer.WriteStartElement("entry", _namespace);
            writer.WriteElementString("key", _namespace, key);
            WriteElement("value", shape, value);
            writer.WriteEndElement();
        }
    }
}
