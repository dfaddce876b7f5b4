using System.Text;
using System.Text.Json;
using System.Xml;

namespace Gwctl.Providers.Aws.Api.Wire;

/// <summary>Bytes to <see cref="WireNode"/>. Namespaces and attributes carry nothing and are passed over.</summary>
internal static class WireParser
{
    /// <summary>No answer nests deeper than 12; a deeper one is not from the service.</summary>
    private const int DepthMax = 64;

    private static readonly XmlReaderSettings XmlSettings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    };

    private static readonly JsonReaderOptions JsonOptions = new() { MaxDepth = DepthMax };

    /// <returns>The root element.</returns>
    /// <exception cref="WireFormatException">The bytes are no XML document.</exception>
    public static WireNode Xml(byte[] body)
    {
        try
        {
            using var stream = new MemoryStream(body, writable: false);
            using var reader = XmlReader.Create(stream, XmlSettings);
            return ReadXml(reader);
        }
        catch (XmlException exception)
        {
            throw new WireFormatException("The answer is not well-formed XML.", exception);
        }
    }

    /// <returns>The top object; an empty body is an empty object.</returns>
    /// <exception cref="WireFormatException">The bytes are no JSON object.</exception>
    public static WireNode Json(byte[] body)
    {
        var root = new WireNode("answer");
        if (body.Length == 0)
        {
            return root;
        }

        try
        {
            var reader = new Utf8JsonReader(body, JsonOptions);
            reader.Read();
            if (reader.TokenType is not JsonTokenType.StartObject)
            {
                throw new WireFormatException("The answer is not a JSON object.");
            }

            FillJson(root, ref reader);
            return root;
        }
        catch (JsonException exception)
        {
            throw new WireFormatException("The answer is not well-formed JSON.", exception);
        }
    }

    private static WireNode ReadXml(XmlReader reader)
    {
        var document = new WireNode("");
        var open = new Stack<WireNode>();
        open.Push(document);
        var text = new StringBuilder();
        while (reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    var node = new WireNode(reader.LocalName);
                    open.Peek().Add(node);
                    text.Clear();
                    if (reader.IsEmptyElement)
                    {
                        node.Value = "";
                        break;
                    }

                    open.Push(node);
                    if (open.Count > DepthMax)
                    {
                        throw new WireFormatException("The answer nests too deep.");
                    }

                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace
                    or XmlNodeType.SignificantWhitespace:
                    text.Append(reader.Value);
                    break;
                case XmlNodeType.EndElement:
                    Close(open.Pop(), text);
                    break;
                default:
                    break;
            }
        }

        return document.Children[0];
    }

    private static void Close(WireNode node, StringBuilder text)
    {
        // Text beside child elements is indentation.
        if (node.Children.Count == 0)
        {
            node.Value = text.ToString();
        }

        text.Clear();
    }

    private static void FillJson(WireNode parent, ref Utf8JsonReader reader)
    {
        var name = "item";
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    name = reader.GetString() ?? "";
                    break;
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    var child = new WireNode(name) { Value = "" };
                    parent.Add(child);
                    FillJson(child, ref reader);
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    return;
                default:
                    parent.Add(new WireNode(name) { Value = Scalar(ref reader) });
                    break;
            }
        }
    }

    private static string? Scalar(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.Null => null,
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        JsonTokenType.String => reader.GetString(),
        _ => Encoding.UTF8.GetString(reader.ValueSpan),
    };
}
