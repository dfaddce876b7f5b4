using Gwctl.Sandbox.State;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Gcp.Compute;

/// <summary>Insert, update, patch, set and delete, the same for every collection.</summary>
internal static class ComputeWrites
{
    /// <summary>What the service keeps to itself, whatever an update says.</summary>
    private static readonly string[] Fixed =
    [
        "kind", "id", "creationTimestamp", "selfLink", "region", "zone", "labelFingerprint",
    ];

    public static Struct Insert(GcpCall call, ComputeKind kind, ComputeScope scope)
    {
        var name = new ComputeName(
            call.Project, scope, kind.Collection,
            call.Body.Text("name") ?? throw GcpErrors.Required("resource.name"));
        if (call.State.Get(name.Table, name.Key) is not null
            || PendingEffects.Find(call.State, name.Table, name.Key)?.Document is not null)
        {
            throw GcpErrors.AlreadyExists(name.Path);
        }

        CheckQuota(call, kind, scope);
        var id = GcpText.NextId(call.State);
        var content = call.Body.Without("fingerprint", "labelFingerprint", "region", "zone");
        content = Finish(call, kind, new Draft(call, name, null, content))
            .With("id", id)
            .With("kind", ComputeKinds.KindText(kind))
            .With("creationTimestamp", GcpText.ComputeTime(call.Now))
            .With("selfLink", name.Link);
        if (scope.Kind is not ScopeKind.Global)
        {
            content = content.With(
                scope.Kind is ScopeKind.Zone ? "zone" : "region",
                ComputeName.LinkOf($"projects/{call.Project}/{scope.Path}"));
        }

        return Start(call, name, "insert", id, content);
    }

    public static Struct Update(GcpCall call, ComputeKind kind, ComputeName name)
    {
        var before = Changeable(call, name);
        CheckFingerprint(call, kind, before);
        CheckImmutable(kind, before, call.Body);
        var content = new Struct { { "name", name.Name } }.Merge(call.Body);
        foreach (var member in Fixed.Concat(kind.Immutable).Where(member => before.Has(member)))
        {
            content = content.With(member, before[member] ?? new Struct());
        }

        foreach (var note in before.Where(member => member.Key.StartsWith('@')))
        {
            content = content.With(note.Key, note.Value);
        }

        return Change(call, kind, name, before, content, "update");
    }

    public static Struct Patch(GcpCall call, ComputeKind kind, ComputeName name)
    {
        var before = Changeable(call, name);
        CheckFingerprint(call, kind, before);
        CheckImmutable(kind, before, call.Body);
        foreach (var (member, value) in call.Body)
        {
            if (kind.Patchable is { } allowed && !allowed.Contains(member) && !Value.Same(before[member], value)
                && member is not ("fingerprint" or "labelFingerprint") && !IsSameReference(call, before[member], value))
            {
                throw GcpErrors.Invalid($"resource.{member}", value, "The field cannot be patched.");
            }
        }

        var content = MergePatch.Apply(before, call.Body.Without(Fixed), call.Nulls);
        return Change(call, kind, name, before, content, "patch");
    }

    /// <summary>The setters, such as setUrlMap: the named member is what the body says, or gone.</summary>
    public static Struct Set(GcpCall call, ComputeKind kind, ComputeName name, string verb, string member)
    {
        var before = Changeable(call, name);
        var content = call.Body[member] is { } value ? before.With(member, value) : before.Without(member);
        return Change(call, kind, name, before, content, char.ToUpperInvariant(verb[0]) + verb[1..]);
    }

    public static Struct SetLabels(GcpCall call, ComputeKind kind, ComputeName name)
    {
        var before = Changeable(call, name);
        if (call.Body.Text("labelFingerprint") is not { } fingerprint)
        {
            throw GcpErrors.Required("labelFingerprint");
        }

        if (fingerprint != before.Text("labelFingerprint"))
        {
            throw GcpErrors.StaleLabels();
        }

        var content = before.With("labels", call.Body.Member("labels") ?? new Struct());
        content = Finish(call, kind, new Draft(call, name, before, content));
        return Start(call, name, "setLabels", before.Required("id"), content, instant: true);
    }

