using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Gwctl.Compiler.Specs;
using Gwctl.Compiler.Topology;
using Gwctl.Controller.Operations;
using Gwctl.Controller.Status;
using Gwctl.Controller.Watching;
using Gwctl.Core;
using Gwctl.Kubernetes.Http;
using Gwctl.Kubernetes.Objects;

namespace Gwctl.Controller.Reconciliation;

/// <summary>Writes the status of everything that a Gateway answers for: itself, its ListenerSets, its routes' entries
/// and its policies' ancestors.</summary>
internal sealed class StatusStage(
    StatusWriter writer, ClusterStore store, ControllerOptions options, ControllerTelemetry telemetry)
{
    private const int WritersMax = 8;

    /// <summary>Of a Gateway that is there.</summary>
    /// <param name="later">What the stages after the topology found of the specs.</param>
    /// <param name="addresses">Null leaves those that are there.</param>
    /// <returns>What could not be written; the rest is.</returns>
    public Task<EquatableList<KubeException>> WriteAsync(
        Compilation compilation,
        IEnumerable<Diagnostic> later,
        ProgramOutcome outcome,
        EquatableList<string>? addresses,
        CancellationToken cancellationToken)
    {
        var report = outcome.Finish(StatusReport.Build(compilation.Topology, later));
        var slice = compilation.Slice;
        var sets = report.ListenerSets.ToDictionary(status => status.Name);
        var routes = report.Routes.ToDictionary(status => (status.Kind.ObjectKind(), status.Name));
        var policies = report.BackendTlsPolicies.ToDictionary(status => status.Name);
        var edits = new List<(ClusterObject Item, Func<JsonObject, JsonObject> Edit)>();
        foreach (var item in slice.Objects)
        {
            var moment = new WriterMoment(item.Generation, options.Clock.GetUtcNow());
            var isOurs = IsOurs(item, slice);
            switch (item.Spec)
            {
                case GatewaySpec when report.Gateways is [var gateway, ..]:
                    edits.Add(
                        (item, before =>
                            StatusBodies.Gateway(before, Kept(before, gateway, outcome), addresses, moment)));
                    break;
                case ListenerSetSpec spec when sets.TryGetValue(spec.Name, out var set):
                    edits.Add((item, before => StatusBodies.ListenerSet(before, set, moment)));
                    break;
                case RouteSpec spec:
                    var parents = routes.GetValueOrDefault((item.Id.Kind, spec.Name))?.Parents ?? [];
                    edits.Add((item, before => StatusBodies.Route(before, parents, isOurs, moment)));
                    break;
                case null when item.Outline is RouteSpec spec && compilation.Gateway is { } parent:
                    var refused = Refused(item, spec, parent, slice);
                    edits.Add((item, before => StatusBodies.Route(before, refused, isOurs, moment)));
                    break;
                case BackendTlsPolicySpec spec:
                    var ancestors = policies.GetValueOrDefault(spec.Name)?.Ancestors ?? [];
                    edits.Add((item, before => StatusBodies.Policy(before, ancestors, isOurs, moment)));
                    break;
                default:
                    break;
            }
        }

        return WriteAsync(edits, cancellationToken);
    }

    /// <summary>Takes away what routes and policies say of a Gateway that is gone, or is not ours any more.</summary>
    public Task<EquatableList<KubeException>> CleanAsync(ClusterSlice slice, CancellationToken cancellationToken)
    {
        var edits = new List<(ClusterObject Item, Func<JsonObject, JsonObject> Edit)>();
        foreach (var item in slice.Objects)
        {
            var moment = new WriterMoment(item.Generation, options.Clock.GetUtcNow());
            var isOurs = IsOurs(item, slice);
            if ((item.Spec ?? item.Outline) is RouteSpec && item.Status is not "")
            {
                edits.Add((item, before => StatusBodies.Route(before, [], isOurs, moment)));
            }
            else if (item.Spec is BackendTlsPolicySpec && item.Status is not "")
            {
                edits.Add((item, before => StatusBodies.Policy(before, [], isOurs, moment)));
            }
        }

        return WriteAsync(edits, cancellationToken);
    }

    public Task<EquatableList<KubeException>> WriteClassAsync(
        ClusterObject item, ClassStatus status, CancellationToken cancellationToken)
    {
        var moment = new WriterMoment(item.Generation, options.Clock.GetUtcNow());
        return WriteAsync([(item, before => StatusBodies.Class(before, status, moment))], cancellationToken);
    }

    /// <summary>Of a Gateway that could not be read: what it has, and what belongs to it, stays as it is.</summary>
    public Task<EquatableList<KubeException>> RefuseAsync(
        ClusterObject gateway, string why, CancellationToken cancellationToken)
    {
        var moment = new WriterMoment(gateway.Generation, options.Clock.GetUtcNow());
        EquatableList<Condition> conditions =
        [
            new(ConditionTypes.Accepted, false, ConditionReasons.Invalid, why),
            new(ConditionTypes.Programmed, false, ConditionReasons.Invalid, why),
        ];
        return WriteAsync(
            [(gateway, before => StatusBodies.Refused(before, conditions, moment))], cancellationToken);
    }

    /// <summary>A route that could not be read is refused by each parent that it names of this Gateway.</summary>
    private static List<RouteParent> Refused(
        ClusterObject item, RouteSpec outline, GatewayTopology gateway, ClusterSlice slice)
    {
        var sets = SetsIn(slice);
        var why = Findings.Details(item.Diagnostics);
        return
        [
            .. outline.ParentRefs
                .Where(parent => ObjectEdges.Target(parent.Target, item.Id.Name.Namespace) is var target
                    && (target == slice.Key || sets.Contains(target)))
                .Select(parent => new RouteParent(
                    parent,
                    gateway.Spec.Name,
                    gateway.Class.Spec.ControllerName.Value,
                    [new Condition(ConditionTypes.Accepted, false, ConditionReasons.UnsupportedValue, why)])),
        ];
    }

    private static HashSet<ObjectId> SetsIn(ClusterSlice slice) =>
        [.. slice.Objects.Where(other => other.Spec is ListenerSetSpec).Select(other => other.Id)];

    // While it is being applied a Gateway that was programmed stays so: it still serves what it served.
    private static GatewayStatus Kept(JsonObject before, GatewayStatus status, ProgramOutcome outcome)
    {
        if (outcome != ProgramOutcome.UnderWay)
        {
            return status;
        }

        var listeners = WrittenStatus.Entries(before, "listeners").ToLookup(item => Json.Text(item, "name"));
        return status with
        {
            Conditions = Kept(before, status.Conditions),
            Listeners = [.. status.Listeners.Select(listener => listener with
            {
                Conditions = Kept(listeners[listener.Name].FirstOrDefault() ?? [], listener.Conditions),
            })],
        };
    }

    private static EquatableList<Condition> Kept(JsonObject before, EquatableList<Condition> conditions)
    {
        var old = WrittenStatus.Entries(before, "conditions")
            .FirstOrDefault(item => Json.Text(item, "type") is ConditionTypes.Programmed);
        return old is null || Json.Text(old, "status") is not "True"
            ? conditions
            : [.. conditions.Select(condition => condition is { Type: ConditionTypes.Programmed, Status: null }
                ? new Condition(condition.Type, true, Json.Text(old, "reason"), Json.Text(old, "message"))
                : condition)];
    }

    /// <summary>An entry is this writer's where it is of our controllers and speaks of this Gateway, or of nothing that
    /// the object still names.</summary>
    private Func<JsonObject, bool> IsOurs(ClusterObject item, ClusterSlice slice)
    {
        var sets = SetsIn(slice);
        var named = ((item.Spec ?? item.Outline) as RouteSpec)?.ParentRefs
            .Select(parent => ObjectEdges.Target(parent.Target, item.Id.Name.Namespace))
            .ToHashSet();
        var whole = slice.Whole?.Id ?? slice.Key;
        return entry =>
        {
            var reference = Json.Section(entry, "parentRef") ?? Json.Section(entry, "ancestorRef");
            var target = WrittenStatus.Target(reference, item.Id.Name.Namespace);
            return options.IsOurs(Json.Text(entry, "controllerName"))
                && (target == whole || sets.Contains(target)
                    || (named is not null && !named.Contains(target) && store.Find(target) is null));
        };
    }

    // One that is refused keeps none of the others.
    private async Task<EquatableList<KubeException>> WriteAsync(
        List<(ClusterObject Item, Func<JsonObject, JsonObject> Edit)> edits, CancellationToken cancellationToken)
    {
        if (!options.WritesStatus || options.IsDryRun)
        {
            return [];
        }

        var problems = new ConcurrentQueue<KubeException>();
        await Parallel.ForEachAsync(
            edits,
            new ParallelOptions { MaxDegreeOfParallelism = WritersMax, CancellationToken = cancellationToken },
            async (edit, token) =>
            {
                try
                {
                    if (await writer.WriteAsync(edit.Item, edit.Edit, token))
                    {
                        telemetry.StatusWritten(edit.Item.Id.Kind);
                    }
                }
                catch (KubeException exception)
                {
                    problems.Enqueue(exception);
                }
            });
        return [.. problems];
    }
}
