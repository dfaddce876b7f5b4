using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Testing.Specs;
using static Gwctl.Compiler.Tests.Topology.TopologyTestExtensions;
using static Gwctl.Testing.Specs.MakeGateway;
using static Gwctl.Testing.Specs.MakeRoute;
using static Gwctl.Testing.Specs.MakeService;

namespace Gwctl.Compiler.Tests.Topology;

public sealed class ReferenceTests
{
    private static readonly GatewaySpec Plain = Gateway("infra/gw", Http());

    public static readonly TheoryData<string, string, BackendRefSpec> BadBackends = new()
    {
        { "GW2040", "InvalidKind", Backend("s", line: 5) with { Target = Make.Ref("Bucket", "s", 5) } },
        { "GW2040", "InvalidKind", Backend("s", line: 5) with { Target = Make.Ref("Service", "s", 5, "example.com") } },
        { "GW2041", "RefNotPermitted", Backend("apps/s", line: 5) },
        { "GW2041", "RefNotPermitted", Backend("apps/missing", line: 5) },
        { "GW2042", "BackendNotFound", Backend("missing", line: 5) },
        { "GW2043", "BackendNotFound", Backend("s", null, line: 5) },
        { "GW2044", "BackendNotFound", Backend("s", 81, line: 5) },
        { "GW2045", "UnsupportedProtocol", Backend("s", 53, line: 5) },
        { "GW2046", "BackendNotFound", Backend("alias", line: 5) },
    };

    [Theory]
    [MemberData(nameof(BadBackends))]
    public void BadBackendIsAnErrorAndTheRouteStaysAccepted(string code, string reason, BackendRefSpec backend)
    {
        var resolved = Resolve(
            Plain,
            Service("infra/s", Port(80), Port(53, "dns", protocol: "UDP")),
            Service("apps/s", 80),
            Service("infra/alias", 80) with { Type = "ExternalName" },
            Route("infra/r", [Parent("gw")], [Rule(backends: [backend, Backend("s")])]));
        var diagnostic = resolved.Only(code);
        Assert.Equal(
            (Severity.Error, Make.At(5), reason), (diagnostic.Severity, diagnostic.Subject, diagnostic.Reason));
        Assert.Equal("HTTPRoute/infra/r", diagnostic.Object);
        Assert.Equal("True/Accepted", resolved.Told("infra/r", "Accepted"));
        Assert.Equal($"False/{reason}", resolved.Told("infra/r", "ResolvedRefs"));
    }

    [Theory]
    [MemberData(nameof(BadBackends))]
    public void MirrorsAreHeldToTheSame(string code, string reason, BackendRefSpec backend)
    {
        var mirror = new HttpFilterSpec.RequestMirror(
            backend.Target, backend.Port, new MirrorShareSpec(1, 1), Make.At(5));
        var resolved = Resolve(
            Plain,
            Service("infra/s", Port(80), Port(53, "dns", protocol: "UDP")),
            Service("apps/s", 80),
            Service("infra/alias", 80) with { Type = "ExternalName" },
            Route("infra/r", [Parent("gw")], [Rule(backends: [Backend("s")], filters: [mirror, Mirror("s")])]));
        Assert.Equal(Make.At(5), resolved.Only(code).Subject);
        Assert.Equal($"False/{reason}", resolved.Told("infra/r", "ResolvedRefs"));
        var filters = Assert.Single(resolved.Route().Rules).Filters;
        Assert.Equal("s", Assert.Single(filters.Mirrors).Service.Name);
        var kept = Assert.IsType<HttpFilterSpec.RequestMirror>(Assert.Single(filters.Usable));
        Assert.Equal("infra", kept.Backend.Namespace);
    }

    [Theory]
    [MemberData(nameof(BadBackends))]
    public void TheBackendOfAnAuthFilterIsHeldToTheSameAndNobodyIsLetIn(
        string code, string reason, BackendRefSpec backend)
    {
        var auth = new HttpFilterSpec.ExternalAuth(backend.Target, backend.Port, Make.At(5));
        var resolved = Resolve(
            Plain,
            Service("infra/s", Port(80), Port(53, "dns", protocol: "UDP")),
            Service("apps/s", 80),
            Service("infra/alias", 80) with { Type = "ExternalName" },
            Route("infra/r", [Parent("gw")], [Rule(backends: [Backend("s")], filters: [auth])]));
        Assert.Equal(Make.At(5), resolved.Only(code).Subject);
        Assert.Equal($"False/{reason}", resolved.Told("infra/r", "ResolvedRefs"));
        Assert.True(Assert.Single(resolved.Route().Rules).Filters.Broken);
    }

