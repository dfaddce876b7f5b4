using System.Net;
using Gwctl.Sandbox.DataPlane;
using Gwctl.Sandbox.Tests.Aws;

namespace Gwctl.Sandbox.Tests.DataPlane;

/// <summary>Stickiness, and changes under traffic.</summary>
public sealed class ChangeTests
{
    private const int Requests = 1500;
    private const int Workers = 4;

    private static CancellationToken Cancellation => SandboxFixture.Cancellation;

    [Fact]
    public async Task No_request_is_lost_while_everything_about_the_listener_changes()
    {
        await using var world = await LiveWorld.StartAsync();
        var blue = await world.GroupAsync("blue", ["172.31.0.1", "172.31.0.2"]);
        var green = await world.GroupAsync("green", ["172.31.0.3"]);
        var certificates = new[]
        {
            await world.Sandbox.ImportAsync("a.example.com"), await world.Sandbox.ImportAsync("b.example.com"),
        };
        var listener = await world.ForwardingListenerAsync(
            blue, 443, ("Protocol", "HTTPS"), ("Certificates.member.1.CertificateArn", certificates[0]));
        using var client = await world.ClientAsync(
            listener, handler =>
            {
                handler.SslOptions.RemoteCertificateValidationCallback = LiveWorld.TrustsAll;
                handler.PooledConnectionLifetime = TimeSpan.FromMilliseconds(50);
            });
        var left = Requests;
        var workers = Enumerable.Range(0, Workers).Select(_ => Task.Run(WorkAsync, Cancellation)).ToList();

        var changes = 0;
        while (!workers.TrueForAll(worker => worker.IsCompleted))
        {
            await ChangeAsync(world, listener, changes++, [blue, green], certificates);
        }

        var statuses = (await Task.WhenAll(workers)).SelectMany(counts => counts).ToList();
        Assert.Equal(Requests, statuses.Count);
        Assert.All(statuses, status => Assert.Equal(HttpStatusCode.OK, status));
        Assert.True(changes > 5, $"Only {changes} changes were made.");

        async Task<List<HttpStatusCode>> WorkAsync()
        {
            var seen = new List<HttpStatusCode>();
            while (Interlocked.Decrement(ref left) >= 0)
            {
                using var response = await client.GetAsync("https://a.example.com/api/x", Cancellation);
                seen.Add(response.StatusCode);
            }

            return seen;
        }
    }

    [Fact]
    public async Task A_deleted_listener_finishes_what_it_has_begun()
    {
        await using var world = await LiveWorld.StartAsync();
        var group = await world.GroupAsync("app", ["172.31.0.1"]);
        var listener = await world.ForwardingListenerAsync(group);
        using var client = await world.ClientAsync(listener);
        var slow = Echoed.GetAsync(client, "http://a.example.com/?delay=500ms");
        await Task.Delay(100, Cancellation);

        (await world.Sandbox.Elbv2("DeleteListener", ("ListenerArn", listener))).Ok();
        await world.Plane.SettleAsync(Cancellation);

        Assert.Empty(world.Plane.Endpoints);
        Assert.Equal("app", (await slow)["service"]);
        await Assert.ThrowsAsync<HttpRequestException>(
            () => client.GetAsync("http://a.example.com/", Cancellation));
    }

    [Fact]
    public async Task Clients_stay_with_their_group_and_their_target()
    {
        await using var world = await LiveWorld.StartAsync();
        var groups = new[]
        {
            await world.GroupAsync("blue", ["172.31.0.1", "172.31.0.2"]),
            await world.GroupAsync("green", ["172.31.0.3", "172.31.0.4"]),
        };
        foreach (var group in groups)
        {
            (await world.Sandbox.Elbv2(
                "ModifyTargetGroupAttributes", ("TargetGroupArn", group),
                ("Attributes.member.1.Key", "stickiness.enabled"), ("Attributes.member.1.Value", "true"))).Ok();
        }

        var listener = (await world.Sandbox.CreateListenerAsync(world.LoadBalancer, 80)).Ok()["ListenerArn"];
        (await world.Sandbox.Elbv2(
            "ModifyListener",
            [
                ("ListenerArn", listener),
                .. Weighted(groups, 1, 1),
                ("DefaultActions.member.1.ForwardConfig.TargetGroupStickinessConfig.Enabled", "true"),
                ("DefaultActions.member.1.ForwardConfig.TargetGroupStickinessConfig.DurationSeconds", "100"),
            ])).Ok();
        var cookies = new CookieContainer();
        using var client = await world.ClientAsync(listener, handler =>
        {
            handler.UseCookies = true;
            handler.CookieContainer = cookies;
        });

        var first = await Echoed.GetAsync(client, "http://a.example.com/");
        for (var turn = 0; turn < 10; turn++)
        {
            Assert.Equal(first["pod"], (await Echoed.GetAsync(client, "http://a.example.com/"))["pod"]);
        }

        var names = cookies.GetAllCookies().Select(cookie => cookie.Name).Order(StringComparer.Ordinal);
        Assert.Equal(["AWSALB", "AWSALBCORS", "AWSALBTG", "AWSALBTGCORS"], names);

        world.Plane.SetHealth(first["pod"], healthy: false);
        var moved = await Echoed.GetAsync(client, "http://a.example.com/");
        Assert.NotEqual(first["pod"], moved["pod"]);
        Assert.Equal(first["service"], moved["service"]);

        world.Sandbox.Clock.Advance(TimeSpan.FromSeconds(101));
        var services = new HashSet<string>(StringComparer.Ordinal);
        using var forgetful = await world.ClientAsync(listener);
        for (var turn = 0; turn < 10; turn++)
        {
            services.Add((await Echoed.GetAsync(
                forgetful, "http://a.example.com/", ("Cookie", cookies.GetCookieHeader(new("http://a.example.com")))))
                ["service"]);
        }

        Assert.Equal(2, services.Count);
    }

