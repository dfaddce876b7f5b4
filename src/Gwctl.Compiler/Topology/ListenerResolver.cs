using Gwctl.Compiler.Specs;
using Gwctl.Core;

namespace Gwctl.Compiler.Topology;

/// <summary>Judges each listener of a Gateway: protocol, route kinds, TLS.</summary>
internal sealed class ListenerResolver(CertificateResolver certificates, List<Diagnostic> diagnostics)
{
    /// <summary>The tls.options entry that says where a certificate comes from when no Secret holds it.</summary>
    private const string CertificateOption = "gwctl.dev/certificate";

    public void Resolve(ParentDraft gateway)
    {
        ListenerConflicts.Mark(gateway, diagnostics);
        foreach (var listener in gateway.Listeners)
        {
            if (listener.Protocol is ListenerProtocol.Unknown)
            {
                Refuse(listener, ListenerDiagnostics.UnsupportedProtocol(gateway, listener));
            }

            ResolveKinds(gateway, listener);
            if (listener.Protocol is ListenerProtocol.Https or ListenerProtocol.Tls)
            {
                ResolveTls(gateway, listener);
            }
        }
    }

    /// <summary>Named kinds that the listener cannot serve are refused; the rest of them still attach.</summary>
    private void ResolveKinds(ParentDraft gateway, ListenerDraft listener)
    {
        var served = ServedKinds(listener.Protocol);
        var named = listener.Spec.AllowedRoutes.Kinds;
        if (named.Count is 0)
        {
            listener.SupportedKinds =
                [.. served.Select(kind => new RouteKindSpec(ApiGroups.Gateway, kind.ObjectKind(), listener.Spec.Span))];
            return;
        }

        bool IsServedKind(RouteKindSpec named) => named.Group is ApiGroups.Gateway
            && served.Any(kind => kind.ObjectKind() == named.Kind);
        listener.SupportedKinds = [.. named.Where(IsServedKind).DistinctBy(kind => (kind.Group, kind.Kind))];
        foreach (var kind in named.Where(kind => !IsServedKind(kind)))
        {
            var diagnostic = ListenerDiagnostics.RouteKind(gateway, listener, kind, served);
            listener.BrokenRefs ??= new Problem(ConditionReasons.InvalidRouteKinds, diagnostic.Detail);
            if (listener.Protocol is not ListenerProtocol.Unknown)
            {
                diagnostics.Add(diagnostic);
            }
        }
    }

    /// <summary>A TLS listener tells connections apart by server name, which a TCPRoute does not have: only TLSRoutes
    /// attach to it, in both modes.</summary>
    private static RouteKind[] ServedKinds(ListenerProtocol protocol) => protocol switch
    {
        ListenerProtocol.Http or ListenerProtocol.Https => [RouteKind.Http, RouteKind.Grpc],
        ListenerProtocol.Tls => [RouteKind.Tls],
        ListenerProtocol.Tcp => [RouteKind.Tcp],
        ListenerProtocol.Udp => [RouteKind.Udp],
        _ => [],
    };

    private void ResolveTls(ParentDraft gateway, ListenerDraft listener)
    {
        var tls = listener.Spec.Tls;
        if (tls is { Mode.Value: not "Terminate" })
        {
            if (listener.Protocol is ListenerProtocol.Tls)
            {
                return;
            }

            Refuse(listener, ListenerDiagnostics.TlsMode(gateway, listener, tls));
            return;
        }

        var hasOption = tls is not null && tls.Options.Any(option => option.Name is CertificateOption);
        if (tls is null || (tls.CertificateRefs.Count is 0 && !hasOption))
        {
            listener.LacksCertificate = true;
            Refuse(listener, ListenerDiagnostics.NoCertificate(gateway, listener));
            return;
        }

        var found = certificates.Resolve(gateway, listener, tls);
        listener.Certificates = found.Secrets;
        listener.BrokenRefs = found.Problem ?? listener.BrokenRefs;
        listener.LacksCertificate = found.Secrets.Count is 0 && !hasOption;
    }

    /// <summary>Clients may reuse a connection made for one name for another: the specification wants them
    /// told.</summary>
    public void MarkOverlaps(GatewayDraft gateway)
    {
        var overTls = gateway.AllListeners.Where(listener => listener.Conflict is null
            && listener.Protocol is ListenerProtocol.Https or ListenerProtocol.Tls);
        foreach (var port in overTls.GroupBy(listener => listener.Spec.Port.Value))
        {
            var listeners = port.ToList();
            foreach (var listener in listeners)
            {
                listener.Overlaps.AddRange(listeners
                    .Where(other => other != listener && other.Hostname.Intersect(listener.Hostname) is not null)
                    .Select(other => other.Spec.Name.Value));
            }

            var overlapping = listeners.Where(listener => listener.Overlaps.Count > 0).ToList();
            if (overlapping.Count > 0)
            {
                diagnostics.Add(ListenerDiagnostics.Overlap(gateway, overlapping));
            }
        }
    }

    private void Refuse(ListenerDraft listener, Diagnostic diagnostic)
    {
        listener.Refusal ??= new Problem(diagnostic.Reason, diagnostic.Detail);
        diagnostics.Add(diagnostic);
    }
}
