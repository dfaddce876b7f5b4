using System.Text;
using Gwctl.Compiler.Specs;
using Gwctl.Core;

namespace Gwctl.Compiler.Tests.Specs;

/// <summary>Goal: later stages get what a cluster's admission would have stored: defaults applied, sorted, each object
/// once.</summary>
public sealed class SpecReaderTests
{
    [Theory]
    [InlineData("platform.yaml", 10)]
    [InlineData("list.json", 1)]
    [InlineData("block.yaml", 2)]
    public void Reads_real_world_manifests_without_a_word(string file, int objects)
    {
        var set = Fixtures.ReadClean(File.ReadAllText(Path.Combine(Fixtures.Folder("valid"), file)), file);

        var count = set.Namespaces.Count + set.GatewayClasses.Count + set.Gateways.Count + set.Routes.Count
            + set.ReferenceGrants.Count + set.Services.Count + set.EndpointSlices.Count + set.Secrets.Count
            + set.ProviderConfigs.Count + set.BackendPolicies.Count;
        Assert.Equal(objects, count);
    }

    [Fact]
    public void Applies_the_defaults_of_an_HTTPRoute()
    {
        var route = Fixtures.ReadClean(
            """
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: {name: r}
            spec:
              parentRefs: [{name: gw}]
              rules:
              - backendRefs: [{name: svc, port: 80}]
              - matches: [{headers: [{name: X-A, value: b}]}]
                filters:
                - {type: RequestRedirect, requestRedirect: {}}
              - filters:
                - {type: CORS, cors: {}}
                - {type: RequestMirror, requestMirror: {backendRef: {name: m, port: 1}}}
                - {type: RequestMirror, requestMirror: {backendRef: {name: m, port: 1}, percent: 7}}
                - {type: RequestMirror, requestMirror: {backendRef: {name: m, port: 1}, fraction: {numerator: 3}}}
                sessionPersistence: {}
            """).Routes[0];

        Assert.Equal(new ObjectName("default", "r"), route.Name);
        var parent = route.ParentRefs[0].Target;
        Assert.Equal((ApiGroups.Gateway, "Gateway", null), (parent.Group, parent.Kind, parent.Namespace));
        Assert.All(route.Rules, rule => Assert.Equal(
            (PathMatchType.PathPrefix, "/"), (Assert.Single(rule.Matches).Path.Type, rule.Matches[0].Path.Value)));
        var backend = route.Rules[0].BackendRefs[0];
        Assert.Equal(("", "Service", 1), (backend.Target.Group, backend.Target.Kind, backend.Weight.Value));
        Assert.False(route.Rules[1].Matches[0].Headers[0].IsRegex);
        Assert.Equal(302, Assert.IsType<HttpFilterSpec.RequestRedirect>(route.Rules[1].Filters[0]).StatusCode.Value);
        Assert.Equal(5, Assert.IsType<HttpFilterSpec.Cors>(route.Rules[2].Filters[0]).MaxAgeSeconds);
        Assert.Equal(
            [new(1, 1), new(7, 100), new MirrorShareSpec(3, 100)],
            route.Rules[2].Filters.OfType<HttpFilterSpec.RequestMirror>().Select(mirror => mirror.Share));
        Assert.Equal("Cookie", route.Rules[2].SessionPersistence?.Type);
        Assert.Equal("Session", route.Rules[2].SessionPersistence?.CookieLifetime);
    }

    [Fact]
    public void Gives_a_route_without_rules_the_rule_that_matches_all()
    {
        var route = Fixtures.ReadClean(
            "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: r}\nspec: {}\n").Routes[0];

        Assert.Equal("/", Assert.Single(Assert.Single(route.Rules).Matches).Path.Value);
    }

    [Fact]
    public void Sorts_routes_by_kind_then_name()
    {
        string Route(string kind, string name) =>
            $$"""
            ---
            apiVersion: gateway.networking.k8s.io/v1
            kind: {{kind}}
            metadata: {name: {{name}}}
            spec: {hostnames: [a.com], rules: [{backendRefs: [{name: s, port: 80}]}]}

            """;

        var specs = Fixtures.ReadClean(
            Route("TLSRoute", "a") + Route("GRPCRoute", "b") + Route("HTTPRoute", "b") + Route("HTTPRoute", "a"));

        Assert.Equal(
            ["HTTPRoute/default/a", "HTTPRoute/default/b", "GRPCRoute/default/b", "TLSRoute/default/a"],
            specs.Routes.Select(route => route.Id.ToString()));
    }

