using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Testing.Specs;
using static Gwctl.Compiler.Tests.Topology.TopologyTestExtensions;
using static Gwctl.Testing.Specs.MakeGateway;
using static Gwctl.Testing.Specs.MakeRoute;

namespace Gwctl.Compiler.Tests.Topology;

public sealed class AttachmentTests
{
    /// <summary>Listener hostname, route hostnames, their intersection; <c>-</c> is a refusal.</summary>
    public static readonly TheoryData<string?, string, string> Hostnames = new()
    {
        { null, "", "" },
        { null, "a.com *.b.com", "a.com *.b.com" },
        { "a.com", "", "a.com" },
        { "*.a.com", "", "*.a.com" },
        { "very.specific.com", "non.matching.com *.nonmatchingwildcard.io very.specific.com", "very.specific.com" },
        { "*.wildcard.io", "other.com wildcard.io foo.wildcard.io a.b.wildcard.io", "foo.wildcard.io a.b.wildcard.io" },
        { "very.specific.com", "non.matching.com *.specific.com", "very.specific.com" },
        { "very.specific.com", "*.specific.com VERY.specific.com", "very.specific.com" },
        { "*.anotherwildcard.io", "*.anotherwildcard.io", "*.anotherwildcard.io" },
        { "*.foo.example.com", "*.example.com", "*.foo.example.com" },
        { "*.example.com", "*.foo.example.com", "*.foo.example.com" },
        { "very.specific.com", "specific.but.wrong.com wildcard.io", "-" },
        { "*.wildcard.io", "wildcard.io", "-" },
    };

    [Theory]
    [MemberData(nameof(Hostnames))]
    public void HostnamesAreTheIntersectionOfBothSides(string? listener, string route, string expected)
    {
        var hostnames = route.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var resolved = Resolve(
            Gateway("infra/gw", Http(hostname: listener)), Route("infra/r", [Parent("gw")], hostnames: hostnames));
        var attached = resolved.Listener("http").Routes;
        var told = attached.Count is 0 ? "-" : string.Join(' ', attached[0].Hostnames);
        Assert.Equal(expected, told);
        Assert.Equal(
            expected is "-" ? "False/NoMatchingListenerHostname" : "True/Accepted",
            resolved.Told("infra/r", "Accepted"));
        Assert.Equal(expected is "-", resolved.Codes().Contains("GW2005"));
    }

    /// <summary>sectionName and port of the parentRef, and the listeners that the route comes to.</summary>
    [Theory]
    [InlineData(null, null, "web alt tls")]
    [InlineData("web", null, "web")]
    [InlineData(null, 8080, "alt")]
    [InlineData("alt", 8080, "alt")]
    [InlineData("web", 8080, "")]
    [InlineData("wed", null, "")]
    [InlineData(null, 81, "")]
    public void SectionNameAndPortMustBothMatch(string? section, int? port, string expected)
    {
        var resolved = Resolve(
            Gateway("infra/gw", Http("web"), Http("alt", 8080), Https("tls") with { Tls = TlsByOption() }),
            Route("infra/r", [Parent("gw", section, port, line: 12)]));
        var attached = resolved.Gateway().Listeners
            .Where(item => item.Routes.Count > 0)
            .Select(item => item.Spec.Name.Value);
        Assert.Equal(expected, string.Join(' ', attached));
        Assert.Equal(expected is "" ? "False/NoMatchingParent" : "True/Accepted", resolved.Told("infra/r", "Accepted"));
        if (expected is "")
        {
            Assert.Equal(
                (Severity.Error, Make.At(12)), (resolved.Only("GW2003").Severity, resolved.Only("GW2003").Subject));
        }
    }

    [Fact]
    public void MisspeltSectionNamesTheNearestListener()
    {
        var resolved = Resolve(Gateway("infra/gw", Http("web")), Route("infra/r", [Parent("gw", "wed")]));
        Assert.Contains("'web'", resolved.Only("GW2003").Help, StringComparison.Ordinal);
    }

