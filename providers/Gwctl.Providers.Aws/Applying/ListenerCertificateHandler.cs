using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Aws.Api;
using Gwctl.Providers.Aws.Api.Elbv2;

namespace Gwctl.Providers.Aws.Applying;

/// <summary>SNI certificates of listeners. They have no marks: the listener's are theirs.</summary>
internal sealed class ListenerCertificateHandler(ApplyContext context) : AwsHandler(context)
{
    public override async Task<StepOutcome> CreateAsync(StepCall call, CancellationToken cancellationToken)
    {
        var after = After(call);
        var (listener, certificate) = (after.TextOf("listener"), after.TextOf("certificate"));

        // Adding what is there already succeeds.
        await CertificateCalls.UseAsync(
            Context,
            call,
            [certificate],
            stop => Api.Elbv2.AddListenerCertificatesAsync(
                new() { ListenerArn = listener, Certificates = [new Certificate { CertificateArn = certificate }] },
                stop),
            cancellationToken);
        return new StepOutcome($"{listener}|{certificate}", AttributeMap.Empty);
    }

    /// <summary>Both its attributes are immutable.</summary>
    public override Task<StepOutcome> UpdateAsync(StepCall call, CancellationToken cancellationToken) =>
        CreateAsync(call, cancellationToken);

    public override async Task DeleteAsync(StepCall call, CancellationToken cancellationToken)
    {
        var before = Before(call);
        try
        {
            await Api.Elbv2.RemoveListenerCertificatesAsync(
                new()
                {
                    ListenerArn = before.TextOf("listener"),
                    Certificates = [new Certificate { CertificateArn = before.TextOf("certificate") }],
                },
                cancellationToken);
        }
        catch (AwsApiException exception) when (exception.NotFound)
        {
            call.Progress("gone already");
        }
    }

    public override Task<StepOutcome> AdoptAsync(StepCall call, CancellationToken cancellationToken) =>
        Task.FromResult(new StepOutcome(call.Step.LiveId, AttributeMap.Empty));
}
