using System.Text.Json.Nodes;
using Gwctl.Engine.Marks;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Gcp.Api.Compute;
using Gwctl.Providers.Gcp.Tests.Applying;
using Gwctl.Sandbox.Calls;

namespace Gwctl.Providers.Gcp.Tests.Reading;

/// <summary>Goal: what is not ours is seen where it stands in our way, and never taken for ours; and what could not be
/// read is never taken for absent.</summary>
public sealed class ForeignTests
{
    private static readonly ComputeName Check = new(ComputeCollection.HealthChecks, "global", "shop-web-hc");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("made by hand", "made by hand")]
    [InlineData("""{"gwctl.dev/owner":"others","gwctl.dev/gateway":"a/b","gwctl.dev/key":"k"}""", "owner others")]
    public async Task An_object_with_our_name_is_in_the_way(string description, string owner)
    {
        await using var bench = await GraphBench.StartAsync();
        await InsertCheckAsync(bench, description);
        bench.Desired = new Shop().Graph();

        var found = Assert.Single((await bench.ReadAsync()).Resources);
        var planned = await bench.TryPlanAsync();

        Assert.Equal((Ownership.Foreign, Shop.AddressOf(Kinds.HealthCheck, "web")), (found.Ownership, found.Address));
        Assert.Contains(owner, found.OwnerText, StringComparison.Ordinal);
        Assert.Contains(planned.Diagnostics, diagnostic => diagnostic.Help.Contains("gwctl adopt"));
    }

    [Fact]
    public async Task An_object_of_others_that_is_not_in_the_way_is_nothing_to_us()
    {
        await using var bench = await GraphBench.StartAsync();
        await InsertCheckAsync(bench, "made by hand");

        Assert.Empty((await bench.ReadAsync()).Resources);
    }

    [Fact]
    public async Task An_object_of_ours_without_a_key_is_told_and_left_alone()
    {
        await using var bench = await GraphBench.StartAsync();
        await InsertCheckAsync(bench, """{"gwctl.dev/owner":"tests"}""");

        var live = await bench.ReadAsync();

        Assert.Empty(live.Resources);
        Assert.Equal("GW4261", Assert.Single(live.Diagnostics).Code);
    }

    [Theory]
    [InlineData("a-www.example.com.", "other")]
    [InlineData("www.example.com.", "other")]
    [InlineData(null, null)]
    public async Task A_record_of_others_is_in_the_way(string? registry, string? owner)
    {
        await using var bench = await GraphBench.StartAsync();
        var additions = new JsonArray(Record("www.example.com.", "A", "198.51.100.1"));
        if (registry is not null && owner is not null)
        {
            var text = DnsOwnership.Format(new DnsOwner(owner, "service/a/b"));
            additions.Add(Record(registry, "TXT", $"\"{text}\""));
        }

        await bench.Api.Dns.CreateChangeAsync(
            "example-com", new JsonObject { ["additions"] = additions }, Token);
        bench.Desired = new Shop().Graph();

        var found = Assert.Single((await bench.ReadAsync()).Resources);

        Assert.Equal((Ownership.Foreign, Kinds.DnsRecord), (found.Ownership, found.Address.Kind));
        Assert.Equal(owner is not null, found.OwnerText.Contains("owner other", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_record_that_we_own_and_want_no_more_is_found()
    {
        await using var bench = await GraphBench.StartAsync();
        var text = DnsOwnership.Format(new DnsOwner("tests", "gateway/shop/web"));
        await bench.Api.Dns.CreateChangeAsync(
            "example-com",
            new JsonObject
            {
                ["additions"] = new JsonArray(
                    Record("old.example.com.", "A", "198.51.100.1"),
                    Record("a-old.example.com.", "TXT", $"\"{text}\"")),
            },
            Token);

        var found = Assert.Single((await bench.ReadAsync()).Resources);

        Assert.Equal(
            (Ownership.Ours, Shop.AddressOf(Kinds.DnsRecord, "old.example.com/A")), (found.Ownership, found.Address));
    }

    [Theory]
    [InlineData("urlMaps.aggregatedList")]
    [InlineData("forwardingRules.aggregatedList")]
    [InlineData("targetSslProxies.list")]
    [InlineData("resourceRecordSets.list")]
    [InlineData("managedZones.list")]
    [InlineData("projects.locations.certificates.list")]
    [InlineData("projects.locations.dnsAuthorizations.list")]
    public async Task What_cannot_be_read_is_not_taken_for_absent(string operation)
    {
        await using var bench = await GraphBench.StartAsync();
        bench.Desired = new Shop().Graph();
        var asked = 0;
        bench.Cloud.Gcp.Faults.Plan = call =>
        {
            if (call.Operation != operation)
            {
                return null;
            }

            Interlocked.Increment(ref asked);
            return new Fault.Fail("forbidden", "A permission is missing.", 403);
        };

        var planned = await bench.TryPlanAsync();

        Assert.Equal(1, asked);
        Assert.Null(planned.Value);
        Assert.Contains(planned.Diagnostics, diagnostic => diagnostic.Code is "GW4251");
    }

    private static JsonObject Record(string name, string type, string data) => new()
    {
        ["name"] = name,
        ["type"] = type,
        ["ttl"] = 60,
        ["rrdatas"] = new JsonArray(data),
    };

    private static Task InsertCheckAsync(GraphBench bench, string description) => bench.Api.Compute.InsertAsync(
        Check,
        new JsonObject
        {
            ["name"] = Check.Name,
            ["description"] = description,
            ["type"] = "HTTP",
            ["httpHealthCheck"] = new JsonObject { ["port"] = 80 },
        },
        Token);
}
