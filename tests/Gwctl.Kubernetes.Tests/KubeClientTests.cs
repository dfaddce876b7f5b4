using System.Text.Json.Nodes;
using Gwctl.Core;
using Gwctl.Kubernetes.Config;
using Gwctl.Kubernetes.Http;
using Gwctl.Kubernetes.Objects;
using Gwctl.Sandbox.Kubernetes;

namespace Gwctl.Kubernetes.Tests;

/// <summary>Requests and their failures, against a server that is written from Kubernetes' documentation.</summary>
public sealed class KubeClientTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_object_is_created_read_replaced_merged_and_deleted()
    {
        await using var server = await ApiServer.StartAsync();
        var name = new ObjectName("default", "a");
        var made = await server.Client.CreateAsync(KubeResource.ConfigMap, ApiServer.ConfigMap("a"), Stop);
        Assert.NotEqual("", made.Uid);
        Assert.Equal("ConfigMap", (await server.Client.GetAsync(KubeResource.ConfigMap, name, Stop)).Kind);

        var body = ApiServer.ConfigMap("a", "y");
        body["metadata"]?.AsObject().Add("resourceVersion", made.ResourceVersion);
        await server.Client.ReplaceAsync(KubeResource.ConfigMap, body, Stop);
        var conflict = await Assert.ThrowsAsync<KubeException>(
            () => server.Client.ReplaceAsync(KubeResource.ConfigMap, body, Stop));
        Assert.True(conflict.IsConflict);
        Assert.False(conflict.AlreadyExists);

        var merged = await server.Client.MergeAsync(
            KubeResource.ConfigMap, name, new JsonObject { ["data"] = new JsonObject { ["more"] = "z" } }, "", Stop);
        Assert.Equal(["y", "z"], new[] { "key", "more" }.Select(key => Json.Text(merged.Body["data"], key)));

        var other = await Assert.ThrowsAsync<KubeException>(() => server.Client.DeleteAsync(
            KubeResource.ConfigMap, name, new DeletePreconditions(Uid: "another"), Stop));
        Assert.True(other.IsConflict);
        await server.Client.DeleteAsync(KubeResource.ConfigMap, name, new DeletePreconditions(Uid: made.Uid), Stop);
        Assert.Null(await server.Client.FindAsync(KubeResource.ConfigMap, name, Stop));
        await server.Client.DeleteAsync(KubeResource.ConfigMap, name, DeletePreconditions.None, Stop);
    }

    [Fact]
    public async Task Server_side_apply_owns_its_fields_and_says_whose_others_are()
    {
        await using var server = await ApiServer.StartAsync();
        await server.Client.ApplyAsync(KubeResource.ConfigMap, ApiServer.ConfigMap("a"), new FieldOwner("one"), Stop);
        var conflict = await Assert.ThrowsAsync<KubeException>(() => server.Client.ApplyAsync(
            KubeResource.ConfigMap, ApiServer.ConfigMap("a", "y"), new FieldOwner("two"), Stop));
        Assert.Equal(409, conflict.StatusCode);
        Assert.Contains("one", conflict.Diagnostic.Detail, StringComparison.Ordinal);
        var forced = await server.Client.ApplyAsync(
            KubeResource.ConfigMap, ApiServer.ConfigMap("a", "y"), new FieldOwner("two", Force: true), Stop);
        Assert.Equal("y", Json.Text(forced.Body["data"], "key"));
    }

    [Fact]
    public async Task A_long_list_comes_in_pages()
    {
        await using var server = await ApiServer.StartAsync();
        for (var number = 0; number < 25; number++)
        {
            await server.Client.CreateAsync(KubeResource.ConfigMap, ApiServer.ConfigMap($"m{number:00}"), Stop);
        }

        var pages = new List<int>();
        var names = new List<string>();
        await foreach (var page in server.Client.ListAsync(
            KubeResource.ConfigMap, new KubeQuery { Namespace = "default", PageSize = 10 }, Stop))
        {
            pages.Add(page.Objects.Count);
            names.AddRange(page.Objects.Select(item => item.Name.Name));
        }

        Assert.Equal([10, 10, 5], pages);
        Assert.Equal(Enumerable.Range(0, 25).Select(number => $"m{number:00}"), names);
    }

    [Fact]
    public async Task Fields_and_labels_select()
    {
        await using var server = await ApiServer.StartAsync();
        await server.Client.CreateAsync(KubeResource.ConfigMap, ApiServer.ConfigMap("a"), Stop);
        await server.Client.CreateAsync(KubeResource.ConfigMap, ApiServer.ConfigMap("b"), Stop);
        var query = new KubeQuery { Namespace = "default", FieldSelector = "metadata.name=b" };
        var found = new List<string>();
        await foreach (var page in server.Client.ListAsync(KubeResource.ConfigMap, query, Stop))
        {
            found.AddRange(page.Objects.Select(item => item.Name.Name));
        }

        Assert.Equal(["b"], found);
    }

    [Fact]
    public async Task A_busy_server_is_asked_again_after_the_time_that_it_names()
    {
        await using var server = await ApiServer.StartAsync();
        var refused = 0;
        server.Api.Faults = call => call.Resource is "configmaps" && refused++ is 0 ? new KubernetesFault.Throttle(1)
            : null;
        var since = TimeProvider.System.GetTimestamp();
        await server.Client.CreateAsync(KubeResource.ConfigMap, ApiServer.ConfigMap("a"), Stop);
        Assert.True(TimeProvider.System.GetElapsedTime(since) >= TimeSpan.FromSeconds(1));
        Assert.Equal(2, refused);
    }

    [Fact]
    public async Task A_write_whose_answer_is_lost_is_not_sent_twice()
    {
        await using var server = await ApiServer.StartAsync();
        var sent = 0;
        server.Api.Faults = call =>
            call.IsWrite && Interlocked.Increment(ref sent) > 0 ? new KubernetesFault.LoseConnection() : null;
        var lost = await Assert.ThrowsAsync<KubeException>(
            () => server.Client.CreateAsync(KubeResource.ConfigMap, ApiServer.ConfigMap("a"), Stop));
        Assert.True(lost.IsTransient);
        Assert.Equal(1, sent);
        Assert.NotNull(await server.Client.FindAsync(KubeResource.ConfigMap, new ObjectName("default", "a"), Stop));
    }

    [Fact]
    public async Task What_is_forbidden_is_named_and_the_token_is_not()
    {
        await using var server = await ApiServer.StartAsync();
        server.Api.SetUsers(new KubernetesUser("reader", "secret-token", []));
        server.Api.Deny(new KubernetesDenial("create", "", "configmaps", User: "reader"));
        using var client = ApiServer.Connect(new KubeSettings
        {
            Server = server.Api.Endpoint,
            Token = new KubeToken.Fixed(new SecretText("secret-token")),
        });
        var refused = await Assert.ThrowsAsync<KubeException>(
            () => client.CreateAsync(KubeResource.ConfigMap, ApiServer.ConfigMap("a"), Stop));
        Assert.True(refused.IsForbidden);
        Assert.Equal("Forbidden", refused.Reason);
        Assert.Equal("GW8501", refused.Diagnostic.Code);
        Assert.Contains("create configmaps default/a", refused.Diagnostic.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-token", $"{refused}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_said_so()
    {
        using var client = ApiServer.Connect(
            new KubeSettings { Server = new Uri("http://127.0.0.1:1") }, attemptsMax: 2);
        var failed = await Assert.ThrowsAsync<KubeException>(
            () => client.GetAsync(ApiServer.Namespaces, new ObjectName("", "default"), Stop));
        Assert.Equal("GW8500", failed.Diagnostic.Code);
        Assert.Equal(0, failed.StatusCode);
    }

    [Fact]
    public async Task Discovery_chooses_the_first_known_version_that_is_served()
    {
        await using var server = await ApiServer.StartAsync(new KubernetesOptions { Tls = false });
        var discovery = new KubeDiscovery(server.Client);
        var found = await discovery.FindAsync("gateway.networking.k8s.io", ["v9", "v1", "v1beta1"], Stop);
        Assert.Equal("v1", found["Gateway"].Version);
        Assert.Equal("httproutes", found["HTTPRoute"].Plural);
        Assert.False(found["GatewayClass"].IsNamespaced);
        Assert.Empty(await discovery.FindAsync("nobody.example.com", ["v1"], Stop));
        Assert.Equal("services", (await discovery.FindAsync("", ["v1"], Stop))["Service"].Plural);
    }
}
