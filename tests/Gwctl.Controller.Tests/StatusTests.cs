using System.Text.Json.Nodes;
using Gwctl.Kubernetes.Objects;

namespace Gwctl.Controller.Tests;

/// <summary>Status by the writer's rules, in a cluster that others write too.</summary>
public sealed class StatusTests
{
    private static readonly KubeResource Route = Specs.ResourceOf("HTTPRoute");

    [Fact]
    public async Task A_route_that_moves_takes_its_word_with_it()
    {
        await using var world = await ClusterWorld.StartAsync();
        await world.ApplyAsync(Specs.All(
            Specs.GatewayOf(), Specs.GatewayOf("other"), Specs.Backend("store", "10.0.1.10"),
            Specs.Route("store", "/", "store")));
        world.Run();
        await world.UntilAsync("HTTPRoute", "store", found => Parents(found) is ["web"]);
        await world.ApplyAsync(Specs.Route("store", "/", "store", gateway: "other"));
        await world.UntilAsync("HTTPRoute", "store", found => Parents(found) is ["other"]);
        await world.UntilAsync("Gateway", "web", found => Attached(found) is 0);
        await world.UntilAsync("Gateway", "other", found => Attached(found) is 1);
    }

    [Fact]
    public async Task What_others_wrote_stays()
    {
        await using var world = await ClusterWorld.StartAsync();
        await world.ApplyAsync(Specs.All(
            Specs.GatewayOf(), Specs.Backend("store", "10.0.1.10"), Specs.Route("store", "/", "store")));
        var theirs = new JsonObject
        {
            ["parentRef"] = new JsonObject { ["name"] = "elsewhere" },
            ["controllerName"] = "example.net/other",
            ["conditions"] = new JsonArray(new JsonObject
            {
                ["type"] = "Accepted",
                ["status"] = "True",
                ["reason"] = "Accepted",
                ["message"] = "",
                ["lastTransitionTime"] = "2026-01-01T00:00:00Z",
            }),
        };
        await world.Client.MergeAsync(
            Route, new("shop", "store"),
                new JsonObject { ["status"] = new JsonObject { ["parents"] = new JsonArray(theirs) } },
            "status", TestContext.Current.CancellationToken);
        world.Run();
        await world.UntilAsync("HTTPRoute", "store", found => Parents(found) is ["elsewhere", "web"]);
        await world.ProgrammedAsync();
        await world.DeleteAsync("Gateway", "web");
        await world.UntilAsync("HTTPRoute", "store", found => Parents(found) is ["elsewhere"]);
    }

    [Fact]
    public async Task A_time_changes_only_with_its_status_and_the_generation_follows_the_spec()
    {
        await using var world = await ClusterWorld.StartAsync();
        await world.ApplyAsync(Specs.All(
            Specs.GatewayOf(), Specs.Backend("store", "10.0.1.10"), Specs.Route("store", "/", "store")));
        world.Run();
        await world.ProgrammedAsync();
        var before = await world.UntilAsync("HTTPRoute", "store", found => Condition(found, "Accepted") is not null);
        await Task.Delay(1_100, TestContext.Current.CancellationToken);
        await world.ApplyAsync(Specs.Route("store", "/other", "store"));
        var after = await world.UntilAsync(
            "HTTPRoute", "store",
            found => Condition(found, "Accepted")?["observedGeneration"]?.GetValue<long>() == found?.Generation
                && found?.Generation > before?.Generation);
        Assert.Equal(
            Json.Text(Condition(before, "Accepted"), "lastTransitionTime"),
            Json.Text(Condition(after, "Accepted"), "lastTransitionTime"));

        await world.DeleteAsync("Service", "store");
        var broken = await world.UntilAsync(
            "HTTPRoute", "store", found => Json.Text(Condition(found, "ResolvedRefs"), "status") is "False");
        Assert.NotEqual(
            Json.Text(Condition(after, "ResolvedRefs"), "lastTransitionTime"),
            Json.Text(Condition(broken, "ResolvedRefs"), "lastTransitionTime"));
    }

    [Fact]
    public async Task A_route_that_cannot_be_read_is_refused_in_its_status_by_each_parent_of_ours()
    {
        await using var world = await ClusterWorld.StartAsync();
        var route = Specs.Route("bad", "/bad", "store").Replace(", port: 80", "");
        await world.ApplyAsync(Specs.All(
            Specs.GatewayOf(), Specs.GatewayOf("other"), Specs.Backend("store", "10.0.1.10"),
            Specs.Route("store", "/", "store"),
            route.Replace("[{name: \"web\" }]", "[{name: web}, {name: other}, {name: elsewhere}]")));
        world.Run();
        await world.ProgrammedAsync();
        var bad = await world.UntilAsync(
            "HTTPRoute", "bad", found => Parents(found).Order().SequenceEqual(["other", "web"]));
        Assert.All(Assert.IsType<JsonArray>(bad?.Status?["parents"]), parent =>
        {
            var accepted = Conditions.Find(parent, "Accepted");
            Assert.Equal("False", Json.Text(accepted, "status"));
            Assert.Equal("UnsupportedValue", Json.Text(accepted, "reason"));
            Assert.Contains("does not say which port", Json.Text(accepted, "message"), StringComparison.Ordinal);
        });

        await world.ApplyAsync(Specs.Route("bad", "/bad", "store"));
        await world.UntilAsync(
            "HTTPRoute", "bad", found => Parents(found) is ["web"]
                && Json.Text(Condition(found, "Accepted"), "status") is "True");
    }

    [Fact]
    public async Task A_Gateway_that_cannot_be_read_says_so_and_keeps_what_it_has()
    {
        await using var world = await ClusterWorld.StartAsync();
        await world.ApplyAsync(Specs.All(
            Specs.GatewayOf(), Specs.Backend("store", "10.0.1.10"), Specs.Route("store", "/", "store")));
        world.Run();
        await world.ProgrammedAsync();
        await world.QuietAsync();
        var objects = world.CloudObjects;
        await world.ApplyAsync(Specs.GatewayOf() + "\n  infrastructure: {annotations: {\"bad key!\": x}}");
        var gateway = await world.UntilAsync("Gateway", "web", found => Conditions.Is(found, "Accepted", "False"));
        Assert.True(Conditions.Is(gateway, "Programmed", "False"));
        Assert.Equal("Invalid", Json.Text(Conditions.Find(gateway?.Status, "Accepted"), "reason"));
        await world.QuietAsync();
        Assert.Equal(objects, world.CloudObjects);
        Assert.Equal(["web"], Parents(await world.FindAsync("HTTPRoute", "store")));

        await world.ApplyAsync(Specs.GatewayOf() + "\n  infrastructure: {}");
        await world.ProgrammedAsync();
    }

    private static JsonObject? Condition(KubeObject? route, string type) =>
        Conditions.Find(route?.Status?["parents"]?[0], type);

    private static int? Attached(KubeObject? gateway) =>
        gateway?.Status?["listeners"]?[0]?["attachedRoutes"]?.GetValue<int>();

    private static string[] Parents(KubeObject? route) => route?.Status?["parents"] is JsonArray parents
        ? [.. parents.Select(parent => Json.Text(Json.Section(parent, "parentRef"), "name"))]
        : [];
}
