using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Compiler.Topology;
using Gwctl.Core;
using Gwctl.Testing.Specs;
using static Gwctl.Compiler.Tests.Routing.RoutingTestExtensions;
using static Gwctl.Testing.Specs.MakeGateway;
using static Gwctl.Testing.Specs.MakeRoute;
using static Gwctl.Testing.Specs.MakeService;

namespace Gwctl.Compiler.Tests.Routing;

public sealed class LoweringTests
{
    private static readonly GatewaySpec Plain = Gateway("infra/gw", Http());
    private static readonly SpecObject[] Services = [Service("infra/s", 80, 81), Service("infra/t", 80)];

    /// <summary>BackendRefs as <c>service:port*weight</c>; those of Service <c>no</c> are invalid.</summary>
    [Theory]
    [InlineData("s:80*1", "infra/s:80*1")]
    [InlineData("s:80*90 t:80*10", "infra/s:80*90 infra/t:80*10")]
    [InlineData("s:80*1 s:81*1", "infra/s:80*1 infra/s:81*1")]
    [InlineData("s:80*1 t:80*5 s:80*2", "infra/s:80*3 infra/t:80*5")]
    [InlineData("s:80*1 t:80*0", "infra/s:80*1 infra/t:80*0")]
    [InlineData("s:80*1 no:80*1", "infra/s:80*1 invalid*1")]
    [InlineData("no:80*1 s:80*3 no:81*2", "invalid*3 infra/s:80*3")]
    [InlineData("no:80*0 s:80*1", "infra/s:80*1")]
    [InlineData("no:80*1", "500")]
    [InlineData("no:80*1 s:80*0", "500")]
    [InlineData("s:80*0 t:80*0", "500")]
    [InlineData("", "500")]
    public void BackendsAreMergedAndInvalidOnesKeepTheirShare(string backends, string expected)
    {
        var lowered = Lower(
            [Plain, .. Services, Route("infra/r", [Parent("gw")], [Rule(backends: ParseBackends(backends))])]);
        Assert.Equal(expected, lowered.OnlyRule().Action.Shown());
    }

    [Theory]
    [InlineData("", "GW2104")]
    [InlineData("s:80*0", "GW2105")]
    [InlineData("no:80*1", null)]
    public void RuleThatOnlyFailsIsAWarningUnlessAnErrorHasSaidIt(string backends, string? code)
    {
        var lowered = Lower(
            [Plain, .. Services, Route("infra/r", [Parent("gw")], [Rule(backends: ParseBackends(backends))])]);
        Assert.Equal(code is null ? [] : [code], lowered.Diagnostics.Select(item => item.Code));
    }

    [Fact]
    public void EachBackendIsThereOnceAndSorted()
    {
        var mirrored = Rule([Prefix("/m")], [Backend("s", 81)], [Mirror("t")]);
        var lowered = Lower([Plain, .. Services, Route("infra/r", [Parent("gw")], [To("s"), To("s", "/x"), mirrored])]);
        Assert.Equal(
            ["infra/s:80", "infra/s:81", "infra/t:80"], lowered.OnlyGateway().Backends.Select(item => item.Id));
        var mirror = Assert.IsType<HttpFilterSpec.RequestMirror>(
            Assert.Single(Assert.Single(lowered.Listener("http").Rules, rule => rule.Filters.Count > 0).Filters));
        var id = RoutingBackend.IdOf(new ObjectName(mirror.Backend.Namespace ?? "", mirror.Backend.Name), 80);
        Assert.Contains(lowered.OnlyGateway().Backends, backend => backend.Id == id);
    }

    [Fact]
    public void NoEndpointsStaysAForward()
    {
        var lowered = Lower(
            [Plain, .. Services, Slice("infra/s-1", "s", 80), Route("infra/r", [Parent("gw")], [To("t")])]);
        Assert.Equal("infra/t:80*1", lowered.OnlyRule().Action.Shown());
    }

    [Fact]
    public void RedirectIsAnActionAndTheOtherFiltersStay()
    {
        var filters = new HttpFilterSpec[] { SetHeader("a", "b"), Redirect("https"), SetHeader("c", "d") };
        var rule = Lower(Plain, Route("infra/r", [Parent("gw")], [Rule(filters: filters)])).OnlyRule();
        Assert.Equal("https", Assert.IsType<RoutingAction.Redirect>(rule.Action).Filter.Scheme?.Value);
        Assert.Equal([filters[0], filters[2]], rule.Filters);
    }

    [Fact]
    public void EveryFieldOfARuleIsKept()
    {
        var rule = Rule([Prefix("/")], [Backend("s", filters: SetHeader("x", "y"))]) with
        {
            Name = Make.Value("named"),
            Timeouts = new TimeoutsSpec(Make.Value(TimeSpan.FromSeconds(1)), null, Make.At(1)),
            Retry = new RetrySpec([503], 2, null, Make.At(1)),
            SessionPersistence = new SessionPersistenceSpec
            {
                Type = "Cookie",
                CookieLifetime = "Session",
                Span = Make.At(1),
            },
        };
        var lowered = Lower([Plain, .. Services, Route("infra/r", [Parent("gw")], [rule])]).OnlyRule();
        Assert.Equal(rule.Timeouts, lowered.Timeouts);
        Assert.Equal(rule.Retry, lowered.Retry);
        Assert.Equal(rule.SessionPersistence, lowered.SessionPersistence);
        Assert.Equal("infra/r rule named match 0", lowered.Origin.ToString());
        Assert.Single(Assert.Single(Assert.IsType<RoutingAction.Forward>(lowered.Action).Backends).Filters);
    }

