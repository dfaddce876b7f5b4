using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Gwctl.Sandbox.Aws.S3;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Aws.Elbv2;

/// <summary>Trust stores: bundles of CA certificates, taken from S3 when they are made, that HTTPS listeners verify
/// clients against. Revocation lists are not served.</summary>
internal static class TrustStores
{
    private const int PageMax = 400;

    /// <summary>How long the location of a bundle is good for.</summary>
    private static readonly TimeSpan LocationLife = TimeSpan.FromMinutes(10);

    public static Struct Create(Call call)
    {
        var name = call.Input.Required("Name");
        ResourceTags.CheckNew(call);
        if (call.State.Get(Elbv2State.TrustStoreNames(call.Scope), name) is not null)
        {
            throw new AwsException("DuplicateTrustStoreName", $"A trust store with the name '{name}' already exists");
        }

        if (call.State.Rows(Elbv2State.TrustStores(call.Scope)).Count >= call.Quotas.TrustStoresPerAccount)
        {
            throw new AwsException("TooManyTrustStores", "The maximum number of trust stores has been reached");
        }

        var bundle = Bundle(call);
        var id = call.State.NextHex(16);
        var arn = $"arn:aws:elasticloadbalancing:{call.Region}:{call.Account}:truststore/{name}/{id}";
        var document = With(new Struct { { "Name", name }, { "TrustStoreArn", arn } }, bundle);
        call.State.Put(Elbv2State.TrustStores(call.Scope), arn, document);
        call.State.Put(Elbv2State.TrustStoreNames(call.Scope), name, new Struct { { "Arn", arn } });
        ResourceTags.PutNew(call, arn);
        return Answer(document);
    }

    public static Struct Describe(Call call)
    {
        var arns = call.Input.Texts("TrustStoreArns").ToList();
        var names = call.Input.Texts("Names").ToList();
        if (arns.Count > 0 && names.Count > 0)
        {
            throw Elbv2State.Invalid("Trust store names and trust store ARNs cannot be specified at the same time");
        }

        if (arns.Count + names.Count > 0)
        {
            var named = arns.Count > 0
                ? arns.Select(arn => Elbv2State.TrustStore(call, arn))
                : names.Select(name => ByName(call, name));
            return new Struct { { "TrustStores", named.Select(Shown) } };
        }

        var (page, next) = Pages.Take(call, call.State.Rows(Elbv2State.TrustStores(call.Scope)), PageMax);
        return new Struct { { "TrustStores", page.Select(Shown) }, { "NextMarker", next } };
    }

    /// <summary>Takes another bundle in place of the present one.</summary>
    public static Struct Modify(Call call)
    {
        var arn = call.Input.Required("TrustStoreArn");
        var document = With(Elbv2State.TrustStore(call, arn), Bundle(call));
        call.State.Put(Elbv2State.TrustStores(call.Scope), arn, document);
        return Answer(document);
    }

    public static Struct Delete(Call call)
    {
        var arn = call.Input.Required("TrustStoreArn");
        var document = Elbv2State.TrustStore(call, arn);
        if (call.State.Rows(Elbv2State.TrustStoreUses(call.Scope, arn)).Count > 0)
        {
            throw new AwsException("TrustStoreInUse", $"The trust store '{arn}' is currently in use by a listener");
        }

        call.State.Delete(Elbv2State.TrustStores(call.Scope), arn);
        call.State.Delete(Elbv2State.TrustStoreNames(call.Scope), document.Required("Name"));
        ResourceTags.Drop(call, arn);
        return [];
    }

    public static Struct DescribeAssociations(Call call)
    {
        var arn = call.Input.Required("TrustStoreArn");
        Elbv2State.TrustStore(call, arn);
        var rows = call.State.Rows(Elbv2State.TrustStoreUses(call.Scope, arn)).Select(use =>
            KeyValuePair.Create(use.Key, new Struct { { "ResourceArn", use.Key } }));
        var (page, next) = Pages.Take(call, rows, PageMax);
        return new Struct { { "TrustStoreAssociations", page }, { "NextMarker", next } };
    }

    /// <summary>A signed address in S3, good for ten minutes, under which the bundle can be fetched.</summary>
    public static Struct GetBundle(Call call)
    {
        var arn = call.Input.Required("TrustStoreArn");
        Elbv2State.TrustStore(call, arn);
        return new Struct { { "Location", S3Links.Sign(call, S3State.BundleBucket, arn, LocationLife) } };
    }

    private static Struct ByName(Call call, string name) =>
        call.State.Get(Elbv2State.TrustStoreNames(call.Scope), name) is { } known
            ? Elbv2State.TrustStore(call, known.Required("Arn"))
            : throw new AwsException("TrustStoreNotFound", $"Trust store '{name}' not found");

    private static Struct Answer(Struct document) => new() { { "TrustStores", ListValue.Of(Shown(document)) } };

    private static Struct Shown(Struct document) => document.Without("@Bundle");

    private static Struct With(Struct document, (string Pem, int Count) bundle) => document
        .With("Status", "ACTIVE")
        .With("NumberOfCaCertificates", bundle.Count)
        .With("TotalRevokedEntries", 0)
        .With("@Bundle", bundle.Pem);

    /// <summary>The bundle that the request names, checked: PEM of at least one CA certificate.</summary>
    private static (string Pem, int Count) Bundle(Call call)
    {
        var bucket = call.Input.Required("CaCertificatesBundleS3Bucket");
        var key = call.Input.Required("CaCertificatesBundleS3Key");
        var version = call.Input.Text("CaCertificatesBundleS3ObjectVersion");
        var found = S3State.Object(call.State, bucket, key);
        if (found is null || version is not (null or S3State.OnlyVersion))
        {
            throw new AwsException(
                "CaCertificatesBundleNotFound", $"The CA certificates bundle 's3://{bucket}/{key}' does not exist");
        }

        var pem = Encoding.UTF8.GetString(S3State.Content(found));
        var count = CountAuthorities(pem);
        if (count is 0)
        {
            throw new AwsException(
                "InvalidCaCertificatesBundle",
                "The specified CA certificates bundle is in an invalid format, or corrupt");
        }

        if (count > call.Quotas.CaCertificatesPerTrustStore)
        {
            throw new AwsException(
                "InvalidCaCertificatesBundle",
                $"A trust store can hold at most {call.Quotas.CaCertificatesPerTrustStore} CA certificates");
        }

        return (pem, count);
    }

    /// <summary>How many CA certificates the bundle holds; 0 where something else is in it.</summary>
    private static int CountAuthorities(string pem)
    {
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPem(pem);
            return certificates.All(IsAuthority) ? certificates.Count : 0;
        }
        catch (CryptographicException)
        {
            return 0;
        }
        finally
        {
            foreach (var certificate in certificates)
            {
                certificate.Dispose();
            }
        }
    }

    private static bool IsAuthority(X509Certificate2 certificate) => certificate.Extensions
        .OfType<X509BasicConstraintsExtension>().Any(constraints => constraints.CertificateAuthority);
}
