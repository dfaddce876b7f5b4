using System.Text.Json.Nodes;
using Gwctl.Core;
using Gwctl.Engine.Apply;
using Gwctl.Engine.Planning;
using static Gwctl.Providers.Gcp.Tests.Applying.SharedName;

namespace Gwctl.Providers.Gcp.Tests.Applying;

// Goal: Gateways of one owner and of several share a name's weighted record set: each has its own item, and nobody
// else's is ever touched.
public sealed class DnsWeightTests
{
    [Fact]
    public async Task Two_owners_have_an_item_each()
    {
        await using var blue = await SpecBench.StartAsync();
        await using var green = blue.Beside("zebra");
        Want(blue, Gateway("blue", 10, isDual: true));
        await blue.ApplyAsync();
        await blue.AssertNoChangesAsync();
        Want(green, Gateway("green", 30, isDual: true));
        await green.ApplyAsync();
        await green.AssertNoChangesAsync();
        await blue.AssertNoChangesAsync();
        Assert.Equal(["10", "30"], await WeightsAsync(blue, "A"));
        Assert.Equal(["10", "30"], await WeightsAsync(blue, "AAAA"));

        Want(blue, Gateway("blue", 20, isDual: true));
        var plan = await blue.PlanAsync();
        Assert.Equal(2, plan.Changes.Count);
        blue.ForgetCalls();
        await blue.TryApplyAsync(plan);

        Assert.Equal(["changes.create", "changes.create"], blue.Writes);
        await blue.AssertNoChangesAsync();
        await green.AssertNoChangesAsync();
        Assert.Equal(["20", "30"], await WeightsAsync(blue, "A"));

        Want(blue, "");
        await blue.ApplyAsync(PlanPurpose.Destroy);
        Assert.Equal(["30"], await WeightsAsync(blue, "A"));
        Assert.Equal(["30"], await WeightsAsync(blue, "AAAA"));
        await green.AssertNoChangesAsync();
        Assert.Empty(await blue.LivingAsync());

        Want(green, "");
        await green.ApplyAsync(PlanPurpose.Destroy);
        Assert.Empty(await SetsAsync(blue));
    }

    [Fact]
    public async Task What_others_wrote_is_kept_to_the_letter()
    {
        await using var blue = await SpecBench.StartAsync();
        Want(blue, Gateway("blue", 10));
        await blue.ApplyAsync();
        var (set, text) = (await SetAsync(blue, "A"), await SetAsync(blue, "TXT"));
        var others = JsonNode.Parse("""{"weight":0.125,"rrdatas":["192.0.2.8","192.0.2.7"]}""");
        await ChangeAsync(
            blue, [set, text],
            [
                With(set, items => items.Insert(0, others?.DeepClone())),
                With(text, values => values.Insert(0, "\"v=spf1 -all\"")),
            ]);
        await blue.AssertNoChangesAsync();

        Want(blue, Gateway("blue", 20));
        await blue.ApplyAsync();

        var items = Items(await SetAsync(blue, "A"));
        Assert.Equal(
            """{"rrdatas":["192.0.2.8","192.0.2.7"],"weight":0.125}""", WithoutKind(items[0]));
        Assert.Equal("20", items[1]["weight"]?.ToString());
        Assert.Contains("v=spf1 -all", (await SetAsync(blue, "TXT"))["rrdatas"]?[0]?.ToString());

        Want(blue, "");
        await blue.ApplyAsync(PlanPurpose.Destroy);
        Assert.Equal(["0.125"], await WeightsAsync(blue, "A"));
        Assert.Single((await SetAsync(blue, "TXT"))["rrdatas"]?.AsArray() ?? []);
    }

    [Fact]
    public async Task A_simple_record_of_ours_becomes_weighted_and_simple_again()
    {
        await using var bench = await SpecBench.StartAsync();
        Want(bench, Gateway("blue", null, isDual: true));
        await bench.ApplyAsync();
        var simple = await SetsAsync(bench);
        Want(bench, Gateway("blue", 10, isDual: true));
        bench.ForgetCalls();
        await bench.ApplyAsync();
        Assert.Equal(["changes.create", "changes.create"], bench.Writes);
        await bench.AssertNoChangesAsync();
        Assert.Equal(["10"], await WeightsAsync(bench, "A"));
        Assert.Equal(["10"], await WeightsAsync(bench, "AAAA"));

        Want(bench, Gateway("blue", null, isDual: true));
        await bench.ApplyAsync();
        await bench.AssertNoChangesAsync();
        Assert.Equal(simple.Select(WithoutKind), (await SetsAsync(bench)).Select(WithoutKind));
    }

    [Fact]
    public async Task Nobody_makes_a_set_simple_that_others_have_items_of()
    {
        await using var blue = await SpecBench.StartAsync();
        await using var green = blue.Beside("zebra");
        Want(blue, Gateway("blue", 10));
        await blue.ApplyAsync();
        Want(green, Gateway("green", 30));
        await green.ApplyAsync();

        Want(blue, Gateway("blue", null));
        var planned = await blue.TryPlanAsync();

        var found = Assert.Single(planned.Diagnostics, diagnostic => diagnostic.Severity is Severity.Error);
        Assert.Equal("GW4001", found.Code);
        Assert.Contains("owner zebra, gateway/shop/green", found.Detail, StringComparison.Ordinal);
        Assert.Equal(["10", "30"], await WeightsAsync(blue, "A"));
    }

