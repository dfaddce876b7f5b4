using Gwctl.Compiler.Specs;
using Gwctl.Compiler.Topology;
using Gwctl.Conformance.Tests.Reading;
using Gwctl.Core;

namespace Gwctl.Conformance.Tests.Judging;

/// <summary>Holds conditions and counts against what a behaviour expects.</summary>
internal static class StatusJudge
{
    public static IEnumerable<string> Judge(EquatableList<ExpectedStatus> expected, StatusReport report) =>
        expected.SelectMany(status => Judge(status, report)
            .Select(problem => $"line {status.Line}, {status.Subject}: {problem}"));

    private static List<string> Judge(ExpectedStatus expected, StatusReport report)
    {
        var parts = PartsOf(expected, report);
        if (expected.IsAbsent || parts.Count is 0)
        {
            return expected.IsAbsent == (parts.Count is 0) ? [] : [$"{parts.Count} places have its status"];
        }

        var problems = new List<string>();
        foreach (var part in parts)
        {
            problems.AddRange(expected.Conditions.SelectMany(condition => Judge(condition, part.Conditions)));
            if (expected.Attached is { } attached && part.Attached != attached)
            {
                problems.Add($"{part.Attached} are attached, expected {attached}");
            }

            if (expected.RouteKinds is { } kinds && !kinds.SequenceEqual(part.RouteKinds))
            {
                problems.Add($"the kinds are {string.Join(',', part.RouteKinds)}");
            }
        }

        return problems;
    }

    private static IEnumerable<string> Judge(ExpectedCondition expected, EquatableList<Condition> conditions)
    {
        var found = conditions.Where(condition => condition.Type == expected.Type).ToList();
        if (expected.Status is "Absent")
        {
            return found.Count is 0 ? [] : [$"there is {Shown(found[0])}"];
        }

        if (found is not [var only])
        {
            return [$"there are {found.Count} conditions {expected.Type}"];
        }

        var isRight = Status(only) == expected.Status && (expected.Reason is null || expected.Reason == only.Reason);
        return isRight
            ? []
            : [$"there is {Shown(only)} ({only.Message}), expected {expected.Status}/{expected.Reason}"];
    }

    private static string Shown(Condition condition) => $"{condition.Type}={Status(condition)}/{condition.Reason}";

    private static string Status(Condition condition) => condition.Status?.ToString() ?? "Unknown";

    private static List<Part> PartsOf(ExpectedStatus expected, StatusReport report)
    {
        var (kind, rest) = expected.Subject.Split('/', 2) is [var first, var second] ? (first, second) : ("", "");
        bool Is(ObjectName name) => name.ToString() == rest;
        return kind switch
        {
            "GatewayClass" =>
                [.. report.Classes.Where(item => Is(item.Name)).Select(item => new Part(item.Conditions))],
            "Gateway" =>
            [
                .. report.Gateways.Where(item => Is(item.Name)).SelectMany(item => ListenersOr(
                    expected, item.Listeners, new Part(item.Conditions) { Attached = item.AttachedListenerSets })),
            ],
            "ListenerSet" =>
            [
                .. report.ListenerSets.Where(item => Is(item.Name))
                    .SelectMany(item => ListenersOr(expected, item.Listeners, new Part(item.Conditions))),
            ],
            "BackendTLSPolicy" =>
            [
                .. report.BackendTlsPolicies.Where(item => Is(item.Name)).SelectMany(item => item.Ancestors)
                    .Where(ancestor => expected.Parent is null || expected.Parent == ancestor.Gateway.ToString())
                    .Select(ancestor => new Part(ancestor.Conditions)),
            ],
            _ =>
            [
                .. report.Routes.Where(item => item.Kind.ObjectKind() == kind && Is(item.Name))
                    .SelectMany(item => item.Parents.Where(parent => IsMeant(expected, item, parent)))
                    .Select(parent => new Part(parent.Conditions)),
            ],
        };
    }

    private static IEnumerable<Part> ListenersOr(
        ExpectedStatus expected, EquatableList<ListenerStatus> listeners, Part own) => expected.Listener is not { } name
        ? [own]
        : listeners.Where(listener => listener.Name == name).Select(listener => new Part(listener.Conditions)
        {
            Attached = listener.AttachedRoutes,
            RouteKinds = [.. listener.SupportedKinds.Select(item => item.Kind)],
        });

    private static bool IsMeant(ExpectedStatus expected, RouteStatus route, RouteParent parent)
    {
        var target = new ObjectName(parent.Ref.Target.Namespace ?? route.Name.Namespace, parent.Ref.Target.Name);
        return (expected.Parent is null || expected.Parent == target.ToString())
            && (expected.Section is null || expected.Section == parent.Ref.SectionName?.Value)
            && (expected.Port is null || expected.Port == parent.Ref.Port?.Value);
    }

    private sealed record Part(EquatableList<Condition> Conditions)
    {
        public int Attached { get; init; }

        public EquatableList<string> RouteKinds { get; init; } = [];
    }
}
