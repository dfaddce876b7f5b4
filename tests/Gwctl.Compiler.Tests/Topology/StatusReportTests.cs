using Gwctl.Compiler.Specs;
using Gwctl.Compiler.Topology;
using Gwctl.Core;
using Gwctl.Testing.Specs;
using static Gwctl.Testing.Specs.MakeGateway;
using static Gwctl.Testing.Specs.MakeRoute;

namespace Gwctl.Compiler.Tests.Topology;

public sealed class StatusReportTests
{
    private static readonly Compiled<SpecTopology> Resolved = TopologyTestExtensions.Resolve(
        Gateway("infra/gw", Http("web", 80, line: 10), Http("alt", 8080, line: 20)),
        MakeService.Service("infra/s", 80),
        Route(
            "infra/r",
            [Parent("gw"), Parent("gw", "nowhere")],
            [
                Rule([Prefix("/a", line: 101), Prefix("/b", line: 103)], [Backend("s", line: 105)], line: 100),
                Rule([Prefix("/c", line: 201)], [Backend("s", line: 205)], line: 200) with
                {
                    Name = Make.Value("named"),
                },
            ]));

    [Fact]
    public void WithoutErrorsItIsWhatTheTopologyTells()
    {
        var report = Build(
            Error(101) with { Severity = Severity.Warning }, Error(101) with { Object = "HTTPRoute/x/y" });
        Assert.Equal(Resolved.Route().Parents, Assert.Single(report.Routes).Parents);
        var gateway = Assert.Single(report.Gateways);
        Assert.Equal("True/Accepted", gateway.Conditions.Told("Accepted"));
        Assert.Equal(["web 1 HTTPRoute GRPCRoute", "alt 1 HTTPRoute GRPCRoute"], gateway.Listeners.Select(Show));
        Assert.Equal("True/Accepted", Assert.Single(report.Classes).Conditions.Told("Accepted"));
    }

