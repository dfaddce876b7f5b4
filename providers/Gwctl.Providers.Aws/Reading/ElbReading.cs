using Gwctl.Core;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Aws.Api;
using Gwctl.Providers.Aws.Api.Elbv2;

namespace Gwctl.Providers.Aws.Reading;

/// <summary>Reads Elastic Load Balancing. See <see cref="AwsReader"/> for how its calls are counted.</summary>
internal sealed class ElbReading(AwsApi api, ReadScope scope, Wanted wanted, DigestLedger ledger, ReadDepth depth)
{
    public async Task<ElbSnapshot> ReadAsync(Task<TagIndex> hint, CancellationToken cancellationToken)
    {
        var balancersTask = LoadBalancersAsync(cancellationToken);
        var groupsTask = TargetGroupsAsync(cancellationToken);
        var storesTask = new TrustStoreReading(api, wanted).ReadAsync(hint, cancellationToken);
        await Task.WhenAll(hint, balancersTask, groupsTask, storesTask);
        var (tags, balancers, groups) = (await hint, await balancersTask, await groupsTask);

        var candidates = balancers.Where(found => MayBeOurs(tags, Kinds.LoadBalancer, found.LoadBalancerArn,
            found.LoadBalancerName)).Select(found => found.LoadBalancerArn).ToList();
        var groupCandidates = groups.Where(found => MayBeOurs(tags, Kinds.TargetGroup, found.TargetGroupArn,
            found.TargetGroupName)).Select(found => found.TargetGroupArn).ToList();
        await tags.CompleteAsync([.. candidates, .. groupCandidates], cancellationToken);

        var ours = candidates.Where(arn => tags[arn][Marks.Owner] == scope.Owner).ToList();
        var listeners = (await Fanout.MapAsync(ours, ListenersAsync, cancellationToken)).SelectMany(found => found)
            .ToList();
        var rulesTask = Fanout.ByItemAsync(
            listeners.Where(found => found.Protocol is ProtocolEnum.HTTP or ProtocolEnum.HTTPS)
                .Select(found => found.ListenerArn),
            RulesAsync,
            cancellationToken);
        var certificatesTask = Fanout.ByItemAsync(
            listeners.Where(found => found.Protocol is ProtocolEnum.HTTPS or ProtocolEnum.TLS)
                .Select(found => found.ListenerArn),
            CertificatesAsync,
            cancellationToken);
        await Task.WhenAll(rulesTask, certificatesTask);
        var rules = await rulesTask;
        await tags.CompleteAsync(
            [
                .. listeners.Select(found => found.ListenerArn),
                .. rules.Values.SelectMany(all => all).Select(rule => rule.RuleArn),
            ],
            cancellationToken);
        return await DetailsAsync(
            new ElbSnapshot
            {
                LoadBalancers = balancers,
                TargetGroups = groups,
                TrustStores = await storesTask,
                Listeners = listeners,
                Rules = rules,
                Certificates = await certificatesTask,
                Attributes = new Dictionary<string, Tags>(StringComparer.Ordinal),
                Health = new Dictionary<string, EquatableList<TargetHealthDescription>>(StringComparer.Ordinal),
                Tags = tags,
            },
            cancellationToken);
    }

    /// <summary>The hint says so, or it has a name that we want or would give: then its own tags are looked
    /// at.</summary>
    private bool MayBeOurs(TagIndex tags, string kind, string arn, string name) =>
        tags.IsHinted(arn) || wanted.Named(kind, name) is not null || AwsNames.MayBeOurs(name);

    private async Task<ElbSnapshot> DetailsAsync(ElbSnapshot snapshot, CancellationToken cancellationToken)
    {
        var tags = snapshot.Tags;
        await tags.ConfirmAsync(DoubtfulTags(snapshot), cancellationToken);
        var attributes = new List<string>();
        var health = new List<string>();
        var serving = snapshot.Listeners.Select(listener => listener.LoadBalancerArn).ToHashSet(StringComparer.Ordinal);
        foreach (var arn in snapshot.LoadBalancers.Select(balancer => balancer.LoadBalancerArn))
        {
            AddDetails(attributes, Kinds.LoadBalancer, arn, tags, serving.Contains(arn));
        }

        foreach (var listener in snapshot.Listeners)
        {
            AddDetails(attributes, Kinds.Listener, listener.ListenerArn, tags, isServing: true);
        }

        foreach (var group in snapshot.TargetGroups)
        {
            AddDetails(attributes, Kinds.TargetGroup, group.TargetGroupArn, tags, group.LoadBalancerArns.Count > 0);
            AddHealth(health, group.TargetGroupArn, tags);
        }

        var attributesTask = Fanout.ByItemAsync(attributes, AttributesAsync, cancellationToken);
        var healthTask = Fanout.ByItemAsync(health, HealthAsync, cancellationToken);
        await Task.WhenAll(attributesTask, healthTask);
        return snapshot with { Attributes = await attributesTask, Health = await healthTask };
    }

