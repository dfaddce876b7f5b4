using Gwctl.Core;
using Gwctl.Providers.Aws.Api.Wire;

namespace Gwctl.Providers.Aws.Api.Acm;

/// <summary>Without value, RemoveTagsFromCertificate removes the key whatever its value is.</summary>
public sealed record Tag : IWireShape
{
    public required string Key { get; init; }
    public string? Value { get; init; }

    void IWireShape.Write(WireWriter to)
    {
        to.Put("Key", Key);
        to.Put("Value", Value);
    }

    internal static Tag Read(WireNode from) => new()
    {
        Key = from.Text("Key"),
        Value = from.TextOrNull("Value"),
    };
}

public sealed record ListCertificatesRequest : IWireShape
{
    public EquatableList<string> CertificateStatuses { get; init; } = []; // CertificateStatus
    public EquatableList<string> CertificateKeyPairOrigins { get; init; } = []; // CertificateKeyPairOrigin
    public Filters? Includes { get; init; }
    public string? NextToken { get; init; }
    public int? MaxItems { get; init; } // 1–1000
    public string? SortBy { get; init; } // SortBy
    public string? SortOrder { get; init; } // SortOrder

    void IWireShape.Write(WireWriter to)
    {
        to.PutList("CertificateStatuses", CertificateStatuses);
        to.PutList("CertificateKeyPairOrigins", CertificateKeyPairOrigins);
        to.Put("Includes", Includes);
        to.Put("NextToken", NextToken);
        to.Put("MaxItems", MaxItems);
        to.Put("SortBy", SortBy);
        to.Put("SortOrder", SortOrder);
    }
}

/// <summary>Without <see cref="KeyTypes"/> only RSA_1024 and RSA_2048 certificates are listed.</summary>
public sealed record Filters : IWireShape
{
    public EquatableList<string> ExtendedKeyUsage { get; init; } = []; // ExtendedKeyUsageName
    public EquatableList<string> KeyUsage { get; init; } = []; // KeyUsageName
    public EquatableList<string> KeyTypes { get; init; } = []; // KeyAlgorithm
    public string? ExportOption { get; init; } // CertificateExport
    public string? ManagedBy { get; init; } // CertificateManagedBy

    void IWireShape.Write(WireWriter to)
    {
        to.PutList("extendedKeyUsage", ExtendedKeyUsage);
        to.PutList("keyUsage", KeyUsage);
        to.PutList("keyTypes", KeyTypes);
        to.Put("exportOption", ExportOption);
        to.Put("managedBy", ManagedBy);
    }
}

public sealed record ListCertificatesResponse
{
    public string? NextToken { get; init; }
    public EquatableList<CertificateSummary> CertificateSummaryList { get; init; } = [];

    internal static ListCertificatesResponse Read(WireNode from) => new()
    {
        NextToken = from.TextOrNull("NextToken"),
        CertificateSummaryList = from.List("CertificateSummaryList", CertificateSummary.Read),
    };
}

/// <summary>SubjectAlternativeNameSummaries stops at a hundred names.</summary>
public sealed record CertificateSummary
{
    public required string CertificateArn { get; init; }
    public required string DomainName { get; init; }
    public EquatableList<string> SubjectAlternativeNameSummaries { get; init; } = []; // at most 100
    public bool? HasAdditionalSubjectAlternativeNames { get; init; }
    public string? Status { get; init; } // CertificateStatus
    public string? Type { get; init; } // CertificateType
    public string? KeyAlgorithm { get; init; } // KeyAlgorithm
    public EquatableList<string> KeyUsages { get; init; } = []; // KeyUsageName
    public EquatableList<string> ExtendedKeyUsages { get; init; } = []; // ExtendedKeyUsageName
    public string? ExportOption { get; init; } // CertificateExport
    public bool? InUse { get; init; }
    public bool? Exported { get; init; }
    public string? RenewalEligibility { get; init; } // RenewalEligibility
    public DateTimeOffset? NotBefore { get; init; }
    public DateTimeOffset? NotAfter { get; init; }
    public DateTimeOffset? CreatedAt { get; init; }
    public DateTimeOffset? IssuedAt { get; init; }
    public DateTimeOffset? ImportedAt { get; init; }
    public DateTimeOffset? RevokedAt { get; init; }
    public string? ManagedBy { get; init; } // CertificateManagedBy
    public string? CertificateKeyPairOrigin { get; init; } // CertificateKeyPairOrigin

    internal static CertificateSummary Read(WireNode from) => new()
    {
        CertificateArn = from.Text("CertificateArn"),
        DomainName = from.Text("DomainName"),
        SubjectAlternativeNameSummaries = from.Texts("SubjectAlternativeNameSummaries"),
        HasAdditionalSubjectAlternativeNames = from.FlagOrNull("HasAdditionalSubjectAlternativeNames"),
        Status = from.TextOrNull("Status"),
        Type = from.TextOrNull("Type"),
        KeyAlgorithm = from.TextOrNull("KeyAlgorithm"),
        KeyUsages = from.Texts("KeyUsages"),
        ExtendedKeyUsages = from.Texts("ExtendedKeyUsages"),
        ExportOption = from.TextOrNull("ExportOption"),
        InUse = from.FlagOrNull("InUse"),
        Exported = from.FlagOrNull("Exported"),
        RenewalEligibility = from.TextOrNull("RenewalEligibility"),
        NotBefore = from.TimeOrNull("NotBefore"),
        NotAfter = from.TimeOrNull("NotAfter"),
        CreatedAt = from.TimeOrNull("CreatedAt"),
        IssuedAt = from.TimeOrNull("IssuedAt"),
        ImportedAt = from.TimeOrNull("ImportedAt"),
        RevokedAt = from.TimeOrNull("RevokedAt"),
        ManagedBy = from.TextOrNull("ManagedBy"),
        CertificateKeyPairOrigin = from.TextOrNull("CertificateKeyPairOrigin"),
    };
}

public sealed record AddTagsToCertificateRequest : IWireShape
{
    public required string CertificateArn { get; init; }
    public required EquatableList<Tag> Tags { get; init; } // at most 50

    void IWireShape.Write(WireWriter to)
    {
        to.Put("CertificateArn", CertificateArn);
        to.PutList("Tags", Tags);
    }
}

public sealed record AddTagsToCertificateResponse;

public sealed record RemoveTagsFromCertificateRequest : IWireShape
{
    public required string CertificateArn { get; init; }
    public required EquatableList<Tag> Tags { get; init; } // at most 50

    void IWireShape.Write(WireWriter to)
    {
        to.Put("CertificateArn", CertificateArn);
        to.PutList("Tags", Tags);
    }
}

public sealed record RemoveTagsFromCertificateResponse;

public sealed record ListTagsForCertificateRequest : IWireShape
{
    public required string CertificateArn { get; init; }

    void IWireShape.Write(WireWriter to) => to.Put("CertificateArn", CertificateArn);
}

public sealed record ListTagsForCertificateResponse
{
    public EquatableList<Tag> Tags { get; init; } = []; // at most 50

    internal static ListTagsForCertificateResponse Read(WireNode from) => new()
    {
        Tags = from.List("Tags", Tag.Read),
    };
}
