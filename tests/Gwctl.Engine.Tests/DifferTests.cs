using Gwctl.Core;
using Gwctl.Engine.Diff;
using Gwctl.Engine.Resources;
using Gwctl.Testing.Engine;
using static Gwctl.Testing.Engine.FakeGraphs;

namespace Gwctl.Engine.Tests;

public sealed class DifferTests
{
    private static readonly ObjectName s_gateway = new("shop", "web");

    [Fact]
    public void What_the_node_does_not_name_is_left_alone()
    {
        var node = Node("net", "a", ("size", Number(1)), ("tags", MapOf(("mine", Text("1")))));
        var live = Live("net", "a", "i1", ("size", Number(1)), ("other", Text("x")),
            ("tags", MapOf(("mine", Text("1")), ("theirs", Text("2")))));
        Assert.IsType<Change.Keep>(Single(Compare([node], [live])));
    }

    [Fact]
    public void Differences_have_paths()
    {
        var node = Node("net", "a", ("list", ListOf(MapOf(("x", Number(1))), MapOf(("x", Number(2))))),
            ("map", MapOf(("in", MapOf(("n", Text("new")))))));
        var live = Live("net", "a", "i1", ("list", ListOf(MapOf(("x", Number(1)), ("y", Text("gone"))))),
            ("map", MapOf(("in", MapOf(("n", Text("old")))))));
        var update = Assert.IsType<Change.Update>(Single(Compare([node], [live])));
        Assert.Equal(["list[0].y", "list[1]", "map.in.n"], update.Attributes.Select(change => change.Path));
        Assert.Null(update.Attributes[0].After);
        Assert.Null(update.Attributes[1].Before);
        Assert.Equal((Text("old"), Text("new")), (update.Attributes[2].Before, update.Attributes[2].After));
    }

    [Fact]
    public void Secrets_compare_by_digest()
    {
        var node = Node("net", "a", ("key", new AttributeValue.Secret("Secret/shop/tls#key", "d1")));
        Assert.IsType<Change.Keep>(
            Single(Compare([node], [Live("net", "a", "i1", ("key", new AttributeValue.Secret("", "d1")))])));
        Assert.IsType<Change.Update>(
            Single(Compare([node], [Live("net", "a", "i1", ("key", new AttributeValue.Secret("", "d2")))])));
    }

    [Fact]
    public void A_replacement_spreads_along_immutable_references_only()
    {
        var balancer = Node("balancer", "", ("name", Text("new")));
        var port = Node("port", "80", ("balancer", RefTo(balancer)));
        var record = Node("record", "www", ("balancer", RefTo(balancer)));
        var changes = Compare(
            [balancer, port, record],
            [
                Live("balancer", "", "b1", ("name", Text("old"))),
                Live("port", "80", "p1", ("balancer", Text("b1"))),
                Live("record", "www", "r1", ("balancer", Text("b1"))),
            ]).Value?.Changes ?? [];
        Assert.IsType<Change.Replace>(changes[0]);
        var replace = Assert.IsType<Change.Replace>(changes[1]);
        Assert.True(replace.Attributes[0].ForcesReplacement);
        Assert.Equal("cannot change in place: balancer", replace.Reason);
        Assert.IsType<Change.Update>(changes[2]);
    }

    [Fact]
    public void A_reference_to_a_living_object_is_its_output()
    {
        var net = Node("net", "a", ("size", Number(2)));
        var balancer = Node("balancer", "", ("net", RefTo(net)));
        var compared = Compare(
            [net, balancer],
            [Live("net", "a", "n1", ("size", Number(1))), Live("balancer", "", "b1", ("net", Text("n1")))]);
        Assert.Contains(compared.Value?.Changes ?? [], change => change is Change.Keep
            && change.Address == balancer.Address);
    }

    [Fact]
    public void Of_two_objects_the_one_that_fits_stays_and_the_other_goes()
    {
        var node = Node("group", "g", ("protocol", Text("grpc")), ("check", Number(1)));
        var changes = Compare(
            [node],
            [
                Live("group", "g", "old", ("protocol", Text("http")), ("check", Number(1))),
                Live("group", "g", "new", ("protocol", Text("grpc")), ("check", Number(2))),
            ]).Value?.Changes ?? [];
        Assert.Equal("new", Assert.IsType<Change.Update>(changes[0]).Before.Id);
        var delete = Assert.IsType<Change.Delete>(changes[1]);
        Assert.Equal(("old", "superseded by new"), (delete.Before.Id, delete.Reason));
    }

    [Fact]
    public void A_foreign_object_in_the_way_holds_back_what_needs_its_place()
    {
        var group = Node("group", "g", ("protocol", Text("http")));
        var members = Node("members", "g", ("group", RefTo(group)));
        var net = Node("net", "a", ("size", Number(1)));
        var foreign = Live("group", "g", "x1") with { Ownership = Ownership.Foreign, OwnerText = "team-b" };
        var compared = Compare([group, members, net], [foreign]);
        var error = Assert.Single(compared.Diagnostics);
        Assert.Equal("GW4001", error.Code);
        Assert.Contains("x1", error.Detail, StringComparison.Ordinal);
        Assert.Contains("team-b", error.Detail, StringComparison.Ordinal);
        Assert.Contains($"gwctl adopt {group.Address}", error.Help, StringComparison.Ordinal);
        Assert.Equal(net.Address, Assert.IsType<Change.Create>(Single(compared)).Address);
    }

