using System.Collections.Frozen;
using System.Diagnostics;
using Gwctl.Engine.Planning;
using Gwctl.Engine.Providers;
using Gwctl.Providers.Aws.Api;
using Gwctl.Providers.Aws.Reading;

namespace Gwctl.Providers.Aws.Applying;

/// <summary>Carries out steps: finds the kind's handler, and turns what AWS refuses into diagnostics.</summary>
internal sealed class AwsApplier
{
    private readonly FrozenDictionary<string, KindHandler> _handlers;
    private readonly RuleHandler _rules;

    public AwsApplier(ApplyContext context)
    {
        _rules = new RuleHandler(context);
        _handlers = new Dictionary<string, KindHandler>(StringComparer.Ordinal)
        {
            [Kinds.LoadBalancer] = new LoadBalancerHandler(context),
            [Kinds.SecurityGroup] = new SecurityGroupHandler(context),
            [Kinds.TargetGroup] = new TargetGroupHandler(context),
            [Kinds.Targets] = new TargetsHandler(context),
            [Kinds.ImportedCertificate] = new ImportedCertificateHandler(context),
            [Kinds.RequestedCertificate] = new RequestedCertificateHandler(context),
            [Kinds.TrustStore] = new TrustStoreHandler(context),
            [Kinds.Listener] = new ListenerHandler(context),
            [Kinds.ListenerCertificate] = new ListenerCertificateHandler(context),
            [Kinds.Rule] = _rules,
            [Kinds.DnsRecord] = new DnsRecordHandler(context),
        }.ToFrozenDictionary();
    }

    /// <exception cref="ProviderException">The step failed.</exception>
    public async Task<StepOutcome> ApplyAsync(StepCall call, CancellationToken cancellationToken)
    {
        try
        {
            return await DispatchAsync(call, cancellationToken);
        }
        catch (AwsException exception)
        {
            throw AwsFailures.From(exception, $"{Doing(call.Step.Action)} {call.Step.Address}");
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
            case StepAction.Reorder:
                await _rules.ReorderAsync(call, cancellationToken);
                return StepOutcome.None;
            case StepAction.AwaitReady:
                await handler.ReadyAsync(call, cancellationToken);
                return StepOutcome.None;
            case StepAction.AwaitDrained:
                await handler.DrainedAsync(call, cancellationToken);
                return StepOutcome.None;
            default:
                throw new UnreachableException();
        }
    }

    private static string Doing(StepAction action) => action switch
    {
        StepAction.Create => "creating",
        StepAction.Update => "updating",
        StepAction.Delete => "deleting",
        StepAction.Reorder => "reordering",
        StepAction.AwaitReady => "waiting for",
        StepAction.AwaitDrained => "draining",
        StepAction.Adopt => "adopting",
        _ => throw new UnreachableException(),
    };
}