    /// <summary>Objects whose tags, as hinted, are not what the specs want: either they have to change, or the hint
    /// is late.</summary>
    private IEnumerable<string> DoubtfulTags(ElbSnapshot snapshot)
    {
        IEnumerable<(string Kind, string Arn)> all =
        [
            .. snapshot.LoadBalancers.Select(found => (Kinds.LoadBalancer, found.LoadBalancerArn)),
            .. snapshot.TargetGroups.Select(found => (Kinds.TargetGroup, found.TargetGroupArn)),
            .. snapshot.Listeners.Select(found => (Kinds.Listener, found.ListenerArn)),
            .. snapshot.Rules.Values.SelectMany(rules => rules).Select(found => (Kinds.Rule, found.RuleArn)),
        ];
        return all
            .Where(found => snapshot.Tags.IsHinted(found.Arn)
                && Address(found.Kind, snapshot.Tags[found.Arn]) is { } address
                && wanted[address] is { } node
                && !UserTags.Agree(snapshot.Tags[found.Arn], node.Attributes))
            .Select(found => found.Arn);
    }

    private void AddDetails(List<string> attributes, string kind, string arn, TagIndex tags, bool isServing)
    {
        if (Address(kind, tags[arn]) is not { } address)
        {
            return;
        }

        // A load balancer's attributes also say whether it is protected from deletion.
        var mayGo = kind is Kinds.LoadBalancer && (depth is ReadDepth.Deep || wanted[address] is null);
        if (mayGo || (wanted.Managed(address, "attributes") is { } managed
            && !Trusts(arn, Marks.Digest, tags, Canonical.Digest(managed), isServing)))
        {
            attributes.Add(arn);
        }
    }

    private void AddHealth(List<string> health, string arn, TagIndex tags)
    {
        if (Address(Kinds.TargetGroup, tags[arn]) is { } group
            && wanted[group with { Kind = Kinds.Targets }] is { } node
            && !Trusts(arn, Marks.TargetsDigest, tags, TargetsDigest(node), isServing: true))
        {
            health.Add(arn);
        }
    }

    /// <summary>Empty where a lookup is still open: then only the cloud knows.</summary>
    private static string TargetsDigest(ResourceNode node) =>
        node.Attributes["targets"] is { } targets ? Canonical.Digest(targets) : "";

    /// <summary>Whether a shallow reading may take the digest's word that the object is as wanted. Not before it is
    /// in use: the digest is part of the creating call, the attributes come after it, and a crash may fall between;
    /// but nothing refers to an object before its creation has succeeded as a whole.</summary>
    private bool Trusts(string arn, string mark, TagIndex tags, string digest, bool isServing) =>
        depth is ReadDepth.Shallow && isServing && tags[arn][mark] == digest && !ledger.Contradicts(arn, mark, digest);

    private ResourceAddress? Address(string kind, Tags tags) =>
        tags[Marks.Owner] == scope.Owner ? Marks.AddressOf(scope.Name, kind, tags) : null;

    private async Task<IReadOnlyList<LoadBalancer>> LoadBalancersAsync(CancellationToken cancellationToken) =>
        await api.Elbv2.DescribeAllLoadBalancersAsync(new() { PageSize = Elbv2Limits.PageSizeMax }, cancellationToken)
            .Where(found => found.Type is LoadBalancerTypeEnum.Application or LoadBalancerTypeEnum.Network)
            .ToListAsync(cancellationToken);

    private async Task<IReadOnlyList<TargetGroup>> TargetGroupsAsync(CancellationToken cancellationToken) =>
        await api.Elbv2.DescribeAllTargetGroupsAsync(new() { PageSize = Elbv2Limits.PageSizeMax }, cancellationToken)
            .ToListAsync(cancellationToken);

    private Task<IReadOnlyList<Listener>> ListenersAsync(string arn, CancellationToken cancellationToken) =>
        UnlessGoneAsync(api.Elbv2.DescribeAllListenersAsync(
            new() { LoadBalancerArn = arn, PageSize = Elbv2Limits.PageSizeMax }, cancellationToken));

    private Task<IReadOnlyList<Rule>> RulesAsync(string arn, CancellationToken cancellationToken) =>
        UnlessGoneAsync(api.Elbv2.DescribeAllRulesAsync(
            new() { ListenerArn = arn, PageSize = Elbv2Limits.PageSizeMax }, cancellationToken)
                .Where(rule => !rule.IsDefault));

    private Task<IReadOnlyList<string>> CertificatesAsync(string arn, CancellationToken cancellationToken) =>
        UnlessGoneAsync(api.Elbv2.DescribeAllListenerCertificatesAsync(
                new() { ListenerArn = arn, PageSize = Elbv2Limits.PageSizeMax }, cancellationToken)
            .Where(certificate => certificate.IsDefault is not true)
            .Select(certificate => certificate.CertificateArn)
            .Distinct());

    private async Task<Tags> AttributesAsync(string arn, CancellationToken cancellationToken)
    {
        try
        {
            return await AttributeCalls.DescribeAsync(api.Elbv2, arn, cancellationToken);
        }
        catch (AwsApiException exception) when (exception.NotFound)
        {
            return new Tags([]); // Listed, and gone a moment later.
        }
    }

    private async Task<EquatableList<TargetHealthDescription>> HealthAsync(
        string arn, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await api.Elbv2.DescribeTargetHealthAsync(new() { TargetGroupArn = arn }, cancellationToken);
            return answer.TargetHealthDescriptions;
        }
        catch (AwsApiException exception) when (exception.NotFound)
        {
            return [];
        }
    }

    /// <summary>An object that was listed and is gone a moment later has nothing; any other error is an
    /// error.</summary>
    private static async Task<IReadOnlyList<T>> UnlessGoneAsync<T>(IAsyncEnumerable<T> items)
    {
        try
        {
            return await items.ToListAsync();
        }
        catch (AwsApiException exception) when (exception.NotFound)
        {
            return [];
        }
    }
}
