using Gwctl.Sandbox.Gcp.CertificateManager;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Gcp.Compute;

/// <summary>Target proxies of all four kinds.</summary>
internal static class TargetProxies
{
    private static readonly string CertificateMapHost = CertificateKinds.MapLink("");

    public static Struct CompleteHttp(Draft draft)
    {
        RequireMember(draft, "urlMap");
        return draft.Content;
    }

    public static Struct CompleteHttps(Draft draft)
    {
        RequireMember(draft, "urlMap");
        CheckCertificates(draft);
        return draft.Content;
    }

    public static Struct CompleteStream(Draft draft)
    {
        RequireMember(draft, "service");
        if (draft.Name.Collection is "targetSslProxies")
        {
            CheckCertificates(draft);
        }

        return draft.Content;
    }

    /// <summary>The backend services behind a proxy must be of its forwarding rule's scheme.</summary>
    public static void CheckScheme(Draft rule, string target)
    {
        var state = rule.Call.State;
        var scheme = rule.Content.Text("loadBalancingScheme");
        var proxy = Kept(state, target);
        var services = proxy?.Text("urlMap") is { } map && Kept(state, map) is { } urlMap
            ? References.Of(ComputeKinds.UrlMaps, urlMap)
            : proxy?.Text("service") is { } service ? [service] : [];
        foreach (var path in services.Distinct())
        {
            if (Kept(state, path)?.Text("loadBalancingScheme") is { } other && other != scheme)
            {
                throw rule.Invalid(
                    "loadBalancingScheme", $"The backend service '{path}' has the load balancing scheme {other}.");
            }
        }
    }

    private static Struct? Kept(State.Transaction state, string reference) =>
        ComputeName.Parse(reference, "") is { } name ? ComputeRows.Find(state, name) : null;

    private static void RequireMember(Draft draft, string member)
    {
        if (!draft.Content.Has(member))
        {
            throw GcpErrors.Required($"resource.{member}");
        }
    }

    private static void CheckCertificates(Draft draft)
    {
        var count = draft.Content.List("sslCertificates").Count;
        var map = draft.Content.Text("certificateMap");
        if (count is 0 && map is null)
        {
            throw GcpErrors.Invalid(
                "resource.sslCertificates", "", "At least one SSL certificate or a certificate map must be specified.");
        }

        if (count > draft.Call.Quotas.CertificatesPerProxy)
        {
            throw GcpErrors.Invalid(
                "resource.sslCertificates", "",
                $"A target proxy takes at most {draft.Call.Quotas.CertificatesPerProxy} SSL certificates.");
        }

        if (map is not null)
        {
            CheckMap(draft, map);
        }
    }

    private static void CheckMap(Draft draft, string map)
    {
        var name = map.StartsWith(CertificateMapHost, StringComparison.Ordinal) ? map[CertificateMapHost.Length..] : "";
        if (name.Split('/') is not ["projects", _, "locations", _, "certificateMaps", _]
            || draft.Name.Scope.Kind is not ScopeKind.Global)
        {
            throw draft.Invalid("certificateMap", "The URL is malformed.");
        }

        if (draft.Call.State.Get(new CertificateName(name).Table, name) is null)
        {
            throw GcpErrors.NotFound(name);
        }
    }
}
