using Gwctl.Compiler.Specs;
using Gwctl.Compiler.Topology;
using Gwctl.Core;

namespace Gwctl.Compiler.Routing;

/// <summary>One rule of a route, lowered once for all listeners and hostnames that it is on.</summary>
internal sealed record LoweredRule(
    RouteRuleSpec Spec,
    EquatableList<LoweredMatch> Matches,
    EquatableList<HttpFilterSpec> Filters,
    RoutingAction Action,
    EquatableList<ServiceBackend> Backends);

/// <summary>One match of a rule in normal form.</summary>
/// <param name="Spec">Null for rules of TLSRoutes, TCPRoutes and UDPRoutes, which match every connection.</param>
/// <param name="Predicate">Equal for matches that hold for the same requests by their form.</param>
internal sealed record LoweredMatch(HttpMatchSpec? Spec, RuleOrigin Origin, string Predicate, MatchRank Rank);