    public static readonly TheoryData<AllowedRoutesSpec, bool, bool> Allowed = new()
    {
        { Allow("Same"), true, false },
        { Allow("All"), true, true },
        { Allow("None"), false, false },
        { Allow("Selector", Selector("team=blue")), false, true },
        { Allow("Selector", Selector("team=blue", "tier=1")), false, false },
        { Allow("Selector", Selector()), true, true },
        { Allow("Selector", Selector("kubernetes.io/metadata.name=apps")), false, true },
        { Allow("Selector", Selector("team", "In", "blue", "red")), false, true },
        { Allow("Selector", Selector("team", "NotIn", "blue")), true, false },
        { Allow("Selector", Selector("team", "Exists")), false, true },
        { Allow("Selector", Selector("team", "DoesNotExist")), true, false },
    };

    [Theory]
    [MemberData(nameof(Allowed))]
    public void NamespacesAreAllowedByTheListener(AllowedRoutesSpec allowed, bool infra, bool apps)
    {
        var resolved = Resolve(
            Gateway("infra/gw", Http() with { AllowedRoutes = allowed }),
            Make.Namespace("infra"),
            Make.Namespace("apps", "team=blue"),
            Route("infra/r", [Parent("gw")]),
            Route("apps/r", [Parent("infra/gw")]),
            Make.Grant("infra/irrelevant", "apps", "Gateway"));
        Assert.Equal(infra ? "True/Accepted" : "False/NotAllowedByListeners", resolved.Told("infra/r", "Accepted"));
        Assert.Equal(apps ? "True/Accepted" : "False/NotAllowedByListeners", resolved.Told("apps/r", "Accepted"));
        Assert.Equal((infra ? 0 : 1) + (apps ? 0 : 1), resolved.Codes().Count(code => code is "GW2004"));
    }

