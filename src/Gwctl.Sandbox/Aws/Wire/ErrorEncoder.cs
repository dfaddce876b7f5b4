using System.Text.Json;
using Gwctl.Sandbox.Calls;
using Gwctl.Sandbox.Contracts;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Aws.Wire;

/// <summary>Encodes an error in the envelope of the service's protocol.</summary>
public static class ErrorEncoder
{
    public static WireResponse Encode(ServiceContract contract, AwsException error, string requestId)
    {
        var status = error.HttpStatus ?? contract.HttpStatusByError.GetValueOrDefault(error.Code, 400);
        var body = contract.Protocol switch
        {
            WireProtocol.Json => JsonBody(error),
            WireProtocol.Ec2 => Ec2Body(error, requestId),
            _ when error.Messages is { } messages => BatchBody(contract, error, messages, requestId),
            _ => XmlBody(contract, error, requestId, status),
        };
        return new WireResponse(status, ResponseEncoder.ContentType(contract.Protocol), body);
    }

    private static byte[] JsonBody(AwsException error)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, ValueJson.Compact))
        {
            writer.WriteStartObject();
            writer.WriteString("__type", error.Code);
            writer.WriteString("message", error.Message);
            writer.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static byte[] Ec2Body(AwsException error, string requestId) => XmlText.Write(writer =>
    {
        writer.WriteStartElement("Response");
        writer.WriteStartElement("Errors");
        writer.WriteStartElement("Error");
        writer.WriteElementString("Code", error.Code);
        writer.WriteElementString("Message", error.Message);
        writer.WriteEndElement();
        writer.WriteEndElement();
        writer.WriteElementString("RequestID", requestId);
        writer.WriteEndElement();
    });

    private static byte[] XmlBody(ServiceContract contract, AwsException error, string requestId, int status) =>
        XmlText.Write(writer =>
        {
            var space = contract.XmlNamespace;
            writer.WriteStartElement("ErrorResponse", space);
            writer.WriteStartElement("Error", space);
            writer.WriteElementString("Type", space, status >= 500 ? "Receiver" : "Sender");
            writer.WriteElementString("Code", space, error.Code);
            writer.WriteElementString("Message", space, error.Message);
            writer.WriteEndElement();
            writer.WriteElementString("RequestId", space, requestId);
            writer.WriteEndElement();
        });

    /// <summary>A batch failure is the one Route 53 error that is not wrapped in an ErrorResponse.</summary>
    private static byte[] BatchBody(
        ServiceContract contract, AwsException error, ListValue messages, string requestId) =>
        XmlText.Write(writer =>
        {
            var space = contract.XmlNamespace;
            writer.WriteStartElement(error.Code, space);
            writer.WriteStartElement("Messages", space);
            foreach (var message in messages.Texts)
            {
                writer.WriteElementString("Message", space, message);
            }

            writer.WriteEndElement();
            writer.WriteElementString("RequestId", space, requestId);
            writer.WriteEndElement();
        });
}
