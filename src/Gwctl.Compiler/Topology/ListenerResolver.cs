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
            RefuseUnsupported(gateway, listener);
            ResolveKinds(gateway, listener);
            if (listener.Protocol is ListenerProtocol.Https)
            {
                ResolveTls(gateway, listener);
            }
        }
    }

    private void RefuseUnsupported(ParentDraft gateway, ListenerDraft listener)
    {
        if (listener.Protocol is ListenerProtocol.Http or ListenerProtocol.Https)
        {
            return;
        }

        Refuse(listener, ListenerDiagnostics.UnsupportedProtocol(gateway, listener));
    }

    /// <summary>Named kinds that the listener cannot serve are refused; the rest of them still attach.</summary>
    private void ResolveKinds(ParentDraft gateway, ListenerDraft listener)
    {
        var isServed = listener.Protocol is ListenerProtocol.Http or ListenerProtocol.Https;
        var named = listener.Spec.AllowedRoutes.Kinds;
        if (named.Count is 0)
        {
            listener.SupportedKinds = isServed
                ? [new RouteKindSpec(ApiGroups.Gateway, "HTTPRoute", listener.Spec.Span)]
                : [];
            return;
        }

        bool IsServedKind(RouteKindSpec kind) => isServed && kind is { Group: ApiGroups.Gateway, Kind: "HTTPRoute" };
        listener.SupportedKinds = [.. named.Where(IsServedKind).DistinctBy(kind => (kind.Group, kind.Kind))];
        foreach (var kind in named.Where(kind => !IsServedKind(kind)))
        {
            var diagnostic = ListenerDiagnostics.RouteKind(gateway, listener, kind);
            listener.BrokenRefs ??= new Problem(ConditionReasons.InvalidRouteKinds, diagnostic.Detail);
            if (isServed)
            {
                diagnostics.Add(diagnostic);
            }
        }
    }

    private void ResolveTls(ParentDraft gateway, ListenerDraft listener)
    {
        var tls = listener.Spec.Tls;
        if (tls is not null && tls.Mode.Value is not "Terminate")
        {
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
