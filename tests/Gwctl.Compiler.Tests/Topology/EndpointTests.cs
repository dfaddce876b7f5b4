using Gwctl.Compiler.Specs;
using Gwctl.Compiler.Topology;
using Gwctl.Core;
using Gwctl.Testing.Specs;
using static Gwctl.Compiler.Tests.Topology.TopologyTestExtensions;
using static Gwctl.Testing.Specs.MakeGateway;
using static Gwctl.Testing.Specs.MakeRoute;
using static Gwctl.Testing.Specs.MakeService;

namespace Gwctl.Compiler.Tests.Topology;

public sealed class EndpointTests
{
    [Fact]
    public void NoSliceLeavesTheTargetsToOthers() => Assert.Null(EndpointsOf(Service("infra/s", 80)));

    [Fact]
    public void SliceWithoutEndpointsIsNoEndpoint() =>
        Assert.Equal([], EndpointsOf(Service("infra/s", 80), Slice("infra/s-1", "s", 8080)));

    [Fact]
    public void EndpointsAreSortedAndEachOnce()
    {
        var found = EndpointsOf(
            Service("infra/s", 80),
            Slice("infra/s-1", "s", 8080, Endpoint("10.0.0.3"), Endpoint("10.0.0.1", ready: false)),
            Slice("infra/s-2", "s", 8080, Endpoint("10.0.0.2", false, true), Endpoint("10.0.0.1")));
        Assert.Equal(
            [
                new Endpoint("10.0.0.1", 8080, true, false, null, null),
                new Endpoint("10.0.0.2", 8080, false, true, null, null),
                new Endpoint("10.0.0.3", 8080, true, false, null, null),
            ],
            found);
    }

    [Fact]
    public void SlicesOfOtherServicesAndNamespacesDoNotCount()
    {
        var found = EndpointsOf(
            Service("infra/s", 80),
            Slice("infra/s-1", "s", 8080, Endpoint("10.0.0.1")),
            Slice("infra/t-1", "t", 8080, Endpoint("10.0.0.2")),
            Slice("apps/s-1", "s", 8080, Endpoint("10.0.0.3")),
            Slice("infra/x-1", "s", 8080, Endpoint("10.0.0.4")) with { ServiceName = null });
        Assert.Equal(["10.0.0.1"], (found ?? []).Select(item => item.Address));
    }

    [Fact]
    public void NamedTargetPortIsTheSlicesNumberForThePortsName()
    {
        var slice = Slice("infra/s-1", "s", null, Endpoint("10.0.0.1")) with
        {
            Ports = [new SlicePortSpec("admin", 9001, "TCP"), new SlicePortSpec("web", 3000, "TCP")],
        };
        var found = EndpointsOf(
            Service("infra/s", Port(80, "web", "http-port"), Port(81, "admin", "admin-port")), slice);
        Assert.Equal([3000], (found ?? []).Select(item => item.Port));
    }

    [Theory]
    [InlineData("8080", 8080)]
    [InlineData("named", 80)]
    public void SlicePortWithoutANumberIsTheServices(string target, int expected)
    {
        var found = EndpointsOf(
            Service("infra/s", Port(80, target: target)), Slice("infra/s-1", "s", null, Endpoint("10.0.0.1")));
        Assert.Equal([expected], (found ?? []).Select(item => item.Port));
    }

    [Fact]
    public void BothFamiliesAreTaken()
    {
        var found = EndpointsOf(
            Service("infra/s", 80),
            Slice("infra/s-4", "s", 8080, Endpoint("10.0.0.1")),
            Slice("infra/s-6", "s", 8080, Endpoint("fd00:0::1")) with { AddressType = "IPv6" });
        Assert.Equal(["10.0.0.1", "fd00::1"], (found ?? []).Select(item => item.Address));
    }

    [Fact]
    public void NamesAndAddressesOfAnotherFamilyAreLeftOutWithAWarning()
    {
        var resolved = Resolved(
            Service("infra/s", 80),
            Slice("infra/a", "s", 8080, Endpoint("backend.example.com")) with { AddressType = "FQDN" },
            Slice("infra/b", "s", 8080, Endpoint("fd00::1"), Endpoint("10.0.0.1"), Endpoint("junk")));
        Assert.Equal(["GW2050", "GW2051", "GW2051"], resolved.Codes());
        Assert.False(resolved.HasErrors);
        Assert.Equal(["10.0.0.1"], (resolved.Topology().Services[0].Endpoints ?? []).Select(item => item.Address));
    }

    [Fact]
    public void SlicesWithoutThePortAreAWarning()
    {
        var resolved = Resolved(
            Service("infra/s", Port(80, "web")), Slice("infra/s-1", "s", 8080, Endpoint("10.0.0.1")));
        Assert.Equal(Severity.Warning, resolved.Only("GW2052").Severity);
        Assert.Equal([], resolved.Topology().Services[0].Endpoints);
    }

    [Fact]
    public void OldestPolicyHoldsThenTheFirstByName()
    {
        var resolved = Resolved(
            Service("infra/s", 80), Policy("infra/a", null, "s"), Policy("infra/b", 1, "s"), Policy("infra/c", 2, "s"));
        Assert.Equal("c", resolved.Topology().Services[0].Policy?.Name.Name);
        Assert.Equal(["GW2062", "GW2062"], resolved.Codes());

        var byName = Resolved(Service("infra/s", 80), Policy("infra/b", null, "s"), Policy("infra/a", null, "s"));
        Assert.Equal("a", byName.Topology().Services[0].Policy?.Name.Name);
        Assert.Equal("BackendPolicy/infra/b", byName.Only("GW2062").Object);
    }

    [Fact]
    public void PolicyWithoutItsServiceIsAWarning()
    {
        var wrongKind = Policy("infra/b") with { TargetRefs = [Make.Ref("Deployment", "s", group: "apps")] };
        var resolved = Resolved(
            Service("infra/s", 80), Policy("apps/a", null, "s"), wrongKind, Policy("infra/ok", null, "s", "s"));
        Assert.Equal(["GW2060", "GW2061"], resolved.Codes());
        Assert.Equal("ok", resolved.Topology().Services[0].Policy?.Name.Name);
        Assert.False(resolved.HasErrors);
    }

    private static EquatableList<Endpoint>? EndpointsOf(params SpecObject[] objects)
    {
        var resolved = Resolved(objects);
        Assert.Empty(resolved.Diagnostics);
        return Assert.Single(resolved.Topology().Services).Endpoints;
    }

    private static Compiled<SpecTopology> Resolved(params SpecObject[] objects) => Resolve(
        [Gateway("infra/gw", Http()), Route("infra/r", [Parent("gw")], [To("s")]), .. objects]);
}
