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
        var endpoint = Assert.Single(world.DataPlane.Endpoints);
        using var http = new HttpClient();
        var answer = await http.GetStringAsync(
            new Uri($"http://{endpoint.Address}/hello"), TestContext.Current.CancellationToken);
        Assert.Contains("/hello", answer, StringComparison.Ordinal);
    }
}
