using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Core;

namespace Gwctl.Providers.Aws.Projection;

/// <summary>The Gateway API has a rule take whatever matches it, whichever kind of route it is of; an ALB also looks
/// at the protocol of the rule's target group.</summary>
internal static class RouteKindNotes
{
    /// <summary>Says so at each rule of a GRPCRoute, and where gRPC clients come to the port, of an HTTPRoute. Without
    /// TLS nobody speaks HTTP/2, and there are no gRPC target groups.</summary>
    public static void Report(RoutingPort port, Action<Diagnostic> report)
    {
        if (port.Protocol is not RoutingProtocol.Https)
        {
            return;
        }

        var rules = port.Listeners.SelectMany(listener => listener.Rules).ToList();
        if (!rules.Exists(rule => rule.Origin.Kind is RouteKind.Grpc))
        {
            return;
        }

        var origins = rules.Where(rule => rule.Action is RoutingAction.Forward)
            .Select(rule => rule.Origin)
            .DistinctBy(origin => (origin.Kind, origin.Route, origin.RuleIndex));
        foreach (var origin in origins)
        {
            report(RuleDiagnostics.OtherKind(origin));
        }
    }
}
