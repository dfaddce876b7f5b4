using Gwctl.Core;
using Gwctl.Providers.Aws.Api.Wire;

namespace Gwctl.Providers.Aws.Api.Acm;

/// <summary>The same <see cref="IdempotencyToken"/> within an hour answers the same certificate.</summary>
public sealed record RequestCertificateRequest : IWireShape
{
    public required string DomainName { get; init; }
    public string? ValidationMethod { get; init; } // ValidationMethod
    public EquatableList<string> SubjectAlternativeNames { get; init; } = []; // at most 100
    public string? IdempotencyToken { get; init; }
    public EquatableList<DomainValidationOption> DomainValidationOptions { get; init; } = []; // at most 100
    public CertificateOptions? Options { get; init; }
    public string? CertificateAuthorityArn { get; init; }
    public EquatableList<Tag> Tags { get; init; } = []; // at most 50
    public string? KeyAlgorithm { get; init; } // KeyAlgorithm
    public string? ManagedBy { get; init; } // CertificateManagedBy

    void IWireShape.Write(WireWriter to)
    {
        to.Put("DomainName", DomainName);
        to.Put("ValidationMethod", ValidationMethod);
        to.PutList("SubjectAlternativeNames", SubjectAlternativeNames);
        to.Put("IdempotencyToken", IdempotencyToken);
        to.PutList("DomainValidationOptions", DomainValidationOptions);
        to.Put("Options", Options);
        to.Put("CertificateAuthorityArn", CertificateAuthorityArn);
        to.PutList("Tags", Tags);
        to.Put("KeyAlgorithm", KeyAlgorithm);
        to.Put("ManagedBy", ManagedBy);
    }
}

public sealed record DomainValidationOption : IWireShape
{
    public required string DomainName { get; init; }
    public required string ValidationDomain { get; init; }

    void IWireShape.Write(WireWriter to)
    {
        to.Put("DomainName", DomainName);
        to.Put("ValidationDomain", ValidationDomain);
    }
}

public sealed record CertificateOptions : IWireShape
{
    public string? CertificateTransparencyLoggingPreference { get; init; } // CertificateTransparencyLoggingPreference
    public string? Export { get; init; } // CertificateExport

    void IWireShape.Write(WireWriter to)
    {
        to.Put("CertificateTransparencyLoggingPreference", CertificateTransparencyLoggingPreference);
        to.Put("Export", Export);
    }

    internal static CertificateOptions Read(WireNode from) => new()
    {
        CertificateTransparencyLoggingPreference = from.TextOrNull("CertificateTransparencyLoggingPreference"),
        Export = from.TextOrNull("Export"),
    };
}

public sealed record RequestCertificateResponse
{
    public required string CertificateArn { get; init; }

    internal static RequestCertificateResponse Read(WireNode from) => new()
    {
        CertificateArn = from.Text("CertificateArn"),
    };
}

/// <summary>
/// Each part is PEM text. With <see cref="CertificateArn"/> it replaces that certificate, which keeps its ARN.
/// </summary>
public sealed record ImportCertificateRequest : IWireShape
{
    public string? CertificateArn { get; init; }
    public required ReadOnlyMemory<byte> Certificate { get; init; }
    public required ReadOnlyMemory<byte> PrivateKey { get; init; }
    public ReadOnlyMemory<byte>? CertificateChain { get; init; }
    public EquatableList<Tag> Tags { get; init; } = []; // at most 50

    void IWireShape.Write(WireWriter to)
    {
        to.Put("CertificateArn", CertificateArn);
        to.Put("Certificate", Certificate);
        to.Put("PrivateKey", PrivateKey);
        to.Put("CertificateChain", CertificateChain);
        to.PutList("Tags", Tags);
    }
}

public sealed record ImportCertificateResponse
{
    public required string CertificateArn { get; init; }

    internal static ImportCertificateResponse Read(WireNode from) => new()
    {
        CertificateArn = from.Text("CertificateArn"),
    };
}

public sealed record DeleteCertificateRequest : IWireShape
{
    public required string CertificateArn { get; init; }

    void IWireShape.Write(WireWriter to) => to.Put("CertificateArn", CertificateArn);
}

public sealed record DeleteCertificateResponse;

public sealed record GetCertificateRequest : IWireShape
{
    public required string CertificateArn { get; init; }

    void IWireShape.Write(WireWriter to) => to.Put("CertificateArn", CertificateArn);
}

public sealed record GetCertificateResponse
{
    public required string Certificate { get; init; }
    public string? CertificateChain { get; init; }

    internal static GetCertificateResponse Read(WireNode from) => new()
    {
        Certificate = from.Text("Certificate"),
        CertificateChain = from.TextOrNull("CertificateChain"),
    };
}
