using System.Text.Json.Nodes;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Gcp.Api;
using Gwctl.Providers.Gcp.Reading;

namespace Gwctl.Providers.Gcp.Applying;

/// <summary>Changes of Cloud DNS. Each deletes exactly what was observed and adds what is wanted: Cloud DNS refuses it
/// as a whole where somebody was quicker.</summary>
internal sealed class DnsChanges(ApplyContext context)
{
    /// <summary>The zone's DNS name, without the last dot.</summary>
    public async Task<string> DnsNameAsync(string zone, CancellationToken cancellationToken)
    {
        var found = await context.Api.Dns.GetManagedZoneAsync(zone, cancellationToken);
        return DnsForm.Hostname(found.TextOrNull("dnsName") ?? "");
    }

    /// <summary>The record sets of a name and type; at most one.</summary>
    public async Task<IReadOnlyList<JsonObject>> AtAsync(
        string zone, string name, string type, CancellationToken cancellationToken) =>
        await context.Api.Dns.ListRecordSetsAsync(zone, name, cancellationToken)
            .Where(record => record.TextOrNull("type") == type && DnsForm.Name(record.TextOrNull("name") ?? "") == name)
            .ToListAsync(cancellationToken);

    /// <summary>Makes the change, and waits until it is served. Nothing is sent where nothing differs.</summary>
    /// <exception cref="ProviderException">What was observed is not there any more.</exception>
    public async Task MakeAsync(
        StepCall call,
        string zone,
        IReadOnlyList<JsonObject> observed,
        IReadOnlyList<JsonObject> wanted,
        CancellationToken cancellationToken)
    {
        if (await ConflictAsync(call, zone, observed, wanted, cancellationToken) is { } conflict)
        {
            throw ApplyFailures.Common.Stale(call.Step.Address, conflict.ServiceMessage);
        }
    }

    /// <summary>False, and nothing written, where what was observed is not there any more.</summary>
    public async Task<bool> TryMakeAsync(
        StepCall call, OwnedSet observed, OwnedSet wanted, CancellationToken cancellationToken) =>
        await ConflictAsync(call, observed.Zone, observed.Records, wanted.Records, cancellationToken) is null;

    private async Task<GcpApiException?> ConflictAsync(
        StepCall call,
        string zone,
        IReadOnlyList<JsonObject> observed,
        IReadOnlyList<JsonObject> wanted,
        CancellationToken cancellationToken)
    {
        var deletions = observed.Where(old => !wanted.Any(record => Same(old, record))).ToList();
        var additions = wanted.Where(record => !observed.Any(old => Same(old, record))).ToList();
        if (deletions.Count is 0 && additions.Count is 0)
        {
            return null;
        }

        try
        {
            var body = Body(additions, deletions);
            var change = await context.Api.Dns.CreateChangeAsync(zone, body, cancellationToken);
            await ServedAsync(call, zone, change, cancellationToken);
            return null;
        }
        catch (GcpApiException exception) when (IsLost(exception))
        {
            var made = await MadeAsync(zone, additions, deletions, cancellationToken);
            return made == additions.Count + deletions.Count ? null
                : exception.OutcomeUnknown && made is 0
                    ? throw GcpFailures.From(exception, $"changing {call.Step.Address}")
                    : exception;
        }
    }

    private static bool IsLost(GcpApiException exception) => exception.OutcomeUnknown || exception.AlreadyExists
        || exception.ConditionNotMet || (exception.NotFound && exception.Operation is "changes.create");

    /// <summary>How much of the change is there: an earlier attempt, whose answer was lost or whose run was killed, may
    /// have made it.</summary>
    private async Task<int> MadeAsync(
        string zone, List<JsonObject> additions, List<JsonObject> deletions, CancellationToken cancellationToken)
    {
        var made = 0;
        foreach (var record in additions.Concat(deletions))
        {
            var name = DnsForm.Name(record.TextOrNull("name") ?? "");
            var live = await AtAsync(zone, name, record.TextOrNull("type") ?? "", cancellationToken);
            made += live.Any(found => Same(found, record)) == additions.Contains(record) ? 1 : 0;
        }

        return made;
    }

    private Task ServedAsync(StepCall call, string zone, JsonObject change, CancellationToken cancellationToken)
    {
        var state = change;
        return context.UntilAsync(call, context.Waits.RecordsMax, async stop =>
        {
            if (state.TextOrNull("status") is not "done" && change.TextOrNull("id") is { } id)
            {
                state = await context.Api.Dns.GetChangeAsync(zone, id, stop);
            }

            return state.TextOrNull("status") is "done" ? null : "change not yet served by all of Cloud DNS";
        }, cancellationToken);
    }

    private static JsonObject Body(IEnumerable<JsonObject> additions, IEnumerable<JsonObject> deletions) => new()
    {
        ["additions"] = new JsonArray([.. additions.Select(record => record.DeepClone())]),
        ["deletions"] = new JsonArray([.. deletions.Select(record => record.DeepClone())]),
    };

    /// <summary>Equal for everybody who asks for the name.</summary>
    private static bool Same(JsonObject left, JsonObject right) => DnsForm.Canonical(left) == DnsForm.Canonical(right);
}
