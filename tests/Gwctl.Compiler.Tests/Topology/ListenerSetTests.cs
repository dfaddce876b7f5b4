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

public sealed class ListenerSetTests
{
    [Theory]
    [InlineData(null, "infra", "NotAllowed")]
    [InlineData("None", "infra", "NotAllowed")]
    [InlineData("Same", "infra", "Accepted")]
    [InlineData("Same", "team", "NotAllowed")]
    [InlineData("All", "team", "Accepted")]
    [InlineData("Selector", "team", "Accepted")]
    [InlineData("Selector", "other", "NotAllowed")]
    public void GatewaySaysWhoseListenerSetsAttach(string? from, string space, string reason)
    {
        var gateway = Gateway("infra/gw", Http());
        var resolved = Resolve(
            from is null ? gateway : gateway.AllowingSets(from, Selector("may=listen")),
            Make.Namespace("team", "may=listen"),
            Make.Namespace("other", "may=look"),
            ListenerSet($"{space}/set", "infra/gw", null, Http("more", 8080)));
        var set = Assert.Single(resolved.Gateway().ListenerSets);
        var isAccepted = reason is "Accepted";
        Assert.Equal($"{isAccepted}/{reason}", set.Conditions.Told("Accepted"));
        Assert.Equal(
            isAccepted ? "Unknown/Pending" : "False/NotAllowed", set.Conditions.Told("Programmed"));
        Assert.Equal(isAccepted ? 1 : 0, set.Listeners.Count);
        Assert.Equal(isAccepted ? [] : ["GW2072"], resolved.Codes());
        var report = StatusReport.Build(resolved.Topology(), []);
        Assert.Equal(isAccepted ? 1 : 0, Assert.Single(report.Gateways).AttachedListenerSets);
        Assert.Equal(set.Conditions, Assert.Single(report.ListenerSets).Conditions);
    }

    [Fact]
    public void ListenerSetOfARefusedGatewayIsRefused()
    {
        var resolved = Resolve(
            Gateway("infra/gw", Http("one"), Http("two")).AllowingSets(),
            ListenerSet("infra/set", "gw", null, Http("more", 8080)));
        var set = Assert.Single(resolved.Gateway().ListenerSets);
        Assert.Equal("False/ParentNotAccepted", set.Conditions.Told("Accepted"));
        Assert.Equal("False/ParentNotProgrammed", set.Conditions.Told("Programmed"));
    }

    /// <summary>Listeners of the Gateway, of the older and of the newer ListenerSet, and the Conflicted condition of
    /// each listener of the two.</summary>
    [Theory]
    [InlineData("80 HTTP a.com", "80 HTTP b.com", "80 HTTP c.com", "no", "no")]
    [InlineData("80 HTTP a.com", "80 HTTP a.com", "80 HTTP b.com", "HostnameConflict", "no")]
    [InlineData("80 HTTP a.com", "80 HTTP b.com", "80 HTTP b.com", "no", "HostnameConflict")]
    [InlineData("80 HTTP a.com", "80 TCP", "80 HTTP b.com", "ProtocolConflict", "no")]
    [InlineData("80 HTTP a.com", "90 TCP", "90 HTTP b.com", "no", "ProtocolConflict")]
    [InlineData("80 HTTP a.com", "53 UDP; 53 TCP", "53 UDP", "no no", "ProtocolConflict")]
    [InlineData("80 HTTP a.com; 443 HTTPS x.com", "443 TLS y.com", "443 TLS x.com", "no", "ProtocolConflict")]
    [InlineData("80 HTTP a.com", "81 HTTP a.com; 81 TCP", "81 HTTP z.com", "ProtocolConflict ProtocolConflict", "no")]
    public void FirstComesTheGatewayThenTheOlderListenerSet(
        string gateway, string older, string newer, string expectedOlder, string expectedNewer)
    {
        var resolved = Resolve(
            Gateway("infra/gw", Parse(gateway)).AllowingSets(),
            ListenerSet("infra/a-newer", "gw", 1, Parse(newer)),
            ListenerSet("infra/b-older", "gw", 9, Parse(older)));
        string Told(string name) => string.Join(' ', resolved.Gateway().ListenerSets
            .Single(set => set.Spec.Name.Name == name).Listeners
            .Select(item => Short(item.Conditions.Told("Conflicted"))));
        Assert.Equal((expectedOlder, expectedNewer), (Told("b-older"), Told("a-newer")));
        Assert.Equal("True/Accepted", resolved.Gateway().Conditions.Told("Accepted"));
    }

