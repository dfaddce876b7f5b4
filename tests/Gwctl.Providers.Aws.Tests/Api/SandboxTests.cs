using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Gwctl.Providers.Aws.Api;
using Gwctl.Providers.Aws.Api.Acm;
using Gwctl.Providers.Aws.Api.Elbv2;
using Gwctl.Providers.Aws.Api.Route53;
using Gwctl.Sandbox.Aws;
using Gwctl.Sandbox.Hosting;
using Action = Gwctl.Providers.Aws.Api.Elbv2.Action;

namespace Gwctl.Providers.Aws.Tests.Api;

// Goal: the clients and the embedded cloud, made apart from the same contracts, understand each other over HTTP.
public sealed class SandboxTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_load_balancer_lives_and_dies()
    {
        await using var cloud = await StartAsync();
        using var api = NewApi(cloud);
        var subnets = await api.Ec2.DescribeAllSubnetsAsync(new(), Token).ToListAsync(Token);
        var vpc = subnets[0].VpcId;
        var zones = subnets.Where(subnet => subnet.VpcId == vpc).DistinctBy(subnet => subnet.AvailabilityZone).Take(2);

        var loadBalancer = (await api.Elbv2.CreateLoadBalancerAsync(
            new()
            {
                Name = "web",
                Subnets = [.. zones.Select(subnet => subnet.SubnetId)],
                Tags = [new() { Key = "gwctl.dev/owner", Value = "me" }],
            },
            Token)).LoadBalancers.Single();
        var group = (await api.Elbv2.CreateTargetGroupAsync(
            new() { Name = "app", Protocol = "HTTP", Port = 80, VpcId = vpc, TargetType = TargetTypeEnum.Ip },
            Token)).TargetGroups.Single();
        var listener = (await api.Elbv2.CreateListenerAsync(
            new()
            {
                LoadBalancerArn = loadBalancer.LoadBalancerArn,
                Protocol = ProtocolEnum.HTTP,
                Port = 80,
                DefaultActions = [NotFound()],
            },
            Token)).Listeners.Single();
        var first = await CreateRuleAsync(api, listener, group, 10, "/a");
        var second = await CreateRuleAsync(api, listener, group, 20, "/b");
        await api.Elbv2.SetRulePrioritiesAsync(
            new()
            {
                RulePriorities =
                [
                    new() { RuleArn = first.RuleArn, Priority = 20 },
                    new() { RuleArn = second.RuleArn, Priority = 10 },
                ],
            },
            Token);

        var rules = await api.Elbv2
            .DescribeAllRulesAsync(new() { ListenerArn = listener.ListenerArn, PageSize = 2 }, Token)
            .ToListAsync(Token);
        var tags = await api.Elbv2.DescribeAllTagsAsync([loadBalancer.LoadBalancerArn], Token);
        var taken = await Assert.ThrowsAsync<AwsApiException>(() => CreateRuleAsync(api, listener, group, 20, "/c"));

        Assert.Equal(["10", "20", "default"], rules.Select(rule => rule.Priority).Order(StringComparer.Ordinal));
        Assert.Equal("20", rules.Single(rule => rule.RuleArn == first.RuleArn).Priority);
        Assert.Equal("me", tags.Single().Tags.Single().Value);
        Assert.Equal("PriorityInUse", taken.Code);
        await api.Elbv2.DeleteLoadBalancerAsync(new() { LoadBalancerArn = loadBalancer.LoadBalancerArn }, Token);
        await api.Elbv2.DeleteTargetGroupAsync(new() { TargetGroupArn = group.TargetGroupArn }, Token);
        Assert.Empty(await api.Elbv2.DescribeAllLoadBalancersAsync(new(), Token).ToListAsync(Token));
    }

    [Fact]
    public async Task A_record_is_swapped_only_against_what_was_seen()
    {
        await using var cloud = await StartAsync();
        using var api = NewApi(cloud);
        var zone = (await api.Route53.ListAllHostedZonesAsync(new(), Token).ToListAsync(Token)).Single();
        var seen = Text(zone, "one");
        var created = new Change { Action = ChangeAction.CREATE, ResourceRecordSet = seen };
        var change = await ChangeAsync(api, zone, created);
        var after = Text(zone, "two");

        await ChangeAsync(
            api,
            zone,
            new Change { Action = ChangeAction.DELETE, ResourceRecordSet = seen },
            new Change { Action = ChangeAction.CREATE, ResourceRecordSet = after });
        var stale = await Assert.ThrowsAsync<AwsApiException>(() => ChangeAsync(
            api, zone, new Change { Action = ChangeAction.DELETE, ResourceRecordSet = seen }));

        Assert.Equal("InvalidChangeBatch", stale.Code);
        Assert.False(stale.OutcomeUnknown);
        Assert.NotEmpty(stale.Messages);
        var status = await api.Route53.GetChangeAsync(new() { Id = change.ChangeInfo.Id }, Token);
        Assert.Equal(ChangeStatus.INSYNC, status.ChangeInfo.Status);
        var records = await api.Route53
            .ListAllResourceRecordSetsAsync(new() { HostedZoneId = zone.Id, MaxItems = "1" }, Token)
            .ToListAsync(Token);
        Assert.Contains(after, records);
    }

    [Fact]
    public async Task A_certificate_is_imported_found_and_replaced()
    {
        await using var cloud = await StartAsync();
        using var api = NewApi(cloud);
        var request = NewCertificate();

        var arn = (await api.Acm.ImportCertificateAsync(request, Token)).CertificateArn;
        var again = await api.Acm.ImportCertificateAsync(NewCertificate() with { CertificateArn = arn }, Token);

        Assert.Equal(arn, again.CertificateArn);
        var all = await api.Acm
            .ListAllCertificatesAsync(new() { Includes = new() { KeyTypes = [KeyAlgorithm.EC_prime256v1] } }, Token)
            .ToListAsync(Token);
        Assert.Equal(arn, all.Single().CertificateArn);
        var detail = (await api.Acm.DescribeCertificateAsync(new() { CertificateArn = arn }, Token)).Certificate;
        Assert.Equal("a.example.com", detail.DomainName);
        Assert.Equal(CertificateType.IMPORTED, detail.Type);
    }

    [Fact]
    public async Task A_security_group_is_opened_and_a_second_opening_is_refused()
    {
        await using var cloud = await StartAsync();
        using var api = NewApi(cloud);
        var vpc = (await api.Ec2.DescribeVpcsAsync(new(), Token)).Vpcs[0].VpcId;
        var group = await api.Ec2.CreateSecurityGroupAsync(
            new() { GroupName = "gwctl-web", Description = "web", VpcId = vpc }, Token);
        var opening = new Gwctl.Providers.Aws.Api.Ec2.AuthorizeSecurityGroupIngressRequest
        {
            GroupId = group.GroupId,
            IpPermissions =
            [
                new() { IpProtocol = "tcp", FromPort = 80, ToPort = 80, IpRanges = [new() { CidrIp = "0.0.0.0/0" }] },
            ],
        };

        await api.Ec2.AuthorizeSecurityGroupIngressAsync(opening, Token);
        var twice = await Assert.ThrowsAsync<AwsApiException>(
            () => api.Ec2.AuthorizeSecurityGroupIngressAsync(opening, Token));

        Assert.Equal("InvalidPermission.Duplicate", twice.Code);
        var found = (await api.Ec2.DescribeSecurityGroupsAsync(new() { GroupIds = [group.GroupId] }, Token))
            .SecurityGroups.Single();
        Assert.Equal(opening.IpPermissions[0].IpRanges, found.IpPermissions.Single().IpRanges);
    }

    [Fact]
    public async Task A_wrong_secret_is_refused_by_every_service()
    {
        await using var cloud = await StartAsync();
        using var api = NewApi(cloud, secret: "wrong");

        List<Func<Task>> calls =
        [
            () => api.Sts.GetCallerIdentityAsync(new(), Token),
            () => api.Elbv2.DescribeRulesAsync(new(), Token),
            () => api.Ec2.DescribeVpcsAsync(new(), Token),
            () => api.Acm.ListCertificatesAsync(new(), Token),
            () => api.Route53.ListHostedZonesAsync(new(), Token),
            () => api.Tagging.GetResourcesAsync(new(), Token),
        ];

        foreach (var call in calls)
        {
            var exception = await Assert.ThrowsAsync<AwsApiException>(call);
            Assert.True(exception.AccessDenied, exception.Message);
        }
    }

    private static Task<SandboxCloud> StartAsync() => SandboxCloud.StartAsync(
        new SandboxOptions { Aws = new AwsOptions { HostedZones = ["example.com"], Delays = AwsDelays.None } },
        Token);

    private static AwsApi NewApi(SandboxCloud cloud, string secret = "test") => new(new AwsApiOptions
    {
        Region = "us-east-1",
        Clock = TimeProvider.System,
        Random = () => 0,
        Credentials = new AwsCredentialsSource.Static("test", secret),
        EndpointUrl = cloud.Endpoint,
        LimitsRate = false,
    });

    private static async Task<Rule> CreateRuleAsync(
        AwsApi api,
        Listener listener,
        TargetGroup group,
        int priority,
        string path)
    {
        var answer = await api.Elbv2.CreateRuleAsync(
            new()
            {
                ListenerArn = listener.ListenerArn,
                Priority = priority,
                Conditions = [new() { Field = "path-pattern", PathPatternConfig = new() { Values = [path] } }],
                Actions = [new Action { Type = ActionTypeEnum.Forward, TargetGroupArn = group.TargetGroupArn }],
            },
            Token);
        return answer.Rules.Single();
    }

    private static Action NotFound() => new()
    {
        Type = ActionTypeEnum.FixedResponse,
        FixedResponseConfig = new() { StatusCode = "404", ContentType = "text/plain" },
    };

    private static ResourceRecordSet Text(HostedZone zone, string value) => new()
    {
        Name = $"*.a.{zone.Name}",
        Type = RRType.TXT,
        TTL = 60,
        ResourceRecords = [new() { Value = $"\"{value}\"" }],
    };

    private static Task<ChangeResourceRecordSetsResponse> ChangeAsync(
        AwsApi api,
        HostedZone zone,
        params ReadOnlySpan<Change> changes) => api.Route53.ChangeResourceRecordSetsAsync(
            new() { HostedZoneId = zone.Id, ChangeBatch = new() { Changes = [.. changes] } }, Token);

    private static ImportCertificateRequest NewCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=a.example.com", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("a.example.com");
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(30));
        return new()
        {
            Certificate = Encoding.UTF8.GetBytes(certificate.ExportCertificatePem()),
            PrivateKey = Encoding.UTF8.GetBytes(key.ExportPkcs8PrivateKeyPem()),
        };
    }
}
