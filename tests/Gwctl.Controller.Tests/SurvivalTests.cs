using Gwctl.Kubernetes.Config;
using Gwctl.Sandbox.Calls;
using Gwctl.Sandbox.Kubernetes;

namespace Gwctl.Controller.Tests;

/// <summary>What goes wrong around the controller, and that it goes on.</summary>
public sealed class SurvivalTests
{
    private static string Shop => Specs.All(
        Specs.GatewayOf(), Specs.Backend("store", "10.0.1.10"), Specs.Route("store", "/", "store"));

    [Fact]
    public async Task Watches_that_break_miss_nothing()
    {
        await using var world = await ClusterWorld.StartAsync();
        await world.ApplyAsync(Shop);
        world.Run();
        await world.ProgrammedAsync();
        world.Kubernetes.DropWatches();
        await SecondRouteIsTakenUpAsync(world);
    }

    [Fact]
    public async Task A_place_that_the_server_forgot_is_read_anew()
    {
        await using var world = await ClusterWorld.StartAsync();
        await world.ApplyAsync(Shop);
        var replica = world.Run();
        await world.ProgrammedAsync();
        // Behind the controller's back: while no watch can open, a route goes and the history is forgotten.
        world.Kubernetes.Faults = call => call.Verb is "watch"
            ? new KubernetesFault.Fail(503, "ServiceUnavailable", "x") : null;
        world.Kubernetes.DropWatches();
        await world.ApplyAsync(Specs.Route("cart", "/cart", "store"));
        await world.DeleteAsync("HTTPRoute", "store");
        world.Kubernetes.ExpireHistory();
        world.Kubernetes.Faults = null;
        await world.UntilAsync("HTTPRoute", "cart", found => found?.Status?["parents"]?[0] is not null);
        await world.UntilAsync(() => Task.FromResult(world.Count("rule") is 2), () => $"{world.Count("rule")} rules");
        Assert.DoesNotContain("GW8523", replica.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_API_server_may_restart()
    {
        await using var world = await ClusterWorld.StartAsync();
        await world.ApplyAsync(Shop);
        world.Run();
        await world.ProgrammedAsync();
        await world.Kubernetes.RestartAsync(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        await SecondRouteIsTakenUpAsync(world);
    }

    [Fact]
    public async Task A_throttled_cloud_is_waited_for()
    {
        await using var world = await ClusterWorld.StartAsync();
        world.Aws.Faults.Plan = call => call.Number % 3 is 0 ? new Fault.Throttle() : null;
        await world.ApplyAsync(Shop);
        world.Run();
        await world.ProgrammedAsync(patience: TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task A_cloud_that_cannot_be_read_is_not_taken_for_empty()
    {
        await using var world = await ClusterWorld.StartAsync();
        await world.ApplyAsync(Shop);
        var first = world.Run();
        await world.ProgrammedAsync();
        await world.QuietAsync();
        await first.StopAsync();
        var objects = world.CloudObjects;
        world.Aws.Faults.Plan = call => call.Operation is "DescribeRules"
            ? new Fault.Fail("AccessDenied", "User is not authorized", 403)
            : null;
        world.Run("b");
        await world.UntilAsync(
            "Gateway", "web", found => Conditions.Is(found, "Programmed", "False"));
        Assert.Equal(objects, world.CloudObjects);
        world.Aws.Faults.Plan = null;
        await world.ProgrammedAsync();
        Assert.Equal(objects, world.CloudObjects);
    }

    [Fact]
    public async Task Credentials_that_expire_are_read_again()
    {
        await using var world = await ClusterWorld.StartAsync();
        await world.ApplyAsync(Shop);
        var file = Path.Combine(Directory.CreateTempSubdirectory("gwctl-token-").FullName, "token");
        await File.WriteAllTextAsync(file, "first", TestContext.Current.CancellationToken);
        world.Kubernetes.SetUsers(new KubernetesUser("controller", "first", ["system:masters"]));
        world.Run(token: new KubeToken.File(file));
        await world.ProgrammedAsync();

        await File.WriteAllTextAsync(file, "second", TestContext.Current.CancellationToken);
        world.Kubernetes.SetUsers(new KubernetesUser("controller", "second", ["system:masters"]));
        world.Kubernetes.DropWatches();
        await SecondRouteIsTakenUpAsync(world);
    }

    [Fact]
    public async Task A_missing_permission_is_said_by_name_and_holds_up_nothing_else()
    {
        await using var world = await ClusterWorld.StartAsync();
        await world.ApplyAsync(Shop);
        await world.ApplyAsync(Specs.GatewayOf("other"));
        await world.ApplyAsync(Specs.Route("other", "/", "store", gateway: "other"));
        await world.ApplyAsync(TestSecrets.Of("cert"));
        await world.ApplyAsync(
            Specs.GatewayOf("secret") + Specs.SecureListener);
        await world.ApplyAsync(Specs.Route("secret", "/", "store", gateway: "secret"));
        world.Kubernetes.SetUsers(new KubernetesUser("controller", "limited", ["system:masters"]));
        world.Kubernetes.Deny(
            new KubernetesDenial("*", "", "secrets", User: "controller"),
            new KubernetesDenial("patch", "gateway.networking.k8s.io", "httproutes/status", User: "controller"));
        var replica = world.Run(token: new KubeToken.Fixed(new Gwctl.Core.SecretText("limited")));
        await world.UntilAsync(
            () => Task.FromResult(world.Count("load-balancer") is 2), () =>
                $"{world.Count("load-balancer")} balancers");
        await world.UntilAsync(
            () => Task.FromResult(replica.Log.Contains("list secrets", StringComparison.Ordinal)
                && replica.Log.Contains("httproutes.gateway.networking.k8s.io/status", StringComparison.Ordinal)),
            () => "The log does not name what is missing.");

        world.Kubernetes.Deny();
        await world.ProgrammedAsync();
        await world.ProgrammedAsync("other");
        await world.ProgrammedAsync("secret");
        await world.UntilAsync("HTTPRoute", "other", found => found?.Status?["parents"]?[0] is not null);
    }

    private static async Task SecondRouteIsTakenUpAsync(ClusterWorld world)
    {
        await world.ApplyAsync(Specs.Route("cart", "/cart", "store"));
        await world.UntilAsync("HTTPRoute", "cart", found => found?.Status?["parents"]?[0] is not null);
        await world.UntilAsync(() => Task.FromResult(world.Count("rule") is 3), () => $"{world.Count("rule")} rules");
    }
}