    public static readonly TheoryData<bool, ReferenceGrantSpec> Grants = new()
    {
        { true, Make.Grant("apps/g", "infra") },
        { true, Make.Grant("apps/g", "infra", toName: "s") },
        { true, Make.Grant("apps/g", "infra", toName: "") },
        { false, Make.Grant("apps/g", "infra", toName: "other") },
        { false, Make.Grant("apps/g", "elsewhere") },
        { false, Make.Grant("apps/g", "infra", "Secret") },
        { false, Make.Grant("apps/g", "infra", fromKind: "GRPCRoute") },
        { false, Make.Grant("infra/g", "infra") },
        { false, Make.Grant("apps/g", "infra") with { From = [new GrantFromSpec("", "HTTPRoute", "infra")] } },
    };

    [Theory]
    [MemberData(nameof(Grants))]
    public void GrantOfTheTargetsNamespaceAllows(bool isAllowed, ReferenceGrantSpec grant)
    {
        var resolved = Resolve(
            Plain, grant, Service("apps/s", 80), Route("infra/r", [Parent("gw")], [To("apps/s")]));
        Assert.Equal(
            isAllowed ? "True/ResolvedRefs" : "False/RefNotPermitted", resolved.Told("infra/r", "ResolvedRefs"));
    }

    [Fact]
    public void EntriesOfGrantsAddUp()
    {
        var resolved = Resolve(
            Plain,
            Make.Grant("apps/a", "infra", toName: "s"),
            Make.Grant("apps/b", "infra", toName: "t"),
            Service("apps/s", 80),
            Service("apps/t", 80),
            Route("infra/r", [Parent("gw")], [To("apps/s"), To("apps/t", "/t")]));
        Assert.Empty(resolved.Diagnostics);
    }

    [Fact]
    public void CustomFilterOfARuleIsAnErrorNeverSkipped()
    {
        var resolved = Resolve(
            Plain,
            Service("infra/s", 80),
            Route("infra/r", [Parent("gw")], [Rule(backends: [Backend("s")], filters: [Extension("Thing", "t", 9)])]));
        Assert.Equal(Make.At(9), resolved.Only("GW2047").Subject);
        Assert.Equal("False/InvalidKind", resolved.Told("infra/r", "ResolvedRefs"));
        Assert.True(resolved.Route().Rules[0].Filters.Broken);
    }

    [Fact]
    public void CustomFilterOfABackendBreaksThatBackendOnly()
    {
        var broken = Backend("s", 80, 1, 5, Extension("Thing", "t", 5));
        var resolved = Resolve(
            Plain, Service("infra/s", 80), Route("infra/r", [Parent("gw")], [Rule(backends: [broken, Backend("s")])]));
        Assert.Equal(Make.At(5), resolved.Only("GW2047").Subject);
        Assert.Equal("False/InvalidKind", resolved.Told("infra/r", "ResolvedRefs"));
        var rule = Assert.Single(resolved.Route().Rules);
        Assert.Equal([true, false], rule.Backends.Select(backend => backend.Filters.Broken));
        Assert.False(rule.Filters.Broken);
    }

    [Fact]
    public void EveryProblemIsReportedAndTheFirstNamesTheCondition()
    {
        var resolved = Resolve(Plain, Route("infra/r", [Parent("gw")], [To("apps/x"), To("y", "/y")]));
        Assert.Equal(["GW2041", "GW2042"], resolved.Codes());
        Assert.Equal("False/RefNotPermitted", resolved.Told("infra/r", "ResolvedRefs"));
    }

    [Fact]
    public void MisspeltServiceNamesTheNearest()
    {
        var resolved = Resolve(Plain, Service("infra/backend", 80), Route("infra/r", [Parent("gw")], [To("bakcend")]));
        Assert.Contains("'backend'", resolved.Only("GW2042").Help, StringComparison.Ordinal);
    }

    [Fact]
    public void SamePortInTwoProtocolsIsTheTcpOne()
    {
        var service = Service("infra/s", Port(80, "u", protocol: "UDP"), Port(80, "t"));
        var resolved = Resolve(Plain, service, Route("infra/r", [Parent("gw")], [To("s")]));
        Assert.Equal("t", Assert.Single(resolved.Topology().Services).ServicePort.Name);
    }
}
