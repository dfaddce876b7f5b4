using System.Collections.Frozen;

namespace Gwctl.Sandbox.Aws.Elbv2;

/// <summary>The Route 53 zones of load balancers' own names, from AWS's published endpoint table.</summary>
internal static class CanonicalZones
{
    private static readonly FrozenDictionary<string, (string Application, string Network)> ByRegion =
        new Dictionary<string, (string, string)>
        {
            ["us-east-1"] = ("Z35SXDOTRQ7X7K", "Z26RNL4JYFTOTI"),
            ["us-east-2"] = ("Z3AADJGX6KTTL2", "ZLMOA37VPKANP"),
            ["us-west-1"] = ("Z368ELLRRE2KJ0", "Z24FKFUX50B4VW"),
            ["us-west-2"] = ("Z1H1FL5HABSF5", "Z18D5FSROUN65G"),
            ["ca-central-1"] = ("ZQSVJUPU6J1EY", "Z2EPGBW3API2WT"),
            ["eu-central-1"] = ("Z215JYRZR1TBD5", "Z3F0SRJ5LGBH90"),
            ["eu-west-1"] = ("Z32O12XQLNTSW2", "Z2IFOLAFXWLO4F"),
            ["eu-west-2"] = ("ZHURV8PSTC4K8", "ZD4D7Y8KGAS4G"),
            ["eu-west-3"] = ("Z3Q77PNBQS71R4", "Z1CMS0P5QUZ6D5"),
            ["eu-north-1"] = ("Z23TAZ6LKFMNIO", "Z1UDT6IFJ4EJM"),
            ["ap-northeast-1"] = ("Z14GRHDCWA56QT", "Z31USIVHYNEOWT"),
            ["ap-southeast-1"] = ("Z1LMS91P8CMLE5", "ZKVM4W9LS7TM"),
            ["ap-southeast-2"] = ("Z1GM3OXH4ZPM65", "ZCT6FZBF4DROD"),
            ["ap-south-1"] = ("ZP97RAFLXTNZK", "ZVDDRBQ08TROA"),
            ["sa-east-1"] = ("Z2P70J7HTTTPLU", "ZTK26PT1VY4CU"),
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Regions outside of the table share the first region's zones: a sandbox only needs them to
    /// agree.</summary>
    public static string Of(string region, string type)
    {
        var zones = ByRegion.GetValueOrDefault(region, ByRegion["us-east-1"]);
        return type is "network" ? zones.Network : zones.Application;
    }
}
