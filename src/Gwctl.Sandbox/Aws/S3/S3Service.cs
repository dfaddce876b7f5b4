using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Gwctl.Sandbox.Calls;
using Gwctl.Sandbox.State;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Aws.S3;

/// <summary>Everything that an operation on S3 has.</summary>
internal sealed record S3Call(Transaction State, S3Request Request, string Account, DateTimeOffset Now);

internal sealed record S3Operation(string Name, bool Mutating, Func<S3Call, WireResponse> Run);

/// <summary>As much of S3 as it takes to put a bundle of certificates where a trust store is made from: buckets, and
/// whole objects without versions. Requests must sign their body, or say that they do not.</summary>
internal static partial class S3Service
{
    /// <exception cref="AwsException">There is no such operation here.</exception>
    public static S3Operation Find(S3Request request)
    {
        var version = request.Query.GetValueOrDefault("versionId", S3State.OnlyVersion);
        if (version is not S3State.OnlyVersion)
        {
            throw new AwsException("NoSuchVersion", "The specified version does not exist.") { HttpStatus = 404 };
        }

        if (request.Query.Keys.FirstOrDefault(key => key is not "versionId") is { } parameter)
        {
            throw S3Errors.NotImplemented($"The parameter '{parameter}'");
        }

        var ofObject = request.Key is not "";
        return (request.Method, ofObject) switch
        {
            ("PUT", true) => new("PutObject", true, PutObject),
            ("GET", true) => new("GetObject", false, GetObject),
            ("HEAD", true) => new("HeadObject", false, GetObject),
            ("DELETE", true) => new("DeleteObject", true, DeleteObject),
            ("PUT", false) when request.Bucket is not "" => new("CreateBucket", true, CreateBucket),
            ("HEAD", false) when request.Bucket is not "" => new("HeadBucket", false, HeadBucket),
            ("DELETE", false) when request.Bucket is not "" => new("DeleteBucket", true, DeleteBucket),
            _ => throw S3Errors.NotImplemented($"{request.Method} {request.Resource}"),
        };
    }

    private static WireResponse CreateBucket(S3Call call)
    {
        var name = call.Request.Bucket;
        if (!BucketPattern().IsMatch(name) || name.StartsWith("xn--", StringComparison.Ordinal))
        {
            throw new AwsException("InvalidBucketName", "The specified bucket is not valid.") { HttpStatus = 400 };
        }

        if (S3State.Bucket(call.State, name) is not { } known)
        {
            S3State.PutBucket(call.State, name, call.Account, call.Request.Region);
            return Empty(200, new() { ["Location"] = $"/{name}" });
        }

        throw known.Text("Account") == call.Account
            ? new AwsException(
                "BucketAlreadyOwnedByYou",
                "Your previous request to create the named bucket succeeded and you already own it.")
            {
                HttpStatus = 409,
            }
            : new AwsException(
                "BucketAlreadyExists", "The requested bucket name is not available.")
            {
                HttpStatus = 409,
            };
    }

    private static WireResponse HeadBucket(S3Call call)
    {
        var bucket = OwnBucket(call);
        return Empty(200, new() { ["x-amz-bucket-region"] = bucket.Required("Region") });
    }

    private static WireResponse DeleteBucket(S3Call call)
    {
        OwnBucket(call);
        if (call.State.Rows(S3State.Objects(call.Request.Bucket)).Count > 0)
        {
            throw new AwsException("BucketNotEmpty", "The bucket you tried to delete is not empty")
            {
                HttpStatus = 409,
            };
        }

        S3State.DeleteBucket(call.State, call.Request.Bucket);
        return Empty(204);
    }

    private static WireResponse PutObject(S3Call call)
    {
        OwnBucket(call);
        var wire = call.Request.Wire;
        if (wire.Header("x-amz-content-sha256").StartsWith("STREAMING-", StringComparison.Ordinal))
        {
            throw S3Errors.NotImplemented("A body signed in chunks");
        }

        if (wire.Header("x-amz-copy-source") is not "")
        {
            throw S3Errors.NotImplemented("CopyObject");
        }

        var body = wire.Body.ToArray();
        var hash = Digest(body);
        if (wire.Header("content-md5") is { Length: > 0 } stated && stated != Convert.ToBase64String(hash))
        {
            throw new AwsException("BadDigest", "The Content-MD5 you specified did not match what we received.")
            {
                HttpStatus = 400,
            };
        }

        var tag = $"\"{Convert.ToHexStringLower(hash)}\"";
        call.State.Put(S3State.Objects(call.Request.Bucket), call.Request.Key, new Struct
        {
            { "Body", Convert.ToBase64String(body) },
            { "ETag", tag },
            { "ContentType", wire.Header("content-type") is { Length: > 0 } type ? type : "binary/octet-stream" },
            { "LastModified", call.Now },
            { "Metadata", Metadata(wire) },
        });
        return Empty(200, new() { ["ETag"] = tag });
    }

    private static WireResponse GetObject(S3Call call)
    {
        if (call.Request.Bucket is S3State.BundleBucket)
        {
            var bundle = S3State.Bundle(call.State, call.Request.Key, call.Account) ?? throw S3Errors.NoSuchKey();
            return new WireResponse(200, "application/x-pem-file", Encoding.UTF8.GetBytes(bundle));
        }

        OwnBucket(call);
        var document = S3State.Object(call.State, call.Request.Bucket, call.Request.Key)
            ?? throw S3Errors.NoSuchKey();
        var headers = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["ETag"] = document.Required("ETag"),
            ["Last-Modified"] = $"{document.Time("LastModified"):R}",
        };
        foreach (var (name, value) in document.Member("Metadata") ?? [])
        {
            headers[name] = $"{value}";
        }

        return new WireResponse(200, ContentType(document), S3State.Content(document)) { Headers = headers };
    }

    private static WireResponse DeleteObject(S3Call call)
    {
        OwnBucket(call);
        if (S3State.Object(call.State, call.Request.Bucket, call.Request.Key) is not null)
        {
            call.State.Delete(S3State.Objects(call.Request.Bucket), call.Request.Key);
        }

        // Documented: deleting an object that is not there succeeds.
        return Empty(204);
    }

    private static Struct OwnBucket(S3Call call)
    {
        var bucket = S3State.Bucket(call.State, call.Request.Bucket) ?? throw S3Errors.NoSuchBucket();
        return bucket.Text("Account") == call.Account ? bucket : throw S3Errors.AccessDenied();
    }

    /// <summary>A client may have sent a type that is none: it is kept, but not given back.</summary>
    private static string ContentType(Struct document)
    {
        var type = document.Required("ContentType");
        return MediaTypeHeaderValue.TryParse(type, out _) ? type : "binary/octet-stream";
    }

    private static Struct Metadata(WireRequest wire)
    {
        var metadata = new Struct();
        foreach (var (name, value) in wire.Headers.Where(header =>
                     header.Key.StartsWith("x-amz-meta-", StringComparison.Ordinal)))
        {
            metadata.Add(name, value);
        }

        return metadata;
    }

#pragma warning disable CA5351 // An entity tag is the object's MD5, as S3 documents it; nothing is secured by it.
    private static byte[] Digest(byte[] body) => MD5.HashData(body);
#pragma warning restore CA5351

    private static WireResponse Empty(int status, Dictionary<string, string>? headers = null) =>
        new(status, "", []) { Headers = headers ?? [] };

    [GeneratedRegex(
        @"\A[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex BucketPattern();
}
