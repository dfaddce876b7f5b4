using Gwctl.Core;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Aws.Api;
using Gwctl.Providers.Aws.Api.Elbv2;
using Gwctl.Providers.Aws.Reading;

namespace Gwctl.Providers.Aws.Applying;

/// <summary>Listeners with their default certificate and default actions.</summary>
internal sealed class ListenerHandler(ApplyContext context) : AwsHandler(context)
{
    public override async Task<StepOutcome> CreateAsync(StepCall call, CancellationToken cancellationToken)
    {
        var after = After(call);
        var arn = await CreateOrFindAsync(call, after, cancellationToken);
        await ManagedAttributes.ApplyAsync(Context, call, arn, isNew: false, cancellationToken);
        return Outcome(arn);
    }

    public override async Task<StepOutcome> UpdateAsync(StepCall call, CancellationToken cancellationToken)
    {
        var after = After(call);
        var arn = IdOf(call, "arn");
        var listener = await FindAsync(new() { ListenerArns = [arn] }, _ => true, cancellationToken)
            ?? throw ApplyFailures.Common.NotThere(call.Step.Address);
        Guard.Unchanged(call, LoadBalancerShape.From(listener));
        await ModifyAsync(call, listener, after, cancellationToken);
        await ManagedAttributes.ApplyAsync(Context, call, arn, isNew: false, cancellationToken);
        await ElbTagging.UpdateAsync(Context, call, arn, after, cancellationToken);
        return Outcome(arn);
    }

    public override async Task DeleteAsync(StepCall call, CancellationToken cancellationToken)
    {
        if (await ElbTagging.MayDeleteAsync(Context, call, call.Step.LiveId, cancellationToken))
        {
            await Api.Elbv2.DeleteListenerAsync(new() { ListenerArn = call.Step.LiveId }, cancellationToken);
        }
    }

    public override async Task<StepOutcome> AdoptAsync(StepCall call, CancellationToken cancellationToken)
    {
        var marks = Marks.Of(Context.Scope.Owner, call.Step.Address);
        await ElbTagging.AddAsync(Api, call.Step.LiveId, marks, cancellationToken);
        return Outcome(call.Step.LiveId);
    }

    private static StepOutcome Outcome(string arn) => new(arn, AttributeMap.Empty.Put("arn", arn));

    private async Task<string> CreateOrFindAsync(StepCall call, AttributeMap after, CancellationToken cancellationToken)
    {
        var balancer = after.TextOf("loadBalancer");
        try
        {
            var request = new CreateListenerRequest
            {
                LoadBalancerArn = balancer,
                Port = after.NumberOf("port"),
                Protocol = after.TextOf("protocol"),
                SslPolicy = after.TextOrNull("sslPolicy"),
                Certificates = CertificatesOf(after),
                AlpnPolicy = AlpnPolicyOf(after),
                MutualAuthentication = MutualAuthenticationOf(after),
                DefaultActions = ActionShape.ToActions(after, "defaultActions"),
                Tags = Context.TagsOf(call.Step.Address, after).ToElbv2(),
            };
            var arn = "";
            await CertificateCalls.UseAsync(
                Context,
                call,
                request.Certificates.Select(certificate => certificate.CertificateArn),
                async stop => arn = (await Api.Elbv2.CreateListenerAsync(request, stop)).Listeners[0].ListenerArn,
                cancellationToken);
            return arn;
        }
        catch (AwsApiException exception) when (exception.OutcomeUnknown || exception.Code is "DuplicateListener")
        {
            var port = after.NumberOf("port");
            var found = await FindAsync(
                new() { LoadBalancerArn = balancer }, listener => listener.Port == port, cancellationToken)
                ?? throw AwsFailures.From(exception, $"creating {call.Step.Address}");
            var tags = await ElbTagging.ReadAsync(Api, found.ListenerArn, cancellationToken);
            if (!Context.Owns(tags, call.Step.Address))
            {
                throw ApplyFailures.Common.InTheWay(call.Step.Address, found.ListenerArn, Marks.OwnerText(tags));
            }

            await ModifyAsync(call, found, after, cancellationToken);
            return found.ListenerArn;
        }
    }

    private async Task ModifyAsync(
        StepCall call, Listener listener, AttributeMap after, CancellationToken cancellationToken)
    {
        var live = LoadBalancerShape.From(listener);
        bool Differs(string name) => Guard.Differs(live, after, name);
        if (!Differs("port") && !Differs("protocol") && !Differs("sslPolicy") && !Differs("certificate")
            && !Differs("alpnPolicy") && !Differs("mutualAuthentication") && !Differs("defaultActions"))
        {
            return;
        }

        var request = new ModifyListenerRequest
        {
            ListenerArn = listener.ListenerArn,
            Port = Differs("port") ? after.NumberOf("port") : null,
            Protocol = Differs("protocol") ? after.TextOf("protocol") : null,
            SslPolicy = Differs("sslPolicy") || Differs("protocol") ? after.TextOrNull("sslPolicy") : null,
            Certificates = Differs("certificate") || Differs("protocol") ? CertificatesOf(after) : [],
            AlpnPolicy = Differs("alpnPolicy") || Differs("protocol") ? AlpnPolicyOf(after) : [],
            MutualAuthentication = Differs("mutualAuthentication") ? MutualAuthenticationOf(after) : null,
            DefaultActions = Differs("defaultActions") ? ActionShape.ToActions(after, "defaultActions") : [],
        };
        await CertificateCalls.UseAsync(
            Context,
            call,
            request.Certificates.Select(certificate => certificate.CertificateArn),
            stop => Api.Elbv2.ModifyListenerAsync(request, stop),
            cancellationToken);
    }

    private static EquatableList<Certificate> CertificatesOf(AttributeMap after) =>
        after.TextOrNull("certificate") is { } arn ? [new Certificate { CertificateArn = arn }] : [];

    private static MutualAuthenticationAttributes? MutualAuthenticationOf(AttributeMap after) =>
        after.MapOrNull("mutualAuthentication") is { } mutual
            ? new()
            {
                Mode = mutual.TextOf("mode"),
                TrustStoreArn = mutual.TextOrNull("trustStore"),
            }
            : null;

    private static EquatableList<string> AlpnPolicyOf(AttributeMap after) =>
        after.TextOrNull("alpnPolicy") is { } policy ? [policy] : [];

    private async Task<Listener?> FindAsync(
        DescribeListenersRequest request, Func<Listener, bool> isIt, CancellationToken cancellationToken)
    {
        try
        {
            return await Api.Elbv2.DescribeAllListenersAsync(request, cancellationToken)
                .FirstOrDefaultAsync(isIt, cancellationToken);
        }
        catch (AwsApiException exception) when (exception.NotFound)
        {
            return null;
        }
    }
}
