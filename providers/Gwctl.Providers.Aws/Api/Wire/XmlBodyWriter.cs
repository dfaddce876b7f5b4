using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Xml;

namespace Gwctl.Providers.Aws.Api.Wire;

/// <summary>The body of the <c>rest-xml</c> protocol (Route 53). Elements keep the order of the writes.</summary>
internal sealed class XmlBodyWriter : WireWriter
{
    private readonly XmlWriter _xml;

    private XmlBodyWriter(XmlWriter xml) => _xml = xml;

    public static byte[] ToBytes(string root, string xmlNamespace, IWireShape request)
    {
        using var stream = new MemoryStream();
        var settings = new XmlWriterSettings { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) };
        using (var xml = XmlWriter.Create(stream, settings))
        {
            xml.WriteStartElement(root, xmlNamespace);
            request.Write(new XmlBodyWriter(xml));
            xml.WriteEndElement();
        }

        return stream.ToArray();
    }

    public override void Put(string name, string? value)
    {
        if (value is not null)
        {
            _xml.WriteElementString(name, value);
        }
    }

    public override void Put(string name, long? value) => Put(name, value?.ToString(CultureInfo.InvariantCulture));

    public override void Put(string name, bool? value) =>
        Put(name, value is { } flag ? (flag ? "true" : "false") : null);

    public override void Put(string name, ReadOnlyMemory<byte>? value) =>
        throw new UnreachableException("no rest-xml request here carries bytes");

    public override void Put(string name, IWireShape? value)
    {
        if (value is not null)
        {
            _xml.WriteStartElement(name);
            value.Write(this);
            _xml.WriteEndElement();
        }
    }

    public override void PutList(string name, string item, IReadOnlyList<string> values)
    {
        if (values.Count == 0)
        {
            return;
        }

        _xml.WriteStartElement(name);
        foreach (var value in values)
        {
            Put(item, value);
        }

        _xml.WriteEndElement();
    }

    public override void PutList(string name, string item, IReadOnlyList<IWireShape> values)
    {
        if (values.Count == 0)
        {
            return;
        }

        _xml.WriteStartElement(name);
        foreach (var value in values)
        {
            Put(item, value);
        }

        _xml.WriteEndElement();
    }

    public override void PutMap(string name, IReadOnlyList<KeyValuePair<string, string>> values) =>
        throw new UnreachableException("no rest-xml request here carries a map");
}
