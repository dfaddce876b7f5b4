using Gwctl.Sandbox.State;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Gcp.CertificateManager;

/// <summary>Certificates: self-managed, or managed by Google and issued once their domains are authorized.</summary>
internal static class ManagedCertificates
{
    public static Struct Complete(CertificateDraft draft)
    {
        var content = draft.Content;
        if (content.Has("selfManaged") == content.Has("managed"))
        {
            throw GcpErrors.Invalid("certificate", "", "Exactly one of selfManaged and managed is needed.");
        }

        return content.Member("managed") is { } managed
            ? CompleteManaged(draft, managed)
            : CompleteSelfManaged(draft, content.Member("selfManaged") ?? new Struct());
    }

    /// <summary>The state of a managed certificate and of each of its domains.</summary>
    public static Struct Show(GcpCall call, CertificateName name, Struct document)
    {
        if (document.Member("managed") is not { } managed)
        {
            return document;
        }

        var authorized = managed.Texts("domains")
            .ToDictionary(domain => domain, domain => IsAuthorized(call.State, name, managed, domain));
        var isIssued = call.Now >= document.Time("@issued") && authorized.Values.All(one => one);
        return document.With("managed", managed
            .With("authorizationAttemptInfo", new ListValue(authorized.Select(one => new Struct
            {
                { "domain", one.Key },
                { "state", one.Value ? "AUTHORIZED" : "AUTHORIZING" },
            })))
            .With("state", isIssued ? "ACTIVE" : "PROVISIONING"));
    }

    private static Struct CompleteManaged(CertificateDraft draft, Struct managed)
    {
        var domains = managed.Texts("domains").ToList();
        if (domains.Count is 0 or > 100)
        {
            throw GcpErrors.Invalid("certificate.managed.domains", "", "1 to 100 domains are possible.");
        }

        var authorized = managed.Texts("dnsAuthorizations")
            .Select(reference => CertificateResources.Referred(
                draft.Call, "certificate.managed.dnsAuthorizations", reference, "dnsAuthorizations").Text("domain"))
            .ToList();
        if (authorized.Count > 0 && domains.Find(domain => !authorized.Contains(Base(domain))) is { } alone)
        {
            throw GcpErrors.Invalid("certificate.managed.domains", alone, "No DNS authorization covers the domain.");
        }

        if (authorized.Count is 0 && domains.Find(domain => domain.StartsWith('*')) is { } wild)
        {
            throw GcpErrors.Invalid("certificate.managed.domains", wild, "A wildcard needs a DNS authorization.");
        }

        return draft.Content.With("sanDnsnames", domains).With(
            "@issued", draft.Call.Now + draft.Call.Options.Delays.CertificateIssuing);
    }

    private static Struct CompleteSelfManaged(CertificateDraft draft, Struct given)
    {
        if (draft.Before is not null && !given.Has("pemCertificate"))
        {
            return draft.Content;
        }

        var chain = given.Text("pemCertificate")
            ?? throw GcpErrors.Required("certificate.selfManaged.pemCertificate");
        var key = given.Text("pemPrivateKey") ?? throw GcpErrors.Required("certificate.selfManaged.pemPrivateKey");
        var facts = PemCertificate.Read(chain, key);
        draft.Call.Options.DataPlane?.KeepKey(chain, key);
        return draft.Content
            .With("selfManaged", new Struct())
            .With("pemCertificate", chain)
            .With("sanDnsnames", facts.Names)
            .With("expireTime", GcpText.UtcTime(facts.NotAfter));
    }

    /// <summary>By the record that a DNS authorization asks for, or by a load balancer that serves it.</summary>
    private static bool IsAuthorized(Transaction state, CertificateName name, Struct managed, string domain)
    {
        var authorizations = managed.Texts("dnsAuthorizations").ToList();
        return authorizations.Count > 0
            ? authorizations.Select(reference => state.Get(new CertificateName(reference).Table, reference))
                .OfType<Struct>()
                .Any(authorization => authorization.Text("domain") == Base(domain) && HasRecord(state, authorization))
            : IsServed(state, name);
    }

    private static bool HasRecord(Transaction state, Struct authorization)
    {
        var wanted = authorization.Member("dnsResourceRecord") ?? new Struct();
        return state.Tables.ByName
            .Where(table => table.Key.StartsWith(GcpCloud.TablePrefix, StringComparison.Ordinal)
                && table.Key.EndsWith("/rrsets", StringComparison.Ordinal))
            .Any(table => table.Value.Values.Any(record =>
                record.Text("name") == wanted.Text("name") && record.Text("type") is "CNAME"
                && record.Texts("rrdatas").Contains(wanted.Text("data"))));
    }

    private static bool IsServed(Transaction state, CertificateName name) =>
        state.Rows(CertificateName.TableOf(name.Project, "certificateMapEntries"))
            .Where(row => row.Value.Texts("certificates").Contains(name.Text))
            .SelectMany(row => CertificateKinds.Proxies(
                state, new CertificateName(new CertificateName(row.Key).Parent)))
            .Any(proxy => CertificateKinds.RulesOf(state, proxy.Name).Any());

    private static string Base(string domain) =>
        domain.StartsWith("*.", StringComparison.Ordinal) ? domain[2..] : domain;
}
