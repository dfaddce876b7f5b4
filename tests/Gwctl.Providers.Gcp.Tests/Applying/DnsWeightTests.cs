using System.Text.Json.Nodes;
using Gwctl.Core;
using Gwctl.Compiler.Specs;
using Gwctl.Engine.Apply;
using Gwctl.Engine.Planning;
using Gwctl.Providers.Gcp.Api;
using Gwctl.Sandbox.Calls;
using Gwctl.Sandbox.Gcp;

namespace Gwctl.Providers.Gcp.Tests.Applying;

// Goal: Gateways of one owner and of several share a name's weighted record set: each has its own item, and nobody else's
// is ever touched.
public sealed class DnsWeightTests
{
    private const string Zone = "example-com";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

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
    public async Task Owners_that_write_at_once_lose_nothing()
    {
        await using var first = await SpecBench.StartAsync();
        var others = Enumerable.Range(1, 4).Select(number => first.Beside($"owner-{number}")).ToList();
        SpecBench[] all = [first, .. others];
        var overtaken = 0;
        for (var round = 1; round <= 3; round++)
        {
            await Task.WhenAll(all.Select((bench, number) =>
            {
                Want(bench, Gateway($"web-{number}", (10 * number) + round));
                return bench.ApplyAsync();
            }));
            overtaken += all.Sum(bench => bench.Writes.Count(call => call is "changes.create")) - all.Length;
            Array.ForEach(all, bench => bench.ForgetCalls());
            Assert.Equal(
                Enumerable.Range(0, all.Length).Select(number => $"{(10 * number) + round}").Order(),
                (await WeightsAsync(first, "A")).Order());
            foreach (var bench in all)
            {
                await bench.AssertNoChangesAsync();
            }
        }

        await Task.WhenAll(all.Select(bench =>
        {
            Want(bench, "");
            return bench.ApplyAsync(PlanPurpose.Destroy);
        }));
        Assert.Empty(await SetsAsync(first));
        Assert.InRange(overtaken, 1, int.MaxValue);
        foreach (var bench in others)
        {
            await bench.DisposeAsync();
        }
    }

