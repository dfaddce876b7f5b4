using Gwctl.Core;

namespace Gwctl.Engine.Providers;

/// <summary>Which requests go where, in evaluation order for each Gateway, port and host.</summary>
public sealed record TrafficTable(EquatableList<TrafficRow> Rows);

/// <summary>One row: requests that match go to the destination.</summary>
/// <param name="Host">A hostname, a wildcard, or <c>*</c>.</param>
/// <param name="Match">The rest of the condition, as <c>/api/* header x-beta=1</c>.</param>
/// <param name="Destination">For people and comparison: <c>shop/web:80 90%, shop/canary:80 10%</c>, <c>redirect 301
/// https://…</c>,
/// <c>status 404</c>. Equal text means equal treatment.</param>
public sealed record TrafficRow(
    ObjectName Gateway, int Port, string Protocol, string Host, string Match, string Destination);
