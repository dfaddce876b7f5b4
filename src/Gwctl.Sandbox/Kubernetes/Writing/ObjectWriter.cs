using System.Text.Json.Nodes;
using Gwctl.Sandbox.Kubernetes.Applying;
using Gwctl.Sandbox.Kubernetes.Requests;
using Gwctl.Sandbox.Kubernetes.Schemas;
using Gwctl.Sandbox.Kubernetes.Storage;

namespace Gwctl.Sandbox.Kubernetes.Writing;

/// <summary>Creates and changes objects as the API server does. Every call runs alone.</summary>
internal sealed class ObjectWriter(StoreWriter store, ObjectRemover remover, NamespaceGuard namespaces)
{
    private const string NameAlphabet = "bcdfghjklmnpqrstvwxz2456789";
    private const int SuffixLength = 5;

    /// <summary>Metadata that no writer can change.</summary>
    private static readonly string[] FixedMeta =
        ["uid", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "generation", "selfLink"];

    public WriteResult Create(WriteTarget target, JsonObject value)
    {
        Admission.CheckType(target, value);
        var meta = Name(target, value);
        if (target.Kind.Namespaced)
        {
            namespaces.CheckOpen(store, meta.Text("namespace"), target.Kind, meta.Text("name"));
        }

        if (store.Find(target.Kind, Stored.KeyOf(meta.Text("namespace"), meta.Text("name"))) is not null)
        {
            throw ApiErrors.AlreadyExists(target.Kind, meta.Text("name"));
        }

        if (meta.Text("resourceVersion") is not "")
        {
            throw ApiErrors.BadRequest("resourceVersion should not be set on objects to be created");
        }

        var entries = ManagedFields.Read(value);
        foreach (var name in FixedMeta.Append("managedFields"))
        {
            meta.Remove(name);
        }

        if (target.Version.HasStatus)
        {
            value.Remove("status");
        }

        Admission.Shape(target, value);
        ManagedFields.Record(null, value, entries, target.Version.Schema, target.Writer);
        return Add(target, value);
    }

    /// <summary>Replaces an object, or its status.</summary>
    public WriteResult Update(WriteTarget target, JsonObject value)
    {
        Admission.CheckType(target, value);
        var meta = value.Ensure("metadata");
        CheckMatches(target, meta);
        var stored = store.Find(target.Kind, target.Key)
            ?? throw ApiErrors.NotFound(target.Kind, target.Request.Name);
        if (meta.Text("resourceVersion") is "" && target.Kind.IsCustom)
        {
            throw ApiErrors.Invalid(target.Kind, target.Request.Name, [new ApiCause(
                "FieldValueInvalid", "Invalid value: 0: must be specified for an update", "metadata.resourceVersion")]);
        }

        return Replace(target, stored, value, recorded: false);
    }

    /// <summary>Changes an object by a function of what it is.</summary>
    public WriteResult Patch(WriteTarget target, Func<JsonObject, JsonObject> change)
    {
        var stored = store.Find(target.Kind, target.Key)
            ?? throw ApiErrors.NotFound(target.Kind, target.Request.Name);
        var value = change(target.Kind.View(stored.ToJson(target.ApiVersion)));
        Admission.CheckType(target, value);
        CheckMatches(target, value.Ensure("metadata"));
        return Replace(target, stored, value, recorded: false);
    }

