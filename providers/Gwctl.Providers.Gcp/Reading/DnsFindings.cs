using Gwctl.Core;
using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Gcp.Reading;

/// <summary>What reading record sets has to say.</summary>
internal static class DnsFindings
{
    public static Diagnostic UnreadableOwner(string text, string hostname) =>
        new("GW4262", Severity.Warning, "A DNS ownership record does not say for which Gateway it is")
        {
            Detail = $"{text} says that gwctl owns {hostname}, and names no Gateway; it is passed over.",
            Help = "Delete the TXT record and the records it owns, if nobody needs them.",
        };

    /// <param name="decides">Whose TTL holds.</param>
    public static Diagnostic TtlOfOthers(ResourceNode node, string hostname, int live, int wanted, string decides) =>
        new("GW4267", Severity.Warning, "TTL that another owner of the weighted record set decides")
        {
            Subject = node.Origin,
            Object = $"Gateway/{node.Address.Gateway}",
            Detail = $"The records of {hostname} have a TTL of {live} s, and Gateway {node.Address.Gateway} wants "
                + $"{wanted} s. All weights of a name are one record set in Cloud DNS, with one TTL: that of "
                + $"{decides}, who comes first by name.",
            Help = "Give all DnsPolicies of the name the same ttl.",
        };

    public static Diagnostic AllZero(ResourceAddress address, string hostname, Severity severity) =>
        new("GW4268", severity, "All weights of a name are zero")
        {
            Object = $"Gateway/{address.Gateway}",
            Detail = $"{address}: with its weight of 0 no item of {hostname} would have any. What Cloud DNS answers "
                + "then is nowhere said, so that it is not written.",
            Help = "Give one of the name's Gateways a weight first.",
        };
}
