using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Compiler.Topology;
using Gwctl.Core;
using Gwctl.Testing.Specs;
using static Gwctl.Compiler.Tests.Topology.TopologyTestExtensions;
using static Gwctl.Testing.Specs.MakeGateway;
using static Gwctl.Testing.Specs.MakeRoute;
using static Gwctl.Testing.Specs.MakeTls;

namespace Gwctl.Compiler.Tests.Topology;

public sealed class BackendTlsTests
{
    private static readonly string Ca = TestCertificate.For("ca.example.com").Chain;

    [Fact]
    public void PolicyOfThePortComesBeforeThatOfTheService()
    {
        var resolved = Resolve([
            .. World(8080, 8443, 9443),
            TlsPolicy("infra/whole", "s", 9, Make.Ref("ConfigMap", "ca")),
            TlsPolicy("infra/one", "s:p8443", 1)]);
        var told = resolved.Topology().Services.Select(item => $"{item.Port} {item.Tls?.Policy.Name}");
        Assert.Equal(["8080 whole", "8443 one", "9443 whole"], told);
        Assert.Equal([Ca], resolved.Topology().Services[0].Tls?.CaCertificates ?? []);
        Assert.Equal([], resolved.Topology().Services[1].Tls?.CaCertificates ?? ["none"]);
        Assert.Equal("backend.example.com", resolved.Topology().Services[0].Tls?.Hostname);
        Assert.Equal(("True/Accepted", "True/Accepted"), (Told(resolved, "whole"), Told(resolved, "one")));
        Assert.Empty(resolved.Diagnostics);
    }

    [Fact]
    public void WithoutAPolicyTheBackendIsReachedInPlainText() =>
        Assert.All(Resolve(World(80, 81)).Topology().Services, item => Assert.Null(item.Tls));

    [Theory]
    [InlineData(9, 1, "a")]
    [InlineData(1, 9, "b")]
    [InlineData(null, 1, "b")]
    [InlineData(null, null, "a")]
    public void OldestHoldsThenTheFirstByName(int? ageOfA, int? ageOfB, string winner)
    {
        var resolved = Resolve([
            .. World(80, 81),
            TlsPolicy("infra/a", "s", ageOfA),
            TlsPolicy("infra/b", "s", ageOfB)]);
        Assert.Equal(winner, resolved.Topology().Services[0].Tls?.Policy.Name);
        Assert.Equal("True/Accepted", Told(resolved, winner));
        Assert.Equal("False/Conflicted", Told(resolved, winner is "a" ? "b" : "a"));
        Assert.Equal("GW2093", Assert.Single(resolved.Codes()));
    }

    [Theory]
    [InlineData("ConfigMap", "missing", "GW2082", "InvalidCACertificateRef")]
    [InlineData("ConfigMap", "empty", "GW2083", "InvalidCACertificateRef")]
    [InlineData("ConfigMap", "text", "GW2084", "InvalidCACertificateRef")]
    [InlineData("Service", "s", "GW2081", "InvalidKind")]
    public void BackendOfAnInvalidPolicyIsNotReachedInPlainText(
        string kind, string name, string code, string reason)
    {
        var resolved = Resolve([
            .. World(80, 81), TlsPolicy("infra/p", "s:p80", null, Make.Ref(kind, name))]);
        Assert.Equal([code, "GW2095"], resolved.Codes());
        Assert.Equal("False/NoValidCACertificate", Told(resolved, "p"));
        Assert.Equal($"False/{reason}", Told(resolved, "p", "ResolvedRefs"));
        Assert.Equal("True/Accepted", resolved.Told("infra/r", "Accepted"));
        Assert.Equal("False/InvalidBackendTLSPolicy", resolved.Told("infra/r", "ResolvedRefs"));
        var rule = RoutingCompiler.Lower(resolved.Topology()).Value?.Gateways[0].Ports[0].Listeners[0].Rules[0];
        var forward = Assert.IsType<RoutingAction.Forward>(rule?.Action);
        Assert.Equal([null, "infra/s:81"], forward.Backends.Select(item => item.BackendId));
    }

