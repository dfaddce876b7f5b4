namespace Gwctl.Providers.Aws.Api.Route53;

public static class ChangeAction
{
    public const string CREATE = "CREATE";
    public const string DELETE = "DELETE";
    public const string UPSERT = "UPSERT";
}

public static class ChangeStatus
{
    public const string PENDING = "PENDING";
    public const string INSYNC = "INSYNC";
}

public static class HostedZoneType
{
    public const string PrivateHostedZone = "PrivateHostedZone";
}

public static class HealthCheckType
{
    public const string HTTP = "HTTP";
    public const string HTTPS = "HTTPS";
    public const string TCP = "TCP";
}

public static class RRType
{
    public const string SOA = "SOA";
    public const string A = "A";
    public const string TXT = "TXT";
    public const string NS = "NS";
    public const string CNAME = "CNAME";
    public const string MX = "MX";
    public const string NAPTR = "NAPTR";
    public const string PTR = "PTR";
    public const string SRV = "SRV";
    public const string SPF = "SPF";
    public const string AAAA = "AAAA";
    public const string CAA = "CAA";
    public const string DS = "DS";
    public const string TLSA = "TLSA";
    public const string SSHFP = "SSHFP";
    public const string SVCB = "SVCB";
    public const string HTTPS = "HTTPS";
}

public static class ResourceRecordSetFailover
{
    public const string PRIMARY = "PRIMARY";
    public const string SECONDARY = "SECONDARY";
}

public static class TagResourceType
{
    public const string Healthcheck = "healthcheck";
    public const string Hostedzone = "hostedzone";
}
