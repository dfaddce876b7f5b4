using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Auth;
using Gwctl.Providers.Aws.Api.Wire;

namespace Gwctl.Providers.Aws.Api;

/// <summary>
/// Signature Version 4 by headers. The SDK's signer does the key derivation and the signature; the canonical
/// request is made here, because the signer's own entry point wants the SDK's request object, its metrics and its
/// clock. A full SDK client was weighed and left: per service it asks for a config class, an endpoint resolver, an
/// exception unmarshaller and two marshallers per operation, all of which run at start-up, and its retry and clock
/// cannot be injected.
/// </summary>
internal static class AwsSigner
{
    private const string DateFormat = "yyyyMMdd'T'HHmmss'Z'";

    /// <summary>Makes the message ready to send, with every header signed that the service looks at.</summary>
    public static HttpRequestMessage Sign(
        WireCall call,
        AwsEndpoint endpoint,
        string service,
        ImmutableCredentials credentials,
        DateTimeOffset now)
    {
        var path = endpoint.Url.AbsolutePath.TrimEnd('/') + call.Path;
        var query = CanonicalQuery(call.Query);
        var uri = new Uri($"{endpoint.Url.GetLeftPart(UriPartial.Authority)}{path}{(query == "" ? "" : "?")}{query}");
        var message = new HttpRequestMessage(call.Method, uri);
        var date = now.UtcDateTime.ToString(DateFormat, CultureInfo.InvariantCulture);
        var headers = Headers(call, uri, credentials, date);
        foreach (var (name, value) in headers)
        {
            if (name is not ("host" or "content-type"))
            {
                message.Headers.TryAddWithoutValidation(name, value);
            }
        }

        if (call.ContentType is not null)
        {
            message.Content = new ByteArrayContent(call.Body);
            message.Content.Headers.TryAddWithoutValidation("content-type", call.ContentType);
        }

        var signedHeaders = string.Join(';', headers.Select(header => header.Key));
        var canonical = Canonical(call, path, query, headers, signedHeaders);
        var signature = AWS4Signer.ComputeSignature(
            credentials, endpoint.SigningRegion, now.UtcDateTime, service, signedHeaders, canonical);
        message.Headers.TryAddWithoutValidation("Authorization", signature.ForAuthorizationHeader);
        return message;
    }

    /// <summary>In ordinal order of the lower-case name, as the canonical request wants them.</summary>
    private static List<KeyValuePair<string, string>> Headers(
        WireCall call,
        Uri uri,
        ImmutableCredentials credentials,
        string date)
    {
        List<KeyValuePair<string, string>> headers = [];
        if (call.ContentType is not null)
        {
            headers.Add(new("content-type", call.ContentType));
        }

        headers.Add(new("host", uri.Authority));
        if (call.IsObject)
        {
            headers.Add(new("x-amz-content-sha256", Convert.ToHexStringLower(SHA256.HashData(call.Body))));
        }

        headers.Add(new("x-amz-date", date));
        if (credentials.UseToken)
        {
            headers.Add(new("x-amz-security-token", credentials.Token));
        }

        if (call.Target is not null)
        {
            headers.Add(new("x-amz-target", call.Target));
        }

        return headers;
    }

    private static string Canonical(
        WireCall call,
        string path,
        string query,
        List<KeyValuePair<string, string>> headers,
        string signedHeaders)
    {
        var text = new StringBuilder();
        text.Append(call.Method.Method).Append('\n');
        // Every service but S3 encodes the already encoded path once more.
        text.Append(call.IsObject ? path : path.Replace("%", "%25", StringComparison.Ordinal)).Append('\n');
        text.Append(query).Append('\n');
        foreach (var (name, value) in headers)
        {
            text.Append(name).Append(':').Append(value).Append('\n');
        }

        text.Append('\n').Append(signedHeaders).Append('\n');
        text.Append(Convert.ToHexStringLower(SHA256.HashData(call.Body)));
        return text.ToString();
    }

    private static string CanonicalQuery(IReadOnlyList<KeyValuePair<string, string>> query)
    {
        var pairs = query
            .Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value)}")
            .Order(StringComparer.Ordinal);
        return string.Join('&', pairs);
    }
}
