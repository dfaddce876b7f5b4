using Gwctl.Core;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Aws.Settling;

namespace Gwctl.Providers.Aws.Tests.Projection;

public sealed class SettlingTests
{
    private const string Rule = "\n  backendRefs: [{name: a, port: 80}]";

    [Fact]
    public void Lookups_are_answered_and_targets_outside_the_vpc_marked()
    {
        var graph = Projected.Rules($"- matches: [{{path: {{value: /a}}}}]{Rule}").Graph;
        var settled = AwsSettling.Settle(graph, Live(graph, ["10.0.1.0/31"]));

        Assert.Empty(settled.Diagnostics);
        Assert.DoesNotContain("?", string.Concat(settled.Value?.Nodes.Select(Text) ?? []));
        Assert.Contains("targets: [{id: 10.0.1.1, port: 8080}, {id: 10.0.1.2, port: 8080, zone: all}]",
            AllText(settled));
        Assert.DoesNotContain("order", AllText(settled));
    }

    [Fact]
    public void A_lookup_without_answer_is_an_error_at_its_origin()
    {
        var graph = Projected.Rules($"- matches: [{{path: {{value: /a}}}}]{Rule}").Graph;
        var settled = AwsSettling.Settle(graph, new LiveState { Resources = [], Lookups = [] });

        Assert.All(settled.Diagnostics, diagnostic => Assert.Equal("GW3170", diagnostic.Code));
        Assert.Contains(settled.Diagnostics, diagnostic => diagnostic.Detail.Contains("default VPC"));
        Assert.All(settled.Diagnostics, diagnostic => Assert.False(diagnostic.Subject.IsNone));
    }

    [Fact]
    public void Priorities_keep_precedence_and_change_the_fewest()
    {
        var before = Projected.Rules($"""
            - matches: [{"{path: {value: /aaa}}"}]{Rule}
            - matches: [{"{path: {value: /a}}"}]{Rule.Replace("name: a", "name: b")}
            """).Graph;
        var first = Assert.IsType<ResourceGraph>(AwsSettling.Settle(before, Live(before)).Value);
        var after = Projected.Rules($"""
            - matches: [{"{path: {value: /aaa}}"}]{Rule}
            - matches: [{"{path: {value: /aa}}"}]{Rule.Replace("port: 80", "port: 80, weight: 2")}
            - matches: [{"{path: {value: /a}}"}]{Rule.Replace("name: a", "name: b")}
            """).Graph;
        var foreign = Priorities(first).Max() + 1;
        var second = Assert.IsType<ResourceGraph>(AwsSettling.Settle(after,
            Live(after, rules: first, foreignPriority: foreign)).Value);

        var (old, now) = (Priorities(first), Priorities(second));
        Assert.Equal(2, old.Count);
        Assert.Equal([old[0], now[1], old[1]], now);
        Assert.True(now[0] < now[1] && now[1] < now[2]);
        Assert.DoesNotContain(foreign, now);
    }

    [Fact]
    public void A_certificate_found_for_two_names_is_used_once()
    {
        static string Listener(string name) =>
            $"{{name: {name}, port: 443, protocol: HTTPS, hostname: {name}.example.com, "
                + "tls: {options: {gwctl.dev/certificate: discover}}}";
        var graph = Projected.All(Projected.Gateway($"{Listener("a")}, {Listener("b")}")).Graph;

        Assert.Contains(graph.Nodes, node => node.Address.Kind is Kinds.ListenerCertificate);
        Assert.DoesNotContain(
            AwsSettling.Settle(graph, Live(graph)).Value?.Nodes ?? [],
            node => node.Address.Kind is Kinds.ListenerCertificate);
    }

