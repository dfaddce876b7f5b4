using Gwctl.Core;
using Gwctl.Engine.Planning;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Aws;
using Gwctl.Providers.Aws.Api;
using Gwctl.Providers.Aws.Api.Route53;
using Gwctl.Testing.Clouds;
using Gwctl.Testing.Clouds.Aws;
using Gwctl.Testing.Specs;

namespace Gwctl.Providers.Conformance.Aws;

/// <summary>The parts of the provider that need no load balancer, step by step: for endpoints that have only
/// these.</summary>
internal sealed class Parts(CloudUnderTest cloud)
{
    private readonly IProvider _provider =
        cloud.Create(Harness.Read(cloud.Config).ProviderConfigs.Single()).Value
            ?? throw new InvalidOperationException();

    private readonly AwsApi _api = AwsUnderTest.ApiAt(cloud.Place);

    public async Task IdentifyAsync() =>
        Assert.Matches("^[0-9]{12}$", (await _provider.IdentifyAsync(TestContext.Current.CancellationToken)).Account);

    public async Task SecurityGroupAsync()
    {
        var vpcs = await _api.Ec2.DescribeVpcsAsync(
            new() { Filters = [new() { Name = "is-default", Values = ["true"] }] },
            TestContext.Current.CancellationToken);
        var address = Address(Kinds.SecurityGroup, "");
        var after = Map(
            ("name", Text("gwctl-conformance-0123456789")), ("description", Text("gwctl conformance")),
            ("vpc", Text(vpcs.Vpcs[0].VpcId)), ("ingress", List(Ingress(80, "0.0.0.0/0"))), ("tags", NoTags()));
        var made = await StepAsync(StepAction.Create, address, "", null, after);
        var again = await StepAsync(StepAction.Create, address, "", null, after);
        Assert.Equal(made.Id, again.Id);
        var updated = after.With("ingress", List(Ingress(443, "10.0.0.0/8"), Ingress(443, "2001:db8::/32")));
        await StepAsync(StepAction.Update, address, made.Id, after, updated);
        var found = await _api.Ec2.DescribeSecurityGroupsAsync(
            new() { GroupIds = [made.Id] }, TestContext.Current.CancellationToken);
        Assert.All(found.SecurityGroups[0].IpPermissions, permission => Assert.Equal(443, permission.FromPort));
        await StepAsync(StepAction.Delete, address, made.Id, updated, null);
        await StepAsync(StepAction.Delete, address, made.Id, updated, null);
    }

    public async Task CertificateAsync()
    {
        var address = Address(Kinds.ImportedCertificate, "conformance/tls");
        var (first, second) = (TestCertificate.For("tls.example.com"), TestCertificate.For("tls.example.com"));
        var made = await StepAsync(StepAction.Create, address, "", null, Certificate(first), first);
        var rotated = await StepAsync(
            StepAction.Update, address, made.Id, Certificate(first), Certificate(second), second);
        Assert.Equal(made.Id, rotated.Id);
        await StepAsync(StepAction.Delete, address, made.Id, Certificate(second), null);
    }

    public async Task RecordAsync()
    {
        Assert.SkipWhen(cloud.Place.Zone is null, "GWCTL_TEST_AWS_ZONE names no hosted zone to write to");
        var zones = await _api.Route53.ListHostedZonesAsync(new(), TestContext.Current.CancellationToken);
        var zone = zones.HostedZones.Single(found => found.Name.TrimEnd('.') == cloud.Place.Zone).Id;
        var name = $"parts.{cloud.Place.Zone}";
        var address = Address(Kinds.DnsRecord, name);
        var first = Record(zone, name, $"first.{cloud.Place.Zone}");
        var second = Record(zone, name, $"second.{cloud.Place.Zone}");
        await TargetsAsync(zone, ChangeAction.UPSERT);
        await StepAsync(StepAction.Create, address, "", null, first);
        await StepAsync(StepAction.Create, address, "", null, first);
        await StepAsync(StepAction.Update, address, $"{zone}/{name}", first, second);
        var records = await _api.Route53.ListAllResourceRecordSetsAsync(
            new() { HostedZoneId = zone }, TestContext.Current.CancellationToken)
                .ToListAsync(TestContext.Current.CancellationToken);
        var alias = records.Single(record => record.Type is RRType.A && record.Name.TrimEnd('.') == name);
        Assert.StartsWith("second.", alias.AliasTarget?.DNSName, StringComparison.OrdinalIgnoreCase);
        await StepAsync(StepAction.Delete, address, $"{zone}/{name}", second, null);
        await StepAsync(StepAction.Delete, address, $"{zone}/{name}", second, null);
        await TargetsAsync(zone, ChangeAction.DELETE);
    }

