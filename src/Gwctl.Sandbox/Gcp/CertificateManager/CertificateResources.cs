using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Gcp.CertificateManager;

/// <summary>Create, get, list, patch and delete, the same for every collection.</summary>
internal static class CertificateResources
{
    public static Struct Create(GcpCall call, CertificateKind kind)
    {
        var id = call.Input.Required(kind.IdParameter);
        var name = new CertificateName($"{call.Input.Required("parent")}/{kind.Collection}/{id}");
        if (!ResourceNames.IsValid(id))
        {
            throw GcpErrors.Invalid(kind.IdParameter, id, "Must be 1 to 63 characters, as a resource's name.");
        }

        RequireParent(call, name);
        if (call.State.Get(name.Table, name.Text) is not null
            || PendingEffects.Find(call.State, name.Table, name.Text) is not null)
        {
            throw new GcpException(409, "alreadyExists", $"Resource '{name.Text}' already exists");
        }

        var content = kind.Complete(new CertificateDraft(call, name, null, call.Body.Without("name", "tags")));
        var time = GcpText.UtcTime(call.Now);
        return CertificateOperations.Start(
            call, kind, name, "create",
            content.With("name", name.Text).With("createTime", time).With("updateTime", time));
    }

    public static Struct Get(GcpCall call, CertificateKind kind)
    {
        var name = new CertificateName(call.Input.Required("name"));
        return kind.Show(call, name, Find(call, kind, name));
    }

    public static Struct List(GcpCall call, CertificateKind kind)
    {
        var parent = call.Input.Required("parent");
        var table = CertificateName.TableOf(new CertificateName($"{parent}/x/y").Project, kind.Collection);
        var filter = ListFilter.Parse(call.Input.Text("filter") ?? "");
        var rows = call.State.Rows(table)
            .Where(row => row.Key.StartsWith($"{parent}/{kind.Collection}/", StringComparison.Ordinal))
            .Select(row => (row.Key, Shown: kind.Show(call, new CertificateName(row.Key), row.Value)))
            .Where(row => filter.Matches(row.Shown));
        var (page, next) = Paging.Take(
            rows, row => row.Key, (int)(call.Input.Number("pageSize") ?? 0), call.Input.Text("pageToken"));
        return new Struct
        {
            { kind.Collection, page.Count is 0 ? null : new ListValue(page.Select(row => row.Shown)) },
            { "nextPageToken", next },
        };
    }

    public static Struct Patch(GcpCall call, CertificateKind kind)
    {
        var name = new CertificateName(call.Input.Required("name"));
        var before = Changeable(call, kind, name);
        var content = before;
        foreach (var member in call.Input.Required("updateMask").Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var first = member.Split('.')[0];
            if (!kind.Mutable.Contains(first))
            {
                throw GcpErrors.Invalid("updateMask", member, "The field cannot be updated.");
            }

            content = call.Body[first] is { } value ? content.With(first, value) : content.Without(first);
        }

        content = kind.Complete(new CertificateDraft(call, name, before, content));
        return CertificateOperations.Start(
            call, kind, name, "update", content.With("updateTime", GcpText.UtcTime(call.Now)));
    }

    public static Struct Delete(GcpCall call, CertificateKind kind)
    {
        var name = new CertificateName(call.Input.Required("name"));
        Changeable(call, kind, name);
        if (kind.FindUser(call.State, name) is { } user)
        {
            throw new GcpException(400, "failedPrecondition", $"Resource '{name.Text}' is in use by '{user}'");
        }

        return CertificateOperations.Start(call, kind, name, "delete", null);
    }

    /// <summary>A resource that another one names; both its name and what it is must fit.</summary>
    public static Struct Referred(GcpCall call, string field, string reference, string collection)
    {
        var name = new CertificateName(reference);
        if (name.Collection != collection || !reference.StartsWith("projects/", StringComparison.Ordinal))
        {
            throw GcpErrors.Invalid(field, reference, $"Must be the whole name of one of {collection}.");
        }

        return call.State.Get(name.Table, reference)
            ?? throw new GcpException(404, "notFound", $"Resource '{reference}' was not found");
    }

    private static Struct Changeable(GcpCall call, CertificateKind kind, CertificateName name) =>
        PendingEffects.Find(call.State, name.Table, name.Text) is null
            ? Find(call, kind, name)
            : throw new GcpException(409, "aborted", $"An operation on resource '{name.Text}' is under way");

    private static Struct Find(GcpCall call, CertificateKind kind, CertificateName name)
    {
        var noun = char.ToLowerInvariant(kind.Resource[0]) + kind.Resource[1..];
        return call.State.Get(name.Table, name.Text)
            ?? throw new GcpException(404, "notFound", $"{noun} \"{name.Text}\" not found");
    }

    private static void RequireParent(GcpCall call, CertificateName name)
    {
        if (name.Collection is "certificateMapEntries")
        {
            Referred(call, "parent", name.Parent, "certificateMaps");
        }
    }
}
