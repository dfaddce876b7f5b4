using Gwctl.Core;
using Gwctl.Providers.Aws.Api.Wire;

namespace Gwctl.Providers.Aws.Api.Acm;

public sealed record DescribeCertificateRequest : IWireShape
{
    public required string CertificateArn { get; init; }

    void IWireShape.Write(WireWriter to) => to.Put("CertificateArn", CertificateArn);
}

public sealed record DescribeCertificateResponse
{
    public required CertificateDetail Certificate { get; init; }

    internal static DescribeCertificateResponse Read(WireNode from) => new()
    {
        Certificate = from.Item("Certificate", CertificateDetail.Read),
    };
}

public sealed record CertificateDetail
{
    public required string CertificateArn { get; init; }
    public required string DomainName { get; init; }
    public EquatableList<string> SubjectAlternativeNames { get; init; } = []; // at most 100
    public string? ManagedBy { get; init; } // CertificateManagedBy
    public EquatableList<DomainValidation> DomainValidationOptions { get; init; } = []; // at most 1000
    public string? Serial { get; init; }
    public string? Subject { get; init; }
    public string? Issuer { get; init; }
    public DateTimeOffset? CreatedAt { get; init; }
    public DateTimeOffset? IssuedAt { get; init; }
    public DateTimeOffset? ImportedAt { get; init; }
    public required string Status { get; init; } // CertificateStatus
    public DateTimeOffset? RevokedAt { get; init; }
    public string? RevocationReason { get; init; } // RevocationReason
    public DateTimeOffset? NotBefore { get; init; }
    public DateTimeOffset? NotAfter { get; init; }
    public string? KeyAlgorithm { get; init; } // KeyAlgorithm
    public string? SignatureAlgorithm { get; init; }
    public EquatableList<string> InUseBy { get; init; } = [];
    public string? FailureReason { get; init; } // FailureReason
    public string? Type { get; init; } // CertificateType
    public RenewalSummary? RenewalSummary { get; init; }
    public EquatableList<KeyUsage> KeyUsages { get; init; } = [];
    public EquatableList<ExtendedKeyUsage> ExtendedKeyUsages { get; init; } = [];
    public string? CertificateAuthorityArn { get; init; }
    public string? RenewalEligibility { get; init; } // RenewalEligibility
    public CertificateOptions? Options { get; init; }
    public string? CertificateKeyPairOrigin { get; init; } // CertificateKeyPairOrigin

    internal static CertificateDetail Read(WireNode from) => new()
    {
        CertificateArn = from.Text("CertificateArn"),
        DomainName = from.Text("DomainName"),
        SubjectAlternativeNames = from.Texts("SubjectAlternativeNames"),
        ManagedBy = from.TextOrNull("ManagedBy"),
        DomainValidationOptions = from.List("DomainValidationOptions", DomainValidation.Read),
        Serial = from.TextOrNull("Serial"),
        Subject = from.TextOrNull("Subject"),
        Issuer = from.TextOrNull("Issuer"),
        CreatedAt = from.TimeOrNull("CreatedAt"),
        IssuedAt = from.TimeOrNull("IssuedAt"),
        ImportedAt = from.TimeOrNull("ImportedAt"),
        Status = from.Text("Status"),
        RevokedAt = from.TimeOrNull("RevokedAt"),
        RevocationReason = from.TextOrNull("RevocationReason"),
        NotBefore = from.TimeOrNull("NotBefore"),
        NotAfter = from.TimeOrNull("NotAfter"),
        KeyAlgorithm = from.TextOrNull("KeyAlgorithm"),
        SignatureAlgorithm = from.TextOrNull("SignatureAlgorithm"),
        InUseBy = from.Texts("InUseBy"),
        FailureReason = from.TextOrNull("FailureReason"),
        Type = from.TextOrNull("Type"),
        RenewalSummary = from.ItemOrNull("RenewalSummary", RenewalSummary.Read),
        KeyUsages = from.List("KeyUsages", KeyUsage.Read),
        ExtendedKeyUsages = from.List("ExtendedKeyUsages", ExtendedKeyUsage.Read),
        CertificateAuthorityArn = from.TextOrNull("CertificateAuthorityArn"),
        RenewalEligibility = from.TextOrNull("RenewalEligibility"),
        Options = from.ItemOrNull("Options", CertificateOptions.Read),
        CertificateKeyPairOrigin = from.TextOrNull("CertificateKeyPairOrigin"),
    };
}

/// <summary>ResourceRecord appears some seconds after the request.</summary>
public sealed record DomainValidation
{
    public required string DomainName { get; init; }
    public EquatableList<string> ValidationEmails { get; init; } = [];
    public string? ValidationDomain { get; init; }
    public string? ValidationStatus { get; init; } // DomainStatus
    public ResourceRecord? ResourceRecord { get; init; }
    public HttpRedirect? HttpRedirect { get; init; }
    public string? ValidationMethod { get; init; } // ValidationMethod

    internal static DomainValidation Read(WireNode from) => new()
    {
        DomainName = from.Text("DomainName"),
        ValidationEmails = from.Texts("ValidationEmails"),
        ValidationDomain = from.TextOrNull("ValidationDomain"),
        ValidationStatus = from.TextOrNull("ValidationStatus"),
        ResourceRecord = from.ItemOrNull("ResourceRecord", ResourceRecord.Read),
        HttpRedirect = from.ItemOrNull("HttpRedirect", HttpRedirect.Read),
        ValidationMethod = from.TextOrNull("ValidationMethod"),
    };
}

public sealed record ResourceRecord
{
    public required string Name { get; init; }
    public required string Type { get; init; } // RecordType
    public required string Value { get; init; }

    internal static ResourceRecord Read(WireNode from) => new()
    {
        Name = from.Text("Name"),
        Type = from.Text("Type"),
        Value = from.Text("Value"),
    };
}

public sealed record HttpRedirect
{
    public string? RedirectFrom { get; init; }
    public string? RedirectTo { get; init; }

    internal static HttpRedirect Read(WireNode from) => new()
    {
        RedirectFrom = from.TextOrNull("RedirectFrom"),
        RedirectTo = from.TextOrNull("RedirectTo"),
    };
}

public sealed record RenewalSummary
{
    public required string RenewalStatus { get; init; } // RenewalStatus
    public EquatableList<DomainValidation> DomainValidationOptions { get; init; } = []; // at most 1000
    public string? RenewalStatusReason { get; init; } // FailureReason
    public required DateTimeOffset UpdatedAt { get; init; }

    internal static RenewalSummary Read(WireNode from) => new()
    {
        RenewalStatus = from.Text("RenewalStatus"),
        DomainValidationOptions = from.List("DomainValidationOptions", DomainValidation.Read),
        RenewalStatusReason = from.TextOrNull("RenewalStatusReason"),
        UpdatedAt = from.Time("UpdatedAt"),
    };
}

public sealed record KeyUsage
{
    public required string Name { get; init; } // KeyUsageName

    internal static KeyUsage Read(WireNode from) => new()
    {
        Name = from.Text("Name"),
    };
}

public sealed record ExtendedKeyUsage
{
    public required string Name { get; init; } // ExtendedKeyUsageName
    public string? OID { get; init; }

    internal static ExtendedKeyUsage Read(WireNode from) => new()
    {
        Name = from.Text("Name"),
        OID = from.TextOrNull("OID"),
    };
}
