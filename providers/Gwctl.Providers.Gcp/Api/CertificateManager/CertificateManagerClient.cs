using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace Gwctl.Providers.Gcp.Api.CertificateManager;

/// <summary>A collection of Certificate Manager.</summary>
/// <param name="Segment">The last one of its path: <c>certificateMapEntries</c>.</param>
/// <param name="Operations">In front of an operation's verb.</param>
/// <param name="IdName">The query field for a new object's name.</param>
public sealed record CertificateCollection(string Segment, string Operations, string IdName)
{
    public static readonly CertificateCollection Certificates =
        new("certificates", "projects.locations.certificates", "certificateId");

    public static readonly CertificateCollection DnsAuthorizations =
        new("dnsAuthorizations", "projects.locations.dnsAuthorizations", "dnsAuthorizationId");

    public static readonly CertificateCollection CertificateMaps =
        new("certificateMaps", "projects.locations.certificateMaps", "certificateMapId");

    public static readonly CertificateCollection CertificateMapEntries = new(
        "certificateMapEntries",
        "projects.locations.certificateMaps.certificateMapEntries",
        "certificateMapEntryId");
}

/// <summary>Certificate Manager v1: certificates, and the maps that lead from hostnames to them. Objects are named by
/// their whole resource name, <c>projects/p/locations/global/certificates/x</c>.</summary>
public sealed class CertificateManagerClient
{
    private const string PageItemsMax = "500";

    private readonly GcpChannel _channel;

    internal CertificateManagerClient(GcpChannel channel) => _channel = channel;

    /// <summary>What certificates and maps are in: <c>projects/p/locations/global</c>.</summary>
    public string ParentIn(string location) => $"projects/{_channel.Options.Project}/locations/{location}";

    /// <param name="collection">What to list.</param>
    /// <param name="parent">A location, or the map whose entries are listed.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    /// <exception cref="GcpApiException">Also where a location did not answer: the list would lack its
    /// objects.</exception>
    public async IAsyncEnumerable<JsonObject> ListAsync(
        CertificateCollection collection,
        string parent,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(collection);
        var operation = $"{collection.Operations}.list";
        string? token = null;
        do
        {
            var page = await _channel.CallAsync(
                new GcpRequest(operation, HttpMethod.Get, $"/v1/{parent}/{collection.Segment}")
                {
                    Query =
                    [
                        KeyValuePair.Create<string, string?>("pageSize", PageItemsMax),
                        KeyValuePair.Create("pageToken", token),
                    ],
                },
                cancellationToken);
            if (page.Texts("unreachable").ToList() is { Count: > 0 } places)
            {
                throw Failed(
                    operation, GcpReasons.Unreachable, $"{string.Join(", ", places)} did not answer.");
            }

            foreach (var item in page.Objects(collection.Segment))
            {
                yield return item;
            }

            token = page.TextOrNull("nextPageToken");
        }
        while (token is { Length: > 0 });
    }

    /// <summary>Null where there is none.</summary>
    public async Task<JsonObject?> FindAsync(
        CertificateCollection collection, string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(collection);
        try
        {
            return await _channel.CallAsync(
                new GcpRequest($"{collection.Operations}.get", HttpMethod.Get, $"/v1/{name}"), cancellationToken);
        }
        catch (GcpApiException exception) when (exception.NotFound)
        {
            return null;
        }
    }

    public Task CreateAsync(
        CertificateCollection collection,
        string parent,
        string id,
        JsonObject body,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(collection);
        return ChangeAsync(
            new GcpRequest(
                $"{collection.Operations}.create", HttpMethod.Post, $"/v1/{parent}/{collection.Segment}")
            {
                Writes = true,
                Query = [KeyValuePair.Create<string, string?>(collection.IdName, id)],
                Body = body,
            },
            cancellationToken);
    }

    /// <param name="collection">The object's.</param>
    /// <param name="name">The resource name.</param>
    /// <param name="body">The members to change.</param>
    /// <param name="updateMask">Their names; a member that is named and not in the body is emptied.</param>
    /// <param name="cancellationToken">Ends the wait, not the operation.</param>
    public Task PatchAsync(
        CertificateCollection collection,
        string name,
        JsonObject body,
        IEnumerable<string> updateMask,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(collection);
        return ChangeAsync(
            new GcpRequest($"{collection.Operations}.patch", HttpMethod.Patch, $"/v1/{name}")
            {
                Writes = true,
                Query = [KeyValuePair.Create<string, string?>("updateMask", string.Join(',', updateMask))],
                Body = body,
            },
            cancellationToken);
    }

    public Task DeleteAsync(CertificateCollection collection, string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(collection);
        return ChangeAsync(
            new GcpRequest($"{collection.Operations}.delete", HttpMethod.Delete, $"/v1/{name}") { Writes = true },
            cancellationToken);
    }

    private async Task ChangeAsync(GcpRequest request, CancellationToken cancellationToken)
    {
        var options = _channel.Options;
        var startedAt = options.Clock.GetTimestamp();
        var pause = options.OperationPauseMin;
        var state = await _channel.CallAsync(request, cancellationToken);
        while (!state.Flag("done"))
        {
            if (state.TextOrNull("name") is not { } name
                || options.Clock.GetElapsedTime(startedAt) >= options.OperationMax)
            {
                throw Failed(request.Operation, GcpReasons.OperationLost, "The operation did not end in time.");
            }

            await Task.Delay(pause, options.Clock, cancellationToken);
            pause = pause + pause < options.OperationPauseMax ? pause + pause : options.OperationPauseMax;
            state = await PollAsync(request.Operation, name, cancellationToken);
        }

        if (ErrorForm.OfLongRunning(state) is { } error)
        {
            throw new GcpApiException(error, _channel.ServiceName, request.Operation);
        }
    }

    private async Task<JsonObject> PollAsync(string operation, string name, CancellationToken cancellationToken)
    {
        try
        {
            return await _channel.CallAsync(
                new GcpRequest("projects.locations.operations.get", HttpMethod.Get, $"/v1/{name}"), cancellationToken);
        }
        catch (GcpApiException exception) when (exception.NotFound)
        {
            throw Failed(operation, GcpReasons.OperationLost, $"Nobody knows the operation {name} any more.");
        }
        catch (GcpApiException exception)
        {
            exception.OutcomeUnknown = true;
            throw;
        }
    }

    private GcpApiException Failed(string operation, string reason, string why) =>
        new(new GcpError(reason, why, StatusCode: 0), _channel.ServiceName, operation)
        {
            OutcomeUnknown = reason is GcpReasons.OperationLost,
        };
}
