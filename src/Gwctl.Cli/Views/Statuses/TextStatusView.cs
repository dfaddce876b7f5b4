using Gwctl.Cli.Views.Texts;
using Gwctl.Compiler.Specs;
using Gwctl.Compiler.Topology;
using Gwctl.Core;

namespace Gwctl.Cli.Views.Statuses;

/// <summary>A tree: class, Gateway, listener, route. A condition that is as one would want it is a word; what is not
/// stands on a line of its own with its reason and message.</summary>
/// <param name="showsBackends">Also the Services behind each route, with their endpoints.</param>
public sealed class TextStatusView(StyledWriter writer, bool showsBackends = false) : IStatusView
{
    private const int Step = 2;

    /// <summary>Types that say something bad where they are true.</summary>
    private static readonly string[] Complaints =
    [
        ConditionTypes.Conflicted, ConditionTypes.OverlappingTlsConfig, ConditionTypes.PartiallyInvalid,
        ConditionTypes.InsecureFrontendValidationMode,
    ];

    private Dictionary<ObjectId, RouteTopology> _routes = [];

    public void Show(SpecTopology topology, StatusReport report)
    {
        _routes = showsBackends ? topology.Routes.ToDictionary(route => route.Spec.Id) : [];
        foreach (var status in report.Classes)
        {
            Write(0, $"GatewayClass {status.Name}", Supported(status), status.Conditions);
            foreach (var gateway in topology.Gateways.Where(item => item.Class.Spec.Name == status.Name))
            {
                WriteGateway(gateway, report);
            }
        }

        foreach (var policy in report.BackendTlsPolicies)
        {
            writer.Line($"BackendTLSPolicy {policy.Name}", Tone.Strong);
            foreach (var ancestor in policy.Ancestors)
            {
                Write(1, $"for Gateway {ancestor.Gateway}", "", ancestor.Conditions);
            }
        }

        writer.Flush();
    }

    private static string Supported(ClassStatus status) => status.SupportedFeatures.Count is 0
        ? ""
        : $"{Quantity.Of(status.SupportedFeatures.Count, "feature")} supported";

    private void WriteGateway(GatewayTopology gateway, StatusReport report)
    {
        var status = report.Gateways.First(item => item.Name == gateway.Spec.Name);
        Write(1, $"Gateway {status.Name}", string.Join(", ", status.Addresses), status.Conditions);
        WriteListeners(2, gateway, gateway.Listeners, status.Listeners, report);
        foreach (var set in gateway.ListenerSets)
        {
            var told = report.ListenerSets.First(item => item.Name == set.Spec.Name);
            Write(2, $"ListenerSet {told.Name}", "", told.Conditions);
            WriteListeners(3, gateway, set.Listeners, told.Listeners, report);
        }

        foreach (var route in report.Routes)
        {
            foreach (var parent in route.Parents.Where(parent => parent.Gateway == status.Name && IsRefused(parent)))
            {
                var name = $"{route.Kind.ObjectKind()} {route.Name}";
                Write(2, name, $"not attached{At(parent.Ref)}", parent.Conditions);
            }
        }
    }

    private void WriteListeners(
        int level, GatewayTopology gateway, EquatableList<ListenerTopology> topology,
        EquatableList<ListenerStatus> listeners, StatusReport report)
    {
        foreach (var (listener, status) in topology.Zip(listeners))
        {
            var protocol = $"{listener.Spec.Protocol.Value} {listener.Spec.Port.Value}";
            var routes = Quantity.Of(status.AttachedRoutes, "route");
            Write(level, $"listener {status.Name}", $"{protocol}, {routes}", status.Conditions);
            foreach (var attached in listener.Routes)
            {
                var id = attached.Route.Id;
                var route = report.Routes.First(item =>
                    item.Kind == attached.Route.Kind && item.Name == attached.Route.Name);
                var parent = route.Parents.FirstOrDefault(parent =>
                    parent.Gateway == gateway.Spec.Name && IsOf(parent.Ref, listener) && !IsRefused(parent));
                if (parent is not null)
                {
                    Write(level + 1, $"{id.Kind} {id.Name}", "", parent.Conditions);
                    WriteBackends(level + 2, id);
                }
            }
        }
    }

    private void WriteBackends(int level, ObjectId route)
    {
        var rules = _routes.GetValueOrDefault(route)?.Rules ?? [];
        var resolved = rules.SelectMany(rule => rule.Backends).ToList();
        foreach (var backend in resolved.Select(item => item.Backend).OfType<ServiceBackend>().Distinct())
        {
            var endpoints = backend.Endpoints ?? [];
            var ready = endpoints.Count(endpoint => endpoint.Ready);
            writer.Write(new string(' ', level * Step))
                .Write($"Service {backend.Service}:{backend.Port}", Tone.Strong)
                .Write($"  {ready} of {endpoints.Count} endpoints ready", ready > 0 ? Tone.Add : Tone.Error)
                .Line();
        }

        var broken = resolved.Where(item => item.Backend is null).Select(item => item.Reason).ToList();
        if (broken.Count > 0)
        {
            writer.Write(new string(' ', level * Step))
                .Line($"{Quantity.Of(broken.Count, "backend")} not resolved: {broken[0]}", Tone.Error);
        }
    }

    private static bool IsOf(ParentRefSpec reference, ListenerTopology listener) =>
        reference.SectionName is not { } section || section.Value == listener.Spec.Name.Value
            ? listener.ListenerSet is null == reference.Target.Kind is not "ListenerSet"
            : false;

    private static bool IsRefused(RouteParent parent) =>
        parent.Conditions.Any(condition => condition is { Type: ConditionTypes.Accepted, Status: false });

    private static string At(ParentRefSpec reference) =>
        reference.SectionName is { } section ? $" to {section.Value}" : "";

    private void Write(int level, string what, string note, EquatableList<Condition> conditions)
    {
        var margin = new string(' ', level * Step);
        writer.Write(margin).Write(what, Tone.Strong);
        if (note is not "")
        {
            writer.Write($" ({note})");
        }

        foreach (var condition in conditions.Where(condition => !IsBad(condition)))
        {
            writer.Write("  ").Write(WordOf(condition), condition.Status is null ? Tone.Dim : Tone.Add);
        }

        writer.Line();
        foreach (var condition in conditions.Where(IsBad))
        {
            var mark = $"{margin}{new string(' ', Step)}✗ ";
            writer.Write(mark)
                .Write($"{WordOf(condition)} {condition.Reason}", Tone.Error)
                .Line();
            foreach (var line in TextWrap.Lines(condition.Message, Math.Max(30, writer.Columns - mark.Length)))
            {
                writer.Line(new string(' ', mark.Length) + line);
            }
        }
    }

    private static bool IsBad(Condition condition) =>
        condition.Status is { } status && status == Complaints.Contains(condition.Type);

    /// <summary>A good condition by its type, or by what it denies.</summary>
    private static string WordOf(Condition condition) => condition.Status switch
    {
        true => condition.Type,
        false => $"not {condition.Type}",
        null => $"{condition.Type}? {condition.Reason}",
    };
}
