using System.Text.Json.Nodes;
using Gwctl.Sandbox.Kubernetes.Kinds;
using Gwctl.Sandbox.Kubernetes.Requests;
using Gwctl.Sandbox.Kubernetes.Storage;

namespace Gwctl.Sandbox.Kubernetes.Writing;

/// <summary>Deletes objects: with their finalizers, their dependents, and a namespace's contents.</summary>
/// <remarks>The garbage collector's work is done in the same call, so that nobody waits for it.</remarks>
internal sealed class ObjectRemover(StoreWriter store, KindRegistry kinds, DateTimeOffset now)
{
    private const string Foreground = "foregroundDeletion";
    private const string Orphan = "orphan";

    public WriteResult Delete(WriteTarget target, JsonObject? options)
    {
        var stored = store.Find(target.Kind, target.Key)
            ?? throw ApiErrors.NotFound(target.Kind, target.Request.Name);
        CheckPreconditions(target.Kind, stored, options.Member("preconditions"));
        var value = stored.ToJson(target.ApiVersion);
        if (target.Request.IsDryRun)
        {
            return new WriteResult(value, Created: false);
        }

        var policy = target.Request.Query.Text("propagationPolicy") is { Length: > 0 } asked
            ? asked
            : options.Text("propagationPolicy");
        var left = Delete(target.Kind, stored, policy);
        if (left is not null)
        {
            left["apiVersion"] = target.ApiVersion;
        }

        return new WriteResult(left ?? Success(target.Kind, stored), Created: false);
    }

    /// <summary>Deletes an object, or begins to.</summary>
    /// <returns>Null where it is gone.</returns>
    public JsonObject? Delete(Kind kind, Stored stored, string policy)
    {
        var value = stored.ToJson(kind.ApiVersion(kind.Versions[0]));
        var meta = value.Ensure("metadata");
        var finalizers = meta.Items("finalizers") ?? [];
        var extra = policy is "Foreground" ? Foreground : policy is "Orphan" ? Orphan : "";
        if (extra is not "" && HasDependents(stored.Uid))
        {
            finalizers.Add(extra);
            meta.Remove("finalizers");
            meta["finalizers"] = finalizers;
        }

        if (finalizers.Count is 0 && kind.GroupResource is not "namespaces")
        {
            Finish(kind, stored, value);
            return null;
        }

        if (meta["deletionTimestamp"] is null)
        {
            meta["deletionTimestamp"] = Times.Format(now);
            meta["deletionGracePeriodSeconds"] = 0;
            if (kind.HasGeneration)
            {
                meta["generation"] = meta.Number("generation") + 1;
            }

            if (kind.GroupResource is "namespaces")
            {
                value.Ensure("status")["phase"] = "Terminating";
            }

            store.Put(kind, value);
        }

        Continue(kind, value);
        var left = store.Find(kind, stored.Key);
        return left?.ToJson(kind.ApiVersion(kind.Versions[0]));
    }

    /// <summary>Takes an object away for good, and with it what depends on it.</summary>
    public void Finish(Kind kind, Stored stored, JsonObject value)
    {
        store.Remove(kind, stored, value);
        if (kind.GroupResource is "customresourcedefinitions.apiextensions.k8s.io")
        {
            DropInstances(value);
        }

        if (stored.Uid is not "")
        {
            ReleaseDependents(stored.Uid, delete: true);
        }

        foreach (var uid in stored.Owners)
        {
            ContinueOwner(uid);
        }

        if (stored.Namespace is not "")
        {
            ContinueNamespace(stored.Namespace);
        }
    }

    /// <summary>Does what a server's controllers do about an object that is being deleted.</summary>
    public void Continue(Kind kind, JsonObject value)
    {
        var meta = value.Member("metadata") ?? [];
        if (meta["deletionTimestamp"] is null)
        {
            return;
        }

        if (kind.GroupResource is "namespaces")
        {
            foreach (var (content, stored) in Everything()
                .Where(pair => pair.Stored.Namespace == meta.Text("name")).ToList())
            {
                if (store.Find(content, stored.Key) is { } there && !IsDeleting(there))
                {
                    Delete(content, there, "Background");
                }
            }

            ContinueNamespace(meta.Text("name"));
            return;
        }

        var finalizers = (meta.Items("finalizers") ?? []).Select(item => item?.ToString()).ToList();
        if (finalizers.Contains(Orphan))
        {
            ReleaseDependents(meta.Text("uid"), delete: false);
            DropFinalizer(kind, meta, Orphan);
        }
        else if (finalizers.Contains(Foreground))
        {
            foreach (var (dependent, stored) in DependentsOf(meta.Text("uid")).ToList())
            {
                if (store.Find(dependent, stored.Key) is { } there && !IsDeleting(there))
                {
                    Delete(dependent, there, "Foreground");
                }
            }

            ContinueOwner(meta.Text("uid"));
        }
    }

