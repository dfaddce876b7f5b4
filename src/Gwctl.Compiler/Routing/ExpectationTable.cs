using Gwctl.Compiler.Specs;
using Gwctl.Core;

namespace Gwctl.Compiler.Routing;

/// <summary>Finds the Gateway of each RouteTest's case: the one that the test names, else the only one there is, else
/// the one that has the request's port and host. A case that none or several have is nobody's; running the tests says
/// so.</summary>
internal static class ExpectationTable
{
    public static List<GatewayRouting> Attach(List<GatewayRouting> gateways, EquatableList<RouteTestSpec> tests)
    {
        var byGateway = tests
            .SelectMany(test => test.Cases.Select(item => ExpectationOf(test, item)))
            .OfType<RouteExpectation>()
            .Select(expectation => (Gateway: OwnerOf(expectation, gateways), Expectation: expectation))
            .Where(found => found.Gateway is not null)
            .ToLookup(found => found.Gateway, found => found.Expectation, ReferenceEqualityComparer.Instance);
        return byGateway.Count is 0
            ? gateways
            : gateways.ConvertAll(gateway => gateway with { Expectations = [.. byGateway[gateway]] });
    }

    private static RouteExpectation? ExpectationOf(RouteTestSpec test, RouteTestCaseSpec item) =>
        RequestUrl.Parse(item.Request.Url.Value) is { } url
            ? new RouteExpectation(test, item, url, item.Request.Port ?? url.Port)
            : null;

    private static GatewayRouting? OwnerOf(RouteExpectation expectation, List<GatewayRouting> gateways)
    {
        if (expectation.Test.TargetRef is { } target)
        {
            var name = new ObjectName(target.Namespace ?? expectation.Test.Name.Namespace, target.Name);
            return gateways.Find(gateway => gateway.Name == name);
        }

        var owners = gateways.Count is 1 ? gateways : gateways.FindAll(gateway => Has(gateway, expectation));
        return owners is [var only] ? only : null;
    }

    private static bool Has(GatewayRouting gateway, RouteExpectation expectation) => gateway.Ports
        .Where(port => port.Port == expectation.Port && port.Protocol is not RoutingProtocol.Udp)
        .SelectMany(port => port.Listeners)
        .Any(listener => HostPattern.Parse(listener.Hostname).Matches(expectation.Url.Host));
}
