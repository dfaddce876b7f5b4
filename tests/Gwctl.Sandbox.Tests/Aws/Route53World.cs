using System.Xml.Linq;

namespace Gwctl.Sandbox.Tests.Aws;

/// <summary>Zones and batches.</summary>
internal static class Route53World
{
    /// <summary>The only zone's bare id.</summary>
    public static async Task<string> ZoneAsync(this SandboxFixture sandbox) =>
        (await sandbox.Route53("GET", "hostedzone")).Ok()["Id"].Replace("/hostedzone/", "", StringComparison.Ordinal);

    public static Task<Answer> ChangeAsync(
        this SandboxFixture sandbox, string zone, params (string Action, string Record)[] changes)
    {
        var items = string.Concat(changes.Select(change => $"<Change><Action>{change.Action}</Action>"
            + $"<ResourceRecordSet>{change.Record}</ResourceRecordSet></Change>"));
        return sandbox.Route53(
            "POST", $"hostedzone/{zone}/rrset/",
            "<ChangeResourceRecordSetsRequest xmlns=\"https://route53.amazonaws.com/doc/2013-04-01/\"><ChangeBatch>"
            + $"<Changes>{items}</Changes></ChangeBatch></ChangeResourceRecordSetsRequest>");
    }

    public static string Record(string name, string type, int ttl, params string[] values) =>
        $"<Name>{name}</Name><Type>{type}</Type><TTL>{ttl}</TTL>{Values(values)}";

    public static string Weighted(string name, string set, int weight, int ttl, params string[] values) =>
        $"<Name>{name}</Name><Type>A</Type><SetIdentifier>{set}</SetIdentifier><Weight>{weight}</Weight>"
        + $"<TTL>{ttl}</TTL>{Values(values)}";

    public static string Alias(string name, string type, string zone, string target) =>
        $"<Name>{name}</Name><Type>{type}</Type><AliasTarget><HostedZoneId>{zone}</HostedZoneId>"
        + $"<DNSName>{target}</DNSName><EvaluateTargetHealth>true</EvaluateTargetHealth></AliasTarget>";

    private static string Values(string[] values) =>
        $"<ResourceRecords>{string.Concat(values.Select(value =>
            $"<ResourceRecord>{new XElement("Value", value)}</ResourceRecord>"))}</ResourceRecords>";
}
