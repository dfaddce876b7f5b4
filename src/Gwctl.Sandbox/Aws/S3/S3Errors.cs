using Gwctl.Sandbox.Aws.Wire;
using Gwctl.Sandbox.Calls;

namespace Gwctl.Sandbox.Aws.S3;

/// <summary>Errors in S3's own envelope and under its own names.</summary>
internal static class S3Errors
{
    public static AwsException SlowDown() => new("SlowDown", "Please reduce your request rate.") { HttpStatus = 503 };

    public static AwsException Internal() =>
        new("InternalError", "We encountered an internal error. Please try again.") { HttpStatus = 500 };

    public static AwsException NotImplemented(string what) =>
        new("NotImplemented", $"{what} is not implemented here") { HttpStatus = 501 };

    public static AwsException NoSuchBucket() =>
        new("NoSuchBucket", "The specified bucket does not exist") { HttpStatus = 404 };

    public static AwsException NoSuchKey() =>
        new("NoSuchKey", "The specified key does not exist.") { HttpStatus = 404 };

    public static AwsException AccessDenied() => new("AccessDenied", "Access Denied") { HttpStatus = 403 };

    public static WireResponse Encode(AwsException error, S3Request request, string requestId)
    {
        // S3 has names of its own for what every service refuses.
        var code = error.Code switch
        {
            "InvalidClientTokenId" => "InvalidAccessKeyId",
            "MissingAuthenticationToken" => "AccessDenied",
            "IncompleteSignature" => "AuthorizationHeaderMalformed",
            var other => other,
        };
        var body = XmlText.Write(writer =>
        {
            writer.WriteStartElement("Error");
            writer.WriteElementString("Code", code);
            writer.WriteElementString("Message", error.Message);
            writer.WriteElementString("Resource", request.Resource);
            writer.WriteElementString("RequestId", requestId);
            writer.WriteEndElement();
        });
        var shown = request.Method is "HEAD" ? [] : body;
        return WithRequestId(new WireResponse(error.HttpStatus ?? 400, "application/xml", shown), requestId);
    }

    public static WireResponse WithRequestId(WireResponse response, string requestId) => response with
    {
        Headers = new Dictionary<string, string>(response.Headers, StringComparer.Ordinal)
        {
            ["x-amz-request-id"] = requestId,
        },
    };
}
