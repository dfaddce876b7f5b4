using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace Gwctl.Providers.Gcp.Api.Compute;

/// <summary>An object of a list.</summary>
/// <param name="Location"><c>global</c>, a region or a zone.</param>
public sealed record ComputeItem(string Location, JsonObject Body);

/// <summary>Compute Engine v1, over the table of <see cref="ComputeCollection"/>: bodies are JSON with the API's own
/// member names.</summary>
public sealed partial class ComputeClient
{
    private const string PageItemsMax = "500";

    private readonly GcpChannel _channel;
    private readonly string _root;

    internal ComputeClient(GcpChannel channel)
    {
        _channel = channel;
        _root = $"/compute/v1/projects/{channel.Options.Project}";
    }

    /// <summary>All objects of a collection, in every location.</summary>
    /// <exception cref="GcpApiException">Also where a location did not answer: the list would lack its
    /// objects.</exception>
    public IAsyncEnumerable<ComputeItem> ListAllAsync(
        ComputeCollection collection, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(collection);
        return collection.Aggregating is null
            ? ListAsync(collection, "global", cancellationToken)
            : AggregatedListAsync(collection, cancellationToken);
    }

    /// <summary>All objects of a collection in one location.</summary>
    public async IAsyncEnumerable<ComputeItem> ListAsync(
        ComputeCollection collection,
        string location,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(collection);
        var operation = $"{collection.ServiceIn(location)}.list";
        var path = $"{_root}/{SelfLinks.Place(location)}/{collection.Segment}";
        await foreach (var page in PagesAsync(operation, HttpMethod.Get, path, null, cancellationToken))
        {
            foreach (var item in page.Objects("items"))
            {
                yield return new ComputeItem(location, item);
            }
        }
    }

    /// <summary>The project's zones, or its regions.</summary>
    /// <param name="kind"><c>zones</c> or <c>regions</c>.</param>
    public async IAsyncEnumerable<JsonObject> ListPlacesAsync(
        string kind, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var page in PagesAsync(
            $"{kind}.list", HttpMethod.Get, $"{_root}/{kind}", null, cancellationToken))
        {
            foreach (var item in page.Objects("items"))
            {
                yield return item;
            }
        }
    }

    /// <summary>One region; the cheapest call that shows whether the credentials and the project are good.</summary>
    public async Task ProbeAsync(CancellationToken cancellationToken) => await _channel.CallAsync(
        new GcpRequest("regions.list", HttpMethod.Get, $"{_root}/regions")
        {
            Query = [KeyValuePair.Create<string, string?>("maxResults", "1")],
        },
        cancellationToken);

    /// <exception cref="GcpApiException">Also where there is none: <see cref="GcpApiException.NotFound"/>.</exception>
    public Task<JsonObject> GetAsync(ComputeName name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(name);
        return _channel.CallAsync(
            new GcpRequest($"{name.Collection.ServiceIn(name.Location)}.get", HttpMethod.Get, PathOf(name)),
            cancellationToken);
    }

    /// <summary>Null where there is none.</summary>
    public async Task<JsonObject?> FindAsync(ComputeName name, CancellationToken cancellationToken)
    {
        try
        {
            return await GetAsync(name, cancellationToken);
        }
        catch (GcpApiException exception) when (exception.NotFound)
        {
            return null;
        }
    }

    /// <summary>Calls a method that answers at once and changes nothing: <c>validate</c>, <c>getHealth</c>.</summary>
    public Task<JsonObject> AskAsync(
        ComputeName name, string verb, JsonObject body, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(name);
        return _channel.CallAsync(
            new GcpRequest(OperationOf(name, verb), HttpMethod.Post, $"{PathOf(name)}/{verb}") { Body = body },
            cancellationToken);
    }

    /// <summary>The endpoints of a network endpoint group, with those that are being detached where their health is
    /// asked for.</summary>
    /// <param name="withHealth">Each endpoint's <c>healths</c> too.</param>
    public async IAsyncEnumerable<JsonObject> ListNetworkEndpointsAsync(
        ComputeName group, bool withHealth, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(group);
        JsonObject? body = group.Location is not "global" && SelfLinks.IsZone(group.Location)
            ? new JsonObject { ["healthStatus"] = withHealth ? "SHOW" : "SKIP" }
            : null;
        await foreach (var page in PagesAsync(
            OperationOf(group, "listNetworkEndpoints"),
            HttpMethod.Post,
            $"{PathOf(group)}/listNetworkEndpoints",
            body,
            cancellationToken))
        {
            foreach (var item in page.Objects("items"))
            {
                yield return item;
            }
        }
    }

    private async IAsyncEnumerable<ComputeItem> AggregatedListAsync(
        ComputeCollection collection, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var operation = $"{collection.Aggregating}.aggregatedList";
        var path = $"{_root}/aggregated/{collection.Segment}";
        await foreach (var page in PagesAsync(operation, HttpMethod.Get, path, null, cancellationToken))
        {
            foreach (var (scope, part) in page.ObjectOrNull("items") ?? [])
            {
                if (part is not JsonObject found)
                {
                    continue;
                }

                if (found.ObjectOrNull("warning")?.TextOrNull("code") is "UNREACHABLE")
                {
                    throw Unreachable(operation, [scope]);
                }

                var location = scope[(scope.LastIndexOf('/') + 1)..];
                foreach (var item in found.Objects(collection.Segment))
                {
                    yield return new ComputeItem(location, item);
                }
            }
        }
    }

    private async IAsyncEnumerable<JsonObject> PagesAsync(
        string operation,
        HttpMethod method,
        string path,
        JsonObject? body,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? token = null;
        do
        {
            var page = await _channel.CallAsync(
                new GcpRequest(operation, method, path)
                {
                    Body = body?.DeepClone(),
                    Query =
                    [
                        KeyValuePair.Create<string, string?>("maxResults", PageItemsMax),
                        KeyValuePair.Create("pageToken", token),
                    ],
                },
                cancellationToken);
            if (page.Texts("unreachables").ToList() is { Count: > 0 } places)
            {
                throw Unreachable(operation, places);
            }

            yield return page;
            token = page.TextOrNull("nextPageToken");
        }
        while (token is { Length: > 0 });
    }

    private string PathOf(ComputeName name) =>
        $"{_root}/{SelfLinks.Place(name.Location)}/{name.Collection.Segment}/{Uri.EscapeDataString(name.Name)}";

    private static string OperationOf(ComputeName name, string verb) =>
        $"{name.Collection.ServiceIn(name.Location)}.{verb}";

    private GcpApiException Unreachable(string operation, IReadOnlyList<string> places)
    {
        var why = $"{string.Join(", ", places)} did not answer, so that the list is not complete.";
        return new GcpApiException(
            new GcpError(GcpReasons.Unreachable, why, StatusCode: 0), _channel.ServiceName, operation);
    }
}
