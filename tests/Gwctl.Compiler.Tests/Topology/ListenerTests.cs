using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Testing.Specs;
using static Gwctl.Compiler.Tests.Topology.TopologyTestExtensions;
using static Gwctl.Testing.Specs.MakeGateway;

namespace Gwctl.Compiler.Tests.Topology;

public sealed class ListenerTests
{
    /// <summary>Listeners as <c>port protocol hostname</c>, and the Conflicted condition of each.</summary>
    public static readonly TheoryData<string, string> Conflicts = new()
    {
        { "80 HTTP a.com; 80 HTTP b.com", "no no" },
        { "80 HTTP a.com; 8080 HTTP a.com", "no no" },
        { "80 HTTP a.com; 80 HTTP A.com", "HostnameConflict HostnameConflict" },
        { "80 HTTP; 80 HTTP; 80 HTTP b.com", "HostnameConflict HostnameConflict no" },
        { "80 HTTP *.a.com; 80 HTTP a.com", "no no" },
        { "80 HTTP a.com; 80 HTTPS b.com", "ProtocolConflict ProtocolConflict" },
        { "80 http a.com; 80 HTTP b.com", "no no" },
        { "443 HTTPS a.com; 443 TLS b.com", "no no" },
        { "443 HTTPS; 443 TLS a.com", "no no" },
        { "443 HTTPS a.com; 443 TLS a.com", "ProtocolConflict ProtocolConflict" },
        { "443 HTTPS; 443 TLS", "ProtocolConflict ProtocolConflict" },
        { "80 TCP; 80 HTTP a.com; 80 HTTP b.com", "ProtocolConflict ProtocolConflict ProtocolConflict" },
        { "443 TCP; 443 TLS a.com", "ProtocolConflict ProtocolConflict" },
        { "53 TCP; 53 UDP", "no no" },
        { "443 HTTPS; 443 UDP", "no no" },
        { "53 UDP; 53 UDP; 53 TCP", "ProtocolConflict ProtocolConflict no" },
        { "90 TCP; 90 TCP", "ProtocolConflict ProtocolConflict" },
        { "80 HTTP; 80 example.com/own", "no no" },
    };

    [Theory]
    [MemberData(nameof(Conflicts))]
    public void ConflictsHaveNoWinner(string listeners, string expected)
    {
        var resolved = Resolve(Gateway("infra/gw", [.. listeners.Split("; ").Select(Parse)]));
        var told = resolved.Gateway().Listeners.Select(item => item.Conditions.Told("Conflicted"));
        Assert.Equal(expected, string.Join(' ', told.Select(Short)));
        Assert.All(
            resolved.Gateway().Listeners.Where(
                item => item.Conditions.Told("Conflicted").StartsWith("True", StringComparison.Ordinal)),
            item =>
            {
                Assert.False(item.Programmable);
                Assert.StartsWith("False/", item.Conditions.Told("Accepted"), StringComparison.Ordinal);
                Assert.Equal("False/Invalid", item.Conditions.Told("Programmed"));
            });
    }

    [Fact]
    public void ConflictIsReportedOnTheFieldOfEachListener()
    {
        var resolved = Resolve(Gateway(
            "infra/gw",
            Http("one", 80, "a.com", line: 5),
            Http("two", 80, "a.com", line: 9),
            Http("three", 80, "b.com")));
        Assert.Equal(["GW2020", "GW2020"], resolved.Codes());
        Assert.Equal([Make.At(5), Make.At(9)], resolved.Diagnostics.Select(item => item.Subject));
        Assert.All(resolved.Diagnostics, item => Assert.Equal(Severity.Error, item.Severity));
        Assert.Equal("True/ListenersNotValid", resolved.Gateway().Conditions.Told("Accepted"));
        Assert.True(resolved.Gateway().Accepted);
    }

    [Fact]
    public void GatewayWithoutADistinctListenerIsRefused()
    {
        var resolved = Resolve(Gateway("infra/gw", Http("one"), Http("two")));
        Assert.Equal("False/ListenersNotValid", resolved.Gateway().Conditions.Told("Accepted"));
        Assert.Equal("False/Invalid", resolved.Gateway().Conditions.Told("Programmed"));
        Assert.False(resolved.Gateway().Accepted);
    }

    [Fact]
    public void UnsupportedProtocolIsToldAndTheRestGoesOn()
    {
        var resolved = Resolve(Gateway("infra/gw", Http(), Listener("other", 9000, "example.com/own", line: 7)));
        Assert.Equal(Make.At(7), resolved.Only("GW2022").Subject);
        Assert.Equal("False/UnsupportedProtocol", resolved.Listener("other").Conditions.Told("Accepted"));
        Assert.Empty(resolved.Listener("other").SupportedKinds);
        Assert.Equal("True/ListenersNotValid", resolved.Gateway().Conditions.Told("Accepted"));
        Assert.True(resolved.Listener("http").Programmable);
    }

