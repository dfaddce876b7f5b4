using System.Security.Cryptography;
using System.Text;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Aws.Acm;

/// <summary>Requesting, describing, listing and deleting certificates.</summary>
internal static class Certificates
{
    private const int PageMax = 1000;
    private static readonly string[] RequestableAlgorithms = ["EC_prime256v1", "EC_secp384r1", "RSA_2048"];
    private static readonly string[] AlgorithmsListedByDefault = ["RSA_1024", "RSA_2048"];

    public static Struct RequestNew(Call call)
    {
        var domain = call.Input.Required("DomainName").ToLowerInvariant();
        var names = call.Input.Texts("SubjectAlternativeNames")
            .Select(name => name.ToLowerInvariant())
            .Prepend(domain)
            .Distinct(StringComparer.Ordinal)
            .ToList();
        var algorithm = call.Input.Text("KeyAlgorithm") ?? "RSA_2048";
        CheckRequest(call, names, algorithm);
        if (Repeated(call, names) is { } known)
        {
            return new Struct { { "CertificateArn", known } };
        }

        var arn = NewArn(call);
        var byDns = call.Input.Text("ValidationMethod") is "DNS";
        call.State.Put(CertificateStore.Table(call.Scope), arn, new Struct
        {
            { "CertificateArn", arn },
            { "DomainName", domain },
            { "SubjectAlternativeNames", names },
            { "DomainValidationOptions", names.Select(name => Validation(call, name, byDns)) },
            { "CreatedAt", call.Now },
            { "KeyAlgorithm", algorithm },
            { "SignatureAlgorithm", algorithm.StartsWith('R') ? "SHA256WITHRSA" : "SHA256WITHECDSA" },
            { "Type", "AMAZON_ISSUED" },
            { "RenewalEligibility", "INELIGIBLE" },
            {
                "Options", call.Input.Member("Options")
                    ?? new Struct { { "CertificateTransparencyLoggingPreference", "ENABLED" } }
            },
            { "@IdempotencyToken", call.Input.Text("IdempotencyToken") },
        });
        CertificateTags.Put(call, arn);
        if (byDns)
        {
            CertificateStore.Await(call.State, arn);
            CertificateStore.IssueValidated(call);
        }

        return new Struct { { "CertificateArn", arn } };
    }

    public static Struct Describe(Call call)
    {
        var certificate = CertificateStore.Existing(call, call.Input.Required("CertificateArn"));
        var shown = Dated(certificate, call.Now).With(
            "InUseBy", CertificateStore.InUseBy(call.State, certificate.Required("CertificateArn")));
        return new Struct { { "Certificate", shown } };
    }

    public static Struct Get(Call call)
    {
        var certificate = CertificateStore.Existing(call, call.Input.Required("CertificateArn"));
        if (CertificateStore.Status(certificate, call.Now) is "PENDING_VALIDATION")
        {
            throw new AwsException(
                "RequestInProgressException",
                $"Certificate {certificate.Text("CertificateArn")} is still being validated.");
        }

        return new Struct
        {
            { "Certificate", certificate["@Body"] },
            { "CertificateChain", certificate["@Chain"] },
        };
    }

    public static Struct List(Call call)
    {
        var includes = call.Input.Member("Includes") ?? [];
        var statuses = call.Input.Texts("CertificateStatuses").ToList();
        var algorithms = includes.Has("keyTypes") ? includes.Texts("keyTypes").ToArray() : AlgorithmsListedByDefault;
        var usages = includes.Texts("keyUsage").ToList();
        var extended = includes.Texts("extendedKeyUsage").ToList();
        var rows = call.State.Rows(CertificateStore.Table(call.Scope))
            .Where(row => algorithms.Contains(row.Value.Text("KeyAlgorithm"))
                && (statuses.Count is 0 || statuses.Contains(CertificateStore.Status(row.Value, call.Now)))
                && usages.TrueForAll(usage => Names(row.Value, "KeyUsages").Contains(usage))
                && extended.TrueForAll(usage => Names(row.Value, "ExtendedKeyUsages").Contains(usage)));
        try
        {
            var (page, next) = Paging.Take(
                rows, call.Input.Text("NextToken"), (int)(call.Input.Number("MaxItems") ?? PageMax));
            return new Struct
            {
                { "NextToken", next },
                { "CertificateSummaryList", page.Select(certificate => Summary(call, certificate)) },
            };
        }
        catch (FormatException)
        {
            throw new AwsException("InvalidArgsException", "The NextToken is not valid.");
        }
    }

    public static Struct Delete(Call call)
    {
        var arn = call.Input.Required("CertificateArn");
        CertificateStore.Existing(call, arn);
        if (CertificateStore.InUseBy(call.State, arn).Any())
        {
            throw new AwsException("ResourceInUseException", $"Certificate {arn} in account {call.Account} is in use.");
        }

        call.State.Delete(CertificateStore.Table(call.Scope), arn);
        CertificateStore.Forget(call.State, arn);
        if (call.State.Get(CertificateStore.TagSets(call.Scope), arn) is not null)
        {
            call.State.Delete(CertificateStore.TagSets(call.Scope), arn);
        }

        return [];
    }

