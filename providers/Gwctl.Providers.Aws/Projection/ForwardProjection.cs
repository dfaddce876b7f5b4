using System.Globalization;
using Gwctl.Compiler.Routing;
using Gwctl.Core;
using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Aws.Projection;

/// <summary>A weighted forward.</summary>
internal sealed class ForwardProjection(GatewayBuilder gateway, RoutingPort port, TargetGroups groups)
{
    private readonly GatewayBuilder _gateway = gateway;
    private readonly RoutingPort _port = port;
    private readonly TargetGroups _groups = groups;

    private static readonly AttributeField? s_type = Shape.Text("type", "forward");

    /// <summary>Null where an ALB cannot, which has been reported then.</summary>
    public AttributeValue? Action(RoutingRule rule, RoutingAction.Forward forward)
    {
        if (SessionProjection.Of(rule, _gateway.Report) is not { } session)
        {
            return null;
        }

        var members = MembersOf(forward);
        if (members.Count > AlbLimits.TargetGroupsPerActionMax)
        {
            _gateway.Report(RuleDiagnostics.TooManyBackends(rule.Origin, members.Count));
            return null;
        }

        var weights = WeightScale.Scale([.. members.Select(member => (long)member.Weight)]);
        ReportLoss(rule.Origin, members, weights);
        var tuples = new List<KeyValuePair<string, AttributeValue>>();
        var stickySeconds = 0;
        for (var index = 0; index < members.Count; index++)
        {
            if (GroupOf(rule, members[index], session) is not { } group)
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
    private static List<WeightedBackend> MembersOf(RoutingAction.Forward forward)
    {
        if (forward.Backends is [{ BackendId: not null } only])
        {
            return [only];
        }

        var members = forward.Backends.Where(backend => backend.BackendId is not null).ToList();
        var invalid = forward.Backends.Where(backend => backend is { BackendId: null, Weight: > 0 }).ToList();
        if (invalid.Count > 0)
        {
            members.Add(invalid[0] with { Weight = invalid.Sum(backend => backend.Weight) });
        }

        return members.Count > AlbLimits.TargetGroupsPerActionMax
            ? members.FindAll(member => member.Weight > 0)
            : members;
    }

    private TargetGroupUse? GroupOf(RoutingRule rule, WeightedBackend member, SessionChoice session)
    {
        if (member.BackendId is null)
        {
            _gateway.Report(RuleDiagnostics.InvalidShare(rule.Origin, member.Span));
            return _groups.UseEmpty(rule);
        }

        if (_groups.Use(member.BackendId, session, rule) is not { } group)
        {
            return null;
        }

        if (group.Version is not "HTTP1" && _port.Protocol is RoutingProtocol.Http)
        {
            _gateway.Report(RuleDiagnostics.BackendProtocol(rule.Origin, member.Span, member.BackendId, group.Version));
            return null;
        }

        return group;
    }

    private void ReportLoss(RuleOrigin origin, List<WeightedBackend> members, EquatableList<int> weights)
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
                _gateway.Report(RuleDiagnostics.WeightLoss(origin, members[index].Span, Percent(before),
                    Percent(after)));
            }
        }
    }

    private static string Percent(double share) =>
        $"{(share * 100).ToString("0.#####", CultureInfo.InvariantCulture)}%";
}

/// <summary>Weights of 0 to 1,000,000 as weights of 0 to 999.</summary>
internal static class WeightScale
{
    /// <summary>In shares of all requests: half a request in a thousand.</summary>
    private const double AbsoluteLossMax = 0.0005;

    /// <summary>In shares of the backend's own requests.</summary>
    private const double RelativeLossMax = 0.1;

    /// <summary>As they are where they fit, in lowest terms where that fits, else scaled to the bound; above 0 stays
    /// above 0.
    /// </summary>
    public static EquatableList<int> Scale(IReadOnlyList<long> weights)
    {
        var max = weights.Count is 0 ? 0 : weights.Max();
        if (max <= AlbLimits.WeightMax)
        {
            return [.. weights.Select(weight => (int)weight)];
        }

        var divisor = weights.Aggregate(0L, Gcd);
        return max / divisor <= AlbLimits.WeightMax
            ? [.. weights.Select(weight => (int)(weight / divisor))]
            : [.. weights.Select(weight => weight is 0
                ? 0
                : (int)Math.Max(1, ((weight * AlbLimits.WeightMax) + (max / 2)) / max))];
    }

    public static bool IsLoss(double before, double after)
    {
        var difference = Math.Abs(before - after);
        return difference > AbsoluteLossMax || (before > 0 && difference / before > RelativeLossMax);
    }

    private static long Gcd(long left, long right) => right is 0 ? left : Gcd(right, left % right);
}