    /// <summary>Server-side apply.</summary>
    public WriteResult Apply(WriteTarget target, JsonObject config)
    {
        Admission.CheckType(target, config);
        CheckMatches(target, config.Ensure("metadata"));
        if (config.Member("metadata").Items("managedFields") is not null)
        {
            throw ApiErrors.BadRequest("metadata.managedFields must be nil");
        }

        var unknown = new List<string>();
        SchemaShaper.Strip(config, target.Version.Schema, "", unknown.Add);
        Admission.Report(target, unknown);
        var schema = target.Version.Schema;
        var force = target.Request.Query.Flag("force");
        var taken = Taken(target, config);
        if (store.Find(target.Kind, target.Key) is { } stored)
        {
            var live = target.Kind.View(stored.ToJson(target.ApiVersion));
            CheckPreconditions(target, stored, config.Ensure("metadata"));
            var merged = ServerSideApply.Apply(live, taken, schema, target.Writer, force);
            return Replace(target, stored, merged, recorded: true);
        }

        if (target.Request.Subresource is not "")
        {
            throw ApiErrors.NotFound(target.Kind, target.Request.Name);
        }

        var meta = Name(target, taken);
        if (meta.Text("uid") is not "" || meta.Text("resourceVersion") is not "")
        {
            throw ApiErrors.Conflict(
                target.Kind, target.Request.Name, "uid mismatch: the provided object specified an identity, and no "
                + "existing object was found");
        }

        if (target.Kind.Namespaced)
        {
            namespaces.CheckOpen(store, meta.Text("namespace"), target.Kind, meta.Text("name"));
        }

        var named = new JsonObject
        {
            ["apiVersion"] = target.ApiVersion,
            ["kind"] = target.Kind.Name,
            ["metadata"] = new JsonObject { ["name"] = meta.Text("name") },
        };
        if (target.Kind.Namespaced)
        {
            named.Ensure("metadata")["namespace"] = meta.Text("namespace");
        }

        var made = ServerSideApply.Apply(named, taken, schema, target.Writer, force);
        Admission.Shape(target, made);
        return Add(target, made);
    }

    private WriteResult Add(WriteTarget target, JsonObject value)
    {
        var meta = value.Ensure("metadata");
        meta["uid"] = store.NextUid();
        meta["creationTimestamp"] = Times.Format(target.Now);
        if (target.Kind.HasGeneration)
        {
            meta["generation"] = 1;
        }

        if (!target.Request.IsDryRun)
        {
            store.Put(target.Kind, value);
        }

        return new WriteResult(value, Created: true);
    }

    private WriteResult Replace(WriteTarget target, Stored stored, JsonObject value, bool recorded)
    {
        var live = target.Kind.View(stored.ToJson(target.ApiVersion));
        CheckPreconditions(target, stored, value.Ensure("metadata"));
        var result = target.IsStatus ? WithStatus(live, value) : value;
        if (target.Version.HasStatus && !target.IsStatus)
        {
            Carry(live, result, "status");
        }

        var (liveMeta, meta) = (live.Ensure("metadata"), result.Ensure("metadata"));
        foreach (var name in FixedMeta.Append("resourceVersion"))
        {
            Carry(liveMeta, meta, name);
        }

        CheckFinalizers(target, liveMeta, meta);
        var entries = ManagedFields.Read(value) is { Count: > 0 } given ? given : ManagedFields.Read(live);
        Admission.Shape(target, result);
        if (!recorded)
        {
            ManagedFields.Record(live, result, entries, target.Version.Schema, target.Writer);
        }

        if (IsSame(live, result))
        {
            return new WriteResult(live, Created: false);
        }

        if (target.Kind.HasGeneration && !JsonNode.DeepEquals(Desired(live), Desired(result)))
        {
            meta["generation"] = liveMeta.Number("generation") + 1;
        }

        if (!target.Request.IsDryRun)
        {
            Keep(target, stored, result);
        }

        return new WriteResult(result, Created: false);
    }

    private void Keep(WriteTarget target, Stored stored, JsonObject result)
    {
        var meta = result.Ensure("metadata");
        if (meta["deletionTimestamp"] is not null && meta.Items("finalizers") is null or { Count: 0 }
            && target.Kind.GroupResource is not "namespaces")
        {
            remover.Finish(target.Kind, stored, result);
        }
        else
        {
            store.Put(target.Kind, result);
            remover.Continue(target.Kind, result);
        }
    }

    /// <summary>The part of a configuration that its subresource takes.</summary>
    private static JsonObject Taken(WriteTarget target, JsonObject config)
    {
        var taken = config.Copy();
        if (target.IsStatus)
        {
            foreach (var name in taken.Select(member => member.Key)
                .Where(name => name is not ("apiVersion" or "kind" or "metadata" or "status")).ToList())
            {
                taken.Remove(name);
            }

            var meta = taken.Ensure("metadata");
            foreach (var name in meta.Select(member => member.Key)
                .Where(name => name is not ("name" or "namespace")).ToList())
            {
                meta.Remove(name);
            }
        }
        else if (target.Version.HasStatus)
        {
            taken.Remove("status");
        }

        return taken;
    }

