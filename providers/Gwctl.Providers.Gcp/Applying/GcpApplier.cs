using Gwctl.Engine.Handlers;
using Gwctl.Providers.Gcp.Api;
using Gwctl.Providers.Gcp.Reading;

namespace Gwctl.Providers.Gcp.Applying;

/// <summary>The handlers of Google Cloud's kinds.</summary>
internal static class GcpApplier
{
    public static KindApplier<GcpException> Of(ApplyContext context)
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

        return new KindApplier<GcpException>(handlers, GcpFailures.From);
    }
}