    [Fact]
    public void Reads_a_GRPCRoute_with_its_defaults()
    {
        var route = Fixtures.ReadClean("""
            apiVersion: gateway.networking.k8s.io/v1
            kind: GRPCRoute
            metadata: {name: r}
            spec:
              rules:
              - backendRefs: [{name: s, port: 80}]
              - matches:
                - method: {service: shop.Cart}
                - method: {type: RegularExpression, method: Get.+}
                - headers: [{name: v, value: "1"}, {name: w, value: a|b, type: RegularExpression}]
            """).Routes[0];

        Assert.Null(Assert.Single(route.Rules[0].GrpcMatches).Method);
        Assert.Equal(
            [("shop.Cart", null, false), (null, "Get.+", true)],
            route.Rules[1].GrpcMatches.Select(match => match.Method).OfType<GrpcMethodSpec>()
                .Select(method => (method.Service, method.Method, method.IsRegex)));
        Assert.Equal([false, true], route.Rules[1].GrpcMatches[2].Headers.Select(header => header.IsRegex));
        Assert.All(route.Rules, rule => Assert.Empty(rule.Matches));
    }

    [Fact]
    public void Applies_the_defaults_of_a_Gateway()
    {
        var gateway = Fixtures.ReadClean(
            """
            apiVersion: gateway.networking.k8s.io/v1
            kind: Gateway
            metadata: {name: gw, namespace: infra}
            spec:
              gatewayClassName: aws
              addresses: [{value: 1.2.3.4}]
              listeners:
              - {name: http, port: 80, protocol: http}
              - name: https
                port: 443
                protocol: HTTPS
                tls: {certificateRefs: [{name: cert}]}
                allowedRoutes: {kinds: [{kind: HTTPRoute}]}
            """).Gateways[0];

        var (http, https) = (gateway.Listeners[0], gateway.Listeners[1]);
        Assert.Equal(("HTTP", "Same"), (http.Protocol.Value, http.AllowedRoutes.From.Value));
        Assert.Equal("Terminate", https.Tls?.Mode.Value);
        Assert.Equal(
            ("", "Secret", null), https.Tls?.CertificateRefs.Select(c => (c.Group, c.Kind, c.Namespace)).Single());
        Assert.Equal("Same", https.AllowedRoutes.From.Value);
        Assert.Equal(
            (ApiGroups.Gateway, "HTTPRoute"), (https.AllowedRoutes.Kinds[0].Group, https.AllowedRoutes.Kinds[0].Kind));
        Assert.Equal("IPAddress", gateway.Addresses[0].Type);
    }

    [Fact]
    public void Applies_the_defaults_of_a_Service_and_its_slices()
    {
        var set = Fixtures.ReadClean(
            """
            apiVersion: v1
            kind: Service
            metadata: {name: svc}
            spec:
              ports:
              - {name: a, port: 80}
              - {name: b, port: 81, targetPort: web}
              - {name: c, port: 82, targetPort: 8082}
            ---
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata: {name: svc-1, labels: {kubernetes.io/service-name: svc}}
            addressType: IPv4
            endpoints:
            - {addresses: [10.0.0.1], conditions: {ready: null, serving: true}, hints: {forZones: [{name: a}]}}
            - {addresses: [10.0.0.2], conditions: {ready: false, terminating: true}, zone: eu-1a}
            ports: [{name: "", port: 8080}]
            """);

        var service = set.Services[0];
        Assert.Equal("ClusterIP", service.Type);
        Assert.Equal(["80", "web", "8082"], service.Ports.Select(port => port.TargetPort));
        Assert.Equal("TCP", service.Ports[0].Protocol);
        var slice = set.EndpointSlices[0];
        Assert.Equal("svc", slice.ServiceName);
        Assert.Equal([(true, false), (false, true)], slice.Endpoints.Select(end => (end.Ready, end.Terminating)));
    }

