using Gwctl.Engine.Handlers;
using Gwctl.Providers.Aws.Api;
using Gwctl.Providers.Aws.Reading;

namespace Gwctl.Providers.Aws.Applying;

/// <summary>The handlers of AWS's kinds.</summary>
internal static class AwsApplier
{
    public static KindApplier<AwsException> Of(ApplyContext context) => new(
        new Dictionary<string, KindHandler>(StringComparer.Ordinal)
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
            [Kinds.Rule] = new RuleHandler(context),
            [Kinds.HealthCheck] = new HealthCheckHandler(context),
            [Kinds.DnsRecord] = new DnsRecordHandler(context),
        },
        AwsFailures.From);
}