    [Fact]
    public async Task An_application_cookie_makes_sticky_once_the_application_sets_it()
    {
        await using var world = await LiveWorld.StartAsync();
        var group = await world.GroupAsync("app", ["172.31.0.1", "172.31.0.2", "172.31.0.3"]);
        (await world.Sandbox.Elbv2(
            "ModifyTargetGroupAttributes", ("TargetGroupArn", group),
            ("Attributes.member.1.Key", "stickiness.enabled"), ("Attributes.member.1.Value", "true"),
            ("Attributes.member.2.Key", "stickiness.type"), ("Attributes.member.2.Value", "app_cookie"),
            ("Attributes.member.3.Key", "stickiness.app_cookie.cookie_name"),
            ("Attributes.member.3.Value", "session"))).Ok();
        var cookies = new CookieContainer();
        using var client = await world.ClientAsync(await world.ForwardingListenerAsync(group), handler =>
        {
            handler.UseCookies = true;
            handler.CookieContainer = cookies;
        });

        await Echoed.GetAsync(client, "http://a.example.com/");
        Assert.Empty(cookies.GetAllCookies());

        var first = await Echoed.GetAsync(
            client, "http://a.example.com/", ("X-Echo-Set-Header", "Set-Cookie:session=7"));
        Assert.Contains(cookies.GetAllCookies(), cookie => cookie.Name is "AWSALBAPP-0");
        for (var turn = 0; turn < 6; turn++)
        {
            Assert.Equal(first["pod"], (await Echoed.GetAsync(client, "http://a.example.com/"))["pod"]);
        }
    }

    [Fact]
    public async Task Addresses_are_remembered_and_load_balancers_have_their_own()
    {
        var directory = Directory.CreateTempSubdirectory("gwctl-plane-");
        try
        {
            List<DataPlaneEndpoint> before;
            await using (var world = await LiveWorld.StartAsync(directory: directory.FullName, name: "remembered"))
            {
                await world.Sandbox.ListenerAsync(world.LoadBalancer, 8083);
                await world.Sandbox.ListenerAsync(await world.Sandbox.LoadBalancerAsync("other"), 8083);
                await world.Plane.SettleAsync(Cancellation);
                before = [.. world.Plane.Endpoints];
            }

            Assert.Equal(2, before.Select(endpoint => endpoint.Address?.Address).Distinct().Count());
            await using var again = await SandboxFixture.StartAsync(
                directory: directory.FullName, dataPlane: new DataPlaneOptions());
            var plane = Assert.IsType<LiveDataPlane>(again.Cloud.DataPlane);
            await plane.SettleAsync(Cancellation);
            Assert.Equal(before, plane.Endpoints);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_taken_port_is_made_up_for_by_a_free_one()
    {
        await using var first = await LiveWorld.StartAsync(name: "taken");
        await using var second = await LiveWorld.StartAsync(name: "taken");
        Assert.Equal(first.LoadBalancer, second.LoadBalancer);

        var one = await first.AddressAsync(await first.Sandbox.ListenerAsync(first.LoadBalancer, 8084));
        var two = await second.AddressAsync(await second.Sandbox.ListenerAsync(second.LoadBalancer, 8084));

        Assert.Equal(one.Address, two.Address);
        Assert.NotEqual(one.Port, two.Port);
    }

    private static (string Name, string Value)[] Weighted(string[] groups, params int[] weights) =>
    [
        ("DefaultActions.member.1.Type", "forward"),
        .. groups.SelectMany((group, index) =>
        {
            var prefix = $"DefaultActions.member.1.ForwardConfig.TargetGroups.member.{index + 1}";
            (string, string)[] fields =
                [($"{prefix}.TargetGroupArn", group), ($"{prefix}.Weight", $"{weights[index]}")];
            return fields;
        }),
    ];

    private static async Task ChangeAsync(
        LiveWorld world, string listener, int turn, string[] groups, string[] certificates)
    {
        var sandbox = world.Sandbox;
        var answer = (turn % 6) switch
        {
            0 => await sandbox.Elbv2(
                "ModifyListener", [("ListenerArn", listener), .. Weighted(groups, turn % 100, 1)]),
            1 => await sandbox.CreateRuleAsync(listener, turn + 1, "/api/*", groups[1]),
            2 => await sandbox.Elbv2("RegisterTargets", LiveWorld.Targets(groups[0], [$"172.31.1.{turn % 250}"])),
            3 => await sandbox.Elbv2(
                "ModifyListener", ("ListenerArn", listener),
                ("Certificates.member.1.CertificateArn", certificates[turn % 12 > 5 ? 1 : 0])),
            4 => await sandbox.Elbv2("DeleteRule", ("RuleArn", await FirstRuleAsync(sandbox, listener))),
            _ => await sandbox.Elbv2("DeregisterTargets", LiveWorld.Targets(groups[0], ["172.31.0.1"])),
        };
        answer.Ok();
    }

    private static async Task<string> FirstRuleAsync(SandboxFixture sandbox, string listener) =>
        (await sandbox.Elbv2("DescribeRules", ("ListenerArn", listener))).Ok()["RuleArn"];
}
