using System.Collections.Frozen;
using System.Diagnostics;
using Gwctl.Engine.Planning;
using Gwctl.Engine.Providers;
using Gwctl.Providers.Gcp.Api;
using Gwctl.Providers.Gcp.Reading;

namespace Gwctl.Providers.Gcp.Applying;

/// <summary>Carries out steps: finds the kind's handler, and turns what Google Cloud refuses into
/// diagnostics.</summary>
internal sealed class GcpApplier
{
    private readonly FrozenDictionary<string, KindHandler> _handlers;

    public GcpApplier(ApplyContext context)
    {
        var handlers = new Dictionary<string, KindHandler>(StringComparer.Ordinal)
        {
            [Kinds.BackendService] = new BackendServiceHandler(context),
            [Kinds.UrlMap] = new UrlMapHandler(context),
            [Kinds.Endpoints] = new EndpointsHandler(context),
            [Kinds.DnsAuthorization] = new DnsAuthorizationHandler(context),
            [Kinds.DnsRecord] = new DnsRecordHandler(context),
        };
        foreach (var kind in ComputeKind.All)
        {
            handlers.TryAdd(kind.Kind, new ComputeHandler(context, kind.Kind));
        }

        foreach (var kind in CertificateKind.All)
        {
            handlers.TryAdd(kind.Kind, new CertificateHandler(context, kind.Kind));
        }

        _handlers = handlers.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <exception cref="ProviderException">The step failed.</exception>
    public async Task<StepOutcome> ApplyAsync(StepCall call, CancellationToken cancellationToken)
    {
        try
        {
            return await DispatchAsync(call, cancellationToken);
        }
        catch (GcpException exception)
        {
            throw GcpFailures.From(exception, $"{Doing(call.Step.Action)} {call.Step.Address}");
        }
    }

    private async Task<StepOutcome> DispatchAsync(StepCall call, CancellationToken cancellationToken)
    {
        var handler = _handlers[call.Step.Address.Kind];
        switch (call.Step.Action)
        {
            case StepAction.Create:
                return await handler.CreateAsync(call, cancellationToken);
            case StepAction.Update:
                return await handler.UpdateAsync(call, cancellationToken);
            case StepAction.Adopt:
                return await handler.AdoptAsync(call, cancellationToken);
            case StepAction.Delete:
                await handler.DeleteAsync(call, cancellationToken);
                return StepOutcome.None;
            case StepAction.AwaitReady:
                await handler.ReadyAsync(call, cancellationToken);
                return StepOutcome.None;
            case StepAction.AwaitDrained:
                await handler.DrainedAsync(call, cancellationToken);
                return StepOutcome.None;
            default:
                // No kind has a batch attribute, and no provider sees barriers.
                throw new UnreachableException();
        }
    }

    private static string Doing(StepAction action) => action switch
    {
        StepAction.Create => "creating",
        StepAction.Update => "updating",
        StepAction.Delete => "deleting",
        StepAction.AwaitReady => "waiting for",
        StepAction.AwaitDrained => "draining",
        StepAction.Adopt => "adopting",
        _ => throw new UnreachableException(),
    };
}