    private static JsonObject WithStatus(JsonObject live, JsonObject value)
    {
        var result = live.Copy();
        result.Remove("status");
        if (value["status"] is { } status)
        {
            result["status"] = status.DeepClone();
        }

        result.Ensure("metadata").Remove("managedFields");
        if (value.Member("metadata")?["managedFields"] is { } managed)
        {
            result.Ensure("metadata")["managedFields"] = managed.DeepClone();
        }

        return result;
    }

    private JsonObject Name(WriteTarget target, JsonObject value)
    {
        var meta = value.Ensure("metadata");
        if (target.Kind.Namespaced)
        {
            if (meta.Text("namespace") is { Length: > 0 } own && own != target.Request.Namespace)
            {
                throw ApiErrors.BadRequest(
                    "the namespace of the provided object does not match the namespace sent on the request");
            }

            meta["namespace"] = target.Request.Namespace;
        }
        else
        {
            meta.Remove("namespace");
        }

        if (meta.Text("name") is "" && meta.Text("generateName") is { Length: > 0 } stem)
        {
            var drawn = Guid.Parse(store.NextUid()).ToByteArray();
            meta["name"] = stem + string.Concat(
                drawn.Take(SuffixLength).Select(number => NameAlphabet[number % NameAlphabet.Length]));
        }

        if (meta.Text("name") is "")
        {
            throw ApiErrors.Invalid(target.Kind, "", [new ApiCause(
                "FieldValueRequired", "Required value: name or generateName is required", "metadata.name")]);
        }

        return meta;
    }

    private static void CheckMatches(WriteTarget target, JsonObject meta)
    {
        if (meta.Text("name") is { Length: > 0 } name && name != target.Request.Name)
        {
            throw ApiErrors.BadRequest(
                $"the name of the object ({name}) does not match the name on the URL ({target.Request.Name})");
        }

        if (meta.Text("namespace") is { Length: > 0 } ns && ns != target.Request.Namespace && target.Kind.Namespaced)
        {
            throw ApiErrors.BadRequest(
                $"the namespace of the object ({ns}) does not match the namespace on the request "
                + $"({target.Request.Namespace})");
        }

        meta["name"] = target.Request.Name;
        if (target.Kind.Namespaced)
        {
            meta["namespace"] = target.Request.Namespace;
        }
    }

    private static void CheckPreconditions(WriteTarget target, Stored stored, JsonObject meta)
    {
        if (meta.Text("uid") is { Length: > 0 } uid && uid != stored.Uid)
        {
            throw ApiErrors.Conflict(
                target.Kind, stored.Name,
                $"Precondition failed: UID in precondition: {uid}, UID in object meta: {stored.Uid}");
        }

        if (meta.Text("resourceVersion") is { Length: > 0 } version && version != $"{stored.Version}")
        {
            throw ApiErrors.Modified(target.Kind, stored.Name);
        }
    }

    private static void CheckFinalizers(WriteTarget target, JsonObject live, JsonObject meta)
    {
        if (live["deletionTimestamp"] is null)
        {
            return;
        }

        var known = (live.Items("finalizers") ?? []).Select(item => item?.ToString()).ToHashSet();
        if ((meta.Items("finalizers") ?? []).Select(item => item?.ToString()).Any(item => !known.Contains(item)))
        {
            throw ApiErrors.Invalid(target.Kind, target.Request.Name, [new ApiCause(
                "FieldValueForbidden",
                "Forbidden: no new finalizers can be added if the object is being deleted", "metadata.finalizers")]);
        }
    }

    private static void Carry(JsonObject from, JsonObject to, string name)
    {
        to.Remove(name);
        if (from[name] is { } value)
        {
            to[name] = value.DeepClone();
        }
    }

    private static JsonObject Desired(JsonObject value)
    {
        var copy = value.Copy();
        copy.Remove("metadata");
        copy.Remove("status");
        return copy;
    }

    /// <summary>Equal but for the times in managedFields.</summary>
    private static bool IsSame(JsonObject live, JsonObject result)
    {
        var (left, right) = (live.Copy(), result.Copy());
        foreach (var entry in new[] { left, right }
            .SelectMany(value => value.Member("metadata").Items("managedFields") ?? []).OfType<JsonObject>())
        {
            entry.Remove("time");
        }

        return JsonNode.DeepEquals(left, right);
    }
}
