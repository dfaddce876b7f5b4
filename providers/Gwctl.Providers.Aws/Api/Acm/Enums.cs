namespace Gwctl.Providers.Aws.Api.Acm;

public static class CertificateExport
{
    public const string ENABLED = "ENABLED";
    public const string DISABLED = "DISABLED";
}

public static class CertificateKeyPairOrigin
{
    public const string AWS_MANAGED = "AWS_MANAGED";
    public const string ACME = "ACME";
    public const string CUSTOMER_PROVIDED = "CUSTOMER_PROVIDED";
}

public static class CertificateManagedBy
{
    public const string CLOUDFRONT = "CLOUDFRONT";
}

public static class CertificateStatus
{
    public const string PENDING_VALIDATION = "PENDING_VALIDATION";
    public const string ISSUED = "ISSUED";
    public const string INACTIVE = "INACTIVE";
    public const string EXPIRED = "EXPIRED";
    public const string VALIDATION_TIMED_OUT = "VALIDATION_TIMED_OUT";
    public const string REVOKED = "REVOKED";
    public const string FAILED = "FAILED";
}

public static class CertificateTransparencyLoggingPreference
{
    public const string ENABLED = "ENABLED";
    public const string DISABLED = "DISABLED";
}

public static class CertificateType
{
    public const string IMPORTED = "IMPORTED";
    public const string AMAZON_ISSUED = "AMAZON_ISSUED";
    public const string PRIVATE = "PRIVATE";
}

public static class DomainStatus
{
    public const string PENDING_VALIDATION = "PENDING_VALIDATION";
    public const string SUCCESS = "SUCCESS";
    public const string FAILED = "FAILED";
}

public static class ExtendedKeyUsageName
{
    public const string TLS_WEB_SERVER_AUTHENTICATION = "TLS_WEB_SERVER_AUTHENTICATION";
    public const string TLS_WEB_CLIENT_AUTHENTICATION = "TLS_WEB_CLIENT_AUTHENTICATION";
    public const string CODE_SIGNING = "CODE_SIGNING";
    public const string EMAIL_PROTECTION = "EMAIL_PROTECTION";
    public const string TIME_STAMPING = "TIME_STAMPING";
    public const string OCSP_SIGNING = "OCSP_SIGNING";
    public const string IPSEC_END_SYSTEM = "IPSEC_END_SYSTEM";
    public const string IPSEC_TUNNEL = "IPSEC_TUNNEL";
    public const string IPSEC_USER = "IPSEC_USER";
    public const string ANY = "ANY";
    public const string NONE = "NONE";
    public const string CUSTOM = "CUSTOM";
}

public static class FailureReason
{
    public const string NO_AVAILABLE_CONTACTS = "NO_AVAILABLE_CONTACTS";
    public const string ADDITIONAL_VERIFICATION_REQUIRED = "ADDITIONAL_VERIFICATION_REQUIRED";
    public const string DOMAIN_NOT_ALLOWED = "DOMAIN_NOT_ALLOWED";
    public const string INVALID_PUBLIC_DOMAIN = "INVALID_PUBLIC_DOMAIN";
    public const string DOMAIN_VALIDATION_DENIED = "DOMAIN_VALIDATION_DENIED";
    public const string CAA_ERROR = "CAA_ERROR";
    public const string PCA_LIMIT_EXCEEDED = "PCA_LIMIT_EXCEEDED";
    public const string PCA_INVALID_ARN = "PCA_INVALID_ARN";
    public const string PCA_INVALID_STATE = "PCA_INVALID_STATE";
    public const string PCA_REQUEST_FAILED = "PCA_REQUEST_FAILED";
    public const string PCA_NAME_CONSTRAINTS_VALIDATION = "PCA_NAME_CONSTRAINTS_VALIDATION";
    public const string PCA_RESOURCE_NOT_FOUND = "PCA_RESOURCE_NOT_FOUND";
    public const string PCA_INVALID_ARGS = "PCA_INVALID_ARGS";
    public const string PCA_INVALID_DURATION = "PCA_INVALID_DURATION";
    public const string PCA_ACCESS_DENIED = "PCA_ACCESS_DENIED";
    public const string SLR_NOT_FOUND = "SLR_NOT_FOUND";
    public const string OTHER = "OTHER";
}

public static class KeyAlgorithm
{
    public const string RSA_1024 = "RSA_1024";
    public const string RSA_2048 = "RSA_2048";
    public const string RSA_3072 = "RSA_3072";
    public const string RSA_4096 = "RSA_4096";
    public const string EC_prime256v1 = "EC_prime256v1";
    public const string EC_secp384r1 = "EC_secp384r1";
    public const string EC_secp521r1 = "EC_secp521r1";
}

public static class KeyUsageName
{
    public const string DIGITAL_SIGNATURE = "DIGITAL_SIGNATURE";
    public const string NON_REPUDIATION = "NON_REPUDIATION";
    public const string KEY_ENCIPHERMENT = "KEY_ENCIPHERMENT";
    public const string DATA_ENCIPHERMENT = "DATA_ENCIPHERMENT";
    public const string KEY_AGREEMENT = "KEY_AGREEMENT";
    public const string CERTIFICATE_SIGNING = "CERTIFICATE_SIGNING";
    public const string CRL_SIGNING = "CRL_SIGNING";
    public const string ENCIPHER_ONLY = "ENCIPHER_ONLY";
    public const string DECIPHER_ONLY = "DECIPHER_ONLY";
    public const string ANY = "ANY";
    public const string CUSTOM = "CUSTOM";
}

public static class RecordType
{
    public const string CNAME = "CNAME";
}

public static class RenewalEligibility
{
    public const string ELIGIBLE = "ELIGIBLE";
    public const string INELIGIBLE = "INELIGIBLE";
}

public static class RenewalStatus
{
    public const string PENDING_AUTO_RENEWAL = "PENDING_AUTO_RENEWAL";
    public const string PENDING_VALIDATION = "PENDING_VALIDATION";
    public const string SUCCESS = "SUCCESS";
    public const string FAILED = "FAILED";
}

public static class RevocationReason
{
    public const string UNSPECIFIED = "UNSPECIFIED";
    public const string KEY_COMPROMISE = "KEY_COMPROMISE";
    public const string CA_COMPROMISE = "CA_COMPROMISE";
    public const string AFFILIATION_CHANGED = "AFFILIATION_CHANGED";
    public const string SUPERCEDED = "SUPERCEDED";
    public const string SUPERSEDED = "SUPERSEDED";
    public const string CESSATION_OF_OPERATION = "CESSATION_OF_OPERATION";
    public const string CERTIFICATE_HOLD = "CERTIFICATE_HOLD";
    public const string REMOVE_FROM_CRL = "REMOVE_FROM_CRL";
    public const string PRIVILEGE_WITHDRAWN = "PRIVILEGE_WITHDRAWN";
    public const string A_A_COMPROMISE = "A_A_COMPROMISE";
}

public static class SortBy
{
    public const string CREATED_AT = "CREATED_AT";
}

public static class SortOrder
{
    public const string ASCENDING = "ASCENDING";
    public const string DESCENDING = "DESCENDING";
}

public static class ValidationMethod
{
    public const string EMAIL = "EMAIL";
    public const string DNS = "DNS";
    public const string HTTP = "HTTP";
}
