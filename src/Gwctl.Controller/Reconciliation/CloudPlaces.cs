using System.Text.Json;
using System.Text.Json.Nodes;
using Gwctl.Compiler.Specs;
using Gwctl.Controller.Watching;
using Gwctl.Engine.Providers;
using Gwctl.Kubernetes.Http;
using Gwctl.Kubernetes.Objects;

namespace Gwctl.Controller.Reconciliation;

/// <summary>Where a Gateway has cloud objects, or may still have some.</summary>
/// <param name="Config">The ProviderConfig's name. Only what a ProviderConfig of the cluster says is ever used to get
/// there: who may edit a Gateway may not point the controller at a cloud.</param>
/// <param name="Scope">As <see cref="CloudPlaces.ScopeOf"/> writes it: the ProviderConfig must still mean it.</param>
/// <param name="Left">Since when the Gateway is served elsewhere; null while it is served here.</param>
internal sealed record CloudPlace(string Config, string Scope, DateTimeOffset? Left);

/// <summary>Keeps a Gateway's places in an annotation: a controller that starts anew knows nothing else of where the
/// Gateway was before.</summary>
internal sealed class CloudPlaces(KubeClient client, ClusterStore store, Finalizers finalizers)
{
    /// <summary><c>provider/account/region/owner</c>.</summary>
    public static string ScopeOf(ProviderScope scope) =>
        $"{scope.Provider}/{scope.Account}/{scope.Region}/{scope.Owner}";

    /// <summary>The oldest first; none where nothing is written, or nothing that can be read.</summary>
    public static List<CloudPlace> Of(ClusterObject gateway)
    {
        try
        {
            return gateway.Annotation(ControllerAnnotations.CloudObjects) is { } text
                && JsonNode.Parse(text) is JsonArray entries
                ? [.. entries.OfType<JsonObject>().Select(PlaceOf)]
                : [];
        }
        catch (JsonException)
        {
            return []; // Somebody edited it.
        }
    }

    /// <summary>With the Gateway at work in one of them.</summary>
    public static List<CloudPlace> With(IEnumerable<CloudPlace> places, CloudPlace here) =>
        [.. places.Where(place => place.Scope != here.Scope), here];

    /// <summary>Keeps the Gateway until its objects are gone, and notes where they are. No write where both are
    /// so.</summary>
    /// <exception cref="KubeException">It is not written.</exception>
    public Task HoldAsync(ClusterObject gateway, CloudPlace here, CancellationToken cancellationToken)
    {
        var places = With(Of(gateway), here);
        return Finalizers.Has(gateway)
            ? WriteAsync(gateway, places, cancellationToken)
            : finalizers.AddAsync(gateway, ControllerNames.Finalizer, Annotation(Text(places)), cancellationToken);
    }

    /// <summary>Nothing is anywhere any more.</summary>
    /// <exception cref="KubeException">It is not written.</exception>
    public Task LetGoAsync(ClusterObject gateway, CancellationToken cancellationToken) => finalizers.RemoveAsync(
        gateway, ControllerNames.Finalizer, Annotation(null), cancellationToken);

    /// <exception cref="KubeException">It is not written; a conflict is somebody else's change: look again.</exception>
    public async Task WriteAsync(
        ClusterObject gateway, IReadOnlyCollection<CloudPlace> places, CancellationToken cancellationToken)
    {
        var text = Text(places);
        var item = store.Newest(gateway);
        if (item.Annotation(ControllerAnnotations.CloudObjects) != text)
        {
            var meta = new JsonObject
            {
                ["resourceVersion"] = item.ResourceVersion,
                ["annotations"] = Annotation(text),
            };
            var patch = new JsonObject { ["metadata"] = meta };
            await store.WriteAsync(
                item, () => client.MergeAsync(item.Resource, item.Id.Name, patch, "", cancellationToken));
        }
    }

    private static CloudPlace PlaceOf(JsonObject entry) =>
        new(Json.Text(entry, "config"), Json.Text(entry, "scope"), Json.Time(entry, "left"));

    private static string Text(IEnumerable<CloudPlace> places) =>
        new JsonArray([.. places.Select(Body)]).ToJsonString();

    private static JsonObject Body(CloudPlace place)
    {
        var body = new JsonObject { ["config"] = place.Config, ["scope"] = place.Scope };
        if (place.Left is { } left)
        {
            body["left"] = Json.Time(left);
        }

        return body;
    }

    private static JsonObject Annotation(string? text) => new() { [ControllerAnnotations.CloudObjects] = text };
}
