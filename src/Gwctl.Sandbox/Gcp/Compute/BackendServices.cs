using System.Security.Cryptography;
using System.Text;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Gcp.Compute;

/// <summary>Backend services.</summary>
internal static class BackendServices
{
    public static Struct Complete(Draft draft)
    {
        var content = WithoutSecret(draft.Content);
        if (content.List("healthChecks").Count > 1)
        {
            throw GcpErrors.Invalid("resource.healthChecks", "", "At most one health check can be specified.");
        }

        var backends = content.Structs("backends").ToList();
        if (backends.Count > draft.Call.Quotas.BackendsPerService)
        {
            throw GcpErrors.Invalid(
                "resource.backends", "", $"At most {draft.Call.Quotas.BackendsPerService} backends can be specified.");
        }

        var groups = backends.Select((backend, index) => Group(draft, content, backend, index)).ToList();
        CheckHealthChecks(content, groups);
        return backends.Count is 0
            ? content
            : content.With("backends", new ListValue(backends.Select(
                (backend, index) => CompleteBackend(content, backend, groups[index], index))));
    }

    /// <summary>Such as GCE_VM_IP_PORT; null for an instance group.</summary>
    private static string? Group(Draft draft, Struct content, Struct backend, int index)
    {
        var field = $"resource.backends[{index}].group";
        if (backend.Text("group") is not { } link)
        {
            throw GcpErrors.Required(field);
        }

        if (content.Structs("backends").Take(index).Any(other => other.Text("group") == link))
        {
            throw GcpErrors.Invalid(field, link, "The group is already a backend of this service.");
        }

        var name = ComputeName.Parse(link, draft.Name.Project)
            ?? throw GcpErrors.Invalid(field, link, "The URL is malformed.");
        return ComputeRows.Get(draft.Call.State, name).Text("networkEndpointType");
    }

    private static void CheckHealthChecks(Struct content, List<string?> groups)
    {
        var has = content.List("healthChecks").Count > 0;
        if (has && groups.Exists(group => group is "SERVERLESS"))
        {
            throw GcpErrors.Invalid(
                "resource.healthChecks", "", "A backend service with serverless network endpoint groups takes none.");
        }

        if (!has && groups.Exists(group => group is "GCE_VM_IP_PORT" or "NON_GCP_PRIVATE_IP_PORT"))
        {
            throw GcpErrors.Required("resource.healthChecks");
        }

        if (groups.Distinct().Count() > 1 && groups.Exists(group => group is "SERVERLESS" or "INTERNET_FQDN_PORT"))
        {
            throw GcpErrors.Invalid(
                "resource.backends", "", "Network endpoint groups of different types cannot be mixed.");
        }
    }

    private static Struct CompleteBackend(Struct content, Struct backend, string? group, int index)
    {
        var field = $"resource.backends[{index}]";
        var result = backend.Has("capacityScaler") ? backend : backend.With("capacityScaler", 1);
        if (group is "SERVERLESS")
        {
            return backend.Text("balancingMode") is null or "UTILIZATION"
                ? result.With("balancingMode", "UTILIZATION")
                : throw GcpErrors.Invalid(
                    $"{field}.balancingMode", backend["balancingMode"], "Not supported for serverless groups.");
        }

        var isStream = content.Text("protocol") is "TCP" or "SSL";
        var mode = backend.Text("balancingMode") ?? "UTILIZATION";
        if (group is "GCE_VM_IP_PORT" or "NON_GCP_PRIVATE_IP_PORT")
        {
            CheckCapacity(backend, isStream ? "CONNECTION" : "RATE", mode, field);
        }

        return result.With("balancingMode", mode);
    }

    private static void CheckCapacity(Struct backend, string wanted, string mode, string field)
    {
        if (mode != wanted)
        {
            throw GcpErrors.Invalid(
                $"{field}.balancingMode", mode, $"Zonal network endpoint groups need {wanted} here.");
        }

        string[] limits = wanted is "RATE"
            ? ["maxRate", "maxRatePerEndpoint"]
            : ["maxConnections", "maxConnectionsPerEndpoint"];
        if (limits.Count(backend.Has) is not 1)
        {
            throw GcpErrors.Invalid(field, "", $"Exactly one of {limits[0]} and {limits[1]} must be set.");
        }
    }

    /// <summary>The client's secret of Identity-Aware Proxy is shown by its hash only.</summary>
    private static Struct WithoutSecret(Struct content)
    {
        if (content.Member("iap") is not { } iap || iap.Text("oauth2ClientSecret") is not { } secret)
        {
            return content;
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
        return content.With("iap", iap.Without("oauth2ClientSecret").With("oauth2ClientSecretSha256", hash));
    }
}
