using Gwctl.Sandbox.Gcp.Compute;
using Gwctl.Sandbox.State;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Gcp.CertificateManager;

/// <summary>The table of Certificate Manager's collections.</summary>
internal static class CertificateKinds
{
    private const int CertificatesPerEntry = 4;

    private static readonly string[] Proxied = ["targetHttpsProxies", "targetSslProxies"];

    public static IReadOnlyList<CertificateKind> All { get; } =
    [
        new("certificates", "Certificate", ["description", "labels", "selfManaged"])
        {
            Complete = ManagedCertificates.Complete,
            Show = ManagedCertificates.Show,
            FindUser = (state, name) => UserOf(state, name, "certificateMapEntries", "certificates"),
        },
        new("certificateMaps", "CertificateMap", ["description", "labels"])
        {
            Complete = draft => draft.Content,
            Show = ShowMap,
            FindUser = FindUserOfMap,
        },
        new("certificateMapEntries", "CertificateMapEntry", ["description", "labels", "certificates"])
        {
            Complete = CompleteEntry,
        },
        new("dnsAuthorizations", "DnsAuthorization", ["description", "labels"])
        {
            Complete = CompleteAuthorization,
            FindUser = FindUserOfAuthorization,
        },
    ];

    /// <summary>How a target proxy names a certificate map.</summary>
    public static string MapLink(string name) => $"//certificatemanager.googleapis.com/{name}";

    private static Struct CompleteEntry(CertificateDraft draft)
    {
        var content = draft.Content;
        if (content.Has("hostname") == content.Has("matcher"))
        {
            throw GcpErrors.Invalid("certificateMapEntry", "", "Exactly one of hostname and matcher is needed.");
        }

        var certificates = content.Texts("certificates").ToList();
        if (certificates.Count is 0 or > CertificatesPerEntry)
        {
            throw GcpErrors.Invalid(
                "certificateMapEntry.certificates", "", $"1 to {CertificatesPerEntry} certificates are possible.");
        }

        certificates.ForEach(certificate => CertificateResources.Referred(
            draft.Call, "certificateMapEntry.certificates", certificate, "certificates"));
        var same = draft.Call.State.Rows(draft.Name.Table).FirstOrDefault(row =>
            row.Key != draft.Name.Text && new CertificateName(row.Key).Parent == draft.Name.Parent
            && row.Value.Text("hostname") == content.Text("hostname")
            && row.Value.Text("matcher") == content.Text("matcher"));
        return same.Key is null ? content.With("state", "ACTIVE") : throw new GcpException(
            409, "alreadyExists", $"The map entry '{same.Key}' stands for the same host names");
    }

    private static Struct CompleteAuthorization(CertificateDraft draft)
    {
        var content = draft.Content;
        var domain = content.Text("domain") ?? throw GcpErrors.Required("dnsAuthorization.domain");
        if (domain.Contains('*') || !Dns.DnsNames.IsValid($"{domain}."))
        {
            throw GcpErrors.Invalid("dnsAuthorization.domain", domain, "Must be a domain name without a wildcard.");
        }

        if (draft.Before is not null)
        {
            return content;
        }

        var token = draft.Call.State.NextHex(32);
        return content.With("type", content.Text("type") ?? "FIXED_RECORD").With("dnsResourceRecord", new Struct
        {
            { "data", $"{token[..8]}-{token[8..12]}-{token[12..16]}-{token[16..20]}-{token[20..]}"
                + ".0.authorize.certificatemanager.goog." },
            { "name", $"_acme-challenge.{domain}." },
            { "type", "CNAME" },
        });
    }

    private static Struct ShowMap(GcpCall call, CertificateName name, Struct document)
    {
        var targets = Proxies(call.State, name).Select(proxy => new Struct
        {
            { "ipConfigs", RulesOf(call.State, proxy.Name).Select(IpConfig) },
            { "targetHttpsProxy", proxy.Name.Link },
        }).ToList();
        return targets.Count is 0 ? document : document.With("gclbTargets", new ListValue(targets));
    }

    private static Struct IpConfig(Struct rule) => new()
    {
        { "ipAddress", rule.Text("IPAddress") },
        {
            "ports",
            new ListValue([new NumberValue(int.Parse((rule.Text("portRange") ?? "0").Split('-')[0]))])
        },
    };

    /// <summary>The target proxies that use a map.</summary>
    public static IEnumerable<(ComputeName Name, Struct Document)> Proxies(Transaction state, CertificateName map) =>
        Proxied
            .SelectMany(collection => ComputeRows.All(state, map.Project, collection))
            .Where(proxy => proxy.Document.Text("certificateMap") == MapLink(map.Text));

    public static IEnumerable<Struct> RulesOf(Transaction state, ComputeName proxy) =>
        ComputeRows.All(state, proxy.Project, "forwardingRules")
            .Where(rule => rule.Document.Text("target") == proxy.Link)
            .Select(rule => rule.Document);

    private static string? FindUserOfMap(Transaction state, CertificateName name)
    {
        var entries = state.Rows(CertificateName.TableOf(name.Project, "certificateMapEntries")).Keys;
        return entries.FirstOrDefault(entry => new CertificateName(entry).Parent == name.Text)
            ?? Proxies(state, name).Select(proxy => proxy.Name.Path).FirstOrDefault();
    }

    private static string? FindUserOfAuthorization(Transaction state, CertificateName name) =>
        state.Rows(CertificateName.TableOf(name.Project, "certificates"))
            .Where(row => row.Value.Member("managed")?.Texts("dnsAuthorizations").Contains(name.Text) is true)
            .Select(row => row.Key)
            .FirstOrDefault();

    private static string? UserOf(Transaction state, CertificateName name, string collection, string member) =>
        state.Rows(CertificateName.TableOf(name.Project, collection))
            .Where(row => row.Value.Texts(member).Contains(name.Text))
            .Select(row => row.Key)
            .FirstOrDefault();
}