    [Fact]
    public void Leaves_the_providers_section_to_the_provider()
    {
        var config = Fixtures.ReadClean(
            """
            apiVersion: gwctl.dev/v1alpha1
            kind: ProviderConfig
            metadata: {name: prod}
            spec:
              provider: aws
              owner: team-prod
              dns: {zones: [{name: example.com, id: Z123}, {name: internal.example.com, private: true}]}
              aws: {region: eu-west-1}
              gcp: {project: other}
            """).ProviderConfigs[0];

        Assert.Equal("", config.Name.Namespace);
        Assert.Equal("region", Assert.Single(config.Settings?.Fields ?? []).Name);
        Assert.Equal([false, true], config.DnsZones.Select(zone => zone.Private));
    }

    [Fact]
    public void Reads_a_BackendPolicy()
    {
        var policy = Fixtures.ReadClean(
            """
            apiVersion: gwctl.dev/v1alpha1
            kind: BackendPolicy
            metadata: {name: web}
            spec:
              targetRefs: [{kind: Service, name: web}]
              targetType: ip
              healthCheck: {path: /healthz, interval: 10s, successCodes: 200, healthyThreshold: 3}
              sessionAffinity: {duration: 1h, cookieName: sid}
              drainTimeout: 1m
              externalTargets: true
            """).BackendPolicies[0];

        Assert.Equal("200", policy.HealthCheck?.SuccessCodes?.Value);
        Assert.Equal(TimeSpan.FromMinutes(1), policy.DrainTimeout?.Value);
        Assert.True(policy.ExternalTargets?.Value);
    }

    [Theory]
    [InlineData(64, 0)]
    [InlineData(65, 1)]
    public void Bounds_the_matches_of_all_rules_together(int matchesOfSecond, int expected)
    {
        const string match = "    - {path: {value: /a}}\n";
        var text = "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: r}\nspec:\n  rules:\n"
            + $"  - matches:\n{string.Concat(Enumerable.Repeat(match, 64))}"
            + $"  - matches:\n{string.Concat(Enumerable.Repeat(match, matchesOfSecond - 1))}"
            + $"  - matches:\n{match}";

        Assert.Equal(expected, Fixtures.Read(text).Diagnostics.Count(diagnostic => diagnostic.Code is "GW1210"));
    }

    [Fact]
    public void Reports_a_creation_time_of_another_form()
    {
        const string text = "apiVersion: v1\nkind: Namespace\nmetadata: {name: a, creationTimestamp: yesterday}\n";

        var diagnostics = Fixtures.Read(text, options: new SpecReaderOptions { IsFromCluster = true }).Diagnostics;

        Assert.Equal("GW1041", Assert.Single(diagnostics).Code);
    }

    [Fact]
    public void Keeps_objects_without_errors_beside_those_with()
    {
        var compiled = Fixtures.Read("apiVersion: v1\nkind: Namespace\nmetadata: {name: a, x: 1}\n---\n"
            + "apiVersion: v1\nkind: Namespace\nmetadata: {name: b}\n");

        Assert.True(compiled.HasErrors);
        Assert.Equal(["b"], compiled.Value?.Namespaces.Select(space => space.Name.Name));
        Assert.Equal("Namespace/a", compiled.Diagnostics[0].Object);
    }

