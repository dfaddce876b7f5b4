using System.Text;
using Gwctl.Core;
using Gwctl.Engine.Planning;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;
using Gwctl.Testing.Engine;

namespace Gwctl.Engine.Tests;

public sealed class PlanFileTests
{
    private static int FuzzSeconds =>
        int.TryParse(Environment.GetEnvironmentVariable("GWCTL_FUZZ_SECONDS"), out var seconds) ? seconds : 2;

    [Fact]
    public async Task Every_plan_reads_back_as_itself()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var plan = await RandomPlanAsync(seed);
            var bytes = PlanFile.Write(plan);
            var read = PlanFile.Read(bytes);
            Assert.True(read.Succeeded, string.Join('\n', read.Diagnostics.Select(diagnostic => diagnostic.Detail)));
            Assert.Equal(plan, read.Value);
            Assert.Equal(bytes, PlanFile.Write(read.Value));
        }
    }

    [Fact]
    public void Every_value_reads_back_as_itself()
    {
        var address = new ResourceAddress("team/a%b", "kind", new ObjectName("", "n"), "k/e%y");
        var attributes = new AttributeMap(
        [
            new AttributeField("$plain", new AttributeValue.Text("$x")),
            new AttributeField("$ref", new AttributeValue.Map(new AttributeMap(
                [new AttributeField("$ref", new AttributeValue.Text("y")),
                    new AttributeField("output", new AttributeValue.Text("z"))]))),
            new AttributeField("flag", new AttributeValue.Flag(true)),
            new AttributeField("list",
                new AttributeValue.List([new AttributeValue.Number(long.MinValue), new AttributeValue.List([])])),
            new AttributeField("reference", new AttributeValue.Reference(address, "arn")),
            new AttributeField("secret", new AttributeValue.Secret("Secret/a/b#tls.key", new string('a', 64))),
            new AttributeField("text", new AttributeValue.Text("line\nbreak \"quote\" ü 𝄞 <&>")),
        ]);
        var plan = Small() with
        {
            Known = [new KnownObject(address, "id", attributes)],
            Steps = [new Step { Id = 0, Action = StepAction.Create, Address = address, After = attributes }],
        };
        Assert.Equal(plan, PlanFile.Read(PlanFile.Write(plan)).Value);
    }

    [Fact]
    public void References_and_secrets_are_plain_to_policy_tools()
    {
        var plan = Small() with
        {
            Steps =
            [
                new Step
                {
                    Id = 0,
                    Action = StepAction.Create,
                    Address = new ResourceAddress("default", "rule", new ObjectName("shop", "web"), "r1"),
                    After = new AttributeMap(
                    [
                        new AttributeField("key", new AttributeValue.Secret("Secret/a/b#tls.key", "00ff")),
                        new AttributeField("port", new AttributeValue.Reference(
                            new ResourceAddress("default", "port", new ObjectName("shop", "web"), "80"), "arn")),
                    ]),
                },
            ],
        };
        var text = Encoding.UTF8.GetString(PlanFile.Write(plan)).ReplaceLineEndings("").Replace(
            " ", "", StringComparison.Ordinal);
        Assert.Contains("\"key\":{\"$secret\":\"Secret/a/b#tls.key\",\"sha256\":\"00ff\"}", text,
            StringComparison.Ordinal);
        Assert.Contains("\"port\":{\"$ref\":\"default/shop/web/port/80\",\"output\":\"arn\"}", text,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"unchanged\": 0", "\"unchanged\": 1", "GW5056")]
    [InlineData("\"unchanged\": 0", "\"unchanged\": \"0\"", "GW5055")]
    [InlineData("\"unchanged\": 0", "\"unchanged\": 0.5", "GW5055")]
    [InlineData("\"purpose\": \"apply\"", "\"purpose\": \"Apply\"", "GW5055")]
    [InlineData("\"toolVersion\": \"1\"", "\"toolVersoin\": \"1\"", "GW5053")]
    [InlineData("\"toolVersion\": \"1\"", "\"toolVersion\": \"1\", \"extra\": 1", "GW5054")]
    [InlineData("\"toolVersion\": \"1\"", "\"toolVersion\": \"1\", \"toolVersion\": \"1\"", "GW5050")]
    [InlineData("\"formatVersion\": 1", "\"formatVersion\": 2", "GW5052")]
    [InlineData("\"formatVersion\": 1", "\"formatversion\": 1", "GW5051")]
    [InlineData("\"toolVersion\": \"1\"", "\"toolVersion\": \"\\ud800\"", "GW5050")]
    [InlineData("\"scopes\": []", "\"scopes\": {}", "GW5055")]
    [InlineData("\"scopes\": []", "\"scopes\": [1]", "GW5055")]
    [InlineData("\"createdAt\": \"", "\"createdAt\": \"x", "GW5055")]
    public void What_was_changed_by_hand_is_refused(string old, string changed, string code)
    {
        var text = Encoding.UTF8.GetString(PlanFile.Write(Small()));
        Assert.Contains(old, text, StringComparison.Ordinal);
        var read = PlanFile.Read(Encoding.UTF8.GetBytes(text.Replace(old, changed, StringComparison.Ordinal)));
        Assert.False(read.Succeeded);
        Assert.Contains(read.Diagnostics, diagnostic => diagnostic.Code == code);
    }

    [Fact]
    public void White_space_does_not_matter()
    {
        var text = Encoding.UTF8.GetString(PlanFile.Write(Small()));
        Assert.Equal(Small(),
            PlanFile.Read(Encoding.UTF8.GetBytes(text.Replace("\n", " \r\n\t", StringComparison.Ordinal))).Value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"formatVersion\": 99999999999}")]
    [InlineData("{\"formatVersion\": 1}")]
    public void What_is_no_plan_is_a_diagnostic(string text) =>
        Assert.NotEmpty(PlanFile.Read(Encoding.UTF8.GetBytes(text)).Diagnostics);

    // Goal: whatever bytes are read, the answer is a plan or a diagnostic, and a changed plan is never taken for the
    // plan.
    [Fact]
    public async Task Fuzz()
    {
        var seed = 0;
        var original = PlanFile.Write(await RandomPlanAsync(5));
        var clock = TimeProvider.System;
        var start = clock.GetTimestamp();
        while (clock.GetElapsedTime(start) < TimeSpan.FromSeconds(FuzzSeconds))
        {
            var mutated = Mutate(original, new Random(seed++));
            var read = PlanFile.Read(mutated);
            Assert.True(read.Value is null == read.HasErrors, $"seed {seed - 1}");
            if (read.Value is { } plan)
            {
                Assert.True(PlanFile.Write(plan).AsSpan().SequenceEqual(original),
                    $"seed {seed - 1}: another plan was taken");
            }
        }

        Assert.True(seed > 10, $"{seed} rounds");
    }

    private static byte[] Mutate(byte[] original, Random random)
    {
        var bytes = original.ToList();
        for (var change = random.Next(1, 4); change > 0; change--)
        {
            var at = random.Next(bytes.Count);
            var length = Math.Min(random.Next(1, 40), bytes.Count - at);
            switch (random.Next(4))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, length);
                    break;
                case 2:
                    bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(at, length));
                    break;
                default:
                    var token = Encoding.UTF8.GetBytes(s_tokens[random.Next(s_tokens.Length)]);
                    bytes.InsertRange(at, token);
                    break;
            }
        }

        return [.. bytes];
    }

    private static readonly string[] s_tokens =
        ["null", "{}", "[]", "\"\"", "-1", "1e400", "\\ud800", "\"$ref\":", "{\"$ref\":\"//\",\"output\":\"\"}", ",",
            "true", "\"id\":0,"];

    private static async Task<Plan> RandomPlanAsync(int seed)
    {
        var harness = new Harness();
        await harness.ApplyAsync(await harness.PlanAsync(FakeGraphs.Random(seed)));
        return await harness.PlanAsync(FakeGraphs.Random(seed + 900));
    }

    private static Plan Small() => new()
    {
        FormatVersion = Plan.CurrentFormatVersion,
        ToolVersion = "1",
        Purpose = PlanPurpose.Apply,
        Scopes = [],
        Configs = ["""{"kind":"ProviderConfig","n":[1.50,null,true,"\u00FC"]}"""],
        InputDigest = "ab",
        CreatedAt = Harness.Now,
        ExpiresAt = Harness.Now.AddHours(24),
        Changes = [],
        Unchanged = 0,
        Steps = [],
        Known = [],
        Traffic = new TrafficDiff(
            [new TrafficChange(null,
                new TrafficRow(new ObjectName("shop", "web"), 80, "HTTP", "*", "/", "shop/web:80"))], 3),
        Diagnostics = [new Diagnostic(
            "GW2001", Severity.Warning, "s") { Subject = new SourceSpan("a.yaml", 1, 2), Help = "h" }],
    };
}