    [Fact]
    public void WithoutAgesTheFirstByNameWinsAndTheLoserIsRefused()
    {
        var resolved = Resolve(
            Gateway("infra/gw", Http()).AllowingSets(),
            ListenerSet("infra/b", "gw", null, Http("b", 81, "x.com", line: 7)),
            ListenerSet("infra/a", "gw", null, Http("a", 81, "x.com")));
        Assert.Equal(["a", "b"], resolved.Gateway().ListenerSets.Select(set => set.Spec.Name.Name));
        Assert.True(resolved.Listener("a", inSets: true).Programmable);
        Assert.False(resolved.Listener("b", inSets: true).Programmable);
        Assert.Equal("False/Invalid", resolved.Listener("b", inSets: true).Conditions.Told("Accepted"));
        Assert.Equal("False/ListenersNotValid", resolved.Gateway().ListenerSets[1].Conditions.Told("Accepted"));
        Assert.Equal("False/ListenersNotValid", resolved.Gateway().ListenerSets[1].Conditions.Told("Programmed"));
        Assert.Equal(Make.At(7), resolved.Only("GW2074").Subject);
    }

    [Fact]
    public void RoutesAttachToWhatTheyName()
    {
        var resolved = Resolve(
            Gateway("infra/gw", Http("own")).AllowingSets(),
            ListenerSet("infra/set", "gw", null, Http("x", 81), Http("y", 82)),
            MakeService.Service("infra/s", 80),
            Route("infra/to-gateway", [Parent("gw")], [To("s")]),
            Route("infra/to-set", [SetParent("set")], [To("s")]),
            Route("infra/to-section", [SetParent("set", "y")], [To("s")]),
            Route("infra/to-nothing", [SetParent("set", "own")], [To("s")]));
        string Routes(string name) => string.Join(
            ' ', resolved.Listener(name, inSets: true).Routes.Select(item => item.Route.Name.Name));
        Assert.Equal(
            ("to-gateway", "to-set", "to-section to-set"), (Routes("own"), Routes("x"), Routes("y")));
        Assert.Equal("False/NoMatchingParent", resolved.Told("infra/to-nothing", "Accepted"));
        Assert.Equal(Make.Name("infra/gw"), resolved.Route("infra/to-set").Parents[0].Gateway);
        Assert.Equal("ListenerSet", resolved.Route("infra/to-set").Parents[0].Ref.Target.Kind);
    }

    [Fact]
    public void SameIsTheListenerSetsNamespace()
    {
        var resolved = Resolve(
            Gateway("infra/gw", Http()).AllowingSets(),
            ListenerSet("team/set", "infra/gw", null, Http("more", 81)),
            Route("team/r", [SetParent("set")]),
            Route("infra/r", [SetParent("team/set")]));
        Assert.Equal("True/Accepted", resolved.Told("team/r", "Accepted"));
        Assert.Equal("False/NotAllowedByListeners", resolved.Told("infra/r", "Accepted"));
    }

    [Fact]
    public void RouteToARefusedListenerSetIsNotAccepted()
    {
        var resolved = Resolve(
            Gateway("infra/gw", Http()),
            ListenerSet("infra/set", "gw", null, Http("more", 81)),
            Route("infra/r", [SetParent("set")]));
        Assert.Equal("False/NoMatchingParent", resolved.Told("infra/r", "Accepted"));
        Assert.Equal(["GW2072", "GW2076"], resolved.Codes());
    }

