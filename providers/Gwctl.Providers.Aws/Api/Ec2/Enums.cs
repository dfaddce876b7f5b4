namespace Gwctl.Providers.Aws.Api.Ec2;

public static class IpSource
{
    public const string Amazon = "amazon";
    public const string Byoip = "byoip";
    public const string None = "none";
}

public static class Ipv6AddressAttribute
{
    public const string Public = "public";
    public const string Private = "private";
}

public static class SubnetCidrBlockStateCode
{
    public const string Associating = "associating";
    public const string Associated = "associated";
    public const string Disassociating = "disassociating";
    public const string Disassociated = "disassociated";
    public const string Failing = "failing";
    public const string Failed = "failed";
}

public static class SubnetState
{
    public const string Pending = "pending";
    public const string Available = "available";
    public const string Unavailable = "unavailable";
    public const string Failed = "failed";
    public const string FailedInsufficientCapacity = "failed-insufficient-capacity";
}

public static class Tenancy
{
    public const string Default = "default";
    public const string Dedicated = "dedicated";
    public const string Host = "host";
}

public static class VpcCidrBlockStateCode
{
    public const string Associating = "associating";
    public const string Associated = "associated";
    public const string Disassociating = "disassociating";
    public const string Disassociated = "disassociated";
    public const string Failing = "failing";
    public const string Failed = "failed";
}

public static class VpcState
{
    public const string Pending = "pending";
    public const string Available = "available";
}
