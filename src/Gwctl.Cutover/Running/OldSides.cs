using System.Net;
using System.Net.Sockets;
using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Cutover.Deciding;
using Gwctl.Cutover.Records;
using Gwctl.Engine.Providers;

namespace Gwctl.Cutover.Running;

/// <summary>What the document says of the old side.</summary>
/// <param name="Targets">Null where it is what the records say.</param>
/// <param name="Balancer">Null where it is no load balancer of the same cloud.</param>
internal sealed record OldSide(EquatableList<SideTarget>? Targets, BalancerFacts? Balancer)
{
    public static readonly OldSide Unsaid = new(null, null);
}

/// <summary>Finds the old side.</summary>
internal static class OldSides
{
    /// <returns>A diagnostic where the old side cannot be found.</returns>
    public static async Task<(OldSide? Side, Diagnostic? Problem)> FindAsync(
        CutoverSpec document, CutoverParts parts, CancellationToken cancellationToken)
    {
        switch (document.From)
        {
            case CutoverSourceSpec.Addresses addresses:
                return (new OldSide(TargetsOf(addresses.Values.Select(address => address.Value)), null), null);
            case CutoverSourceSpec.Name name:
                return (await NamedAsync(name.Value, parts, cancellationToken), null);
            case CutoverSourceSpec.LoadBalancer { NameOrId: var wanted }:
                return await parts.Balancers.FindAsync(wanted, cancellationToken) is { } found
                    ? (Of(found), null)
                    : (null, CutoverDiagnostics.FromUnknown(document, $"Load balancer {wanted}"));
            case CutoverSourceSpec.OfObject { Target: var target }:
                var reference = target with { Namespace = target.Namespace ?? document.Name.Namespace };
                var what = $"The status of {target.Kind} {reference.Namespace}/{target.Name}";
                return parts.StatusOf(reference) switch
                {
                    null or [] => (null, CutoverDiagnostics.FromUnknown(document, what)),
                    [var only] when !IPAddress.TryParse(only, out _) =>
                        (await NamedAsync(only, parts, cancellationToken), null),
                    var several => (new OldSide(TargetsOf(several), null), null),
                };
            default:
                return (OldSide.Unsaid, null);
        }
    }

    /// <summary>The load balancer that a name's records lead to, as far as the cloud knows it.</summary>
    public static async Task<BalancerFacts?> BehindAsync(
        WeightedName live, BalancerFacts? newBalancer, CutoverParts parts, CancellationToken cancellationToken)
    {
        var targets = Registry.ProgressOf(live)?.Old.Select(side => side.Target)
            ?? live.Members.Select(member => member.Target);
        foreach (var target in targets.Where(target => newBalancer?.IsLedToBy(target) is not true))
        {
            var name = target.ToString() ?? "";
            if (!IPAddress.TryParse(name, out _)
                && await parts.Balancers.FindAsync(name, cancellationToken) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private static async Task<OldSide> NamedAsync(
        string name, CutoverParts parts, CancellationToken cancellationToken) =>
        await parts.Balancers.FindAsync(name, cancellationToken) is { } found
            ? Of(found)
            : new OldSide([new SideTarget("CNAME", new DnsTarget.Value(name))], null);

    private static OldSide Of(BalancerFacts balancer) =>
        new([.. balancer.Pointers.Select(member => new SideTarget(member.Type, member.Target))], balancer);

    private static EquatableList<SideTarget> TargetsOf(IEnumerable<string> texts) =>
    [
        .. texts.Select(text => (Text: text, Address: IPAddress.TryParse(text, out var address) ? address : null))
            .Select(item => new SideTarget(
                item.Address?.AddressFamily switch
                {
                    AddressFamily.InterNetwork => "A",
                    AddressFamily.InterNetworkV6 => "AAAA",
                    _ => "CNAME",
                },
                new DnsTarget.Value(item.Address?.ToString() ?? item.Text)))
            .OrderBy(side => side.Type, StringComparer.Ordinal)
            .ThenBy(side => side.Target.ToString(), StringComparer.Ordinal),
    ];
}
