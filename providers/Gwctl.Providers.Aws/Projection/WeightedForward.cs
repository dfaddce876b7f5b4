using System.Globalization;
using Gwctl.Compiler.Routing;
using Gwctl.Core;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Aws.Projection;

/// <summary>A forward action over weighted target groups, of a rule or of a listener.</summary>
internal static class WeightedForward
{
    private static readonly AttributeField? s_type = Shape.Text("type", "forward");

    /// <summary>Null where there are too many backends, or one of them has no group, which has been reported
    /// then.</summary>
    /// <param name="origin">Whose backends they are.</param>
    /// <param name="backends">At least one with a weight above 0.</param>
    /// <param name="groupOf">The group of a backend, or of all invalid references together.</param>
    /// <param name="report">Takes findings.</param>
    public static AttributeValue.Map? Of(
        RuleOrigin origin,
        EquatableList<WeightedBackend> backends,
        Func<WeightedBackend, TargetGroupUse?> groupOf,
        Action<Diagnostic> report)
    {
        var members = MembersOf(backends);
        if (members.Count > AlbLimits.TargetGroupsPerActionMax)
        {
            report(RuleDiagnostics.TooManyBackends(origin, members.Count));
            return null;
        }

        var weights = WeightScale.Scale([.. members.Select(member => (long)member.Weight)], AlbLimits.WeightMax);
        ReportLoss(origin, members, weights, report);
        var tuples = new List<KeyValuePair<string, AttributeValue>>();
        var stickySeconds = 0;
        for (var index = 0; index < members.Count; index++)
        {
            if (groupOf(members[index]) is not { } group)
            {
                return null;
            }

            stickySeconds = Math.Max(stickySeconds, group.StickySeconds);
            tuples.Add(KeyValuePair.Create<string, AttributeValue>(group.Address.Key, Shape.Map(
                group.Reference,
                members.Count is 1 ? null : Shape.Number("weight", weights[index]))));
        }

        var sorted = tuples.Count is 1
            ? [tuples[0].Value]
            : tuples.OrderBy(tuple => tuple.Key, StringComparer.Ordinal).Select(tuple => tuple.Value).ToList();
        return Shape.Map(
            s_type,
            Shape.Field("targetGroups", new AttributeValue.List([.. sorted])),

            // Without it a client that sticks to a target would still be thrown between the groups.
            stickySeconds > 0 && members.Count > 1 ? Shape.Number("stickinessSeconds", stickySeconds) : null);
    }

    /// <summary>All invalid references are one member. Members of weight 0 stay, so that their targets are checked
    /// before traffic comes, unless they are too many.</summary>
    private static List<WeightedBackend> MembersOf(EquatableList<WeightedBackend> backends)
    {
        if (backends is [{ BackendId: not null } only])
        {
            return [only];
        }

        var members = backends.Where(backend => backend.BackendId is not null).ToList();
        var invalid = backends.Where(backend => backend is { BackendId: null, Weight: > 0 }).ToList();
        if (invalid.Count > 0)
        {
            members.Add(invalid[0] with { Weight = invalid.Sum(backend => backend.Weight) });
        }

        return members.Count > AlbLimits.TargetGroupsPerActionMax
            ? members.FindAll(member => member.Weight > 0)
            : members;
    }

    private static void ReportLoss(
        RuleOrigin origin, List<WeightedBackend> members, EquatableList<int> weights, Action<Diagnostic> report)
    {
        if (members.Count < 2)
        {
            return;
        }

        var wanted = (double)members.Sum(member => (long)member.Weight);
        var got = (double)weights.Sum();
        for (var index = 0; index < members.Count; index++)
        {
            var (before, after) = (members[index].Weight / wanted, weights[index] / got);
            if (WeightScale.IsLoss(before, after))
            {
                report(RuleDiagnostics.Common.WeightLoss(origin, members[index].Span, Percent(before), Percent(after)));
            }
        }
    }

    private static string Percent(double share) =>
        $"{(share * 100).ToString("0.#####", CultureInfo.InvariantCulture)}%";
}
