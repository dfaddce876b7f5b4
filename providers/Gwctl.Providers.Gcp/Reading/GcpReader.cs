using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Gcp.Api;

namespace Gwctl.Providers.Gcp.Reading;

/// <summary>Reads everything of one owner in one project. Changes nothing.</summary>
/// <remarks>Eleven lists of Compute Engine, three of Certificate Manager, one of Cloud DNS for each zone, each by
/// pages; and one call for each zonal group of ours and each of our certificate maps. All that does not wait for an
/// answer runs at once. Google's lists show every member of every object, so that a shallow reading sees all that a
/// deep one does; a deep one asks for a verdict on each URL map that is to change, too. Where regional forwarding rules
/// are to be made, one more list for each region.</remarks>
internal sealed class GcpReader(GcpApi api, ReadScope scope)
{
    public async Task<LiveState> ReadAsync(ReadRequest request, CancellationToken cancellationToken)
    {
        var wanted = new Wanted(request.Desired);
        var snapshot = await ReadAsync(wanted, cancellationToken);
        var (lookups, findings) = LookupAnswers.Of(wanted.Lookups, snapshot.Compute, snapshot.Dns);
        var live = new GcpLiveBuilder(scope, wanted);
        foreach (var finding in findings)
        {
            live.Note(finding);
        }

        new LiveCompute(live, snapshot.Compute).AddAll();
        new LiveCertificates(live, snapshot.Certificates, snapshot.Dns).AddAll();
        new LiveDns(live, snapshot.Dns, new Answers(lookups)).AddAll();
        foreach (var missing in await new ProxySubnets(api, wanted, live.Ours).CheckAsync(cancellationToken))
        {
            live.Note(missing);
        }

        if (request.Depth is ReadDepth.Deep)
        {
            foreach (var verdict in await new UrlMapForecast(api, wanted, live.Ours).AskAsync(cancellationToken))
            {
                live.Note(verdict);
            }
        }

        return live.Build(lookups);
    }

    private async Task<Snapshot> ReadAsync(Wanted wanted, CancellationToken cancellationToken)
    {
        // The first failure stops the others: there is no partial snapshot, so their answers are of no use.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var compute = new ComputeReading(api, scope, wanted).ReadAsync(stop.Token);
        var certificates = new CertificateReading(api, scope, wanted).ReadAsync(stop.Token);
        var dns = new DnsReading(api, scope, wanted).ReadAsync(stop.Token);
        await Fanout.AllOrNoneAsync([compute, certificates, dns], stop);
        return new Snapshot(await compute, await certificates, await dns);
    }
}