    public static Struct Delete(GcpCall call, ComputeKind kind, ComputeName name)
    {
        var before = Changeable(call, name);
        ComputeRows.RequireUnused(call, kind, name, before);
        var changes = kind.AlsoDelete(call, name).Append(new StateChange(name.Table, name.Key, null));
        return ComputeOperations.Start(call, name, "delete", before.Required("id"), changes);
    }

    /// <summary>A resource that exists and on which no operation is under way.</summary>
    public static Struct Changeable(GcpCall call, ComputeName name)
    {
        if (PendingEffects.Find(call.State, name.Table, name.Key) is not null)
        {
            throw GcpErrors.NotReady(name.Path);
        }

        return ComputeRows.Get(call.State, name);
    }

    private static Struct Change(
        GcpCall call, ComputeKind kind, ComputeName name, Struct before, Struct content, string type)
    {
        var after = Finish(call, kind, new Draft(call, name, before, content));
        return Start(call, name, type, before.Required("id"), after);
    }

    private static Struct Start(
        GcpCall call, ComputeName name, string type, string id, Struct content, bool instant = false) =>
        ComputeOperations.Start(
            call, name, type, id, [new StateChange(name.Table, name.Key, content)], instant);

    /// <summary>References checked, defaults filled in, the collection's own checks done, fingerprints made.</summary>
    private static Struct Finish(GcpCall call, ComputeKind kind, Draft draft)
    {
        var content = References.Resolve(call, kind, draft.Name, draft.Content);
        foreach (var (member, value) in kind.Defaults.Where(member => !content.Has(member.Key)))
        {
            content = content.With(member, value);
        }

        content = kind.Complete(draft with { Content = content });
        if (kind.HasLabels)
        {
            content = content.With("labelFingerprint", GcpText.LabelFingerprint(content.Member("labels")));
        }

        return kind.HasFingerprint
            ? content.With("fingerprint", GcpText.Fingerprint(content.Without("fingerprint")))
            : content;
    }

    private static void CheckFingerprint(GcpCall call, ComputeKind kind, Struct before)
    {
        if (!kind.HasFingerprint)
        {
            return;
        }

        if (call.Body.Text("fingerprint") is not { } fingerprint)
        {
            throw GcpErrors.Required("resource.fingerprint");
        }

        if (fingerprint != before.Text("fingerprint"))
        {
            throw GcpErrors.StaleFingerprint();
        }
    }

    private static void CheckImmutable(ComputeKind kind, Struct before, Struct body)
    {
        foreach (var member in kind.Immutable.Append("name"))
        {
            if (body[member] is { } wanted && !Value.Same(wanted, before[member]))
            {
                throw GcpErrors.Invalid($"resource.{member}", wanted, "The field cannot be changed.");
            }
        }
    }

    private static bool IsSameReference(GcpCall call, Value? before, Value wanted) =>
        before is TextValue kept && wanted is TextValue text
        && ComputeName.Parse(text.Content, call.Project)?.Link == kept.Content;

    private static void CheckQuota(GcpCall call, ComputeKind kind, ComputeScope scope)
    {
        var isGlobal = scope.Kind is ScopeKind.Global;
        var (metric, limit) = call.Quotas.Of(kind.Collection, isGlobal);
        var table = ComputeName.TableOf(call.Project, kind.Collection);
        var coming = PendingEffects.All(call.State).Count(effect =>
            effect.Table == table && effect.Document is not null && call.State.Get(table, effect.Key) is null);
        var count = coming + call.State.Rows(table).Keys.Count(key =>
            key.StartsWith(isGlobal ? "global/" : scope.Path + "/", StringComparison.Ordinal));
        if (count >= limit)
        {
            throw GcpErrors.Quota(metric, limit, isGlobal ? "globally" : $"in {scope.Kind} {scope.Location}");
        }
    }
}
