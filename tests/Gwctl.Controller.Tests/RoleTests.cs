using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Gwctl.Controller.Reconciliation;
using Gwctl.Core;
using Gwctl.Kubernetes.Config;
using Gwctl.Kubernetes.Http;
using Gwctl.Kubernetes.Objects;
using Gwctl.Sandbox.Kubernetes;
using Gwctl.Testing;

namespace Gwctl.Controller.Tests;

/// <summary>The roles of <c>examples/in-cluster</c> are enough for a controller's life, and no more.</summary>
public sealed class RoleTests
{
    private const string Space = "gwctl-system";
    private const string Account = $"system:serviceaccount:{Space}:gwctl-controller";

    /// <summary>Granted, and never seen as a request of its own.</summary>
    private static readonly Dictionary<string, string> Silent = new(StringComparer.Ordinal)
    {
        ["create configmaps"] = "a server-side apply that makes a new object is a patch, and asks for this too",
    };

    /// <summary>Besides the tests' usual ones: something of every kind.</summary>
    private static string Everything => Specs.All(
        Specs.GatewayOf() + Specs.SecureListener, TestSecrets.Of("cert"),
        Specs.Backend("store", "10.0.1.10"), Specs.Route("store", "/", "store"),
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: streams, namespace: shop}
        spec:
          gatewayClassName: cloud
          allowedListeners: {namespaces: {from: Same}}
          listeners:
            - {name: tcp, protocol: TCP, port: 9000}
            - {name: udp, protocol: UDP, port: 9001}
            - {name: tls, protocol: TLS, port: 9002, tls: {mode: Passthrough}}
            - {name: http, protocol: HTTP, port: 80}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: ListenerSet
        metadata: {name: more, namespace: shop}
        spec:
          parentRef: {name: streams}
          listeners: [{name: more, protocol: HTTP, port: 8080}]
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: BackendTLSPolicy
        metadata: {name: store, namespace: shop}
        spec:
          targetRefs: [{group: "", kind: Service, name: store}]
          validation:
            hostname: store.example.com
            caCertificateRefs: [{group: "", kind: ConfigMap, name: ca}]
        """,
        Stream("GRPCRoute", "http", ""), Stream("TLSRoute", "tls", "hostnames: [tls.example.com]"),
        Stream("TCPRoute", "tcp", ""), Stream("UDPRoute", "udp", ""));

    [Fact]
    public async Task What_the_example_grants_is_enough_and_none_of_it_idle()
    {
        await using var world = await ClusterWorld.StartAsync(accounts: new KubernetesUser(Account, "t0ken", []));
        var grants = await InstallAsync(world);
        // Every status and a Lease is refused once, as where somebody else was faster: then the object is read again.
        var refused = new ConcurrentDictionary<string, bool>(StringComparer.Ordinal);
        world.Kubernetes.Faults = call => call.User == Account
            && (call.Subresource is "status" || call is { Resource: "leases", Verb: "update" })
            && refused.TryAdd(call.Resource, true)
                ? new KubernetesFault.Fail(409, "Conflict", "the object has been modified")
                : null;
        var replicas = new[] { world.Run("a", Options, Token), world.Run("b", Options, Token) };

        await world.ApplyAsync(Everything);
        await ApproveAsync(world, "web");
        foreach (var kind in (string[])["GRPCRoute", "TLSRoute", "TCPRoute", "UDPRoute"])
        {
            await world.UntilAsync(kind, "stream", found => found?.Status?["parents"]?[0] is not null);
        }

        await world.UntilAsync(
            () => Task.FromResult(world.Requests.Any(
                record => record.Call is { User: Account, Verb: "get", Resource: "leases" })),
            () => "No Lease was read.");
        await world.DeleteAsync("Gateway", "web");
        await world.UntilAsync("Gateway", "web", found => found is null);
        foreach (var replica in replicas)
        {
            await replica.StopAsync();
        }

        await AssertFitAsync(world, grants);
    }

    private static KubeToken Token => new KubeToken.Fixed(new SecretText("t0ken"));

    private static ControllerOptions Options(ControllerOptions options) => options with
    {
        NeedsApproval = true,
        Shards = options.Shards with { Shards = 2, Namespace = Space },
    };

    private static async Task AssertFitAsync(ClusterWorld world, List<string> grants)
    {
        HashSet<string> used = [];
        await world.UntilAsync(
            () =>
            {
                // A watch is told when it ends.
                var own = world.Requests.Where(record => record.Call.User == Account).ToList();
                Assert.DoesNotContain(own, record => record.Status is 403);
                used = [.. own.Select(record => Name(
                    record.Call.Verb, record.Call.Group, record.Call.Resource, record.Call.Subresource))];
                return Task.FromResult(grants.TrueForAll(grant => used.Contains(grant) || Silent.ContainsKey(grant)));
            },
            () => $"Never used: {string.Join(", ", grants.Where(grant => !used.Contains(grant)).Except(Silent.Keys))}");
        Assert.Empty(Silent.Keys.Except(grants));
        Assert.Empty(Silent.Keys.Intersect(used));
    }

    /// <summary>Approves the plan that stands beside a Gateway, whichever it is, until it is programmed: while objects
    /// still come, one plan follows another.</summary>
    private static async Task ApproveAsync(ClusterWorld world, string gateway)
    {
        var approved = "";
        await world.UntilAsync(
            async () =>
            {
                var plan = await world.FindAsync("ConfigMap", Approvals.NameOf(new("shop", gateway)).Name);
                var digest = Json.Text(Json.Section(plan?.Body, "data"), "digest");
                if (digest is not "" && digest != approved)
                {
                    var annotations = new JsonObject { ["gwctl.dev/approve"] = approved = digest };
                    await world.Client.MergeAsync(
                        Specs.ResourceOf("Gateway"), Specs.NameOf("Gateway", gateway),
                        new JsonObject { ["metadata"] = new JsonObject { ["annotations"] = annotations } }, "",
                        TestContext.Current.CancellationToken);
                }

                return Conditions.Is(await world.FindAsync("Gateway", gateway), "Programmed", "True");
            },
            () => $"{gateway} is not programmed.");
    }

    /// <summary>As kustomize does: everything into one namespace; and the certificates' role bound where there are
    /// some.</summary>
    /// <returns>Each <c>verb resource</c> that is granted.</returns>
    private static async Task<List<string>> InstallAsync(ClusterWorld world)
    {
        await world.ApplyAsync($$"""
            apiVersion: v1
            kind: Namespace
            metadata: {name: {{Space}}}
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: {name: gwctl, namespace: shop}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: gwctl-certificates}
            subjects: [{kind: ServiceAccount, name: gwctl-controller, namespace: {{Space}}}]
            """);
        var grants = new List<string>();
        foreach (var body in ((string[])["base", "components/approval"]).SelectMany(
            part => Specs.Parse(File.ReadAllText(Repository.PathOf("examples", "in-cluster", part, "rbac.yaml")))))
        {
            var resource = Specs.ResourceOf(body);
            if (resource.IsNamespaced)
            {
                body["metadata"]?.AsObject().Add("namespace", Space);
            }

            foreach (var subject in body["subjects"]?.AsArray().OfType<JsonObject>() ?? [])
            {
                subject["namespace"] = Space;
            }

            grants.AddRange((body["rules"]?.AsArray() ?? []).OfType<JsonObject>().SelectMany(GrantsOf));
            await world.Client.ApplyAsync(
                resource, body, new FieldOwner("test", Force: true), TestContext.Current.CancellationToken);
        }

        return [.. grants.Distinct(StringComparer.Ordinal)];
    }

    private static IEnumerable<string> GrantsOf(JsonObject rule) =>
        from verb in Json.Texts(rule["verbs"])
        from space in Json.Texts(rule["apiGroups"])
        from resource in Json.Texts(rule["resources"])
        select resource.Split('/') is [var plural, var part]
            ? Name(verb, space, plural, part)
            : Name(verb, space, resource, "");

    private static string Name(string verb, string group, string resource, string subresource) =>
        $"{verb} {resource}{(subresource is "" ? "" : $"/{subresource}")}{(group is "" ? "" : $" of {group}")}";

    private static string Stream(string kind, string listener, string more) =>
        $$"""
        apiVersion: gateway.networking.k8s.io/v1
        kind: {{kind}}
        metadata: {name: stream, namespace: shop}
        spec:
          parentRefs: [{name: streams, sectionName: {{listener}}}]
          {{more}}
          rules: [{backendRefs: [{name: store, port: 80}]}]
        """;
}
