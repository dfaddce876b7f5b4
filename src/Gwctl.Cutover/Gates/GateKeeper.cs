using System.ComponentModel;
using System.Security.Cryptography;
using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Engine.Providers;

namespace Gwctl.Cutover.Gates;

/// <summary>Asks all gates of a document at once. A gate that could not be asked is inconclusive, and says why: a
/// failed
/// question is no failed answer.</summary>
public static class GateKeeper
{
    public static async Task<EquatableList<GateResult>> AskAsync(
        GateContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var asked = context.Document.Gates.Select(gate => GuardAsync(gate, context, cancellationToken));
        return [.. await Task.WhenAll(asked)];
    }

    private static async Task<GateResult> GuardAsync(
        CutoverGateSpec gate, GateContext context, CancellationToken cancellationToken)
    {
        try
        {
            return await AskAsync(gate, context, cancellationToken);
        }
        catch (ProviderException exception)
        {
            return Unasked(gate, $"{exception.Diagnostic.Code} {exception.Diagnostic.Detail}");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or Win32Exception
            or CryptographicException
            or UnauthorizedAccessException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return Unasked(gate, exception is OperationCanceledException ? "no answer in time" : exception.Message);
        }
    }

    private static Task<GateResult> AskAsync(
        CutoverGateSpec gate, GateContext context, CancellationToken cancellationToken) => gate switch
        {
            CutoverGateSpec.Probe probe => ProbeGate.AskAsync(probe, context, cancellationToken),
            CutoverGateSpec.TargetHealth health => HealthGate.AskAsync(health, context, cancellationToken),
            CutoverGateSpec.Metrics metrics => MetricsGate.AskAsync(metrics, context, cancellationToken),
            CutoverGateSpec.Command command => CommandGate.AskAsync(command, context, cancellationToken),
            CutoverGateSpec.Webhook webhook => WebhookGate.AskAsync(webhook, context, cancellationToken),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private static GateResult Unasked(CutoverGateSpec gate, string why) =>
        new(gate.Name.Value, KindOf(gate), GateVerdict.Inconclusive, why, []);

    internal static string KindOf(CutoverGateSpec gate) => gate switch
    {
        CutoverGateSpec.Probe => "probe",
        CutoverGateSpec.TargetHealth => "targetHealth",
        CutoverGateSpec.Metrics => "metrics",
        CutoverGateSpec.Command => "command",
        _ => "webhook",
    };

    internal static GateResult Result(
        this CutoverGateSpec gate, GateVerdict verdict, string detail, params IEnumerable<Measurement> measurements) =>
        new(gate.Name.Value, KindOf(gate), verdict, detail, [.. measurements]);
}
