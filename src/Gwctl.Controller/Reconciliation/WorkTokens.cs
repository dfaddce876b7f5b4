namespace Gwctl.Controller.Reconciliation;

/// <summary>What ends a piece of work.</summary>
/// <param name="Stop">Nothing new is started: the lease is about to end, or the process.</param>
/// <param name="Kill">Calls in flight are given up too.</param>
/// <param name="Superseded">There is something new about the Gateway: waits are not worth it any more.</param>
public readonly record struct WorkTokens(
    CancellationToken Stop, CancellationToken Kill, CancellationToken Superseded);