    /// <summary>An alias must lead to something: here to records of the same zone.</summary>
    private Task<ChangeResourceRecordSetsResponse> TargetsAsync(string zone, string action) =>
        _api.Route53.ChangeResourceRecordSetsAsync(
        new()
        {
            HostedZoneId = zone,
            ChangeBatch = new ChangeBatch
            {
                Changes =
                [
                    .. new[] { "first", "second" }.Select(label => new Change
                    {
                        Action = action,
                        ResourceRecordSet = new ResourceRecordSet
                        {
                            Name = $"{label}.{cloud.Place.Zone}",
                            Type = RRType.A,
                            TTL = 60,
                            ResourceRecords = [new ResourceRecord { Value = "192.0.2.1" }],
                        },
                    }),
                ],
            },
        },
        TestContext.Current.CancellationToken);

    private static AttributeMap Record(string zone, string name, string alias) => Map(
        ("zone", Text(zone)),
        ("name", Text(name)),
        ("a", new AttributeValue.Map(Map(
            ("aliasName", Text(alias)), ("aliasZone", Text(zone)),
            ("evaluateTargetHealth", new AttributeValue.Flag(false))))),
        ("ownership", new AttributeValue.Map(Map(
            ("name", Text($"a-{name}")),
            ("value", Text("heritage=external-dns,external-dns/owner=gwctl-conformance,"
                + "external-dns/resource=gateway/conformance/web"))))));

    private static AttributeMap Certificate(TestCertificate certificate) => Map(
        ("chain", Secret("tls.crt", certificate.Chain)),
        ("privateKey", Secret("tls.key", certificate.PrivateKey)),
        ("tags", NoTags()));

    private static AttributeValue.Map Ingress(int port, string cidr) => new(Map(
        ("protocol", Text("tcp")),
        ("fromPort", new AttributeValue.Number(port)),
        ("toPort", new AttributeValue.Number(port)),
        ("cidr", Text(cidr))));

    private static AttributeValue.Secret Secret(string field, string text) =>
        new($"Secret/conformance/tls#{field}", new SecretText(text).Digest());

    private static AttributeValue.Text Text(string text) => new(text);

    private static AttributeValue.List List(params AttributeValue[] items) => AttributeOrder.Sorted(items);

    private static AttributeValue.Map NoTags() => new(AttributeMap.Empty);

    private static AttributeMap Map(params (string Name, AttributeValue Value)[] fields) =>
        new(fields.Select(field => new AttributeField(field.Name, field.Value)));

    private ResourceAddress Address(string kind, string key) =>
        new(cloud.Place.Owner, kind, new ObjectName("conformance", "web"), key);

    private Task<StepOutcome> StepAsync(
        StepAction action,
        ResourceAddress address,
        string liveId,
        AttributeMap? before,
        AttributeMap? after,
        TestCertificate? certificate = null) => _provider.ApplyAsync(
            new StepCall
            {
                Step = new Step
                {
                    Id = 0,
                    Action = action,
                    Address = address,
                    LiveId = liveId,
                    Before = before,
                    After = after,
                },
                After = after,
                Reveal = secret => new SecretText((secret.Source.EndsWith("tls.crt", StringComparison.Ordinal)
                    ? certificate?.Chain : certificate?.PrivateKey) ?? throw new InvalidOperationException()),
                Output = (_, _) => null,
                Progress = _ => { },
            },
            TestContext.Current.CancellationToken);
}