    [Theory]
    [InlineData("100", "True/Accepted", "0:")]
    [InlineData("101", "True/Accepted", "0 match 0:")]
    [InlineData("102", "True/Accepted", "0 match 0:")]
    [InlineData("103", "True/Accepted", "0 match 1:")]
    [InlineData("101 104", "True/Accepted", "0:")]
    [InlineData("105", "True/Accepted", "0:")]
    [InlineData("202", "True/Accepted", "named:")]
    [InlineData("101 202", "True/Accepted", "0 match 0, named:")]
    [InlineData("105 202", "False/UnsupportedValue", null)]
    [InlineData("1", "False/UnsupportedValue", null)]
    public void DroppedRulesAreFoundByPlace(string lines, string accepted, string? dropped)
    {
        var report = Build([.. lines.Split(' ').Select(line => Error(int.Parse(line)))]);
        var conditions = Assert.Single(report.Routes).Parents[0].Conditions;
        Assert.Equal(accepted, conditions.Told("Accepted"));
        Assert.Equal("True/ResolvedRefs", conditions.Told("ResolvedRefs"));
        var partly = conditions.SingleOrDefault(condition => condition.Type is "PartiallyInvalid");
        Assert.Equal(dropped is null, partly is null);
        Assert.StartsWith(
            dropped is null ? "" : $"Dropped Rule {dropped}", partly?.Message ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void DroppedRulesAreFoundByNameWhereThereIsNoPlace()
    {
        var route = new ObjectId(ApiGroups.Gateway, "HTTPRoute", Make.Name("infra/r"));
        var nowhere = Error(1) with { Subject = SourceSpan.None };
        var partly = Build(nowhere with { Object = StatusSubject.OfMatch(route, 0, 1) });
        Assert.Contains(
            partly.Routes[0].Parents[0].Conditions, item => item.Message.StartsWith("Dropped Rule 0 match 1:"));
        var all = Build(
            nowhere with { Object = StatusSubject.OfRule(route, 0) },
            nowhere with { Object = StatusSubject.OfRule(route, 1) });
        Assert.Equal("False/UnsupportedValue", all.Routes[0].Parents[0].Conditions.Told("Accepted"));
        Assert.Equal("False/UnsupportedValue", Build(nowhere).Routes[0].Parents[0].Conditions.Told("Accepted"));
    }

    [Fact]
    public void ReasonIsTheErrorsOwn()
    {
        var report = Build(Error(1) with { Reason = ConditionReasons.IncompatibleFilters });
        Assert.Equal("False/IncompatibleFilters", report.Routes[0].Parents[0].Conditions.Told("Accepted"));
    }

    [Fact]
    public void ParentThatRefusedAlreadyKeepsItsReason()
    {
        var parent = Build(Error(1)).Routes[0].Parents[1];
        Assert.Equal("False/NoMatchingParent", parent.Conditions.Told("Accepted"));
        Assert.Equal("none", parent.Conditions.Told("PartiallyInvalid"));
    }

    [Theory]
    [InlineData(1, "", "False/Invalid", "False/Invalid", "True/Accepted True/Accepted")]
    [InlineData(1, "UnsupportedAddress", "False/UnsupportedAddress", "False/Invalid", "True/Accepted True/Accepted")]
    [InlineData(1, "NoResources", "True/Accepted", "False/NoResources", "True/Accepted True/Accepted")]
    [InlineData(12, "", "True/ListenersNotValid", "Unknown/Pending", "False/UnsupportedValue True/Accepted")]
    [InlineData(
        25, "PortUnavailable", "True/ListenersNotValid", "Unknown/Pending", "True/Accepted False/PortUnavailable")]
    public void GatewayErrorsReachTheGatewayOrTheListener(
        int line, string reason, string accepted, string programmed, string listeners)
    {
        var gateway = Build(Error(line) with { Object = "Gateway/infra/gw", Reason = reason }).Gateways[0];
        Assert.Equal(
            (accepted, programmed), (gateway.Conditions.Told("Accepted"), gateway.Conditions.Told("Programmed")));
        Assert.Equal(listeners, string.Join(' ', gateway.Listeners.Select(item => item.Conditions.Told("Accepted"))));
    }

    [Fact]
    public void GatewayWithoutAListenerLeftIsRefused()
    {
        var name = Make.Name("infra/gw");
        var gateway = Build(
            Error(1) with { Object = StatusSubject.OfListener(name, "web") },
            Error(1) with { Object = StatusSubject.OfListener(name, "alt") }).Gateways[0];
        Assert.Equal("False/ListenersNotValid", gateway.Conditions.Told("Accepted"));
        Assert.Equal("False/Invalid", gateway.Conditions.Told("Programmed"));
        Assert.Equal("False/Invalid", gateway.Listeners[0].Conditions.Told("Programmed"));
    }

    [Fact]
    public void FeaturesAreSortedAndBounded()
    {
        EquatableList<string> many = [.. Enumerable.Range(0, 70).Select(number => $"F{69 - number:d2}"), "F00"];
        var options = new StatusOptions { SupportedFeatures = many };
        var told = StatusReport.Build(Resolved.Topology(), [], options).Classes[0];
        Assert.Equal(Enumerable.Range(0, 64).Select(number => $"F{number:d2}"), told.SupportedFeatures);
        Assert.Equal("none", told.Conditions.Told("SupportedVersion"));
    }

    [Theory]
    [InlineData("v1.6.1", "True/SupportedVersion")]
    [InlineData("v1.0.0", "True/SupportedVersion")]
    [InlineData("v1.7.0", "False/UnsupportedVersion")]
    [InlineData("v0.8.1", "False/UnsupportedVersion")]
    [InlineData("v1.6.0-rc.1", "False/UnsupportedVersion")]
    [InlineData("", "False/UnsupportedVersion")]
    public void ClusterVersionIsJudgedAndTheClassStaysAccepted(string version, string expected)
    {
        var options = new StatusOptions { BundleVersion = version };
        var told = StatusReport.Build(Resolved.Topology(), [], options).Classes[0];
        Assert.Equal(expected, told.Conditions.Told("SupportedVersion"));
        Assert.Equal("True/Accepted", told.Conditions.Told("Accepted"));
    }

    private static StatusReport Build(params Diagnostic[] diagnostics) =>
        StatusReport.Build(Resolved.Topology(), diagnostics);

    private static Diagnostic Error(int line) => new("GW3000", Severity.Error, "Something the cloud cannot do")
    {
        Subject = Make.At(line),
        Object = "HTTPRoute/infra/r",
        Detail = $"Line {line} cannot be done.",
    };

    private static string Show(ListenerStatus listener) =>
        $"{listener.Name} {listener.AttachedRoutes} "
            + $"{string.Join(' ', listener.SupportedKinds.Select(kind => kind.Kind))}";
}
