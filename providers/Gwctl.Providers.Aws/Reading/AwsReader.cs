using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Aws.Api;

namespace Gwctl.Providers.Aws.Reading;

/// <summary>Reads everything of one owner in one account and region. Changes nothing.</summary>
/// <remarks>
/// <para>Calls, for L load balancers with l listeners, r rules, t target groups, and z zones: GetResources
/// ⌈(L+l+r+t)/100⌉ for the marks; DescribeLoadBalancers and DescribeTargetGroups by pages of 400; DescribeListeners
/// L; DescribeRules l; DescribeListenerCertificates one for each HTTPS or TLS listener; DescribeSecurityGroups 1;
/// ListCertificates 1; ListHostedZones 1, ListResourceRecordSets z, ListHealthChecks by pages of 100 and
/// ListTagsForResources by tens of our own, where zones are configured; two for the VPC
/// and its subnets, where they are looked up.</para>
/// <para>That is all of a shallow reading that finds nothing changed. What needs a call per object (attributes,
/// targets) has a digest among the object's marks: where it equals the digest of what is wanted, the object is taken
/// to be so. Where it does not, the object itself is asked, so that a shallow reading differs from a deep one only
/// where somebody changed such a thing by hand. A deep reading asks every managed target group twice, and every load
/// balancer once.</para>
/// <para>The tagging API lags: see <see cref="TagIndex"/>. An object that it does not know yet is found by the
/// Describe calls, by its name or by its place below an object of ours, and asked for its tags, twenty a call. One
/// that it still knows though deleted is in no Describe call. Whose an object is, it cannot have wrong: those marks
/// never change.</para>
/// <para>Everything that does not wait for an answer runs at once, so that the time is that of the longest chain
/// (load balancers → listeners → rules → details) plus what the rate limit costs.</para>
/// </remarks>
internal sealed class AwsReader(AwsApi api, ReadScope scope, DigestLedger ledger, TimeProvider clock)
{
    public async Task<LiveState> ReadAsync(ReadRequest request, CancellationToken cancellationToken)
    {
        var wanted = new Wanted(request.Desired);
        var snapshot = await ReadAsync(wanted, request.Depth, cancellationToken);
        var (lookups, findings) =
            LookupAnswers.Of(wanted.Lookups, snapshot.Network, snapshot.Dns, snapshot.Certificates);
        var answers = new Answers(lookups);
        var live = new AwsLiveBuilder(scope, wanted);
        foreach (var finding in findings)
        {
            live.Note(finding);
        }

        LiveOthers.AddSecurityGroups(live, snapshot.Network, answers);
        LiveOthers.AddCertificates(live, snapshot.Certificates, snapshot.Elb.Tags, snapshot.Dns, answers);
        LiveTrustStores.AddAll(live, snapshot.Elb);
        new LiveElb(live, snapshot.Elb).AddAll();
        LiveOthers.AddListenerCertificates(live, snapshot.Elb, answers);
        new LiveDns(live, snapshot.Dns, answers).AddAll();
        new LiveHealthChecks(live, snapshot.HealthChecks).AddAll();
        return live.Build(lookups);
    }

    private async Task<Snapshot> ReadAsync(Wanted wanted, ReadDepth depth, CancellationToken cancellationToken)
    {
        // The first failure stops the others: there is no partial snapshot, so their answers are of no use.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var hint = TagIndex.HintAsync(api, scope.Owner, stop.Token);
        var elb = new ElbReading(api, scope, wanted, ledger, depth).ReadAsync(hint, stop.Token);
        var network = new NetworkReading(api, scope, wanted).ReadAsync(stop.Token);
        var certificates = new CertificateReading(api, scope, wanted, clock, depth).ReadAsync(hint, stop.Token);
        var dns = new DnsReading(api, scope, wanted).ReadAsync(stop.Token);
        var checks = new HealthCheckReading(api, scope, wanted).ReadAsync(stop.Token);
        await Fanout.AllOrNoneAsync([hint, elb, network, certificates, dns, checks], stop);
        return new Snapshot(await elb, await network, await certificates, await dns, await checks);
    }
}
