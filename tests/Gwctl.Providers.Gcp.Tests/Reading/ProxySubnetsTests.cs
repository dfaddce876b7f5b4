using Gwctl.Core;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Gcp.Api;
using Gwctl.Providers.Gcp.Reading;
using Gwctl.Providers.Gcp.Tests.Api;
using Gwctl.Providers.Gcp.Tests.Applying;

namespace Gwctl.Providers.Gcp.Tests.Reading;

/// <summary>Goal: a region in which Google would refuse every forwarding rule is said to be one, before anything is
/// made there; and nothing is asked where nothing is to be made.</summary>
public sealed class ProxySubnetsTests
{
    private const string Region = "us-central1";

    private readonly ScriptedGcp _gcp = new();

    [Theory]
    [InlineData("REGIONAL_MANAGED_PROXY", "\"ACTIVE\"", "default", "")]
    [InlineData("INTERNAL_HTTPS_LOAD_BALANCER", "null", "default", "")]
    [InlineData("REGIONAL_MANAGED_PROXY", "\"BACKUP\"", "default", "GW4266")]
    [InlineData("PRIVATE", "null", "default", "GW4266")]
    [InlineData("REGIONAL_MANAGED_PROXY", "\"ACTIVE\"", "other", "GW4266")]
    public async Task A_region_needs_a_subnetwork_for_proxies(string purpose, string role, string network, string code)
    {
        _gcp.ThenOk($$"""
            {"items":[{"name":"s","purpose":"{{purpose}}","role":{{role}},
              "network":"https://compute.googleapis.com/compute/v1/projects/proj-1/global/networks/{{network}}"}]}
            """);

        var findings = await CheckAsync(Rule(Region));

        Assert.Equal(code is "" ? [] : [code], findings.Select(finding => finding.Code));
        Assert.All(
            findings,
            finding => Assert.Contains("REGIONAL_MANAGED_PROXY", finding.Help, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("global", "proj-1")]
    [InlineData(Region, "host-project")]
    public async Task Nothing_is_asked_of_global_rules_and_of_others_networks(string location, string project)
    {
        Assert.Empty(await CheckAsync(Rule(location, project)));

        Assert.Empty(_gcp.Sent);
    }

    [Fact]
    public async Task Nothing_is_asked_where_the_rule_lives()
    {
        var rule = Rule(Region);
        var live = new LiveResource
        {
            Address = rule.Address,
            Id = "id",
            Ownership = Ownership.Ours,
            Attributes = rule.Attributes,
            Fingerprint = "",
            Outputs = AttributeMap.Empty,
        };

        Assert.Empty(await CheckAsync(rule, live));

        Assert.Empty(_gcp.Sent);
    }

    [Fact]
    public async Task What_cannot_be_read_is_not_taken_for_absent()
    {
        _gcp.ThenError("forbidden", System.Net.HttpStatusCode.Forbidden);

        await Assert.ThrowsAsync<GcpApiException>(() => CheckAsync(Rule(Region)));
    }

    private async Task<IReadOnlyList<Diagnostic>> CheckAsync(ResourceNode rule, params LiveResource[] live)
    {
        using var api = _gcp.NewApi();
        return await new ProxySubnets(
            api, new Wanted(ResourceGraph.From([rule])), live.ToDictionary(resource => resource.Address))
            .CheckAsync(TestContext.Current.CancellationToken);
    }

    private static ResourceNode Rule(string location, string project = "proj-1") => new()
    {
        Address = Shop.AddressOf(Kinds.ForwardingRule, "80/ipv4"),
        Attributes = AttributeMap.Empty
            .Put("name", "rule")
            .Put("location", location)
            .Put("network", SelfLinks.Of(project, "global", "networks", "default")),
    };
}
