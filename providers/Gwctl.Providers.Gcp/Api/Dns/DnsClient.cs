using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace Gwctl.Providers.Gcp.Api.Dns;

/// <summary>Cloud DNS v1: zones, record sets, changes.</summary>
public sealed class DnsClient
{
    private const string PageItemsMax = "1000";

    private readonly GcpChannel _channel;
    private readonly string _root;

    internal DnsClient(GcpChannel channel)
    {
        _channel = channel;
        _root = $"/dns/v1/projects/{channel.Options.Project}/managedZones";
    }

    public IAsyncEnumerable<JsonObject> ListManagedZonesAsync(CancellationToken cancellationToken = default) =>
        ListAsync("managedZones.list", _root, "managedZones", [], cancellationToken);

    public Task<JsonObject> GetManagedZoneAsync(string zone, CancellationToken cancellationToken) =>
        _channel.CallAsync(
            new GcpRequest("managedZones.get", HttpMethod.Get, $"{_root}/{Uri.EscapeDataString(zone)}"),
            cancellationToken);

    /// <param name="zone">The managed zone's name.</param>
    /// <param name="name">Only this name's, with the last dot; null for all.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    public IAsyncEnumerable<JsonObject> ListRecordSetsAsync(
        string zone, string? name, CancellationToken cancellationToken = default) =>
        ListAsync(
            "resourceRecordSets.list",
            $"{_root}/{Uri.EscapeDataString(zone)}/rrsets",
            "rrsets",
            [KeyValuePair.Create("name", name)],
            cancellationToken);

    /// <summary>Deletes and adds at once, and only if every deletion is exactly what is there.</summary>
    /// <returns>The change; it is served when its <c>status</c> is <c>done</c>.</returns>
    public Task<JsonObject> CreateChangeAsync(string zone, JsonObject change, CancellationToken cancellationToken) =>
        _channel.CallAsync(
            new GcpRequest("changes.create", HttpMethod.Post, $"{_root}/{Uri.EscapeDataString(zone)}/changes")
            {
                Writes = true,
                Body = change,
            },
            cancellationToken);

    public Task<JsonObject> GetChangeAsync(string zone, string id, CancellationToken cancellationToken) =>
        _channel.CallAsync(
            new GcpRequest(
                "changes.get",
                HttpMethod.Get,
                $"{_root}/{Uri.EscapeDataString(zone)}/changes/{Uri.EscapeDataString(id)}"),
            cancellationToken);

    private async IAsyncEnumerable<JsonObject> ListAsync(
        string operation,
        string path,
        string member,
        IReadOnlyList<KeyValuePair<string, string?>> query,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? token = null;
        do
        {
            var page = await _channel.CallAsync(
                new GcpRequest(operation, HttpMethod.Get, path)
                {
                    Query =
                    [
                        .. query,
                        KeyValuePair.Create<string, string?>("maxResults", PageItemsMax),
                        KeyValuePair.Create("pageToken", token),
                    ],
                },
                cancellationToken);
            foreach (var item in page.Objects(member))
            {
                yield return item;
            }

            token = page.TextOrNull("nextPageToken");
        }
        while (token is { Length: > 0 });
    }
}
