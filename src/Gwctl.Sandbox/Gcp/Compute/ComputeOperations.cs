using Gwctl.Sandbox.State;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Gcp.Compute;

/// <summary>Compute's operations: what a mutating call answers, and what its caller polls.</summary>
internal static class ComputeOperations
{
    public const string Collection = "operations";

    private static readonly TimeSpan WaitMax = TimeSpan.FromMinutes(2);

    /// <summary>Starts an operation that ends with the changes.</summary>
    /// <param name="instant">It is done when it is answered.</param>
    public static Struct Start(
        GcpCall call, ComputeName target, string type, string targetId, IEnumerable<StateChange> changes,
        bool instant = false)
    {
        var delays = call.Options.Delays;
        var end = instant ? call.Now : call.Now + delays.Operation;
        var start = instant ? call.Now : call.Now + delays.OperationStart;
        var id = GcpText.NextId(call.State);
        var tail = call.State.NextHex(8);
        var name = new ComputeName(
            call.Project, target.Scope, Collection,
            $"operation-{call.Now.ToUnixTimeMilliseconds()}-{call.State.NextHex(13)}-{id[^8..]}-{tail}");
        var document = new Struct
        {
            { "id", id },
            { "insertTime", GcpText.ComputeTime(call.Now) },
            { "kind", "compute#operation" },
            { "name", name.Name },
            { "operationType", type },
            { "selfLink", name.Link },
            { "startTime", GcpText.ComputeTime(start) },
            { "targetId", targetId },
            { "targetLink", target.Link },
            { "user", call.Options.User },
            { "region", ScopeLink(target, ScopeKind.Region) },
            { "zone", ScopeLink(target, ScopeKind.Zone) },
            { "@start", start },
            { "@end", end },
        };
        var failed = call.OperationError is not null;
        if (call.OperationError is { } error)
        {
            document.Add("@code", error.Code);
            document.Add("@message", error.Message);
        }

        call.State.Put(name.Table, name.Key, document);
        PendingEffects.Schedule(call.State, call.Now, end, failed ? [] : changes);
        Remember(call, name);
        return Show(document, call.Now);
    }

    /// <summary>The operation that an earlier call with the same request id has started; null where there is
    /// none.</summary>
    public static Struct? Repeated(GcpCall call)
    {
        var known = call.Input.Text("requestId") is { } id ? call.State.Get(RequestTable(call), id) : null;
        return known is not null && call.State.Get(Table(call), known.Required("Operation")) is { } operation
            ? Show(operation, call.Now)
            : null;
    }

    public static Struct Show(Struct document, DateTimeOffset now)
    {
        var (start, end) = (document.Time("@start"), document.Time("@end"));
        if (now < end)
        {
            return document.With("progress", 0).With("status", now < start ? "PENDING" : "RUNNING");
        }

        var done = document.With("progress", 100).With("status", "DONE")
            .With("endTime", GcpText.ComputeTime(end ?? now));
        return document.Text("@code") is not { } code ? done : done
            .With("error", new Struct
            {
                { "errors", [new Struct { { "code", code }, { "message", document.Text("@message") } }] },
            })
            .With("httpErrorStatusCode", code is "QUOTA_EXCEEDED" ? 403 : 400)
            .With("httpErrorMessage", code is "QUOTA_EXCEEDED" ? "FORBIDDEN" : "BAD REQUEST");
    }

    /// <summary>How long a wait for the operation lasts; zero for one that is not known.</summary>
    public static TimeSpan WaitFor(Transaction state, Struct input, DateTimeOffset now)
    {
        var table = ComputeName.TableOf(input.Text("project") ?? "", Collection);
        var scope = input.Text("zone") is { } zone ? new ComputeScope(ScopeKind.Zone, zone)
            : input.Text("region") is { } region ? new ComputeScope(ScopeKind.Region, region)
            : ComputeScope.Global;
        var end = state.Get(table, $"{scope.Path}/{input.Text("operation")}")?.Time("@end") ?? now;
        return end <= now ? TimeSpan.Zero : end - now < WaitMax ? end - now : WaitMax;
    }

    private static void Remember(GcpCall call, ComputeName operation)
    {
        if (call.Input.Text("requestId") is { } id)
        {
            call.State.Put(RequestTable(call), id, new Struct { { "Operation", operation.Key } });
        }
    }

    private static string Table(GcpCall call) => ComputeName.TableOf(call.Project, Collection);

    private static string RequestTable(GcpCall call) => ComputeName.TableOf(call.Project, "@requests");

    private static string? ScopeLink(ComputeName target, ScopeKind kind) =>
        target.Scope.Kind == kind ? ComputeName.LinkOf($"projects/{target.Project}/{target.Scope.Path}") : null;
}
