using Gwctl.Sandbox.Kubernetes.Discovery;
using Gwctl.Sandbox.Kubernetes.Kinds;
using Gwctl.Sandbox.Kubernetes.Requests;
using Gwctl.Sandbox.Kubernetes.Storage;
using Gwctl.Sandbox.Kubernetes.Writing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Gwctl.Sandbox.Kubernetes.Serving;

/// <summary>Takes every request to where it is served.</summary>
internal sealed class ApiServer(
    ObjectStore store, KindCatalog catalog, AccessGuard guard, ServerHooks hooks, TimeProvider clock,
    TimeSpan bookmarkInterval)
{
    private readonly ListHandler _lists = new(store);
    private readonly WatchHandler _watches = new(store, clock, bookmarkInterval, () => hooks.Dropped);
    private readonly WriteHandler _writes = new(store, catalog);

    public async Task ServeAsync(HttpContext context)
    {
        try
        {
            await RouteAsync(context);
        }
        catch (ApiException error) when (!context.Response.HasStarted)
        {
            await Respond.Error(context, error);
        }
        catch (Exception bug) when (bug is not OperationCanceledException && !context.Response.HasStarted)
        {
            // A fault of the sandbox's own: it says what it is, since nobody watches a log.
            await Respond.Error(
                context, new ApiException(500, "InternalError", $"The sandbox has a bug: {bug}"));
        }
    }

    private async Task RouteAsync(HttpContext context)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var path = target.Split('?')[0];
        switch (path)
        {
            case "/healthz" or "/livez" or "/readyz":
                await Respond.Bytes(context, 200, "text/plain; charset=utf-8", "ok"u8.ToArray());
                return;
            case "/version" or "/version/":
                await Respond.Json(context, 200, ServerVersion.ToJson());
                return;
        }

        var user = guard.Authenticate(context.Request);
        var accept = context.Request.Headers.Accept.ToString();
        if (DiscoveryHandler.Find(catalog.Current, path, accept) is { } found)
        {
            await Respond.Bytes(context, 200, found.ContentType, JsonForm.ToBytes(found.Body));
            return;
        }

        if (path is OpenApiHandler.SwaggerPath
            && accept.Contains(OpenApiHandler.SwaggerAccept, StringComparison.Ordinal))
        {
            await Respond.Bytes(context, 200, OpenApiHandler.SwaggerType, OpenApiHandler.EmptySwagger);
            return;
        }

        if (OpenApiHandler.Find(catalog.Current, path) is { } document)
        {
            await Respond.Json(context, 200, document);
            return;
        }

        var query = QueryValues.Parse(context.Request.QueryString.Value ?? "");
        var request = ApiRequest.Parse(context.Request.Method, path, query, user) ?? throw ApiErrors.NoSuchPath();
        await ServeObjectsAsync(context, await ReadAsync(context.Request, request));
    }

    private async Task ServeObjectsAsync(HttpContext context, ApiRequest request)
    {
        var call = hooks.Begin(request);
        var fault = hooks.FaultOf(call);
        var status = 0;
        try
        {
            await HoldUpAsync(fault, context.RequestAborted);
            guard.Authorize(request);
            await DispatchAsync(context, request, fault is KubernetesFault.LoseConnection);
            status = context.Response.StatusCode;
        }
        catch (ApiException error)
        {
            status = error.Code;
            throw;
        }
        finally
        {
            hooks.Called?.Invoke(new KubernetesCallRecord(call, status));
        }
    }

    private async Task DispatchAsync(HttpContext context, ApiRequest request, bool loses)
    {
        if (ReviewHandler.Answer(guard, request) is { } review)
        {
            await Respond.Json(context, 201, review);
            return;
        }

        var kind = catalog.Current.Find(request.Group, request.Resource) ?? throw ApiErrors.NoSuchPath();
        var version = kind.Version(request.Version) ?? throw ApiErrors.NoSuchPath();
        CheckPath(kind, version, request);
        if (version.Warning is not "")
        {
            Respond.Warn(context, [version.Warning]);
        }

        var form = Representation.Of(request.Accept) ?? throw ApiErrors.NotAcceptable();
        var encoder = new ObjectEncoder(
            kind, version, form, request.Query.Text("includeObject"), clock.GetUtcNow());
        switch (request.Verb)
        {
            case "watch":
                await _watches.ServeAsync(context, kind, request, encoder);
                break;
            case "list":
                await _lists.ServeAsync(context, kind, request, encoder, form);
                break;
            case "get":
                var stored = store.Find(kind, Stored.KeyOf(request.Namespace, request.Name))
                    ?? throw ApiErrors.NotFound(kind, request.Name);
                await Respond.Bytes(context, 200, Respond.JsonType, encoder.Encode(stored));
                break;
            default:
                await WriteAsync(context, kind, version, request, loses);
                break;
        }
    }

    private async Task WriteAsync(
        HttpContext context, Kind kind, KindVersion version, ApiRequest request, bool loses)
    {
        var target = new WriteTarget { Kind = kind, Version = version, Request = request, Now = clock.GetUtcNow() };
        var result = _writes.Serve(target);
        if (loses)
        {
            context.Abort();
            return;
        }

        Respond.Warn(context, target.Warnings);
        await Respond.Json(context, result.Created ? 201 : 200, result.Value);
    }

    private static void CheckPath(Kind kind, KindVersion version, ApiRequest request)
    {
        var isCollectionOfAll = kind.Namespaced && request.Namespace is "" && request.Name is ""
            && request.Method is "GET" or "HEAD";
        var isKnown = request.Subresource switch
        {
            "" => true,
            "status" => version.HasStatus && request.Name is not "",
            "finalize" => kind.GroupResource is "namespaces",
            _ => false,
        };
        if (!isKnown || (kind.Namespaced == request.Namespace is "" && !isCollectionOfAll))
        {
            throw ApiErrors.NoSuchPath();
        }
    }

    private async Task HoldUpAsync(KubernetesFault? fault, CancellationToken cancellationToken)
    {
        switch (fault)
        {
            case KubernetesFault.Throttle throttle:
                throw ApiErrors.TooManyRequests(throttle.RetryAfterSeconds);
            case KubernetesFault.Unauthorized:
                throw ApiErrors.Unauthorized();
            case KubernetesFault.Fail fail:
                throw new ApiException(fail.Code, fail.Reason, fail.Message);
            case KubernetesFault.Delay delay:
                await Task.Delay(delay.Time, clock, cancellationToken);
                break;
        }
    }

    private static async Task<ApiRequest> ReadAsync(HttpRequest source, ApiRequest request)
    {
        byte[] body = [];
        if (request.Method is not ("GET" or "HEAD"))
        {
            using var buffer = new MemoryStream();
            await source.Body.CopyToAsync(buffer, source.HttpContext.RequestAborted);
            body = buffer.ToArray();
        }

        return request with
        {
            Accept = source.Headers.Accept.ToString(),
            ContentType = (source.ContentType ?? "").Split(';')[0].Trim(),
            UserAgent = source.Headers.UserAgent.ToString(),
            Body = body,
        };
    }
}
