using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Gcp.Compute;

/// <summary>Compute's SSL certificates, self-managed or managed by Google. Keys are never in the state;
/// a data plane keeps them.</summary>
internal static class SslCertificates
{
    public static Struct Complete(Draft draft) =>
        draft.Content.Text("type") is "MANAGED" || draft.Content.Has("managed")
            ? CompleteManaged(draft)
            : CompleteSelfManaged(draft);

    public static Struct Show(GcpCall call, ComputeName name, Struct document)
    {
        if (document.Member("managed") is not { } managed)
        {
            return document;
        }

        var isIssued = document.Time("@issued") is { } issued && issued <= call.Now && IsServed(call, name);
        var status = isIssued ? "ACTIVE" : "PROVISIONING";
        var domains = new Struct();
        foreach (var domain in managed.Texts("domains"))
        {
            domains.Add(domain, status);
        }

        return document.With("managed", managed.With("domainStatus", domains).With("status", status));
    }

    /// <summary>Google issues only what a target proxy with a forwarding rule serves.</summary>
    private static bool IsServed(GcpCall call, ComputeName name) => ComputeRows
        .All(call.State, name.Project, "targetHttpsProxies")
        .Concat(ComputeRows.All(call.State, name.Project, "targetSslProxies"))
        .Where(proxy => proxy.Document.Texts("sslCertificates").Contains(name.Link))
        .Any(proxy => ComputeRows.All(call.State, name.Project, "forwardingRules")
            .Any(rule => rule.Document.Text("target") == proxy.Name.Link));

    private static Struct CompleteManaged(Draft draft)
    {
        var content = draft.Content;
        if (content.Has("certificate") || content.Has("privateKey") || content.Has("selfManaged"))
        {
            throw draft.Invalid("certificate", "Not possible for a managed certificate.");
        }

        if (draft.Name.Scope.Kind is not ScopeKind.Global)
        {
            throw draft.Invalid("type", "Managed certificates are global.");
        }

        var domains = content.Member("managed")?.Texts("domains").ToList() ?? [];
        if (domains.Count is 0 or > 100 || domains.Exists(domain => domain.Contains('*')))
        {
            throw GcpErrors.Invalid(
                "resource.managed.domains", string.Join(',', domains), "Needs 1 to 100 domains without wildcards.");
        }

        return content.With("type", "MANAGED")
            .With("subjectAlternativeNames", domains)
            .With("@issued", draft.Call.Now + draft.Call.Options.Delays.CertificateIssuing);
    }

    private static Struct CompleteSelfManaged(Draft draft)
    {
        var content = draft.Content;
        var given = content.Member("selfManaged") ?? content;
        var chain = given.Text("certificate") ?? throw GcpErrors.Required("resource.certificate");
        var key = given.Text("privateKey") ?? throw GcpErrors.Required("resource.privateKey");
        var facts = PemCertificate.Read(chain, key);
        draft.Call.Options.DataPlane?.KeepKey(chain, key);
        var result = content.Without("privateKey", "selfManaged")
            .With("certificate", chain)
            .With("type", "SELF_MANAGED")
            .With("selfManaged", new Struct { { "certificate", chain } })
            .With("expireTime", GcpText.ComputeTime(facts.NotAfter));
        return facts.Names.Count is 0 ? result : result.With("subjectAlternativeNames", facts.Names);
    }
}
