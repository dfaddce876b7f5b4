using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Verification.Comparison;
using Gwctl.Verification.Router;

namespace Gwctl.Trials.Tests;

/// <summary>An announcement excuses what it says, and nothing more.</summary>
public sealed class AnnouncementsTests
{
    private const string Specs =
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: GatewayClass
        metadata: {name: cloud}
        spec: {controllerName: gwctl.dev/aws}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: web, namespace: shop}
        spec:
          gatewayClassName: cloud
          listeners: [{name: http, protocol: HTTP, port: 80}]
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: a, namespace: shop}
        spec: {ports: [{name: http, port: 80, targetPort: 8000}]}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: r, namespace: shop}
        spec:
          parentRefs: [{name: web}]
          rules:
            - matches:
                - path: {value: /one}
              backendRefs: [{name: a, port: 80}]
            - matches:
                - path: {value: /two}
                  headers: [{name: x-version, value: beta}]
              backendRefs: [{name: a, port: 80}]
            - matches:
                - path: {value: /three}
              filters: [{type: RequestMirror, requestMirror: {backendRef: {name: a, port: 80}}}]
              backendRefs: [{name: a, port: 80}]
        """;

    [Fact]
    public async Task Each_difference_is_announced_at_its_own_rule()
    {
        var report = await Trial.VerifyAsync(
            Trial.ModelOf(new SpecSource("specs.yaml", Specs)), TestContext.Current.CancellationToken);

        Assert.Empty(report.Unannounced);
        var codes = report.Disagreements.OfType<Disagreement.OfRequest>()
            .Select(found => (found.Asked.Aims?.RuleIndex, found.AnnouncedBy?.Code))
            .Distinct()
            .Order();
        Assert.Equal([(1, "GW3131"), (2, "GW3133")], codes);
    }

    [Fact]
    public async Task Another_rules_announcement_excuses_nothing()
    {
        var model = Trial.ModelOf(new SpecSource("specs.yaml", Specs));
        var report = await Trial.VerifyAsync(model, TestContext.Current.CancellationToken);
        var found = report.Disagreements.OfType<Disagreement.OfRequest>().ToList();
        var mirrored = found.First(item => item.Asked.Aims?.RuleIndex is 2);
        var ofOther = found.First(item => item.Asked.Aims?.RuleIndex is 1).AnnouncedBy;
        var router = CompiledRouter.Create(model.Gateways[0]);
        var effects = Trial.Provider().Effects;
        var answer = router.Route(mirrored.Asked.Request);

        Assert.NotNull(ofOther);
        Assert.NotNull(mirrored.AnnouncedBy);
        Assert.Null(Find(ofOther, mirrored.ByCloud));
        Assert.NotNull(Find(mirrored.AnnouncedBy, mirrored.ByCloud));

        // It says that the rule's requests are answered with 500.
        var other = mirrored.ByCloud.Observed with { Status = 503 };
        Assert.Null(Find(mirrored.AnnouncedBy, mirrored.ByCloud with { Observed = other }));
        Assert.Null(Find(mirrored.AnnouncedBy, mirrored.ByCloud with { Rule = null }));
        Assert.Null(Find(mirrored.AnnouncedBy, new TrialAnswer(Observed.Refused, null)));

        Diagnostic? Find(Diagnostic announced, TrialAnswer byCloud) => new Announcements(model, [announced], effects)
            .Find(router, mirrored.Asked.Request, answer, byCloud);
    }

    [Fact]
    public async Task Requests_of_the_other_kind_of_route_are_asked_and_announced()
    {
        var model = Trial.ModelOf(new SpecSource("specs.yaml",
            """
            apiVersion: gateway.networking.k8s.io/v1
            kind: GatewayClass
            metadata: {name: cloud}
            spec: {controllerName: gwctl.dev/aws}
            ---
            apiVersion: gateway.networking.k8s.io/v1
            kind: Gateway
            metadata: {name: web, namespace: shop}
            spec:
              gatewayClassName: cloud
              listeners:
                - name: shop
                  protocol: HTTPS
                  port: 443
                  hostname: shop.example.com
                  tls: {options: {gwctl.dev/certificate: discover}}
                - name: all
                  protocol: HTTPS
                  port: 443
                  hostname: "*.example.com"
                  tls: {options: {gwctl.dev/certificate: discover}}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: a, namespace: shop}
            spec: {ports: [{name: http, port: 80, targetPort: 8000}]}
            ---
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: {name: pages, namespace: shop}
            spec:
              parentRefs: [{name: web, sectionName: shop}]
              rules: [{matches: [{path: {value: /pages}, method: POST}], backendRefs: [{name: a, port: 80}]}]
            ---
            apiVersion: gateway.networking.k8s.io/v1
            kind: GRPCRoute
            metadata: {name: calls, namespace: shop}
            spec:
              parentRefs: [{name: web, sectionName: all}]
              rules: [{backendRefs: [{name: a, port: 80}]}]
            """));
        var report = await Trial.VerifyAsync(model, TestContext.Current.CancellationToken);

        Assert.Empty(report.Unannounced);
        Assert.Contains(
            report.Disagreements.OfType<Disagreement.OfRequest>(),
            found => found is { AnnouncedBy.Code: "GW3145", ByCloud.Observed.Status: 464 }
                && found.BySpec.Rule?.Origin.Route.Name is "calls");
    }

    [Fact]
    public async Task What_a_policy_refuses_is_announced_at_each_rule_that_it_concerns()
    {
        var report = await Trial.VerifyAsync(
            Trial.ModelOf(Trial.Gcp, [new SpecSource("specs.yaml", Specs + "\n" +
                """
                ---
                apiVersion: gateway.networking.k8s.io/v1
                kind: BackendTLSPolicy
                metadata: {name: checked, namespace: shop}
                spec:
                  targetRefs: [{group: "", kind: Service, name: a}]
                  validation: {hostname: a.internal, wellKnownCACertificates: System}
                """)]),
            TestContext.Current.CancellationToken);

        Assert.Empty(report.Unannounced);
        var rules = report.Disagreements.OfType<Disagreement.OfRequest>()
            .Where(found => found.AnnouncedBy?.Code is "GW3269")
            .Select(found => found.Asked.Aims?.RuleIndex)
            .Distinct()
            .Order();
        Assert.Equal([0, 1, 2], rules);
    }

    [Fact]
    public async Task A_connection_to_a_backend_without_endpoints_is_announced()
    {
        var report = await Trial.VerifyAsync(
            Trial.ModelOf(Trial.Gcp, [new SpecSource("specs.yaml",
                """
                apiVersion: gwctl.dev/v1alpha1
                kind: ProviderConfig
                metadata: {name: without-zones}
                spec: {provider: gcp, owner: trial, gcp: {project: trial-project}}
                ---
                apiVersion: gateway.networking.k8s.io/v1
                kind: GatewayClass
                metadata: {name: cloud}
                spec:
                  controllerName: gwctl.dev/gcp
                  parametersRef: {group: gwctl.dev, kind: ProviderConfig, name: without-zones}
                ---
                apiVersion: gateway.networking.k8s.io/v1
                kind: Gateway
                metadata: {name: db, namespace: shop}
                spec:
                  gatewayClassName: cloud
                  listeners: [{name: tcp, protocol: TCP, port: 5432}]
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: db, namespace: shop}
                spec: {ports: [{name: sql, port: 5432}]}
                ---
                apiVersion: gateway.networking.k8s.io/v1
                kind: TCPRoute
                metadata: {name: db, namespace: shop}
                spec:
                  parentRefs: [{name: db}]
                  rules: [{backendRefs: [{name: db, port: 5432}]}]
                """)]),
            TestContext.Current.CancellationToken);

        Assert.Empty(report.Unannounced);
        var found = Assert.Single(report.Disagreements.OfType<Disagreement.OfConnection>());
        Assert.Equal("GW3261", found.AnnouncedBy?.Code);
    }
}