    [Fact]
    public async Task Who_is_overtaken_by_others_writes_again_and_by_his_own_item_gives_up()
    {
        await using var blue = await SpecBench.StartAsync();
        Want(blue, Gateway("blue", 10));
        await blue.ApplyAsync();
        var others = JsonNode.Parse("""{"weight":5,"rrdatas":["192.0.2.8"]}""");
        Want(blue, Gateway("blue", 20));

        await OvertakenAsync(items => items.Add(others));
        Assert.Equal(["20", "5"], await WeightsAsync(blue, "A"));

        Want(blue, Gateway("blue", 30));
        var failed = await OvertakenAsync(items => items[0]?["weight"] = 7);
        Assert.Equal("GW6250", Assert.Single(failed).Diagnostic.Code);
        Assert.Equal(["7", "5"], await WeightsAsync(blue, "A"));
        await blue.ApplyAsync();
        Assert.Equal(["30", "5"], await WeightsAsync(blue, "A"));

        async Task<List<ApplyEvent.StepFailed>> OvertakenAsync(Action<JsonArray> change)
        {
            var plan = await blue.PlanAsync();
            var isFirst = true;
            blue.Cloud.Gcp.Faults.Plan = call =>
            {
                if (call.Operation is "changes.create" && isFirst)
                {
                    isFirst = false;
                    MeddleAsync(blue, change).GetAwaiter().GetResult();
                }

                return null;
            };
            return [.. (await blue.TryApplyAsync(plan)).OfType<ApplyEvent.StepFailed>()];
        }
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
    [InlineData("""{"wrr":{"items":[{"weight":1,"rrdatas":["192.0.2.1"]}]}}""", null)]
    [InlineData("""{"geo":{"items":[{"location":"us-east1","rrdatas":["192.0.2.1"]}]}}""", null)]
    [InlineData("""{"wrr":{"items":[{"weight":1,"rrdatas":["192.0.2.1"]}]}}""", "zebra,external-dns/resource=svc/a/b")]
    [InlineData("""{"wrr":{"items":[{"weight":1,"rrdatas":["192.0.2.1"]}]}}""", "tests,external-dns/resource=cutover/a/b")]
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
        Want(blue, Gateway("blue", 0));
        Assert.Contains((await blue.TryPlanAsync()).Diagnostics, found => found.Code is "GW4268");
        Want(green, Gateway("green", 30));
        await green.ApplyAsync();
        await blue.ApplyAsync();
        await blue.AssertNoChangesAsync();

        Want(green, Gateway("green", 0));
        var planned = await green.TryPlanAsync();

        Assert.Equal(
            ("GW4268", false),
            (Assert.Single(planned.Diagnostics, found => found.Severity is Severity.Error).Code, planned.Succeeded));
        Assert.Equal(["0", "30"], (await WeightsAsync(blue, "A")).Order());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_run_killed_after_any_call_is_finished_by_the_next(bool besideOthers)
    {
        string[][] stages =
        [
            [Gateway("blue", besideOthers ? 5 : null)],
            [Gateway("blue", 10), Gateway("green", 30)],
            [Gateway("blue", 20), Gateway("green", 40)],
            [Gateway("green", 30)],
            [Gateway("green", besideOthers ? 50 : null)],
            [],
        ];
        var kills = 0;
        for (var kill = 1; kill <= 12; kill++)
        {
            await using var bench = await SpecBench.StartAsync();
            await using var other = bench.Beside("zebra");
            Want(other, besideOthers ? Gateway("other", 55) : "");
            await other.ApplyAsync();
            foreach (var stage in stages)
            {
                Want(bench, stage);
                if (await KillAsync(bench, await bench.PlanAsync(), kill))
                {
                    kills++;
                    await bench.ApplyAsync();
                    await bench.AssertNoChangesAsync();
                }
            }

            await other.AssertNoChangesAsync();
            Assert.Equal(besideOthers ? 2 : 0, (await SetsAsync(bench)).Count);
        }

        Assert.InRange(kills, 30, int.MaxValue);
    }

    /// <summary>The answer of the change is lost, and somebody else writes before anybody reads.</summary>
    [Fact]
    public async Task A_lost_answer_beside_others_doubles_nothing()
    {
        await using var bench = await SpecBench.StartAsync();
        Want(bench, Gateway("blue", 10));
        await bench.ApplyAsync();
        Want(bench, Gateway("blue", 20));
        var plan = await bench.PlanAsync();
        var others = JsonNode.Parse("""{"weight":5,"rrdatas":["192.0.2.8"]}""");
        var calls = 0;
        bench.Cloud.Gcp.Faults.Plan = call =>
        {
            calls += calls > 0 || call.Operation is "changes.create" ? 1 : 0;
            if (calls is 2)
            {
                calls++;
                MeddleAsync(bench, items => items.Add(others)).GetAwaiter().GetResult();
            }

            return calls is 1 ? new Fault.LoseResponse() : null;
        };

        Assert.Empty((await bench.TryApplyAsync(plan)).OfType<ApplyEvent.StepFailed>());

        bench.Cloud.Gcp.Faults.Plan = null;
        await bench.AssertNoChangesAsync();
        Assert.Equal(["20", "5"], await WeightsAsync(bench, "A"));
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

    /// <returns>Whether it came to that call.</returns>
    private static async Task<bool> KillAsync(SpecBench bench, Plan plan, int kill)
    {
        var last = bench.Cloud.Gcp.MutatingCalls + kill;
        var isDead = false;
        bench.Cloud.Gcp.Faults.Plan = call =>
        {
            if (isDead || call.MutatingNumber > last)
            {
                return new Fault.Fail("forbidden", "dead", 403);
            }

            isDead = call.MutatingNumber == last;
            return isDead ? new Fault.LoseResponse() : null;
        };
        await bench.TryApplyAsync(plan);
        bench.Cloud.Gcp.Faults.Plan = null;
        return isDead;
    }

    private static void Want(SpecBench bench, params string[] gateways) => bench.Want(
        [new SpecSource("specs.yaml", gateways is [] or [""] ? "" : string.Join("\n---\n", [Class, .. gateways]))]);

    private const string Class = """
        apiVersion: gateway.networking.k8s.io/v1
        kind: GatewayClass
        metadata: {name: cloud}
        spec: {controllerName: gwctl.dev/gcp}
        """;

    /// <param name="weight">Null for a Gateway that has the name alone.</param>
    private static string Gateway(string name, int? weight, bool isDual = false, int ttl = 300) => $$"""
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: {{name}}, namespace: shop}
        spec:
          gatewayClassName: cloud
          infrastructure:
            annotations: {gwctl.dev/ip-address-type: {{(isDual ? "dualstack" : "ipv4")}}}
          listeners: [{name: http, protocol: HTTP, port: 80, hostname: shop.example.com}]
        ---
        apiVersion: gwctl.dev/v1alpha1
        kind: DnsPolicy
        metadata: {name: {{name}}, namespace: shop}
        spec:
          targetRef: {name: {{name}}}
          ttl: {{ttl}}s
          {{(weight is null ? "" : $"weight: {weight}")}}
          {{(weight is null ? "" : $"setIdentifier: {name}")}}
        """;

    /// <summary>All at and beside the hostname, sorted.</summary>
    private static async Task<List<JsonObject>> SetsAsync(SpecBench bench)
    {
        using var api = bench.NewApi();
        return await api.Dns.ListRecordSetsAsync(Zone, null, Token)
            .Where(record => record["name"]?.ToString().EndsWith("shop.example.com.", StringComparison.Ordinal) is true)
            .OrderBy(record => $"{record["type"]} {record["name"]}")
            .ToListAsync(Token);
    }

    private static async Task<JsonObject> SetAsync(SpecBench bench, string type) =>
        (await SetsAsync(bench)).First(record => record["type"]?.ToString() == type);

    private static async Task<IReadOnlyList<string>> WeightsAsync(SpecBench bench, string type) =>
        [.. Items(await SetAsync(bench, type)).Select(item => $"{item["weight"]}")];

    private static List<JsonObject> Items(JsonObject set) =>
        [.. set["routingPolicy"]?["wrr"]?["items"]?.AsArray().OfType<JsonObject>() ?? []];

    private static string WithoutKind(JsonObject json)
    {
        var copy = json.DeepClone().AsObject();
        copy.Remove("kind");
        return copy.ToJsonString();
    }

    /// <summary>The set's items, or values, changed.</summary>
    private static JsonObject With(JsonObject set, Action<JsonArray> change)
    {
        var copy = set.DeepClone().AsObject();
        var list = (copy["routingPolicy"]?["wrr"]?["items"] ?? copy["rrdatas"])?.AsArray();
        Assert.NotNull(list);
        change(list);
        return copy;
    }

    /// <summary>Somebody changes the A record's items by hand.</summary>
    private static async Task MeddleAsync(SpecBench bench, Action<JsonArray> change)
    {
        var set = await SetAsync(bench, "A");
        await ChangeAsync(bench, [set], [With(set, change)]);
    }

    private static async Task ChangeAsync(SpecBench bench, JsonNode?[] deletions, JsonNode?[] additions)
    {
        using var api = bench.NewApi();
        await api.Dns.CreateChangeAsync(
            Zone,
            new JsonObject
            {
                ["additions"] = new JsonArray([.. additions.Select(record => record?.DeepClone())]),
                ["deletions"] = new JsonArray([.. deletions.Select(record => record?.DeepClone())]),
            },
            Token);
    }
}