    [Fact]
    public void SelectorWithoutTheNamespaceObjectSaysSoOnce()
    {
        var listener = Http() with { AllowedRoutes = Allow("Selector", Selector("team=blue")) };
        var resolved = Resolve(
            Gateway("infra/gw", listener),
            Route("apps/a", [Parent("infra/gw")]),
            Route("apps/b", [Parent("infra/gw")]));
        var diagnostic = resolved.Only("GW2028");
        Assert.Equal(Severity.Warning, diagnostic.Severity);
        Assert.Contains("'apps'", diagnostic.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void SelectorByNameNeedsNoNamespaceObject()
    {
        var listener = Http() with { AllowedRoutes = Allow("Selector", Selector("kubernetes.io/metadata.name=apps")) };
        Assert.Empty(Resolve(Gateway("infra/gw", listener), Route("apps/a", [Parent("infra/gw")])).Diagnostics);
    }

    [Fact]
    public void SelectorWithoutASelectorAllowsNothing()
    {
        var resolved = Resolve(
            Gateway("infra/gw", Http() with { AllowedRoutes = Allow("Selector") }), Route("infra/r", [Parent("gw")]));
        Assert.Equal(["GW2004"], resolved.Codes());
    }

    [Fact]
    public void ListenerThatServesNoHttpRouteAllowsNone()
    {
        var resolved = Resolve(
            Gateway("infra/gw", Http(), Listener("tls", 443, "TLS")), Route("infra/r", [Parent("gw", "tls")]));
        Assert.Equal("False/NotAllowedByListeners", resolved.Told("infra/r", "Accepted"));
        Assert.Equal("True/ResolvedRefs", Resolve(
            Gateway("infra/gw", Http(), Listener("tls", 443, "TLS")),
            MakeService.Service("infra/s", 80),
            Route("infra/r", [Parent("gw", "tls")], [To("s")])).Told("infra/r", "ResolvedRefs"));
    }

    [Fact]
    public void OneAcceptingListenerSuffices()
    {
        var resolved = Resolve(
            Gateway(
                "infra/gw",
                Http("closed", 80) with { AllowedRoutes = Allow("None") },
                Http("elsewhere", 81, "b.com"),
                Http("open", 82)),
            Route("infra/r", [Parent("gw")], hostnames: ["a.com"]));
        Assert.Equal("True/Accepted", resolved.Told("infra/r", "Accepted"));
        Assert.Equal("infra/r", Assert.Single(resolved.Listener("open").Routes).Route.Name.ToString());
        Assert.Empty(resolved.Listener("closed").Routes);
        Assert.Empty(resolved.Listener("elsewhere").Routes);
        Assert.Empty(resolved.Diagnostics);
    }

    [Fact]
    public void RouteCountsOnceOnAListenerThatTwoParentRefsName()
    {
        var resolved = Resolve(
            Gateway("infra/gw", Http()), Route("infra/r", [Parent("gw"), Parent("gw", "http"), Parent("gw", "no")]));
        Assert.Single(resolved.Listener("http").Routes);
        Assert.Equal(
            ["True/Accepted", "True/Accepted", "False/NoMatchingParent"],
            resolved.Route().Parents.Select(parent => parent.Conditions.Told("Accepted")));
    }

    [Fact]
    public void RoutesAttachToListenersThatCannotBeProgrammed()
    {
        var resolved = Resolve(
            Gateway("infra/gw", Http(), Https(secrets: "missing")), Route("infra/r", [Parent("gw", "https")]));
        Assert.False(resolved.Listener("https").Programmable);
        Assert.Single(resolved.Listener("https").Routes);
        Assert.Equal("True/Accepted", resolved.Told("infra/r", "Accepted"));
    }

    [Fact]
    public void HostnameThatNoListenerServesIsAWarning()
    {
        var route = Route("infra/r", [Parent("gw")], hostnames: ["a.com", "b.org"]);
        var idle = Resolve(Gateway("infra/gw", Http(hostname: "a.com")), route).Only("GW2006");
        Assert.Equal(Severity.Warning, idle.Severity);
        Assert.Contains("b.org", idle.Detail, StringComparison.Ordinal);
        Assert.Empty(Resolve(Gateway("infra/gw", Http(hostname: "a.com"), Http("b", 81, "*.org")), route).Diagnostics);
    }

    [Fact]
    public void RouteOfNobodyIsAWarningWithTheNearestName()
    {
        var resolved = Resolve(
            Gateway("infra/gateway", Http()),
            Route("infra/typo", [Parent("gatewya", line: 3)]),
            Route("apps/elsewhere", [Parent("gateway", line: 4)]));
        Assert.Empty(resolved.Topology().Routes);
        Assert.Equal(["GW2001", "GW2001"], resolved.Codes());
        Assert.All(resolved.Diagnostics, item => Assert.Equal(Severity.Warning, item.Severity));
        Assert.Contains("'infra/gateway'", resolved.Diagnostics[0].Help, StringComparison.Ordinal);
        Assert.Contains("namespace 'infra'", resolved.Diagnostics[1].Help, StringComparison.Ordinal);
    }

    [Fact]
    public void RouteWithoutParentsIsAWarning() =>
        Assert.Equal(
            Severity.Warning, Resolve(Gateway("infra/gw", Http()), Route("infra/r", [])).Only("GW2007").Severity);

    [Fact]
    public void ParentsThatAreNoGatewaysAreLeftAlone()
    {
        var mesh = new ParentRefSpec { Target = Make.Ref("Service", "s") };
        var set = new ParentRefSpec { Target = Make.Ref("ListenerSet", "set", group: ApiGroups.Gateway) };
        var resolved = Resolve(Gateway("infra/gw", Http()), Route("infra/r", [mesh, set, Parent("gw")]));
        Assert.Equal([Severity.Note, Severity.Warning], resolved.Diagnostics.Select(item => item.Severity).Order());
        Assert.Single(resolved.Route().Parents);
    }
}