    [Fact]
    public void OneValidCaIsEnough()
    {
        var resolved = Resolve([
            .. World(80, 81),
            TlsPolicy("infra/p", "s", null, Make.Ref("ConfigMap", "missing"), Make.Ref("ConfigMap", "ca"))]);
        Assert.Equal("True/Accepted", Told(resolved, "p"));
        Assert.Equal("False/InvalidCACertificateRef", Told(resolved, "p", "ResolvedRefs"));
        Assert.Equal([Ca], resolved.Topology().Services[0].Tls?.CaCertificates ?? []);
    }

    [Fact]
    public void UnknownWellKnownCertificatesAreInvalid()
    {
        var policy = TlsPolicy("infra/p", "s") with { WellKnownCaCertificates = Make.Value("example.com/mine", 4) };
        var resolved = Resolve([.. World(80, 81), policy]);
        Assert.Equal(Make.At(4), resolved.Only("GW2094").Subject);
        Assert.Equal("False/Invalid", Told(resolved, "p"));
        Assert.Empty(resolved.Topology().Services);
    }

    [Theory]
    [InlineData("other", "GW2091")]
    [InlineData("s:https", "GW2092")]
    public void TargetThatIsNotThereIsTold(string target, string code)
    {
        var resolved = Resolve([.. World(80, 81), TlsPolicy("infra/p", target)]);
        Assert.Equal([code], resolved.Codes());
        Assert.All(resolved.Topology().Services, item => Assert.Null(item.Tls));
        var ancestors = Policy(resolved, "p").Ancestors;
        Assert.All(ancestors, item => Assert.Equal("False/TargetNotFound", item.Conditions.Told("Accepted")));
        Assert.Equal(target is "other" ? 0 : 1, ancestors.Count);
    }

    [Fact]
    public void TargetOfAnotherKindIsInvalid()
    {
        var policy = TlsPolicy("infra/p", "s") with
        {
            TargetRefs = [new PolicyTargetSpec(Make.Ref("Secret", "s", 3), null)],
        };
        Assert.Equal(Make.At(3), Resolve([.. World(80, 81), policy]).Only("GW2090").Subject);
    }

    [Fact]
    public void TargetLostBesideOneHeldLeavesThePolicyAccepted()
    {
        var resolved = Resolve([
            .. World(80, 81), TlsPolicy("infra/a", "s:p80", 9), TlsPolicy("infra/b", "s:p80 s:p81", 1)]);
        Assert.Equal("True/Accepted", Told(resolved, "b"));
        Assert.Equal(["a", "b"], resolved.Topology().Services.Select(item => item.Tls?.Policy.Name));
    }

    [Fact]
    public void AncestorsAreTheGatewaysOfTheServicesRoutes()
    {
        var resolved = Resolve([
            .. World(80, 81),
            Gateway("infra/second", Http()),
            Gateway("infra/third", Http()),
            MakeService.Service("infra/unused", 80),
            Route("infra/another", [Parent("second"), Parent("third", "nowhere")], [To("s")]),
            TlsPolicy("infra/p", "s"),
            TlsPolicy("infra/idle", "unused")]);
        var report = StatusReport.Build(resolved.Topology(), []);
        Assert.Equal(["idle", "p"], report.BackendTlsPolicies.Select(item => item.Name.Name));
        Assert.Empty(report.BackendTlsPolicies[0].Ancestors);
        Assert.Equal(
            ["gw gwctl.dev/aws", "second gwctl.dev/aws"],
            report.BackendTlsPolicies[1].Ancestors.Select(item => $"{item.Gateway.Name} {item.ControllerName}"));
    }

    /// <summary>A Gateway whose one route sends to every port of Service <c>s</c>.</summary>
    private static SpecObject[] World(params int[] ports) =>
    [
        Gateway("infra/gw", Http()),
        MakeService.Service("infra/s", ports),
        Route("infra/r", [Parent("gw")], [Rule(null, ports.Select(port => Backend("s", port)))]),
        CaMap("infra/ca", Ca),
        CaMap("infra/empty", null),
        CaMap("infra/text", "no PEM at all"),
    ];

    private static BackendTlsPolicyTopology Policy(Compiled<SpecTopology> resolved, string name) =>
        Assert.Single(resolved.Topology().BackendTlsPolicies, item => item.Spec.Name.Name == name);

    private static string Told(Compiled<SpecTopology> resolved, string policy, string type = "Accepted") =>
        Assert.Single(Policy(resolved, policy).Ancestors).Conditions.Told(type);
}
