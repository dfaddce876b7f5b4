using Gwctl.Conformance.Tests.Reading;
using Gwctl.Verification.Router;

namespace Gwctl.Conformance.Tests.Judging;

/// <summary>Where connections must go that are not read as requests.</summary>
internal static class StreamJudge
{
    private const string Refused = "refused";

    public static IEnumerable<string> Judge(Behaviour behaviour, SpecificationSide side)
    {
        var ways = behaviour.Streams.GroupBy(
            stream => (stream.Gateway, stream.Transport, stream.Port, stream.Sni));
        foreach (var way in ways)
        {
            var (gateway, transport, port, sni) = way.Key;
            var wanted = Shown(way.Select(stream => (stream.BackendId ?? Refused, (double)stream.Percent)));
            var got = side.RouterOf(gateway)?.RouteStream(port, transport, sni) is { Shares: [_, ..] shares }
                ? Shown(shares.Select(share => (TargetOf(share), share.Fraction * 100)))
                : Shown([(Refused, 100)]);
            if (got != wanted)
            {
                yield return $"line {way.First().Line}: {transport} {port} {sni} goes to {got}, expected {wanted}.";
            }
        }
    }

    private static string TargetOf(StreamShare share) =>
        share is { BackendId: { } id, HasEndpoints: true } ? id.Split("/udp")[0] : Refused;

    private static string Shown(IEnumerable<(string Target, double Percent)> shares) => string.Join(
        ", ",
        shares.GroupBy(share => share.Target)
            .Select(group => $"{group.Key} ({Math.Round(group.Sum(share => share.Percent))}%)")
            .Order(StringComparer.Ordinal));
}
