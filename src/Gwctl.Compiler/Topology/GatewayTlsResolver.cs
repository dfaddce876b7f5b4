using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Core;

namespace Gwctl.Compiler.Topology;

/// <summary>Resolves a Gateway's spec.tls: what its HTTPS ports ask of clients, and what it shows to
/// backends.</summary>
internal sealed class GatewayTlsResolver(
    CaResolver authorities, CertificateResolver certificates, List<Diagnostic> diagnostics)
{
    private readonly Dictionary<(ObjectId Gateway, ClientValidationSpec Validation), CaResolution> _found = [];

    /// <summary>Judges the Gateway's own listeners: whether it is accepted depends on it.</summary>
    public void ResolveOwn(GatewayDraft gateway)
    {
        if (gateway.Spec.Tls?.BackendCertificate is { } reference)
        {
            ResolveBackend(gateway, reference);
        }

        ResolveFrontend(gateway, gateway.Listeners);
    }

    /// <summary>Judges the listeners of its ListenerSets, which share its ports.</summary>
    public void ResolveSets(GatewayDraft gateway)
    {
        ResolveFrontend(gateway, [.. gateway.AllListeners.Except(gateway.Listeners)]);
        var ports = gateway.AllListeners
            .Where(listener => listener.Protocol is ListenerProtocol.Https)
            .Select(listener => listener.Spec.Port.Value)
            .ToHashSet();
        foreach (var idle in gateway.Spec.Tls?.Frontend?.PerPort ?? [])
        {
            if (!ports.Contains(idle.Port.Value))
            {
                diagnostics.Add(CaDiagnostics.NothingToAsk(gateway.ObjectId, idle));
            }
        }
    }

    private void ResolveBackend(GatewayDraft gateway, SpecReference reference)
    {
        if (certificates.ResolveBackend(gateway, reference, out var secret) is { } problem)
        {
            gateway.BrokenBackendCertificate = new Problem(problem.Reason, problem.Detail);
            diagnostics.Add(problem);
        }

        gateway.BackendCertificate = secret;
    }

    private void ResolveFrontend(GatewayDraft gateway, IReadOnlyList<ListenerDraft> listeners)
    {
        if (gateway.Spec.Tls?.Frontend is not { } frontend)
        {
            return;
        }

        foreach (var port in listeners
            .Where(listener => listener.Protocol is ListenerProtocol.Https)
            .GroupBy(listener => listener.Spec.Port.Value)
            .OrderBy(port => port.Key))
        {
            var own = frontend.PerPort.FirstOrDefault(item => item.Port.Value == port.Key);
            if ((own is null ? frontend.Default : own.Validation) is { } validation)
            {
                var found = Resolve(gateway, validation);
                Tell([.. port], found);
                gateway.ClientValidations[port.Key] = new ClientValidation(
                    found.Certificates, validation.AllowsInsecureFallback, validation.Span);
            }
        }
    }

    /// <summary>Several ports may have the same validation: what is wrong with it is told once.</summary>
    private CaResolution Resolve(GatewayDraft gateway, ClientValidationSpec validation)
    {
        if (_found.TryGetValue((gateway.ObjectId, validation), out var known))
        {
            return known;
        }

        var found = authorities.Resolve(
            gateway.ObjectId, validation.CaCertificateRefs, ConditionReasons.InvalidCaCertificateKind);
        _found.Add((gateway.ObjectId, validation), found);
        diagnostics.AddRange(found.Problems);
        if (validation.AllowsInsecureFallback)
        {
            diagnostics.Add(CaDiagnostics.InsecureFallback(gateway.ObjectId, validation));
        }

        return found;
    }

    /// <summary>Without any CA the listeners are refused: nobody's certificate could be judged.</summary>
    private static void Tell(List<ListenerDraft> listeners, CaResolution found)
    {
        if (found.Problems.Count is 0)
        {
            return;
        }

        var first = found.Problems.Find(problem => problem.Reason is ConditionReasons.RefNotPermitted)
            ?? found.Problems[0];
        var detail = string.Join(' ', found.Problems.Select(problem => problem.Detail));
        foreach (var listener in listeners)
        {
            listener.BrokenRefs ??= new Problem(first.Reason, detail);
            if (found.Certificates.Count is 0)
            {
                listener.Refusal ??= new Problem(ConditionReasons.NoValidCaCertificate, detail);
            }
        }
    }
}
