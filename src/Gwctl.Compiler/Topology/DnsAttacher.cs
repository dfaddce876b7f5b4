using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Core;

namespace Gwctl.Compiler.Topology;

/// <summary>Finds the Gateways that Cutovers lead to and that DnsPolicies are for. Of several for one hostname the
/// oldest holds, then the first by name.</summary>
internal sealed class DnsAttacher(
    SpecIndex index, Dictionary<ObjectName, GatewayDraft> gateways, List<Diagnostic> diagnostics)
{
    /// <summary>cert-manager's annotations, which stand on a Gateway whose certificates it gets.</summary>
    private static readonly string[] IssuerAnnotations =
        ["cert-manager.io/cluster-issuer", "cert-manager.io/issuer"];

    public void Attach()
    {
        var cutovers = new Dictionary<string, CutoverSpec>(StringComparer.Ordinal);
        foreach (var cutover in InOrder(index.Specs.Cutovers))
        {
            Attach(cutover, cutovers);
        }

        var policies = new Dictionary<(ObjectName Gateway, string Hostname), DnsPolicySpec>();
        foreach (var policy in InOrder(index.Specs.DnsPolicies))
        {
            Attach(policy, policies);
        }
    }

    private static IEnumerable<T> InOrder<T>(IEnumerable<T> specs)
        where T : SpecObject => specs
        .OrderBy(spec => spec.Meta.CreatedAt ?? DateTimeOffset.MaxValue).ThenBy(spec => spec.Name);

    private void Attach(CutoverSpec cutover, Dictionary<string, CutoverSpec> holders)
    {
        foreach (var hostname in cutover.Hostnames.Where(name => !holders.TryAdd(name.Value, cutover)))
        {
            diagnostics.Add(DnsDiagnostics.CutOverTwice(cutover, hostname, holders[hostname.Value]));
        }

        var name = new ObjectName(cutover.To.Namespace ?? cutover.Name.Namespace, cutover.To.Name);
        if (!gateways.TryGetValue(name, out var gateway))
        {
            diagnostics.Add(DnsDiagnostics.CutoverTargetMissing(cutover, name, Hint(name)));
            return;
        }

        foreach (var hostname in cutover.Hostnames.Where(hostname => !Serves(gateway, hostname.Value)))
        {
            diagnostics.Add(DnsDiagnostics.NotServed(cutover, hostname, name));
        }

        if (gateway.Spec.Meta.Annotations.FirstOrDefault(label => IssuerAnnotations.Contains(label.Name)) is { } issuer)
        {
            diagnostics.Add(DnsDiagnostics.ChallengesSplit(cutover, name, issuer));
        }

        gateway.Cutovers.Add(cutover);
    }

    private void Attach(DnsPolicySpec policy, Dictionary<(ObjectName Gateway, string Hostname), DnsPolicySpec> holders)
    {
        var name = new ObjectName(policy.Name.Namespace, policy.TargetRef.Name);
        if (!gateways.TryGetValue(name, out var gateway))
        {
            diagnostics.Add(DnsDiagnostics.PolicyTargetMissing(policy, name, Hint(name)));
            return;
        }

        var isHeld = false;
        foreach (var hostname in policy.Hostnames.Select(item => item.Value).DefaultIfEmpty(""))
        {
            if (!holders.TryAdd((name, hostname), policy))
            {
                diagnostics.Add(DnsDiagnostics.PolicyConflict(policy, hostname, holders[(name, hostname)]));
                isHeld = true;
            }
        }

        foreach (var hostname in policy.Hostnames.Where(hostname => !Serves(gateway, hostname.Value)))
        {
            diagnostics.Add(DnsDiagnostics.PolicyForNothing(policy, hostname, name));
        }

        if (!isHeld)
        {
            gateway.DnsPolicies.Add(policy);
        }
    }

    private static bool Serves(GatewayDraft gateway, string hostname) => gateway.AllListeners.Any(
        listener => listener.IsProgrammable && listener.Hostname.Intersect(HostPattern.Parse(hostname)) is not null);

    private string Hint(ObjectName name) => index.Hints.For(
        $"Gateway/{name.Namespace}", name.Name,
        gateways.Keys.Where(key => key.Namespace == name.Namespace).Select(key => key.Name));
}
