using Gwctl.Core;
using Gwctl.Engine.Resources;

namespace Gwctl.Testing.Engine;

/// <summary>Makes graphs of <see cref="FakeKinds"/>.</summary>
public static class FakeGraphs
{
    /// <summary>A random graph. Two graphs of different seeds share many addresses and differ in much else.</summary>
    public static ResourceGraph Random(int seed, string scope = "default")
    {
        var random = new Random(seed);
        var nodes = new List<ResourceNode>();
        for (var gateway = 0; gateway < 2; gateway++)
        {
            if (random.Next(5) > 0)
            {
                AddGateway(nodes, random, scope, new ObjectName("shop", $"web{gateway}"));
            }
        }

        return ResourceGraph.From(nodes);
    }

    /// <summary>One Gateway with so many rules, each with a group of its own and that group's members: about three
    /// objects for each rule.</summary>
    public static ResourceGraph Large(int rules, string scope = "default", int gateways = 1)
    {
        var nodes = new List<ResourceNode>();
        for (var number = 0; number < gateways; number++)
        {
            var gateway = new ObjectName("shop", $"web{number:D4}");
            var balancer = Add(nodes, scope, gateway, FakeKinds.Balancer, "", ("name", Text("a")));
            var port = Add(nodes, scope, gateway, FakeKinds.Port, "80", ("balancer", balancer), ("number", Number(80)));
            for (var index = 0; index < rules / gateways; index++)
            {
                var group = Add(nodes, scope, gateway, FakeKinds.Group, $"g{index:D5}", ("protocol", Text("http")));
                Add(nodes, scope, gateway, FakeKinds.Members, $"g{index:D5}", ("group", group),
                    ("items", Text("10.0.0.1")));
                Add(
                    nodes, scope, gateway, FakeKinds.Rule, $"r{index:D5}", ("port", port), ("order", Number(index)),
                    ("host", Text($"h{index}.example.com")), ("groups", Shares([(group, 1)])));
            }

            Add(nodes, scope, gateway, FakeKinds.Record, "www", ("balancer", balancer), ("ttl", Number(60)));
        }

        return ResourceGraph.From(nodes);
    }

    public static AttributeValue Text(string text) => new AttributeValue.Text(text);

    public static AttributeValue Number(long number) => new AttributeValue.Number(number);

    public static AttributeValue Shares(IEnumerable<(AttributeValue Group, int Weight)> shares) =>
        new AttributeValue.List(
    [
        .. shares.Select(share => new AttributeValue.Map(new AttributeMap(
            [new AttributeField("group", share.Group), new AttributeField("weight", Number(share.Weight))]))),
    ]);

    /// <summary>Adds a node, and returns a reference to its id.</summary>
    public static AttributeValue.Reference Add(
        List<ResourceNode> nodes, string scope, ObjectName gateway, string kind, string key,
        params (string Name, AttributeValue Value)[] attributes)
    {
        var address = new ResourceAddress(scope, kind, gateway, key);
        nodes.Add(new ResourceNode
        {
            Address = address,
            Attributes = new AttributeMap(attributes.Select(pair => new AttributeField(pair.Name, pair.Value))),
            OriginObjects = [$"Gateway/{gateway}"],
        });
        return new AttributeValue.Reference(address, "id");
    }

    private static void AddGateway(List<ResourceNode> nodes, Random random, string scope, ObjectName gateway)
    {
        var net = Add(nodes, scope, gateway, FakeKinds.Net, $"n{random.Next(2)}", ("size", Number(random.Next(3))));
        var balancer = Add(
            nodes, scope, gateway, FakeKinds.Balancer, "", ("name", Text(Pick(random, "a", "a", "a", "b"))),
                ("net", net));
        var groups = AddGroups(nodes, random, scope, gateway);
        AddSlot(nodes, random, scope, gateway);
        for (var number = 0; number < random.Next(1, 3); number++)
        {
            AddPort(nodes, random, scope, gateway, balancer, groups, number);
        }

        if (random.Next(4) > 0)
        {
            Add(
                nodes, scope, gateway, FakeKinds.Record, $"h{random.Next(2)}",
                ("balancer", balancer), ("ttl", Number(random.Next(2))));
        }
    }

    private static List<AttributeValue> AddGroups(
        List<ResourceNode> nodes, Random random, string scope, ObjectName gateway)
    {
        var groups = new List<AttributeValue>();
        for (var index = 0; index < 5; index++)
        {
            if (random.Next(3) is 0)
            {
                continue;
            }

            var group = Add(
                nodes, scope, gateway, FakeKinds.Group, $"g{index}",
                ("protocol", Text(Pick(random, "http", "http", "grpc"))), ("check", Number(random.Next(2))));
            groups.Add(group);
            if (random.Next(3) > 0)
            {
                Add(
                    nodes, scope, gateway, FakeKinds.Members, $"g{index}",
                    ("group", group), ("items", Text(Pick(random, "10.0.0.1", "10.0.0.2"))));
            }
        }

        return groups;
    }

    private static void AddSlot(List<ResourceNode> nodes, Random random, string scope, ObjectName gateway)
    {
        if (random.Next(2) is 0)
        {
            var slot = Add(nodes, scope, gateway, FakeKinds.Slot, "s", ("size", Number(random.Next(2))));
            Add(nodes, scope, gateway, FakeKinds.Gauge, "u", ("slot", slot), ("level", Number(random.Next(2))));
        }
    }

    private static void AddPort(
        List<ResourceNode> nodes, Random random, string scope, ObjectName gateway,
        AttributeValue balancer, List<AttributeValue> groups, int number)
    {
        var attributes = new List<(string, AttributeValue)> { ("balancer", balancer), ("number", Number(number)) };
        // An attribute that is not named is left alone, so "no certificate" must be said.
        attributes.Add(("cert", random.Next(2) is 0
            ? Text("none")
            : Add(
                nodes, scope, gateway, FakeKinds.Cert, $"c{number}",
                    ("domain", Text(Pick(random, "a.example", "b.example"))))));

        var port = Add(nodes, scope, gateway, FakeKinds.Port, $"p{number}", [.. attributes]);
        foreach (var rule in Enumerable.Range(0, 8).Where(_ => groups.Count > 0 && random.Next(2) is 0))
        {
            var chosen = groups.OrderBy(_ => random.Next()).Take(random.Next(1, 3))
                .OrderBy(group => group.ToString(), StringComparer.Ordinal);
            Add(
                nodes, scope, gateway, FakeKinds.Rule, $"p{number}-r{rule}",
                ("port", port), ("order", Number(random.Next(100))), ("host", Text($"h{random.Next(3)}.example")),
                ("groups", Shares(chosen.Select(group => (group, random.Next(1, 4))))));
        }
    }

    private static string Pick(Random random, params string[] choices) => choices[random.Next(choices.Length)];
}
