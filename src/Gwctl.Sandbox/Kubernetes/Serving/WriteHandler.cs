using System.Text.Json.Nodes;
using Gwctl.Sandbox.Kubernetes.Kinds;
using Gwctl.Sandbox.Kubernetes.Patching;
using Gwctl.Sandbox.Kubernetes.Requests;
using Gwctl.Sandbox.Kubernetes.Storage;
using Gwctl.Sandbox.Kubernetes.Writing;

namespace Gwctl.Sandbox.Kubernetes.Serving;

/// <summary>Serves every request that changes objects.</summary>
internal sealed class WriteHandler(ObjectStore store, KindCatalog catalog)
{
    private const string ApplyType = "application/apply-patch+yaml";
    private const string MergeType = "application/merge-patch+json";
    private const string JsonPatchType = "application/json-patch+json";
    private const string StrategicType = "application/strategic-merge-patch+json";

    public WriteResult Serve(WriteTarget target)
    {
        var result = store.Write(writer => Run(target, writer));
        catalog.Refresh();
        return result;
    }

    private WriteResult Run(WriteTarget target, StoreWriter writer)
    {
        var request = target.Request;
        var remover = new ObjectRemover(writer, catalog.Current, target.Now);
        var objects = new ObjectWriter(writer, remover, new NamespaceGuard(catalog.Namespaces));
        switch (request.Verb)
        {
            case "create" when request.Name is "":
                return objects.Create(target, RequestBody.Read(request));
            case "update" when request.Name is not "" && request.Subresource is "finalize":
                return FinishNamespace(target, writer, remover);
            case "update" when request.Name is not "":
                return objects.Update(target, RequestBody.Read(request));
            case "patch" when request.Name is not "":
                return Patch(target, objects);
            case "delete" when request.Subresource is "":
                return remover.Delete(target, OptionalBody(request));
            case "deletecollection":
                return DeleteAll(target, writer, remover);
            default:
                throw ApiErrors.MethodNotAllowed();
        }
    }

    private static WriteResult Patch(WriteTarget target, ObjectWriter objects)
    {
        var body = target.Request.Body;
        switch (target.Request.ContentType)
        {
            case ApplyType:
                if (target.Request.Query.Text("fieldManager") is "")
                {
                    throw ApiErrors.BadRequest(
                        "PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required value: is required for "
                        + "apply patch");
                }

                return objects.Apply(target, RequestBody.Yaml(body));
            case MergeType:
                var merge = PatchObject(body);
                return objects.Patch(target, live => MergePatch.Apply(live, merge) as JsonObject ?? []);
            case JsonPatchType:
                var operations = RequestBody.Json(body) as JsonArray
                    ?? throw ApiErrors.BadRequest("the patch is no list");
                return objects.Patch(target, live => JsonPatch.Apply(live, operations));
            case StrategicType when !target.Kind.IsCustom:
                var strategic = PatchObject(body);
                var schema = target.Version.Schema;
                return objects.Patch(target, live => StrategicMerge.Apply(live, strategic, schema));
            default:
                throw ApiErrors.UnsupportedMedia(target.Request.ContentType);
        }
    }

    private static JsonObject PatchObject(byte[] body) =>
        RequestBody.Json(body) as JsonObject ?? throw ApiErrors.BadRequest("the patch is no object");

    private static WriteResult DeleteAll(WriteTarget target, StoreWriter writer, ObjectRemover remover)
    {
        var filter = ObjectFilter.Of(target.Kind, target.Request);
        var policy = OptionalBody(target.Request).Text("propagationPolicy") is { Length: > 0 } asked
            ? asked
            : target.Request.Query.Text("propagationPolicy");
        var items = new JsonArray();
        foreach (var stored in writer.Rows(target.Kind).Values.Where(filter.Matches).ToList())
        {
            if (writer.Find(target.Kind, stored.Key) is { } there)
            {
                items.Add(there.ToJson(target.ApiVersion));
                if (!target.Request.IsDryRun)
                {
                    remover.Delete(target.Kind, there, policy);
                }
            }
        }

        var list = new JsonObject
        {
            ["kind"] = target.Kind.ListName,
            ["apiVersion"] = target.ApiVersion,
            ["metadata"] = new JsonObject(),
            ["items"] = items,
        };
        return new WriteResult(list, Created: false);
    }

    private static WriteResult FinishNamespace(WriteTarget target, StoreWriter writer, ObjectRemover remover)
    {
        if (target.Kind.GroupResource is not "namespaces")
        {
            throw ApiErrors.NoSuchPath();
        }

        var stored = writer.Find(target.Kind, target.Key) ?? throw ApiErrors.NotFound(target.Kind, target.Key);
        var value = stored.ToJson(target.ApiVersion);
        value["spec"] = RequestBody.Read(target.Request)["spec"]?.DeepClone() ?? new JsonObject();
        writer.Put(target.Kind, value);
        remover.Continue(target.Kind, value);
        return new WriteResult(value, Created: false);
    }

    private static JsonObject? OptionalBody(ApiRequest request) =>
        request.Body.Length is 0 || request.ContentType is ProtobufBody.ContentType ? null : RequestBody.Read(request);
}
