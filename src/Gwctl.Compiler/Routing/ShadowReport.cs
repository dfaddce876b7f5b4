using Gwctl.Compiler.Specs;
using Gwctl.Compiler.Topology;
using Gwctl.Core;

namespace Gwctl.Compiler.Routing;

/// <summary>Tells of rules of one Gateway that no request can reach, each pair once however many listeners it is
/// on.</summary>
internal sealed class ShadowReport(GatewayTopology gateway, List<Diagnostic> diagnostics)
{
    private readonly HashSet<(RuleOrigin Loser, RuleOrigin Winner)> _shadowed = [];
    private readonly HashSet<(ObjectId Route, HostPattern Hostname, string Owner)> _isolated = [];

    public void ReportShadowed(ListenerTopology listener, Candidate loser, RuleOrigin winner)
    {
        if (_shadowed.Add((loser.Match.Origin, winner)))
        {
            diagnostics.Add(RoutingDiagnostics.Shadowed(gateway, listener, loser, winner));
        }
    }

    public void ReportIsolated(
        RouteSpec route, ListenerTopology listener, HostPattern hostname, ListenerTopology owner)
    {
        if (_isolated.Add((route.Id, hostname, owner.Spec.Name.Value)))
        {
            diagnostics.Add(RoutingDiagnostics.Isolated(gateway, route, listener, hostname, owner));
        }
    }
}