    [Theory]
    [InlineData("Gateway", "infra", false)]
    [InlineData("ListenerSet", "infra", false)]
    [InlineData("ListenerSet", "team", true)]
    public void CertificatesNeedAGrantFromTheListenerSet(string kind, string space, bool isGranted)
    {
        var resolved = Resolve(
            Gateway("infra/gw", Http()).AllowingSets(),
            ListenerSet("team/set", "infra/gw", null, Https("tls", secrets: "vault/cert")),
            Secret("vault/cert", TestCertificate.For("a.com")),
            Make.Grant("vault/grant", space, "Secret", fromKind: kind));
        Assert.Equal(
            isGranted ? "True/ResolvedRefs" : "False/RefNotPermitted",
            resolved.Listener("tls", inSets: true).Conditions.Told("ResolvedRefs"));
    }

    [Fact]
    public void UnknownAndForeignParentsAreLeftOut()
    {
        var resolved = Resolve(
            Gateway("infra/gw", Http()),
            ListenerSet("infra/typo", "gv", null, Http("more", 81)),
            ListenerSet("infra/odd", "gw", null, Http("more", 81)) with
            {
                ParentRef = Make.Ref("Service", "gw", 3),
            });
        Assert.Equal(["GW2070", "GW2071"], resolved.Codes());
        Assert.Empty(resolved.Gateway().ListenerSets);
    }

    [Fact]
    public void ListenersAreMergedIntoTheGatewaysPorts()
    {
        var resolved = Resolve(
            Gateway("infra/gw", Http("web", 80, "a.com")).AllowingSets(),
            ListenerSet("infra/set", "gw", null, Http("web", 80, "b.com"), Http("other", 81)),
            MakeService.Service("infra/s", 80),
            Route("infra/r", [SetParent("set")], [To("s")]));
        var routing = RoutingCompiler.Lower(resolved.Topology()).Value;
        Assert.NotNull(routing);
        var told = routing.Gateways[0].Ports.SelectMany(port => port.Listeners.Select(listener =>
            $"{port.Port} {listener.ListenerSet?.Name ?? "own"}/{listener.Name} {listener.Rules.Count}"));
        Assert.Equal(["80 own/web 0", "80 set/web 1", "81 set/other 1"], told);
    }

    [Fact]
    public void ErrorsOfLaterStagesReachTheListenerSet()
    {
        var resolved = Resolve(
            Gateway("infra/gw", Http("web", 80, line: 3)).AllowingSets(),
            ListenerSet("infra/set", "gw", null, Http("one", 81, line: 10), Http("two", 82, line: 20)));
        var byName = new Diagnostic("GW3000", Severity.Error, "Cannot be done")
        {
            Object = "ListenerSet/infra/set#listener=one",
            Detail = "Port 81 cannot be had.",
            Reason = ConditionReasons.PortUnavailable,
        };
        var byPlace = byName with { Object = "Gateway/infra/gw", Subject = Make.At(21) };
        var report = StatusReport.Build(resolved.Topology(), [byName]);
        Assert.Equal("True/ListenersNotValid", report.ListenerSets[0].Conditions.Told("Accepted"));
        Assert.Equal("False/PortUnavailable", report.ListenerSets[0].Listeners[0].Conditions.Told("Accepted"));
        Assert.Equal(1, report.Gateways[0].AttachedListenerSets);
        report = StatusReport.Build(resolved.Topology(), [byName, byPlace]);
        Assert.Equal("False/ListenersNotValid", report.ListenerSets[0].Conditions.Told("Accepted"));
        Assert.Equal("False/ListenersNotValid", report.ListenerSets[0].Conditions.Told("Programmed"));
        Assert.Equal("True/Accepted", report.Gateways[0].Conditions.Told("Accepted"));
        Assert.Equal(0, report.Gateways[0].AttachedListenerSets);
    }

    private static ListenerSpec[] Parse(string text) => [.. text.Split("; ").Select((line, position) =>
    {
        var words = line.Split(' ');
        var listener = Listener(
            $"l{position}", int.Parse(words[0]), words[1], words.Length > 2 ? words[2] : null);
        return words[1] is "HTTPS" or "TLS" ? listener with { Tls = TlsByOption() } : listener;
    })];

    private static string Short(string told) => told is "False/NoConflicts" ? "no" : told["True/".Length..];
}