    [Fact]
    public void Every_lookup_reads_back()
    {
        var tags = new SubnetTag("kubernetes.io/role/elb;x", "1=2");
        var query = new SubnetQuery(new VpcChoice.OfSubnet("subnet-1"), "internal", [tags]);

        Assert.Equal(query, Assert.IsType<LookupQuery.OfSubnets>(Lookups.Parse(Lookups.ForSubnets(query))).Subnets);
        Assert.Equal(new LookupQuery.OfZone("example.com", true), Lookups.Parse(Lookups.ForZone("example.com", true)));
        Assert.Equal(new LookupQuery.OfVpc(new VpcChoice.Default()),
            Lookups.Parse(Lookups.ForVpc(new VpcChoice.Default())));
        Assert.Equal(new LookupQuery.OfInstance("node"), Lookups.Parse(Lookups.ForInstance("node")));
        Assert.Equal(
            new LookupQuery.OfCertificate("*.example.com"), Lookups.Parse(Lookups.ForCertificate("*.example.com")));
    }

    /// <summary>An account that answers every lookup; with rules, their listener lives.</summary>
    private static LiveState Live(
        ResourceGraph graph, string[]? cidrs = null, ResourceGraph? rules = null, long? foreignPriority = null)
    {
        const string arn = "arn:listener";
        var lookups = new HashSet<AttributeValue.Lookup>();
        foreach (var node in graph.Nodes)
        {
            Collect(new AttributeValue.Map(node.Attributes), lookups);
        }

        var live = new List<LiveResource>();
        foreach (var node in (rules?.Nodes ?? []).Where(node => node.Address.Kind is Kinds.Rule or Kinds.Listener))
        {
            live.Add(Resource(node.Address, Ownership.Ours,
                node.Attributes.With("listener", new AttributeValue.Text(arn))));
        }

        if (foreignPriority is { } priority)
        {
            live.Add(Resource(
                new ResourceAddress("main", Kinds.Rule, new ObjectName("shop", "web"), "80/foreign"), Ownership.Foreign,
                new AttributeMap([
                    new AttributeField("listener", new AttributeValue.Text(arn)),
                    new AttributeField("priority", new AttributeValue.Number(priority)),
                ])));
        }

        return new LiveState
        {
            Resources = [.. live],
            Lookups = [.. lookups.Select(lookup => new LookupResult(lookup, Answer(lookup, cidrs ?? ["10.0.0.0/8"])))],
        };

        static LiveResource Resource(ResourceAddress address, Ownership ownership, AttributeMap attributes) => new()
        {
            Address = address,
            Id = address.ToString(),
            Ownership = ownership,
            Attributes = attributes,
            Outputs = new AttributeMap([new AttributeField("arn", new AttributeValue.Text(arn))]),
            Fingerprint = "",
        };
    }

    private static AttributeValue Answer(AttributeValue.Lookup lookup, string[] cidrs) => lookup.Kind switch
    {
        Lookups.VpcCidrs => new AttributeValue.List([.. cidrs.Select(cidr => new AttributeValue.Text(cidr))]),
        Lookups.Subnets => new AttributeValue.List([new AttributeValue.Text("subnet-1"),
            new AttributeValue.Text("subnet-2")]),
        _ => new AttributeValue.Text($"{lookup.Kind}-1"),
    };

    private static void Collect(AttributeValue value, HashSet<AttributeValue.Lookup> found)
    {
        switch (value)
        {
            case AttributeValue.Lookup lookup:
                found.Add(lookup);
                break;
            case AttributeValue.List(var items):
                items.ToList().ForEach(item => Collect(item, found));
                break;
            case AttributeValue.Map(var fields):
                fields.Fields.ToList().ForEach(field => Collect(field.Value, found));
                break;
            default:
                break;
        }
    }

    private static List<long> Priorities(ResourceGraph graph) =>
        [.. graph.Nodes.Select(node => node.Attributes["priority"])
        .OfType<AttributeValue.Number>().Select(number => number.Value).Order()];

    private static string Text(ResourceNode node) => Projected.Text(new AttributeValue.Map(node.Attributes));

    private static string AllText(Compiled<ResourceGraph> graph) =>
        string.Concat(graph.Value?.Nodes.Select(Text) ?? []);
}
