using System.Security.Cryptography;
using System.Text;
using Amazon.Runtime;
using Gwctl.Providers.Aws.Api;
using Gwctl.Providers.Aws.Api.Wire;

namespace Gwctl.Providers.Aws.Tests.Api;

// Goal: what we send carries the signature that the published algorithm gives, computed here a second time.
public sealed class SigningTests
{
    private const string Secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    private static readonly DateTimeOffset At = new(2015, 8, 30, 12, 36, 0, TimeSpan.Zero);

    [Fact]
    public void The_signature_of_the_published_example_comes_out()
    {
        var call = new WireCall
        {
            Method = HttpMethod.Get,
            Query = [KeyValuePair.Create("Version", "2010-05-08"), KeyValuePair.Create("Action", "ListUsers")],
            ContentType = "application/x-www-form-urlencoded; charset=utf-8",
        };

        using var message = Sign(call, "https://iam.amazonaws.com/", "iam", token: null);

        Assert.Equal(
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, "
            + "SignedHeaders=content-type;host;x-amz-date, "
            + "Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7",
            Header(message, "Authorization"));
        Assert.Equal("https://iam.amazonaws.com/?Action=ListUsers&Version=2010-05-08", message.RequestUri?.AbsoluteUri);
    }

    [Fact]
    public void Session_token_target_body_and_odd_paths_are_signed()
    {
        var call = new WireCall
        {
            Method = HttpMethod.Post,
            Path = "/2013-04-01/hostedzone/a%2Fb%20c/rrset/",
            Query = [KeyValuePair.Create("name", "*.example.com."), KeyValuePair.Create("a b", "ü&=")],
            ContentType = "application/xml",
            Target = "Service.Operation",
            Body = "{\"x\":\"é\"}"u8.ToArray(),
        };

        using var message = Sign(call, "http://127.0.0.1:5000/", "route53", token: "session/token==");

        const string headers = "content-type;host;x-amz-date;x-amz-security-token;x-amz-target";
        var canonical = string.Join(
            '\n',
            "POST",
            "/2013-04-01/hostedzone/a%252Fb%2520c/rrset/",
            "a%20b=%C3%BC%26%3D&name=%2A.example.com.",
            "content-type:application/xml",
            "host:127.0.0.1:5000",
            "x-amz-date:20150830T123600Z",
            "x-amz-security-token:session/token==",
            "x-amz-target:Service.Operation",
            "",
            headers,
            Convert.ToHexStringLower(SHA256.HashData(call.Body)));
        Assert.Equal(
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/route53/aws4_request, "
            + $"SignedHeaders={headers}, Signature={SignatureOf(canonical, "route53")}",
            Header(message, "Authorization"));
        Assert.Equal("session/token==", Header(message, "x-amz-security-token"));
        Assert.Equal(
            "http://127.0.0.1:5000/2013-04-01/hostedzone/a%2Fb%20c/rrset/?a%20b=%C3%BC%26%3D&name=%2A.example.com.",
            message.RequestUri?.AbsoluteUri);
    }

    /// <summary>S3 signs the path as it is sent, and wants the body's hash in a header.</summary>
    [Fact]
    public void Objects_are_signed_as_s3_wants_it()
    {
        var call = new WireCall
        {
            Method = HttpMethod.Put,
            Path = "/bundles/gwctl/a%20b/x.pem",
            ContentType = "application/x-pem-file",
            Body = "pem"u8.ToArray(),
            IsObject = true,
        };

        using var message = Sign(call, "https://s3.us-east-1.amazonaws.com/", "s3", token: null);

        const string headers = "content-type;host;x-amz-content-sha256;x-amz-date";
        var hash = Convert.ToHexStringLower(SHA256.HashData(call.Body));
        var canonical = string.Join(
            '\n',
            "PUT",
            "/bundles/gwctl/a%20b/x.pem",
            "",
            "content-type:application/x-pem-file",
            "host:s3.us-east-1.amazonaws.com",
            $"x-amz-content-sha256:{hash}",
            "x-amz-date:20150830T123600Z",
            "",
            headers,
            hash);
        Assert.Equal(
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/s3/aws4_request, "
            + $"SignedHeaders={headers}, Signature={SignatureOf(canonical, "s3")}",
            Header(message, "Authorization"));
        Assert.Equal(hash, Header(message, "x-amz-content-sha256"));
    }

    [Fact]
    public void An_endpoint_below_a_path_keeps_it()
    {
        var call = new WireCall { Method = HttpMethod.Get, Path = "/2013-04-01/hostedzone" };

        using var message = Sign(call, "https://gateway.example.com/aws/", "route53", token: null);

        Assert.Equal("https://gateway.example.com/aws/2013-04-01/hostedzone", message.RequestUri?.AbsoluteUri);
    }

    private static HttpRequestMessage Sign(WireCall call, string url, string service, string? token) => AwsSigner.Sign(
        call,
        new AwsEndpoint(new Uri(url), "us-east-1"),
        service,
        new ImmutableCredentials("AKIDEXAMPLE", Secret, token),
        At);

    private static string Header(HttpRequestMessage message, string name) =>
        string.Join(",", message.Headers.GetValues(name));

    private static string SignatureOf(string canonical, string service)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)));
        var text = $"AWS4-HMAC-SHA256\n20150830T123600Z\n20150830/us-east-1/{service}/aws4_request\n{hash}";
        byte[] key = Encoding.UTF8.GetBytes($"AWS4{Secret}");
        foreach (var step in (string[])["20150830", "us-east-1", service, "aws4_request", text])
        {
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(step));
        }

        return Convert.ToHexStringLower(key);
    }
}