    public static string NewArn(Call call)
    {
        if (call.State.Rows(CertificateStore.Table(call.Scope)).Count >= call.Quotas.CertificatesPerRegion)
        {
            throw new AwsException("LimitExceededException", "The quota of certificates has been reached.");
        }

        var hex = call.State.NextHex(32);
        var id = $"{hex[..8]}-{hex[8..12]}-{hex[12..16]}-{hex[16..20]}-{hex[20..]}";
        return $"arn:aws:acm:{call.Region}:{call.Account}:certificate/{id}";
    }

    private static void CheckRequest(Call call, List<string> names, string algorithm)
    {
        if (names.Count > call.Quotas.DomainNamesPerCertificate)
        {
            throw new AwsException(
                "LimitExceededException",
                $"A certificate can have at most {call.Quotas.DomainNamesPerCertificate} domain names.");
        }

        if (!RequestableAlgorithms.Contains(algorithm))
        {
            throw new AwsException("ValidationException", $"The key algorithm {algorithm} cannot be requested.");
        }

        if (call.Input.Text("ValidationMethod") is "HTTP" || call.Input.Has("CertificateAuthorityArn"))
        {
            throw new AwsException(
                "InvalidParameterException", "Private authorities and HTTP validation are not served here.");
        }
    }

    /// <summary>A request with the token and names of an earlier one is that one.</summary>
    private static string? Repeated(Call call, List<string> names) =>
        call.Input.Text("IdempotencyToken") is { } token
            ? call.State.Rows(CertificateStore.Table(call.Scope)).Values
                .FirstOrDefault(known => known.Text("@IdempotencyToken") == token
                    && known.Texts("SubjectAlternativeNames").SequenceEqual(names)
                    && call.Now - known.Time("CreatedAt") < TimeSpan.FromHours(1))?.Text("CertificateArn")
            : null;

    /// <summary>One record proves a name and its wildcard, for every certificate of the account.</summary>
    private static Struct Validation(Call call, string name, bool byDns)
    {
        var bare = name.StartsWith("*.", StringComparison.Ordinal) ? name[2..] : name;
        return new Struct
        {
            { "DomainName", name },
            { "ValidationDomain", name },
            { "ValidationStatus", "PENDING_VALIDATION" },
            {
                "ResourceRecord", byDns
                    ? new Struct
                    {
                        { "Name", $"_{Proof(call.Account, bare, "name")}.{bare}." },
                        { "Type", "CNAME" },
                        { "Value", $"_{Proof(call.Account, bare, "value")}.acm-validations.aws." },
                    }
                    : null
            },
            { "ValidationMethod", byDns ? "DNS" : "EMAIL" },
        };
    }

    private static string Proof(string account, string domain, string part) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes($"{account} {domain} {part}")))[..32];

    /// <summary>The certificate as it is now: what its issuing brings stays hidden until then.</summary>
    private static Struct Dated(Struct certificate, DateTimeOffset now)
    {
        var status = CertificateStore.Status(certificate, now);
        var shown = certificate.With("Status", status).Without("@Body", "@Chain", "@IdempotencyToken", "@IssuedAt");
        if (status is not "PENDING_VALIDATION")
        {
            return certificate.Time("@IssuedAt") is { } at ? shown.With("IssuedAt", at) : shown;
        }

        var options = shown.Structs("DomainValidationOptions")
            .Select(option => option.With("ValidationStatus", "PENDING_VALIDATION"));
        return shown.With("DomainValidationOptions", new ListValue(options))
            .Without("Serial", "Subject", "Issuer", "NotBefore", "NotAfter", "KeyUsages", "ExtendedKeyUsages");
    }

    private static Struct Summary(Call call, Struct certificate)
    {
        var dated = Dated(certificate, call.Now);
        var arn = dated.Required("CertificateArn");
        return new Struct
        {
            { "CertificateArn", arn },
            { "DomainName", dated["DomainName"] },
            { "SubjectAlternativeNameSummaries", dated.Texts("SubjectAlternativeNames").Take(100) },
            { "HasAdditionalSubjectAlternativeNames", dated.List("SubjectAlternativeNames").Count > 100 },
            { "Status", dated["Status"] },
            { "Type", dated["Type"] },
            { "KeyAlgorithm", dated["KeyAlgorithm"] },
            { "KeyUsages", Names(dated, "KeyUsages") },
            { "ExtendedKeyUsages", Names(dated, "ExtendedKeyUsages") },
            { "InUse", CertificateStore.InUseBy(call.State, arn).Any() },
            { "RenewalEligibility", dated["RenewalEligibility"] },
            { "NotBefore", dated["NotBefore"] },
            { "NotAfter", dated["NotAfter"] },
            { "CreatedAt", dated["CreatedAt"] },
            { "IssuedAt", dated["IssuedAt"] },
            { "ImportedAt", dated["ImportedAt"] },
        };
    }

    private static IEnumerable<string> Names(Struct certificate, string member) =>
        certificate.Structs(member).Select(usage => usage.Required("Name"));
}
