using System.Text.Json.Nodes;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Gcp.Api;
using Gwctl.Providers.Gcp.Reading;

namespace Gwctl.Providers.Gcp.Applying;

/// <summary>A DNS authorization, with the record that proves it. The record's data is Google's and leads to this
/// authorization alone, so that a record which has it needs no mark.</summary>
internal sealed class DnsAuthorizationHandler(ApplyContext context)
    : CertificateHandler(context, Kinds.DnsAuthorization)
{
    private const int TtlSeconds = 300;

    private readonly DnsChanges _changes = new(context);

    protected override async Task FinishAsync(StepCall call, string name, CancellationToken cancellationToken)
    {
        var body = await Api.CertificateManager.FindAsync(
            CertificateKind.Of(Kinds.DnsAuthorization).Collection, name, cancellationToken)
            ?? throw ApplyFailures.Common.NotThere(call.Step.Address);
        if (After(call).TextOrNull("zone") is { } zone && Proof(body) is { } proof)
        {
            var there = await AtAsync(zone, proof, cancellationToken);
            if (there.Any(record => IsProof(record, proof)))
            {
                return;
            }

            if (there.Count > 0)
            {
                throw ApplyFailures.Common.InTheWay(
                    call.Step.Address,
                    $"{zone}/{proof.TextOrNull("name")}",
                    string.Join(", ", there[0].Texts("rrdatas")));
            }

            await _changes.MakeAsync(call, zone, [], [proof], cancellationToken);
        }
    }

    protected override async Task BeforeDeletionAsync(
        StepCall call, JsonObject body, CancellationToken cancellationToken)
    {
        if (Before(call).TextOrNull("zone") is { } zone && Proof(body) is { } proof)
        {
            var there = await AtAsync(zone, proof, cancellationToken);
            await _changes.MakeAsync(
                call, zone, [.. there.Where(record => IsProof(record, proof))], [], cancellationToken);
        }
    }

    private static JsonObject? Proof(JsonObject body) => body.ObjectOrNull("dnsResourceRecord") is { } record
        ? new JsonObject
        {
            ["name"] = DnsForm.Name(record.TextOrNull("name") ?? ""),
            ["type"] = record.TextOrNull("type") ?? "CNAME",
            ["ttl"] = TtlSeconds,
            ["rrdatas"] = new JsonArray(DnsForm.Name(record.TextOrNull("data") ?? "")),
        }
        : null;

    private Task<IReadOnlyList<JsonObject>> AtAsync(
        string zone, JsonObject proof, CancellationToken cancellationToken) => _changes.AtAsync(
        zone, proof.TextOrNull("name") ?? "", proof.TextOrNull("type") ?? "", cancellationToken);

    /// <summary>Whatever its time to live.</summary>
    private static bool IsProof(JsonObject record, JsonObject proof) => record.Texts("rrdatas")
        .Select(DnsForm.Name).SequenceEqual(proof.Texts("rrdatas"), StringComparer.Ordinal);
}