    [Fact]
    public void A_foreign_object_beside_ours_is_in_nobodys_way()
    {
        var compared = Compare(
            [Node("net", "a", ("size", Number(1)))],
            [Live("net", "a", "n1", ("size", Number(1))),
                Live("net", "a", "x1") with { Ownership = Ownership.Foreign }]);
        Assert.True(compared.Succeeded);
        Assert.IsType<Change.Keep>(Single(compared));
    }

    [Fact]
    public void Errors_leave_what_they_concern_as_it_is()
    {
        var lost = new AttributeValue.Reference(new ResourceAddress("default", "net", s_gateway, "nowhere"), "id");
        var balancer = Node("balancer", "", ("name", Text("new")), ("net", lost));
        var record = Node("record", "www", ("balancer", RefTo(balancer)));
        var cert = Node("cert", "c", ("domain", new AttributeValue.Lookup("zone", "example.com")));
        var port = Node("port", "80", ("balancer", RefTo(balancer)), ("cert", RefTo(cert)));
        var compared = Compare(
            [balancer, record, cert, port],
            [Live("balancer", "", "b1", ("name", Text("old"))), Live("port", "80", "p1", ("balancer", Text("b1")))]);
        Assert.Equal(["GW4002", "GW4004"], compared.Diagnostics.Select(diagnostic => diagnostic.Code).Order());
        Assert.Equal(
            [typeof(Change.Keep), typeof(Change.Keep), typeof(Change.Create)],
            (compared.Value?.Changes ?? []).Select(change => change.GetType()));
    }

    [Fact]
    public void A_circle_is_an_error()
    {
        var a = Node("net", "a",
            ("to", new AttributeValue.Reference(new ResourceAddress("default", "net", s_gateway, "b"), "id")));
        var b = Node("net", "b", ("to", RefTo(a)));
        var compared = Compare([a, b], []);
        Assert.Equal(["GW4003", "GW4003"], compared.Diagnostics.Select(diagnostic => diagnostic.Code));
        Assert.Empty(compared.Value?.Changes ?? []);
    }

    [Fact]
    public void What_is_ours_and_not_desired_is_deleted_and_what_is_foreign_is_not()
    {
        var foreign = Live("net", "b", "x1") with { Ownership = Ownership.Foreign };
        var compared = Compare([], [Live("net", "a", "n1"), foreign]);
        Assert.Equal("n1", Assert.IsType<Change.Delete>(Single(compared)).Before.Id);
    }

    [Fact]
    public void Adoption_takes_what_is_named_by_address_or_id()
    {
        var node = Node("net", "a", ("size", Number(1)));
        var live = State([Live("net", "a", "x1") with { Ownership = Ownership.Foreign }]);
        var graph = ResourceGraph.From([node]);
        Assert.IsType<Change.Adopt>(Single(Differ.Adopt(graph, live, ["x1"])));
        Assert.IsType<Change.Adopt>(Single(Differ.Adopt(graph, live, [node.Address.ToString()])));
        Assert.Equal("GW4005", Assert.Single(Differ.Adopt(graph, live, ["x2"]).Diagnostics).Code);
    }

    private static Change Single(Compiled<ChangeSet> compared) => Assert.Single(compared.Value?.Changes ?? []);

    private static Compiled<ChangeSet> Compare(ResourceNode[] nodes, LiveResource[] live) =>
        Differ.Compare(ResourceGraph.From(nodes), State(live), FakeKinds.All);

    private static LiveState State(LiveResource[] live) => new()
    {
        Resources = [.. live.OrderBy(item => item.Address).ThenBy(item => item.Id, StringComparer.Ordinal)],
        Lookups =
            [],
    };

    private static ResourceNode Node(
        string kind, string key, params (string Name, AttributeValue Value)[] attributes) => new()
        {
            Address = new ResourceAddress("default", kind, s_gateway, key),
            Attributes = Map(attributes),
        };

    private static LiveResource Live(
        string kind, string key, string id, params (string Name, AttributeValue Value)[] attributes) => new()
        {
            Address = new ResourceAddress("default", kind, s_gateway, key),
            Id = id,
            Ownership = Ownership.Ours,
            Attributes = Map(attributes),
            Outputs = Map([("id", Text(id))]),
            Fingerprint = "f",
        };

    private static AttributeMap Map((string Name, AttributeValue Value)[] attributes) =>
        new(attributes.Select(pair => new AttributeField(pair.Name, pair.Value)));

    private static AttributeValue.Map MapOf(params (string Name, AttributeValue Value)[] fields) =>
        new AttributeValue.Map(Map(fields));

    private static AttributeValue.List ListOf(params AttributeValue[] items) => new AttributeValue.List([.. items]);

    private static AttributeValue.Reference RefTo(ResourceNode node) =>
        new AttributeValue.Reference(node.Address, "id");
}