    private static JsonObject Success(Kind kind, Stored stored) => new()
    {
        ["kind"] = "Status",
        ["apiVersion"] = "v1",
        ["metadata"] = new JsonObject(),
        ["status"] = "Success",
        ["details"] = new JsonObject
        {
            ["name"] = stored.Name,
            ["group"] = kind.Group,
            ["kind"] = kind.Plural,
            ["uid"] = stored.Uid,
        },
    };

    private static bool IsDeleting(Stored stored) =>
        stored.ToJson("").Member("metadata")?["deletionTimestamp"] is not null;

    private static void CheckPreconditions(Kind kind, Stored stored, JsonObject? wanted)
    {
        if (wanted.Text("uid") is { Length: > 0 } uid && uid != stored.Uid)
        {
            throw ApiErrors.Conflict(
                kind, stored.Name,
                $"Precondition failed: UID in precondition: {uid}, UID in object meta: {stored.Uid}");
        }

        if (wanted.Text("resourceVersion") is { Length: > 0 } version && version != $"{stored.Version}")
        {
            throw ApiErrors.Conflict(
                kind, stored.Name, $"Precondition failed: ResourceVersion in precondition: {version}, "
                + $"ResourceVersion in object meta: {stored.Version}");
        }
    }

    private IEnumerable<(Kind Kind, Stored Stored)> Everything() =>
        kinds.All.SelectMany(kind => store.Rows(kind).Values.Select(stored => (kind, stored)));

    private IEnumerable<(Kind Kind, Stored Stored)> DependentsOf(string uid) =>
        Everything().Where(pair => pair.Stored.Owners.Contains(uid));

    private bool HasDependents(string uid) => DependentsOf(uid).Any();

    /// <summary>Takes an owner's reference from its dependents; those without another owner go.</summary>
    private void ReleaseDependents(string uid, bool delete)
    {
        foreach (var (kind, found) in DependentsOf(uid).ToList())
        {
            if (store.Find(kind, found.Key) is not { } stored)
            {
                continue;
            }

            if (delete && stored.Owners.Length is 1)
            {
                if (!IsDeleting(stored))
                {
                    Delete(kind, stored, "Background");
                }

                continue;
            }

            var value = stored.ToJson(kind.ApiVersion(kind.Versions[0]));
            var owners = value.Ensure("metadata").Items("ownerReferences") ?? [];
            foreach (var owner in owners.OfType<JsonObject>().Where(owner => owner.Text("uid") == uid).ToList())
            {
                owners.Remove(owner);
            }

            store.Put(kind, value);
        }
    }

    /// <summary>An owner that waits for its dependents goes with the last of them.</summary>
    private void ContinueOwner(string uid)
    {
        if (HasDependents(uid))
        {
            return;
        }

        foreach (var (kind, stored) in Everything().Where(pair => pair.Stored.Uid == uid).ToList())
        {
            DropFinalizer(kind, stored.ToJson("").Member("metadata") ?? [], Foreground);
        }
    }

    private void DropFinalizer(Kind kind, JsonObject named, string finalizer)
    {
        if (store.Find(kind, Stored.KeyOf(named.Text("namespace"), named.Text("name"))) is not { } stored)
        {
            return;
        }

        var value = stored.ToJson(kind.ApiVersion(kind.Versions[0]));
        var finalizers = value.Ensure("metadata").Items("finalizers") ?? [];
        if (finalizers.FirstOrDefault(item => item?.ToString() == finalizer) is not { } item)
        {
            return;
        }

        finalizers.Remove(item);
        if (finalizers.Count is 0)
        {
            value.Ensure("metadata").Remove("finalizers");
            Finish(kind, stored, value);
        }
        else
        {
            store.Put(kind, value);
        }
    }

    /// <summary>A namespace that is being deleted goes with the last object in it.</summary>
    private void ContinueNamespace(string name)
    {
        if (kinds.Find("", "namespaces") is not { } kind || store.Find(kind, name) is not { } stored
            || !IsDeleting(stored))
        {
            return;
        }

        var value = stored.ToJson("v1");
        var held = value.Member("metadata").Items("finalizers") is { Count: > 0 };
        if (!held && !Everything().Any(pair => pair.Stored.Namespace == name))
        {
            store.Remove(kind, stored, value);
        }
    }

    private void DropInstances(JsonObject definition)
    {
        var spec = definition.Member("spec");
        if (kinds.Find(spec.Text("group"), spec.Member("names").Text("plural")) is not { IsCustom: true } kind)
        {
            return;
        }

        foreach (var stored in store.Rows(kind).Values.ToList())
        {
            if (store.Find(kind, stored.Key) is { } there)
            {
                Finish(kind, there, there.ToJson(kind.ApiVersion(kind.Versions[0])));
            }
        }
    }
}
