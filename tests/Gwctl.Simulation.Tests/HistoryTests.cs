using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Gwctl.Simulation.Tests;

/// <summary>Goal: what was applied before leaves no trace. After A, B makes of the cloud what B alone makes of an empty
/// one: a label, a health check's path or a session's length that A set and B does not mention is gone.</summary>
public sealed partial class HistoryTests
{
    private const int PairsDefault = 8;

    [Theory]
    [MemberData(nameof(World.Providers), MemberType = typeof(World))]
    public async Task B_after_A_is_what_B_alone_is(string provider)
    {
        var token = TestContext.Current.CancellationToken;
        await using var world = await World.StartAsync(provider, token);
        var (from, count) = Seeds.From(PairsDefault);
        for (var seed = from; seed < from + count; seed++)
        {
            var first = new SpecGenerator(seed, 0).Generate();
            var second = new SpecGenerator(seed, 1).Generate();
            await world.BeginAsync(token);
            await world.ConvergeAsync(second, $"seed {seed}: B", token);
            var alone = Lines(world.Objects());
            await world.BeginAsync(token);
            await world.ConvergeAsync(first, $"seed {seed}: A", token);
            await world.ConvergeAsync(second, $"seed {seed}: B after A", token);
            var after = Lines(world.Objects());
            Assert.True(
                alone.SequenceEqual(after),
                $"seed {seed}\nB alone:\n{string.Join('\n', alone.Except(after))}\n"
                    + $"B after A:\n{string.Join('\n', after.Except(alone))}");
        }
    }

    /// <summary>The resources without what differs from one run to the next.</summary>
    private static List<string> Lines(string snapshot) =>
    [
        .. Chance().Replace(Member().Replace(snapshot, "\"$1\":0"), "$1*")
            .Split('\n')
            .Where(line => line is not "" && !Passing().IsMatch(line))
            .Select(InOrder)
            .Order(StringComparer.Ordinal),
    ];

    // Members stand in the order in which they were first written.
    private static string InOrder(string line)
    {
        var at = line.IndexOf(" {", StringComparison.Ordinal);
        return at < 0 ? line : line[..at] + Sorted(JsonNode.Parse(line[at..]))?.ToJsonString();
    }

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members
            .Where(member => !IsWithoutMeaning(member, members))
            .OrderBy(member => member.Key, StringComparer.Ordinal)
            .Select(member => KeyValuePair.Create(member.Key, Sorted(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Sorted)]),
        _ => node?.DeepClone(),
    };

    // Nothing is as good as not being there. How long sessions last counts only where there are any; that their type is
    // the usual one need not be written.
    private static bool IsWithoutMeaning(KeyValuePair<string, JsonNode?> member, JsonObject members) =>
        member.Value is JsonObject { Count: 0 } or JsonArray { Count: 0 }
        || member.Key is "stickiness.type"
        || (member.Key.StartsWith("stickiness.", StringComparison.Ordinal)
            && member.Key is not "stickiness.enabled" && $"{members["stickiness.enabled"]}" is "false");

    /// <summary>Members that the cloud numbers or dates, and the names of the labels that a thing was made with, which
    /// its description keeps for ever.</summary>
    [GeneratedRegex(
        """
        "(creationTimestamp|id|fingerprint|labelFingerprint|CreatedTime|ImportedAt|CreatedAt|IssuedAt|Priority|
        """ + """
        RuleArn|@ActiveAt|IpAddress|expireTime|createTime|updateTime|SecurityGroupRuleId|SecurityGroupRuleArn|
        """ + """
        description)":("(?:[^"\\]|\\.)*"|-?[\d.]+)
        """)]
    private static partial Regex Member();

    /// <summary>Parts of ids and addresses that are drawn by chance.</summary>
    [GeneratedRegex(
        @"((?:sg|sgr|subnet|vpc)-)[0-9a-f]{17}|(certificate/)[0-9a-f-]{36}|(/)[0-9a-f]{16}(?=[/"" ])"
            + @"|()\b3[45]\.\d+\.\d+\.\d+\b|(-)\d+(?=\.us-east-1\.elb)")]
    private static partial Regex Chance();

    /// <summary>Not resources but notes of the sandbox, some with times in them: who uses a group, since when a target
    /// is there.</summary>
    [GeneratedRegex("/use/|/target/|/endpoints/|dns-name|managedZones")]
    private static partial Regex Passing();
}
