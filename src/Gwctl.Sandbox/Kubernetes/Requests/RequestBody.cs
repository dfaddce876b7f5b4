using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using YamlDotNet.Core;

namespace Gwctl.Sandbox.Kubernetes.Requests;

/// <summary>Reads the bodies of requests in the forms that the API takes.</summary>
internal static class RequestBody
{
    /// <exception cref="ApiException">The body is in another form, malformed, or no object.</exception>
    public static JsonObject Read(ApiRequest request) => request.ContentType switch
    {
        ProtobufBody.ContentType => ProtobufBody.Read(request.Body),
        "application/yaml" => Yaml(request.Body),
        "" or "application/json" => Json(request.Body) as JsonObject
            ?? throw ApiErrors.BadRequest("the body of the request is no object"),
        var other => throw ApiErrors.UnsupportedMedia(other),
    };

    public static JsonNode? Json(byte[] body)
    {
        try
        {
            return JsonForm.Parse(body);
        }
        catch (JsonException error)
        {
            throw ApiErrors.BadRequest($"the object provided is unrecognized or malformed: {error.Message}");
        }
    }

    public static JsonObject Yaml(byte[] body)
    {
        try
        {
            return YamlJson.Parse(Encoding.UTF8.GetString(body)) as JsonObject
                ?? throw ApiErrors.BadRequest("the body of the request is no object");
        }
        catch (YamlException error)
        {
            throw ApiErrors.BadRequest($"error decoding YAML: {error.Message}");
        }
    }
}