    [Theory]
    [InlineData("blue", "green", 1)]
    [InlineData("blue", "green", 8)]
    [InlineData("green", "blue", 1)]
    public async Task Two_gateways_of_one_owner_share_a_name_from_a_simple_record_on(
        string first, string second, int parallelism)
    {
        await using var bench = await SpecBench.StartAsync();
        bench.Parallelism = parallelism;
        Want(bench, Gateway(first, null));
        await bench.ApplyAsync();

        Want(bench, Gateway(first, 10), Gateway(second, 30));
        await bench.ApplyAsync();
        await bench.AssertNoChangesAsync();
        Assert.Equal(["10", "30"], (await WeightsAsync(bench, "A")).Order());

        Want(bench, Gateway(first, 40), Gateway(second, 50));
        await bench.ApplyAsync();
        await bench.AssertNoChangesAsync();
        Assert.Equal(["40", "50"], (await WeightsAsync(bench, "A")).Order());

        Want(bench, Gateway(second, null));
        await bench.ApplyAsync();
        await bench.AssertNoChangesAsync();
        Assert.Null((await SetAsync(bench, "A"))["routingPolicy"]);
        Assert.Equal(2, (await SetsAsync(bench)).Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public async Task A_gateway_with_a_weight_follows_one_with_a_simple_record(int parallelism)
    {
        await using var bench = await SpecBench.StartAsync();
        bench.Parallelism = parallelism;
        Want(bench, Gateway("blue", null));
        await bench.ApplyAsync();

        Want(bench, Gateway("green", 30));
        await bench.ApplyAsync();
        await bench.AssertNoChangesAsync();
        Assert.Equal(["30"], await WeightsAsync(bench, "A"));

        Want(bench, Gateway("blue", null));
        await bench.ApplyAsync();
        await bench.AssertNoChangesAsync();
        Assert.Null((await SetAsync(bench, "A"))["routingPolicy"]);
        Assert.Equal(2, (await SetsAsync(bench)).Count);
    }

    [Theory]
    [InlineData("""{"wrr":{"items":[{"weight":1,"rrdatas":["192.0.2.1"]}]}}""", null)]
    [InlineData("""{"geo":{"items":[{"location":"us-east1","rrdatas":["192.0.2.1"]}]}}""", null)]
    [InlineData("""{"wrr":{"items":[{"weight":1,"rrdatas":["192.0.2.1"]}]}}""", "zebra,external-dns/resource=svc/a/b")]
    [InlineData(
        """{"wrr":{"items":[{"weight":1,"rrdatas":["192.0.2.1"]}]}}""", "tests,external-dns/resource=cutover/a/b")]
    public async Task A_set_that_gwctl_has_no_member_of_is_not_joined(string policy, string? owner)
    {
        await using var bench = await SpecBench.StartAsync();
        var set = JsonNode.Parse(
            $$"""{"name":"shop.example.com.","type":"A","ttl":60,"routingPolicy":{{policy}}}""");
        var text = JsonNode.Parse($$"""
            {"name":"a-shop.example.com.","type":"TXT","ttl":60,
             "rrdatas":["\"heritage=external-dns,external-dns/owner={{owner}}\""]}
            """);
        await ChangeAsync(bench, [], owner is null ? [set] : [set, text]);
        var before = await SetsAsync(bench);
        Want(bench, Gateway("blue", 10));

        var planned = await bench.TryPlanAsync();

        Assert.Equal(
            "GW4001", Assert.Single(planned.Diagnostics, found => found.Severity is Severity.Error).Code);
        Assert.Equal(before.Select(WithoutKind), (await SetsAsync(bench)).Select(WithoutKind));
    }

    [Fact]
    public async Task Drift_of_our_item_is_found_and_repaired()
    {
        await using var blue = await SpecBench.StartAsync();
        await using var green = blue.Beside("zebra");
        Want(blue, Gateway("blue", 10));
        await blue.ApplyAsync();
        Want(green, Gateway("green", 30));
        await green.ApplyAsync();
        foreach (var change in new Action<JsonArray>[]
        {
            items => items[0]?["weight"] = 99,
            items => items.RemoveAt(0),
        })
        {
            await MeddleAsync(blue, change);
            var drift = Assert.IsType<Engine.Diff.Change.Update>(Assert.Single((await blue.DriftAsync()).Changes));
            Assert.StartsWith("item", Assert.Single(drift.Attributes).Path, StringComparison.Ordinal);
            await green.AssertNoChangesAsync();
            await blue.ApplyAsync();
            await blue.AssertNoChangesAsync();
            Assert.Equal(["10", "30"], (await WeightsAsync(blue, "A")).Order());
        }

        await ChangeAsync(blue, [await SetAsync(blue, "A")], []);
        await blue.ApplyAsync();
        await green.ApplyAsync();
        await blue.AssertNoChangesAsync();
        Assert.Equal(["10", "30"], (await WeightsAsync(blue, "A")).Order());
    }

    [Fact]
    public async Task The_first_owner_by_name_decides_the_ttl()
    {
        await using var blue = await SpecBench.StartAsync();
        await using var green = blue.Beside("zebra");
        Want(green, Gateway("green", 30, ttl: 60));
        await green.ApplyAsync();
        Want(blue, Gateway("blue", 10, ttl: 30));
        await blue.ApplyAsync();
        Assert.Equal("30", (await SetAsync(blue, "A"))["ttl"]?.ToString());

        await blue.AssertNoChangesAsync();
        await green.AssertNoChangesAsync();
        var told = Assert.Single((await green.PlanAsync()).Diagnostics, found => found.Code is "GW4267");
        Assert.Contains("owner tests", told.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain((await blue.PlanAsync()).Diagnostics, found => found.Code is "GW4267");

        Want(green, Gateway("green", 40, ttl: 60));
        await green.ApplyAsync();
        Assert.Equal("30", (await SetAsync(blue, "A"))["ttl"]?.ToString());
        Want(blue, "");
        await blue.ApplyAsync(PlanPurpose.Destroy);
        await green.ApplyAsync();
        await green.AssertNoChangesAsync();
        Assert.Equal("60", (await SetAsync(blue, "A"))["ttl"]?.ToString());
    }

    [Fact]
    public async Task Somebody_has_a_weight()
    {
        await using var blue = await SpecBench.StartAsync();
        await using var green = blue.Beside("zebra");
        await RefusedAsync(blue, "blue");
        Assert.Empty(await SetsAsync(blue));
        Want(green, Gateway("green", 30));
        await green.ApplyAsync();
        Want(blue, Gateway("blue", 0));
        await blue.ApplyAsync();
        await blue.AssertNoChangesAsync();

        await RefusedAsync(green, "green");
        Assert.Equal(["0", "30"], (await WeightsAsync(blue, "A")).Order());

        static async Task RefusedAsync(SpecBench bench, string name)
        {
            Want(bench, Gateway(name, 0));
            var plan = await bench.PlanAsync();
            Assert.Contains(plan.Diagnostics, found => found.Code is "GW4268");
            var failed = (await bench.TryApplyAsync(plan)).OfType<ApplyEvent.StepFailed>();
            Assert.Equal("GW4268", Assert.Single(failed).Diagnostic.Code);
        }
    }

    /// <summary>One of the specs' Gateways has all of it, and then the other: at no moment nobody.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public async Task All_weight_goes_from_one_gateway_to_the_other(int parallelism)
    {
        await using var bench = await SpecBench.StartAsync();
        bench.Parallelism = parallelism;
        foreach (var blue in new[] { 0, 100, 0 })
        {
            Want(bench, Gateway("blue", blue), Gateway("green", 100 - blue));
            await bench.ApplyAsync();
            await bench.AssertNoChangesAsync();
            Assert.Equal(["0", "100"], (await WeightsAsync(bench, "A")).Order());
        }
    }

    [Fact]
    public async Task Who_leaves_with_all_weight_waits_for_who_gets_it()
    {
        await using var bench = await SpecBench.StartAsync();
        Want(bench, Gateway("blue", 100), Gateway("green", 0));
        await bench.ApplyAsync();

        Want(bench, Gateway("green", 100));
        var plan = await bench.PlanAsync();
        var gets = plan.Steps.Single(step => step is { Action: StepAction.Update, Address.Kind: Kinds.DnsRecord });
        var leaves = plan.Steps.Single(step => step is { Action: StepAction.Delete, Address.Kind: Kinds.DnsRecord });
        Assert.Contains(gets.Id, leaves.DependsOn);
        await bench.TryApplyAsync(plan);
        await bench.AssertNoChangesAsync();
        Assert.Equal(["100"], await WeightsAsync(bench, "A"));
    }

    [Fact]
    public async Task A_set_without_owners_is_joined_once_it_is_adopted()
    {
        await using var bench = await SpecBench.StartAsync();
        await ChangeAsync(bench, [], [JsonNode.Parse("""
            {"name":"shop.example.com.","type":"A","ttl":60,
             "routingPolicy":{"wrr":{"items":[{"weight":1,"rrdatas":["192.0.2.1"]}]}}}
            """)]);
        Want(bench, Gateway("blue", 10, ttl: 60));
        var plan = await bench.PlanAsync(PlanPurpose.Adopt, "example-com/shop.example.com/A/tests/shop/blue");
        Assert.Empty((await bench.TryApplyAsync(plan)).OfType<ApplyEvent.StepFailed>());
        Assert.Equal(["1"], await WeightsAsync(bench, "A"));

        await bench.ApplyAsync();

        await bench.AssertNoChangesAsync();
        Assert.Equal(["1", "10"], await WeightsAsync(bench, "A"));
        Want(bench, "");
        await bench.ApplyAsync(PlanPurpose.Destroy);
        Assert.Equal(["1"], await WeightsAsync(bench, "A"));
        Assert.Single(await SetsAsync(bench));
    }
}
