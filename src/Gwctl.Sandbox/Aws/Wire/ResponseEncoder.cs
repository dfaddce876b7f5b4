using System.Text;
using System.Text.Json;
using System.Xml;
using Gwctl.Sandbox.Calls;
using Gwctl.Sandbox.Contracts;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Aws.Wire;

/// <summary>Encodes an operation's output by the service's contract and protocol.</summary>
public static class ResponseEncoder
{
    public static WireResponse Encode(
        ServiceContract contract, OperationContract operation, Struct output, string requestId)
    {
        var headers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var member in operation.Output?.Members.Where(member => member.Location is "header") ?? [])
        {
            if (output.Text(member.Name) is { } value)
            {
                headers[member.WireName ?? member.Name] = value;
            }
        }

        var body = contract.Protocol is WireProtocol.Json
            ? JsonBody(operation, output)
            : XmlBody(contract, operation, output, requestId);
        return new WireResponse(operation.SuccessStatus, ContentType(contract.Protocol), body) { Headers = headers };
    }

    public static string ContentType(WireProtocol protocol) => protocol switch
    {
        WireProtocol.Json => "application/x-amz-json-1.1",
        WireProtocol.Ec2 => "text/xml;charset=UTF-8",
        _ => "text/xml",
    };

    private static byte[] JsonBody(OperationContract operation, Struct output)
    {
        if (operation.Output is not { } shape)
        {
            return [];
        }

        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, ValueJson.Compact))
        {
            JsonEncoder.Write(writer, shape, output);
        }

        return buffer.ToArray();
    }

    private static byte[] XmlBody(
        ServiceContract contract, OperationContract operation, Struct output, string requestId)
    {
        var rest = contract.Protocol is WireProtocol.RestXml;
        if (rest && operation.Output is null)
        {
            return [];
        }

        return XmlText.Write(writer =>
        {
            var root = rest && operation.Output is { } named ? named.Name : $"{operation.Name}Response";
            writer.WriteStartElement(root, contract.XmlNamespace);
            var encoder = new XmlEncoder(writer, contract);
            switch (contract.Protocol)
            {
                case WireProtocol.Query:
                    writer.WriteStartElement(operation.ResultWrapper, contract.XmlNamespace);
                    encoder.WriteMembers(operation.Output, output);
                    writer.WriteEndElement();
                    writer.WriteStartElement("ResponseMetadata", contract.XmlNamespace);
                    writer.WriteElementString("RequestId", contract.XmlNamespace, requestId);
                    writer.WriteEndElement();
                    break;
                case WireProtocol.Ec2:
                    writer.WriteElementString("requestId", contract.XmlNamespace, requestId);
                    if (operation.Output is null)
                    {
                        writer.WriteElementString("return", contract.XmlNamespace, "true");
                    }

                    encoder.WriteMembers(operation.Output, output);
                    break;
                default:
                    encoder.WriteMembers(operation.Output, output);
                    break;
            }

            writer.WriteEndElement();
        });
    }
}

/// <summary>XML as UTF-8 without a byte order mark or indentation.</summary>
internal static class XmlText
{
    public static byte[] Write(Action<XmlWriter> content)
    {
        using var buffer = new MemoryStream();
        var settings = new XmlWriterSettings { Encoding = new UTF8Encoding(false), CloseOutput = false };
        using (var writer = XmlWriter.Create(buffer, settings))
        {
            writer.WriteStartDocument();
            content(writer);
            writer.WriteEndDocument();
        }

        return buffer.ToArray();
    }
}
