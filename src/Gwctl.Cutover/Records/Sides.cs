using Gwctl.Core;
using Gwctl.Engine.Providers;

namespace Gwctl.Cutover.Records;

/// <summary>The members of a name under a cutover, made from its two sides and the new side's share. Never all zero:
/// one
/// side always has weight.</summary>
public static class Sides
{
    private const string OldKey = "gwctl-old";
    private const string NewKey = "gwctl-new";

    /// <param name="share">The new side's, 0 to 100 percent.</param>
    public static EquatableList<WeightedMember> Members(
        EquatableList<SideTarget> old, EquatableList<SideTarget> next, int share, TimeSpan ttl,
        WeightedDnsTraits traits)
    {
        var members = new List<WeightedMember>();
        foreach (var type in old.Select(target => target.Type).Distinct(StringComparer.Ordinal))
        {
            var olds = old.Where(target => target.Type == type).ToList();
            var news = next.Where(target => target.Type == type).ToList();
            var (ofOld, ofNew) = Weights(share, olds.Count, news.Count, traits.WeightMax);
            members.AddRange(Of(olds, traits.HasKeys ? OldKey : "", ofOld, ttl));
            members.AddRange(Of(news, traits.HasKeys ? NewKey : "", ofNew, ttl));
        }

        return [.. members];
    }

    /// <summary>The weight of each member of a side, so that all of a side together have its share. A percentage is a
    /// weight as it stands where each side has one member.</summary>
    public static (long Old, long New) Weights(int share, int olds, int news, int weightMax)
    {
        if (olds is 0 || news is 0)
        {
            return (olds is 0 ? 0 : 1, news is 0 ? 0 : 1);
        }

        var old = (100L - share) * news;
        var next = (long)share * olds;
        var divisor = Divisor(old, next);
        if (olds * news is 1)
        {
            divisor = 1;
        }

        (old, next) = (old / divisor, next / divisor);
        return Math.Max(old, next) <= weightMax ? (old, next) : Nearest((double)next / old, weightMax);
    }

    /// <summary>The side that a target is of: true for the new one, null for neither.</summary>
    public static bool? IsNew(WeightedMember member, Progress progress) =>
        progress.New.Any(side => side.Type == member.Type && SameTarget(side.Target, member.Target)) ? true
        : progress.Old.Any(side => side.Type == member.Type && SameTarget(side.Target, member.Target)) ? false
        : null;

    /// <summary>The same answer, whatever the case of a name and whatever is said of health.</summary>
    public static bool SameTarget(DnsTarget left, DnsTarget right) => (left, right) switch
    {
        (DnsTarget.Pointer a, DnsTarget.Pointer b) =>
            Same(a.Name, b.Name) && Same(a.Zone, b.Zone) && a.EvaluatesHealth == b.EvaluatesHealth,
        (DnsTarget.Value a, DnsTarget.Value b) => Same(a.Text, b.Text),
        _ => false,
    };

    /// <summary>Whether two lists of members say the same, whatever their order.</summary>
    public static bool SameMembers(IEnumerable<WeightedMember> left, IEnumerable<WeightedMember> right) =>
        left.Select(Text).Order(StringComparer.Ordinal).SequenceEqual(
            right.Select(Text).Order(StringComparer.Ordinal));

    /// <summary>A member in one line, as in <c>A gwctl-new 10 web.balancer.example.net</c>.</summary>
    public static string Text(WeightedMember member) => string.Join(
        ' ',
        new[]
        {
            member.Type, member.Key, $"{member.Weight}", member.Target.ToString()?.ToLowerInvariant() ?? "",
            member.Target is DnsTarget.Pointer { EvaluatesHealth: true } ? "(by health)" : "",
            member.Ttl is { } ttl ? $"TTL {ttl.TotalSeconds:0}" : "",
        }.Where(part => part is not ""));

    /// <summary>What members answer, as sides are kept.</summary>
    public static EquatableList<SideTarget> TargetsOf(IEnumerable<WeightedMember> members) =>
    [
        .. members.Select(member => new SideTarget(member.Type, member.Target))
            .OrderBy(target => target.Type, StringComparer.Ordinal)
            .ThenBy(target => target.Target.ToString(), StringComparer.Ordinal),
    ];

    private static IEnumerable<WeightedMember> Of(List<SideTarget> targets, string key, long weight, TimeSpan ttl) =>
        targets.Select((target, index) => new WeightedMember(
            target.Type,
            targets.Count is 1 || key is "" ? key : $"{key}-{index + 1}",
            weight,
            target.Target,
            target.Target is DnsTarget.Pointer ? null : ttl));

    /// <summary>The two weights whose proportion is nearest, as far as the largest weight goes: one new address beside
    /// many old ones may get less than its share until the last step. Neither is zero: a side with a share must be
    /// answered.</summary>
    private static (long Old, long New) Nearest(double proportion, int weightMax) => Enumerable.Range(1, weightMax)
        .Select(old => (Old: (long)old, New: Math.Clamp((long)Math.Round(old * proportion), 1, weightMax)))
        .MinBy(pair => Math.Abs(Math.Log((double)pair.New / pair.Old / proportion)));

    private static long Divisor(long left, long right)
    {
        while (right is not 0)
        {
            (left, right) = (right, left % right);
        }

        return Math.Max(1, left);
    }

    private static bool Same(string left, string right) => string.Equals(
        left.TrimEnd('.'), right.TrimEnd('.'), StringComparison.OrdinalIgnoreCase);
}