    [Fact]
    public void CustomFilterAnswers500()
    {
        var rule = Rule(backends: [Backend("s")], filters: [Extension("Thing", "t"), Redirect("https")]);
        Assert.Equal(
            "500", Lower([Plain, .. Services, Route("infra/r", [Parent("gw")], [rule])]).OnlyRule().Action.Shown());

        var backends = new[] { Backend("s", filters: Extension("Thing", "t")), Backend("t", weight: 3) };
        var part = Lower([Plain, .. Services, Route("infra/r", [Parent("gw")], [Rule(backends: backends)])]);
        Assert.Equal("invalid*1 infra/t:80*3", part.OnlyRule().Action.Shown());
    }

    [Fact]
    public void SameBackendWithOtherFiltersStaysApart()
    {
        var backends = new[] { Backend("s"), Backend("s", filters: SetHeader("a", "b")), Backend("s") };
        var lowered = Lower([Plain, .. Services, Route("infra/r", [Parent("gw")], [Rule(backends: backends)])]);
        Assert.Equal("infra/s:80*2 infra/s:80*1", lowered.OnlyRule().Action.Shown());
    }

    [Fact]
    public void PortsAreSortedAndOnlyProgrammableListenersAreInThem()
    {
        var secret = Secret("infra/cert", TestCertificate.For("a.com"));
        var lowered = Lower(
            Gateway(
                "infra/gw",
                Https("secure", 443, "a.com", secrets: "cert"),
                Https("found", 443, "b.com") with { Tls = TlsByOption("request") },
                Https("broken", 443, "c.com", secrets: "missing"),
                Listener("own", 9000, "example.com/own"),
                Http("web", 80)),
            secret,
            Route("infra/r", [Parent("gw", "broken")], [To("s")]));
        Assert.Equal(["80 Http: web", "443 Https: secure found"], lowered.OnlyGateway().Ports.Select(Show));
        var certificate = Assert.Single(lowered.Listener("secure").Certificates);
        Assert.Equal((secret.Name, secret.PrivateKey), (certificate.Secret, certificate.PrivateKey));
        Assert.Equal("request", Assert.Single(lowered.Listener("found").TlsOptions).Value);
        Assert.Empty(lowered.OnlyGateway().Backends);
    }

    [Fact]
    public void GatewayKeepsWhatTheCloudNeedsOfIt()
    {
        var gateway = Plain with
        {
            Meta = Plain.Meta with { Annotations = Make.Labels("a=1") },
            Addresses = [new GatewayAddressSpec("IPAddress", "10.0.0.1", Make.At(1))],
            Infrastructure = new InfrastructureSpec
            {
                Span = Make.At(1),
                Labels = Make.Labels("l=1"),
                Annotations = Make.Labels("n=1"),
            },
        };
        var lowered = Lower(gateway).OnlyGateway();
        Assert.Equal("gwctl.dev/aws", lowered.ControllerName);
        Assert.Equal("main", lowered.Config.Name.Name);
        Assert.Equal("a", lowered.Annotations[0].Name);
        Assert.Equal("l", lowered.InfrastructureLabels[0].Name);
        Assert.Equal("n", lowered.InfrastructureAnnotations[0].Name);
        Assert.Equal("10.0.0.1", lowered.Addresses[0].Value);
        Assert.Empty(lowered.Ports[0].Listeners[0].Rules);
    }

    [Fact]
    public void GatewayWithoutConfigIsAnErrorAndLeftOut()
    {
        var topology = TopologyResolver.Resolve(Make.Set(Class(), Plain), new TopologyOptions()).Value;
        Assert.NotNull(topology);
        var lowered = RoutingCompiler.Lower(topology);
        Assert.Equal([], lowered.Value?.Gateways);
        var error = Assert.Single(lowered.Diagnostics);
        Assert.Equal(("GW2101", Severity.Error, "Gateway/infra/gw"), (error.Code, error.Severity, error.Object));
    }

    [Fact]
    public void RefusedGatewayIsLeftOut()
    {
        Assert.Equal([], Lower(Gateway("infra/gw", Http("one"), Http("two"))).Value?.Gateways);
        Assert.Empty(Lower(Gateway("infra/gw", Http("one"), Http("two"))).Diagnostics);
    }

    private static string Show(RoutingPort port) =>
        $"{port.Port} {port.Protocol}: {string.Join(' ', port.Listeners.Select(item => item.Name))}";

    private static IEnumerable<BackendRefSpec> ParseBackends(string text) =>
        from word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        let parts = word.Split(':', '*')
        select Backend(parts[0], int.Parse(parts[1]), int.Parse(parts[2]));
}
