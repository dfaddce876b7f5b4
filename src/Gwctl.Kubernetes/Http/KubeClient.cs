using System.Net;
using System.Text.Json.Nodes;
using Gwctl.Core;
using Gwctl.Kubernetes.Config;
using Gwctl.Kubernetes.Objects;

namespace Gwctl.Kubernetes.Http;

/// <summary>Speaks to one API server. Thread-safe.</summary>
public sealed class KubeClient : IDisposable
{
    private readonly KubeCredentials _credentials;
    private readonly KubeChannel _channel;

    /// <exception cref="KubeException">A certificate of the settings cannot be used.</exception>
    public KubeClient(KubeSettings settings, KubeClientOptions options)
    {
        Settings = settings;
        _credentials = new KubeCredentials(settings, options.Clock, options.Environment);
        _channel = new KubeChannel(settings, options, _credentials);
    }

    public KubeSettings Settings { get; }

    /// <exception cref="KubeException">It is not there, or the call failed.</exception>
    public async Task<KubeObject> GetAsync(
        KubeResource resource, ObjectName name, CancellationToken cancellationToken) =>
        Whole(resource, await _channel.CallAsync(
            new KubeCall(HttpMethod.Get, resource.PathOf(name), $"get {resource.FullName} {name}"), cancellationToken));

    /// <summary>Null where it is not there.</summary>
    public async Task<KubeObject?> FindAsync(
        KubeResource resource, ObjectName name, CancellationToken cancellationToken)
    {
        try
        {
            return await GetAsync(resource, name, cancellationToken);
        }
        catch (KubeException exception) when (exception.IsNotFound)
        {
            return null;
        }
    }