    [Fact]
    public void ConflictedListenerIsInvalid()
    {
        var resolved = Resolve(Gateway("infra/gw", Http("one"), Http("two"), Http("three", 81)));
        Assert.Equal("False/Invalid", resolved.Listener("one").Conditions.Told("Accepted"));
        Assert.Equal("True/Accepted", resolved.Listener("three").Conditions.Told("Accepted"));
        Assert.Equal("False/NoConflicts", resolved.Listener("three").Conditions.Told("Conflicted"));
        Assert.Equal("Unknown/Pending", resolved.Listener("three").Conditions.Told("Programmed"));
    }

    [Fact]
    public void OverlappingHostnamesAreMarkedOnTheSamePortOnly()
    {
        ListenerSpec Tls(string name, int port, string? hostname) =>
            Https(name, port, hostname) with { Tls = TlsByOption() };
        var resolved = Resolve(Gateway(
            "infra/gw",
            Tls("foo", 443, "foo.example.com"),
            Tls("bar", 443, "bar.bar.example.com"),
            Tls("wildcard", 443, "*.example.com"),
            Tls("apex", 443, "example.com"),
            Tls("elsewhere", 9443, "foo.example.com")));
        string Overlap(string name) => resolved.Listener(name).Conditions.Told("OverlappingTLSConfig");
        Assert.Equal("True/OverlappingHostnames", Overlap("foo"));
        Assert.Equal("True/OverlappingHostnames", Overlap("bar"));
        Assert.Equal("True/OverlappingHostnames", Overlap("wildcard"));
        Assert.Equal("none", Overlap("apex"));
        Assert.Equal("none", Overlap("elsewhere"));
        Assert.Equal(Severity.Note, resolved.Only("GW2026").Severity);
        Assert.All(
            resolved.Gateway().Listeners, item => Assert.Equal("True/Accepted", item.Conditions.Told("Accepted")));
    }

    [Fact]
    public void HttpListenersDoNotOverlap()
    {
        var resolved = Resolve(Gateway("infra/gw", Http("a", 80, "*.a.com"), Http("b", 80, "b.a.com")));
        Assert.Empty(resolved.Diagnostics);
    }

    [Fact]
    public void RouteKindsAreThoseThatTheListenerCanServe()
    {
        ListenerSpec For(string name, int port, params string[] kinds) =>
            Http(name, port) with { AllowedRoutes = Allow("Same", null, kinds) };
        var resolved = Resolve(Gateway(
            "infra/gw",
            For("default", 80),
            For("wrong", 81, "InvalidRoute"),
            For("both", 82, "InvalidRoute", "HTTPRoute")));
        string Kinds(string name) => string.Join(' ', resolved.Listener(name).SupportedKinds.Select(item => item.Kind));
        string Refs(string name) => resolved.Listener(name).Conditions.Told("ResolvedRefs");
        Assert.Equal(("HTTPRoute GRPCRoute", "True/ResolvedRefs"), (Kinds("default"), Refs("default")));
        Assert.Equal(("", "False/InvalidRouteKinds"), (Kinds("wrong"), Refs("wrong")));
        Assert.Equal(("HTTPRoute", "False/InvalidRouteKinds"), (Kinds("both"), Refs("both")));
        Assert.False(resolved.Listener("wrong").Programmable);
        Assert.True(resolved.Listener("both").Programmable);
        Assert.Equal(["GW2023", "GW2023"], resolved.Codes());
    }

    [Fact]
    public void HttpRouteOfAnotherGroupIsNoHttpRoute()
    {
        var kinds = new RouteKindSpec("example.com", "HTTPRoute", Make.At(4));
        var listener = Http() with { AllowedRoutes = Allow("Same") with { Kinds = [kinds] } };
        Assert.Equal(Make.At(4), Resolve(Gateway("infra/gw", listener)).Only("GW2023").Subject);
    }

    private static ListenerSpec Parse(string text, int position)
    {
        var words = text.Split(' ');
        var listener = Listener($"l{position}", int.Parse(words[0]), words[1], words.Length > 2 ? words[2] : null);
        return words[1] is "HTTPS" ? listener with { Tls = TlsByOption() } : listener;
    }

    private static string Short(string told) => told is "False/NoConflicts" ? "no" : told["True/".Length..];
}