    [Fact]
    public void Sorts_and_says_where_a_duplicate_was_first()
    {
        SpecSource[] sources =
        [
            new("b.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: z}\nspec: {ports: [{port: 1}]}\n"),
            new("a.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: z}\nspec: {ports: [{port: 2}]}\n---\n"
                + "apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {}\n"),
        ];

        var compiled = SpecReader.Read(sources);

        Assert.Equal(["a", "z"], compiled.Value?.Services.Select(service => service.Name.Name));
        var duplicate = Assert.Single(compiled.Diagnostics);
        Assert.Equal(("GW1036", "a.yaml:1:1"), (duplicate.Code, duplicate.Subject.ToString()));
        Assert.Contains("b.yaml:1:1", duplicate.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Counts_what_it_passes_over_in_one_note()
    {
        var diagnostic = Fixtures.Single(
            "apiVersion: apps/v1\nkind: Deployment\n---\napiVersion: v1\nkind: Pod\n---\n"
                + "apiVersion: apps/v1\nkind: Deployment\n");

        Assert.Equal(
            (Severity.Note, "3 objects: Deployment 2, Pod 1."), (diagnostic.Severity, diagnostic.Detail));
    }

    [Fact]
    public void Says_whose_a_kind_is_that_has_the_name_of_one_it_reads() => Assert.Equal(
        "1 object: Gateway of networking.x-k8s.io/v1alpha1 1.",
        Fixtures.Single("apiVersion: networking.x-k8s.io/v1alpha1\nkind: Gateway\n").Detail);

    [Fact]
    public void Passes_over_a_kustomization_without_type() =>
        Assert.Equal("GW1035", Fixtures.Single("resources: [a.yaml]\n", "dir/kustomization.yaml").Code);

    [Fact]
    public void Uses_the_namespace_it_is_given()
    {
        var options = new SpecReaderOptions { Namespace = "team" };

        var set = Fixtures.Read("apiVersion: v1\nkind: Secret\nmetadata: {name: s}\n", options: options).Value;

        Assert.Equal("team/s", set?.Secrets[0].Name.ToString());
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 7)]
    public void Believes_generation_and_creation_time_of_clusters_alone(bool isFromCluster, long generation)
    {
        const string text = "apiVersion: v1\nkind: Namespace\n"
            + "metadata: {name: a, generation: 7, creationTimestamp: \"2026-01-31T08:15:00Z\"}\n";

        var meta = Fixtures.Read(
            text, options: new SpecReaderOptions { IsFromCluster = isFromCluster }).Value?.Namespaces[0].Meta;

        Assert.Equal(generation, meta?.Generation);
        Assert.Equal(isFromCluster ? new DateTimeOffset(2026, 1, 31, 8, 15, 0, TimeSpan.Zero) : null, meta?.CreatedAt);
    }

    [Fact]
    public void Decodes_certificates_and_lets_stringData_win()
    {
        var secret = Fixtures.ReadClean(
            $$"""
            apiVersion: v1
            kind: Secret
            metadata: {name: s}
            type: kubernetes.io/tls
            data:
              tls.crt: {{Convert.ToBase64String("CERT"u8)}}
              tls.key: {{Convert.ToBase64String("OLD"u8)}}
              other: "not read"
            stringData: {tls.key: NEW}
            """).Secrets[0];

        Assert.Equal(("CERT", "NEW"), (secret.Certificate?.Reveal(), secret.PrivateKey?.Reveal()));
    }

    [Fact]
    public void Never_says_what_a_Secret_holds()
    {
        const string key = "c3VwZXJzZWNyZXQ";
        var text =
            $$"""
            apiVersion: v1
            kind: Secret
            metadata:
              name: s
              annotations: {kubectl.kubernetes.io/last-applied-configuration: "{{key}}", kept: "yes"}
            data: {tls.key: "{{key}}!", tls.crt: [{{key}}], {{key}}: 5}
            stringData: {tls.key: [{{key}}]}
            """;
        var valid = text.Replace("!", "=", StringComparison.Ordinal)
            .Replace($"[{key}]", "\"\"", StringComparison.Ordinal);

        var refused = Fixtures.Read(text);
        var secret = Fixtures.Read(valid).Value?.Secrets[0];

        Assert.Equal(3, refused.Diagnostics.Count);
        Assert.DoesNotContain(
            refused.Diagnostics, diagnostic => diagnostic.ToString().Contains(key, StringComparison.Ordinal));
        Assert.Equal(["kept"], secret?.Meta.Annotations.Select(annotation => annotation.Name));
        Assert.DoesNotContain(key, secret?.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Reads_much_text_in_the_same_order_however_many_threads_help()
    {
        var text = new StringBuilder();
        for (var number = 0; number < 5_000; number++)
        {
            text.Append($"apiVersion: v1\nkind: Namespace\nmetadata:\n  name: n{number}\n"
                + $"  labels: {{team: web, tier: front}}\n");
            text.Append(number % 1_000 is 999 ? "  bad: 1\n---\n" : "---\n");
        }

        var whole = SpecReader.Read([new SpecSource("a.yaml", text.ToString())]);
        var again = SpecReader.Read([new SpecSource("a.yaml", text.ToString())]);

        Assert.Equal(4_995, whole.Value?.Namespaces.Count);
        Assert.Equal(5, whole.Diagnostics.Count);
        Assert.Equal(new SourceSpan("a.yaml", 999 * 6 + 6, 3), whole.Diagnostics[0].Subject);
        Assert.Equal(whole, again);
    }
}
