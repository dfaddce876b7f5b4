using Gwctl.Sandbox.DataPlane.Forwarding;
using Gwctl.Sandbox.DataPlane.Rules;
using Gwctl.Sandbox.Gcp.UrlMaps;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Gwctl.Sandbox.DataPlane.Proxies;

/// <summary>Requests as a URL map sees them, and as backends get them.</summary>
internal static class ProxyRequest
{
    public const string TraceHeader = "X-Cloud-Trace-Context";

    private const string ForwardedFor = "X-Forwarded-For";

    public static UrlRequest Read(HttpContext context, bool isSecure)
    {
        var request = context.Request;
        var (path, query) = RequestFacts.Split(context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);
        var headers = request.Headers
            .Where(header => !header.Key.StartsWith(':'))
            .ToDictionary(
                header => header.Key.ToLowerInvariant(), header => string.Join(',', header.Value.AsEnumerable()),
                StringComparer.Ordinal);
        return new UrlRequest(
            isSecure ? "https" : "http", request.Headers.Host.ToString(), query is "" ? path : $"{path}?{query}",
            request.Method, headers);
    }

    /// <param name="edits">The header actions of all that the request passed, the innermost first.</param>
    /// <param name="trace">For a request that came without a trace.</param>
    public static OutgoingRequest Make(
        HttpContext context, ProxySnapshot snapshot, RouteDecision.Forward route, IEnumerable<HeaderEdits> edits,
        string trace)
    {
        var request = context.Request;
        var upgrades = OutgoingRequest.IsUpgrade(request);
        var headers = OutgoingRequest.Copy(request, upgrades, dropsInvalid: false);
        var way = $"{OutgoingRequest.ClientAddress(context.Connection)},{snapshot.Address}";
        headers[ForwardedFor] = headers.TryGetValue(ForwardedFor, out var known) ? $"{known},{way}" : way;
        headers["X-Forwarded-Proto"] = snapshot.IsSecure ? "https" : "http";
        headers.Append("Via", ProxyResponse.Via);
        if (!headers.ContainsKey(TraceHeader))
        {
            headers[TraceHeader] = trace;
        }

        ProxyResponse.Edit(headers, edits.SelectMany(edit => edit.Request));
        return new OutgoingRequest(request.Method, route.Target, route.Host, headers, upgrades);
    }
}
