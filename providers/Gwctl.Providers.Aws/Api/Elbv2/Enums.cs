namespace Gwctl.Providers.Aws.Api.Elbv2;

public static class ActionTypeEnum
{
    public const string Forward = "forward";
    public const string AuthenticateOidc = "authenticate-oidc";
    public const string AuthenticateCognito = "authenticate-cognito";
    public const string Redirect = "redirect";
    public const string FixedResponse = "fixed-response";
    public const string JwtValidation = "jwt-validation";
}

public static class AdvertiseTrustStoreCaNamesEnum
{
    public const string On = "on";
    public const string Off = "off";
}

public static class AnomalyResultEnum
{
    public const string Anomalous = "anomalous";
    public const string Normal = "normal";
}

public static class AuthenticateCognitoActionConditionalBehaviorEnum
{
    public const string Deny = "deny";
    public const string Allow = "allow";
    public const string Authenticate = "authenticate";
}

public static class AuthenticateOidcActionConditionalBehaviorEnum
{
    public const string Deny = "deny";
    public const string Allow = "allow";
    public const string Authenticate = "authenticate";
}

public static class DescribeTargetHealthInputIncludeEnum
{
    public const string AnomalyDetection = "AnomalyDetection";
    public const string All = "All";
}

public static class EnablePrefixForIpv6SourceNatEnum
{
    public const string On = "on";
    public const string Off = "off";
}

public static class IpAddressType
{
    public const string Ipv4 = "ipv4";
    public const string Dualstack = "dualstack";
    public const string DualstackWithoutPublicIpv4 = "dualstack-without-public-ipv4";
}

public static class JwtValidationActionAdditionalClaimFormatEnum
{
    public const string SingleString = "single-string";
    public const string StringArray = "string-array";
    public const string SpaceSeparatedValues = "space-separated-values";
}

public static class LoadBalancerSchemeEnum
{
    public const string InternetFacing = "internet-facing";
    public const string Internal = "internal";
}

public static class LoadBalancerStateEnum
{
    public const string Active = "active";
    public const string Provisioning = "provisioning";
    public const string Active_impaired = "active_impaired";
    public const string Failed = "failed";
}

public static class LoadBalancerTypeEnum
{
    public const string Application = "application";
    public const string Network = "network";
    public const string Gateway = "gateway";
}

public static class MitigationInEffectEnum
{
    public const string Yes = "yes";
    public const string No = "no";
}

public static class ProtocolEnum
{
    public const string HTTP = "HTTP";
    public const string HTTPS = "HTTPS";
    public const string TCP = "TCP";
    public const string TLS = "TLS";
    public const string UDP = "UDP";
    public const string TCP_UDP = "TCP_UDP";
    public const string GENEVE = "GENEVE";
    public const string QUIC = "QUIC";
    public const string TCP_QUIC = "TCP_QUIC";
}

public static class RedirectActionStatusCodeEnum
{
    public const string HTTP_301 = "HTTP_301";
    public const string HTTP_302 = "HTTP_302";
}

public static class SourceIpAddressTypeEnum
{
    public const string Ipv4 = "ipv4";
    public const string Ipv6 = "ipv6";
}

public static class TargetAdministrativeOverrideReasonEnum
{
    public const string AdministrativeOverrideUnknown = "AdministrativeOverride.Unknown";
    public const string AdministrativeOverrideNoOverride = "AdministrativeOverride.NoOverride";
    public const string AdministrativeOverrideZonalShiftActive = "AdministrativeOverride.ZonalShiftActive";
    public const string AdministrativeOverrideZonalShiftDelegatedToDns =
        "AdministrativeOverride.ZonalShiftDelegatedToDns";
}

public static class TargetAdministrativeOverrideStateEnum
{
    public const string Unknown = "unknown";
    public const string No_override = "no_override";
    public const string Zonal_shift_active = "zonal_shift_active";
    public const string Zonal_shift_delegated_to_dns = "zonal_shift_delegated_to_dns";
}

public static class TargetGroupIpAddressTypeEnum
{
    public const string Ipv4 = "ipv4";
    public const string Ipv6 = "ipv6";
}

public static class TargetHealthReasonEnum
{
    public const string ElbRegistrationInProgress = "Elb.RegistrationInProgress";
    public const string ElbInitialHealthChecking = "Elb.InitialHealthChecking";
    public const string TargetResponseCodeMismatch = "Target.ResponseCodeMismatch";
    public const string TargetTimeout = "Target.Timeout";
    public const string TargetFailedHealthChecks = "Target.FailedHealthChecks";
    public const string TargetNotRegistered = "Target.NotRegistered";
    public const string TargetNotInUse = "Target.NotInUse";
    public const string TargetDeregistrationInProgress = "Target.DeregistrationInProgress";
    public const string TargetInvalidState = "Target.InvalidState";
    public const string TargetIpUnusable = "Target.IpUnusable";
    public const string TargetHealthCheckDisabled = "Target.HealthCheckDisabled";
    public const string ElbInternalError = "Elb.InternalError";
}

public static class TargetHealthStateEnum
{
    public const string Initial = "initial";
    public const string Healthy = "healthy";
    public const string Unhealthy = "unhealthy";
    public const string UnhealthyDraining = "unhealthy.draining";
    public const string Unused = "unused";
    public const string Draining = "draining";
    public const string Unavailable = "unavailable";
}

public static class TargetTypeEnum
{
    public const string Instance = "instance";
    public const string Ip = "ip";
    public const string Lambda = "lambda";
    public const string Alb = "alb";
}

public static class TransformTypeEnum
{
    public const string HostHeaderRewrite = "host-header-rewrite";
    public const string UrlRewrite = "url-rewrite";
}

public static class TrustStoreStatus
{
    public const string ACTIVE = "ACTIVE";
    public const string CREATING = "CREATING";
}

public static class TrustStoreAssociationStatusEnum
{
    public const string Active = "active";
    public const string Removed = "removed";
}
