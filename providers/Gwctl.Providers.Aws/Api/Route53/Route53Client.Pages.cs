using System.Runtime.CompilerServices;

namespace Gwctl.Providers.Aws.Api.Route53;

/// <summary>The paged lists, walked to their ends.</summary>
public sealed partial class Route53Client
{
    public IAsyncEnumerable<HostedZone> ListAllHostedZonesAsync(
        ListHostedZonesRequest request,
        CancellationToken cancellationToken = default) =>
        AwsPages.WalkAsync(
            (token, stop) => ListHostedZonesAsync(request with { Marker = token }, stop),
            page => page.HostedZones,
            page => page.IsTruncated ? page.NextMarker : null,
            cancellationToken);

    public IAsyncEnumerable<HealthCheck> ListAllHealthChecksAsync(
        ListHealthChecksRequest request,
        CancellationToken cancellationToken = default) =>
        AwsPages.WalkAsync(
            (token, stop) => ListHealthChecksAsync(request with { Marker = token }, stop),
            page => page.HealthChecks,
            page => page.IsTruncated ? page.NextMarker : null,
            cancellationToken);

    /// <summary>The record sets of a zone from the request's start on, in the zone's own order.</summary>
    public async IAsyncEnumerable<ResourceRecordSet> ListAllResourceRecordSetsAsync(
        ListResourceRecordSetsRequest request,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var next = request;
        while (true)
        {
            var page = await ListResourceRecordSetsAsync(next, cancellationToken);
            foreach (var recordSet in page.ResourceRecordSets)
            {
                yield return recordSet;
            }

            // The next names alone do not end the walk: IsTruncated does.
            if (!page.IsTruncated)
            {
                yield break;
            }

            var following = request with
            {
                StartRecordName = page.NextRecordName,
                StartRecordType = page.NextRecordType,
                StartRecordIdentifier = page.NextRecordIdentifier,
            };
            next = following != next ? following : throw AwsPages.Stuck(nameof(ResourceRecordSet));
        }
    }

    /// <summary>The hosted zones in the order of their names, from the request's start on.</summary>
    public async IAsyncEnumerable<HostedZone> ListAllHostedZonesByNameAsync(
        ListHostedZonesByNameRequest request,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var next = request;
        while (true)
        {
            var page = await ListHostedZonesByNameAsync(next, cancellationToken);
            foreach (var zone in page.HostedZones)
            {
                yield return zone;
            }

            if (!page.IsTruncated)
            {
                yield break;
            }

            var following = request with { DNSName = page.NextDNSName, HostedZoneId = page.NextHostedZoneId };
            next = following != next ? following : throw AwsPages.Stuck(nameof(HostedZone));
        }
    }
}
