using Gwctl.Sandbox.Aws.Elbv2;
using Gwctl.Sandbox.State;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Aws.S3;

/// <summary>Buckets and objects in the state. Buckets have no versions, so that every object's only one is
/// <c>null</c>.</summary>
internal static class S3State
{
    public const string OnlyVersion = "null";

    /// <summary>Where the bundles of trust stores are fetched from, by trust store ARN. No name of a client's bucket
    /// may begin like this.</summary>
    public const string BundleBucket = "xn--elb-trust-stores";

    private const string Buckets = "s3/bucket";

    public static string Objects(string bucket) => $"s3/{bucket}/object";

    public static Struct? Bucket(Transaction state, string name) => state.Get(Buckets, name);

    public static void PutBucket(Transaction state, string name, string account, string region)
    {
        if (Bucket(state, name) is null)
        {
            state.Put(Buckets, name, new Struct { { "Account", account }, { "Region", region } });
        }
    }

    public static void DeleteBucket(Transaction state, string name) => state.Delete(Buckets, name);

    /// <summary>The object's document, or null. Its bytes stand in <c>Body</c>, in base64.</summary>
    public static Struct? Object(Transaction state, string bucket, string key) => state.Get(Objects(bucket), key);

    public static byte[] Content(Struct document) => Convert.FromBase64String(document.Required("Body"));

    /// <summary>A trust store's bundle, of the account that its ARN names.</summary>
    public static string? Bundle(Transaction state, string trustStoreArn, string account) =>
        trustStoreArn.Split(':') is [_, _, "elasticloadbalancing", var region, var owner, _] && owner == account
            ? state.Get(Elbv2State.TrustStores($"{owner}/{region}"), trustStoreArn)?.Text("@Bundle")
            : null;
}
