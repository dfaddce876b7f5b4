using System.Text.Json.Nodes;
using Gwctl.Kubernetes.Objects;

namespace Gwctl.Controller.Tests;

/// <summary>From objects in the cluster to requests through the cloud's load balancer, and back to status.</summary>
public sealed class EndToEndTests
{
    [Fact]
    public async Task A_Gateway_is_programmed_and_serves_at_the_address_in_its_status()
    {
        await using var world = await ClusterWorld.StartAsync(dataPlane: true);
        await world.ApplyAsync(Specs.All(
            Specs.GatewayOf(), Specs.Backend("store", "10.0.1.10"), Specs.Route("store", "/", "store")));
        world.Run();

        var gateway = await world.ProgrammedAsync();
        var address = Assert.IsType<JsonObject>(gateway?.Status?["addresses"]?[0]);
        Assert.Equal("Hostname", Json.Text(address, "type"));
        Assert.EndsWith("elb.amazonaws.com", Json.Text(address, "value"), StringComparison.Ordinal);
        Assert.Equal(1, gateway?.Status?["listeners"]?[0]?["attachedRoutes"]?.GetValue<int>());
        Assert.Contains(ControllerNames.Finalizer, gateway?.Finalizers ?? []);
        await world.DataPlane.SettleAsync(TestContext.Current.CancellationToken);
        var endpoint = Assert.Single(world.DataPlane.Endpoints);
        Assert.Equal(Json.Text(address, "value"), endpoint.DnsName);
        using var http = new HttpClient();
        var answer = await http.GetStringAsync(
            new Uri($"http://{endpoint.Address}/hello"), TestContext.Current.CancellationToken);
        Assert.Contains("/hello", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_class_of_ours_is_accepted_with_its_features_and_the_clusters_version()
    {
        await using var world = await ClusterWorld.StartAsync();
        world.Run();
        var found = await world.UntilAsync("GatewayClass", "cloud", item => Conditions.Is(item, "Accepted", "True"));
        Assert.NotNull(Conditions.Find(found?.Status, "SupportedVersion"));
        var features = Assert.IsType<JsonArray>(found?.Status?["supportedFeatures"])
            .Select(feature => Json.Text(feature, "name")).ToList();
        Assert.Contains("Gateway", features);
        Assert.Equal(features.Order(StringComparer.Ordinal), features);
    }

    [Fact]
    public async Task Deleting_a_Gateway_leaves_no_cloud_object_and_no_word_of_it()
    {
        await using var world = await ClusterWorld.StartAsync();
        await world.ApplyAsync(Specs.All(
            Specs.GatewayOf(), Specs.Backend("store", "10.0.1.10"),
            Specs.Route("store", "/", "store", more: "hostnames: [shop.example.com]")));
        world.Run();
        var records = world.Count("record");
        await world.ProgrammedAsync();
        Assert.True(world.CloudObjects > 5);
        Assert.True(world.Count("record") > records);

        await world.DeleteAsync("Gateway", "web");
        await world.UntilAsync("Gateway", "web", found => found is null);
        Assert.Equal(0, world.CloudObjects);
        Assert.Equal(records, world.Count("record"));
        await world.UntilAsync("HTTPRoute", "store", found => found?.Status?["parents"] is JsonArray { Count: 0 });
    }

    [Fact]
    public async Task Gateways_that_go_at_the_same_time_are_no_errors_to_each_other()
    {
        // Readings are shared: what one of them deletes is listed a moment earlier for the others.
        string[] names = ["a", "b", "c", "d", "e", "f", "g", "h"];
        await using var world = await ClusterWorld.StartAsync();
        await world.ApplyAsync(Specs.All([.. names.Select(name => Specs.GatewayOf(name))]));
        var replica = world.Run();
        foreach (var name in names)
        {
            await world.ProgrammedAsync(name);
        }

        await Task.WhenAll(names.Select(name => world.DeleteAsync("Gateway", name)));
        foreach (var name in names)
        {
            await world.UntilAsync("Gateway", name, found => found is null);
        }

        Assert.Equal(0, world.CloudObjects);
        Assert.DoesNotContain("\"level\":\"error\"", replica.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Gateway_that_retains_leaves_its_cloud_objects_when_it_goes()
    {
        await using var world = await ClusterWorld.StartAsync();
        await world.ApplyAsync(Specs.All(
            Specs.GatewayOf(more: ", annotations: {gwctl.dev/deletion-policy: retain}"),
            Specs.Backend("store", "10.0.1.10"), Specs.Route("store", "/", "store")));
        world.Run();
        await world.ProgrammedAsync();
        var objects = world.CloudObjects;
        await world.DeleteAsync("Gateway", "web");
        await world.UntilAsync("Gateway", "web", found => found is null);
        Assert.Equal(objects, world.CloudObjects);
    }

    [Fact]
    public async Task One_bad_route_keeps_neither_its_Gateway_nor_others_from_being_served()
    {
        await using var world = await ClusterWorld.StartAsync();
        await world.ApplyAsync(Specs.All(
            Specs.GatewayOf(), Specs.GatewayOf("other"), Specs.Backend("store", "10.0.1.10"),
            Specs.Route("good", "/good", "store"),
            Specs.Route("bad", "/bad", "store").Replace("backendRefs:", $"{UnknownFilter}\n      backendRefs:"),
            Specs.Route("missing", "/missing", "nowhere"),
            Specs.Route("fine", "/", "store", gateway: "other")));
        world.Run();
        await world.ProgrammedAsync();
        await world.ProgrammedAsync("other");
        var bad = await world.UntilAsync("HTTPRoute", "bad", found => Parent(found) is not null);
        var missing = await world.UntilAsync("HTTPRoute", "missing", found => Parent(found) is not null);
        Assert.Equal("BackendNotFound", Json.Text(Conditions.Find(Parent(missing), "ResolvedRefs"), "reason"));
        Assert.Contains(
            "False", new[] { "Accepted", "ResolvedRefs" }
                .Select(type => Json.Text(Conditions.Find(Parent(bad), type), "status")));
        Assert.Equal(2, world.Count("load-balancer"));
    }

    [Fact]
    public async Task A_Secret_that_is_not_there_is_told_on_its_listener_and_taken_up_when_it_appears()
    {
        await using var world = await ClusterWorld.StartAsync();
        await world.ApplyAsync(Specs.All(
            Specs.GatewayOf() + Specs.SecureListener,
            Specs.Backend("store", "10.0.1.10"), Specs.Route("store", "/", "store")));
        world.Run();
        var gateway = await world.UntilAsync(
            "Gateway", "web", found => world.Count("listener") is 1 && Conditions.Is(found, "Programmed", "True"));
        Assert.Equal(
            "InvalidCertificateRef",
            Json.Text(Conditions.Find(gateway?.Status?["listeners"]?[1], "ResolvedRefs"), "reason"));

        await world.ApplyAsync(TestSecrets.Of("cert"));
        await world.UntilAsync(
            () => Task.FromResult(world.Count("listener") is 2), () => $"{world.Count("listener")} listeners");
    }

    private const string UnknownFilter =
        "filters: [{type: ExtensionRef, extensionRef: {group: x.dev, kind: X, name: x}}]";

    private static JsonNode? Parent(KubeObject? route) => route?.Status?["parents"]?[0];
}