    /// <summary>A document that is no object of a kind, such as discovery's. Null where it is not there.</summary>
    public async Task<JsonObject?> FindDocumentAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await _channel.CallAsync(
                new KubeCall(HttpMethod.Get, path.TrimStart('/'), $"get {path}"), cancellationToken);
        }
        catch (KubeException exception) when (exception.IsNotFound)
        {
            return null;
        }
    }

    /// <summary>All objects, page by page.</summary>
    /// <exception cref="KubeException">Also where the pages expired in the middle: begin again.</exception>
    public async IAsyncEnumerable<KubePage> ListAsync(
        KubeResource resource,
        KubeQuery query,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var next = "";
        do
        {
            var text = query.Text(
                KeyValuePair.Create("limit", $"{query.PageSize}"), KeyValuePair.Create("continue", next));
            var answer = await _channel.CallAsync(
                new KubeCall(HttpMethod.Get, resource.PathOf(query.Namespace) + text, $"list {resource.FullName}"),
                cancellationToken);
            var meta = Json.Section(answer, "metadata");
            next = Json.Text(meta, "continue");
            yield return new KubePage(Items(resource, answer), Json.Text(meta, "resourceVersion"));
        }
        while (next is not "");
    }

    /// <summary>What happens after a list. Ends when the server ends it, which it does every few minutes.</summary>
    /// <exception cref="KubeException">The watch was refused, or broke; <see cref="KubeException.IsExpired"/> asks for
    /// a new list.</exception>
    public IAsyncEnumerable<WatchEvent> WatchAsync(
        KubeResource resource, KubeQuery query, WatchFrom from, CancellationToken cancellationToken)
    {
        var text = query.Text(
            KeyValuePair.Create("watch", "true"),
            KeyValuePair.Create("allowWatchBookmarks", "true"),
            KeyValuePair.Create("resourceVersion", from.ResourceVersion),
            KeyValuePair.Create("timeoutSeconds", $"{(int)from.Lasts.TotalSeconds}"));
        return _channel.WatchAsync(
            new KubeCall(HttpMethod.Get, resource.PathOf(query.Namespace) + text, $"watch {resource.FullName}"),
            from.Lasts,
            cancellationToken);
    }

    public async Task<KubeObject> CreateAsync(
        KubeResource resource, JsonObject body, CancellationToken cancellationToken)
    {
        var name = new KubeObject(body).Name;
        return Whole(resource, await _channel.CallAsync(
            new KubeCall(HttpMethod.Post, resource.PathOf(name.Namespace), $"create {resource.FullName} {name}")
            {
                Body = WithType(resource, body),
            },
            cancellationToken));
    }

    /// <summary>Puts a whole object in place of what is there; its resourceVersion, where it has one, must still
    /// fit.</summary>
    public async Task<KubeObject> ReplaceAsync(
        KubeResource resource, JsonObject body, CancellationToken cancellationToken)
    {
        var name = new KubeObject(body).Name;
        return Whole(resource, await _channel.CallAsync(
            new KubeCall(HttpMethod.Put, resource.PathOf(name), $"update {resource.FullName} {name}")
            {
                Body = WithType(resource, body),
            },
            cancellationToken));
    }

    /// <summary>A JSON merge patch. With a resourceVersion in its metadata it is refused where somebody was
    /// faster.</summary>
    /// <param name="subresource">Such as <c>status</c>; empty for the object itself.</param>
    public async Task<KubeObject> MergeAsync(
        KubeResource resource,
        ObjectName name,
        JsonObject patch,
        string subresource,
        CancellationToken cancellationToken) =>
        Whole(resource, await _channel.CallAsync(
            new KubeCall(
                HttpMethod.Patch, resource.PathOf(name, subresource), Says("patch", resource, name, subresource))
            {
                Body = patch,
                MediaType = "application/merge-patch+json",
            },
            cancellationToken));

    /// <summary>Server-side apply: the fields of the body become ours.</summary>
    public async Task<KubeObject> ApplyAsync(
        KubeResource resource, JsonObject body, FieldOwner owner, CancellationToken cancellationToken)
    {
        var name = new KubeObject(body).Name;
        var query = $"?fieldManager={Uri.EscapeDataString(owner.Manager)}" + (owner.Force ? "&force=true" : "");
        return Whole(resource, await _channel.CallAsync(
            new KubeCall(
                HttpMethod.Patch,
                resource.PathOf(name, owner.Subresource) + query,
                Says("patch", resource, name, owner.Subresource))
            {
                Body = WithType(resource, body),
                MediaType = "application/apply-patch+yaml",
            },
            cancellationToken));
    }

    /// <summary>Deletes it; what is not there any more is as good.</summary>
    /// <param name="only">Refused with a conflict where the object is another one, or was changed.</param>
    public async Task DeleteAsync(
        KubeResource resource, ObjectName name, DeletePreconditions only, CancellationToken cancellationToken)
    {
        var conditions = new JsonObject();
        if (only.Uid is not "")
        {
            conditions["uid"] = only.Uid;
        }

        if (only.ResourceVersion is not "")
        {
            conditions["resourceVersion"] = only.ResourceVersion;
        }

        var body = new JsonObject { ["apiVersion"] = "v1", ["kind"] = "DeleteOptions" };
        if (conditions.Count > 0)
        {
            body["preconditions"] = conditions;
        }

        try
        {
            await _channel.CallAsync(
                new KubeCall(HttpMethod.Delete, resource.PathOf(name), $"delete {resource.FullName} {name}")
                {
                    Body = body,
                },
                cancellationToken);
        }
        catch (KubeException exception) when (exception.StatusCode is (int)HttpStatusCode.NotFound)
        {
            return;
        }
    }

    public void Dispose()
    {
        _channel.Dispose();
        _credentials.Dispose();
    }

    private static string Says(string verb, KubeResource resource, ObjectName name, string subresource) =>
        $"{verb} {resource.FullName}{(subresource is "" ? "" : $"/{subresource}")} {name}";

    private static List<KubeObject> Items(KubeResource resource, JsonObject answer)
    {
        if (answer["items"] is not JsonArray items)
        {
            return [];
        }

        var bodies = items.OfType<JsonObject>().ToList();
        items.Clear(); // So that an object that is kept does not keep the whole page.
        return [.. bodies.Select(body => Whole(resource, body))];
    }

    // Items of a list do not say what they are.
    private static KubeObject Whole(KubeResource resource, JsonObject body) => new(WithType(resource, body));

    private static JsonObject WithType(KubeResource resource, JsonObject body)
    {
        body["apiVersion"] ??= resource.ApiVersion;
        body["kind"] ??= resource.Kind;
        return body;
    }
}

/// <summary>Whose fields server-side apply makes them.</summary>
/// <param name="Force">Takes them from others where it must.</param>
/// <param name="Subresource">Empty for the object itself.</param>
public sealed record FieldOwner(string Manager, bool Force = false, string Subresource = "");

/// <summary>What must hold of an object to be deleted; empty for anything.</summary>
public sealed record DeletePreconditions(string Uid = "", string ResourceVersion = "")
{
    public static readonly DeletePreconditions None = new();
}
