using System.Collections.Frozen;
using System.Security.Cryptography.X509Certificates;
using Gwctl.Sandbox.DataPlane.Targets;
using Gwctl.Sandbox.DataPlane.Tls;
using Gwctl.Sandbox.Gcp;

namespace Gwctl.Sandbox.DataPlane;

/// <summary>Answers the questions of GCP's control plane.</summary>
internal sealed class EndpointAnswers(DataPlaneParts parts) : IEndpointPlane
{
    private volatile FrozenSet<string> _inUse = FrozenSet<string>.Empty;

    public bool? IsHealthy(string serviceLink, string address, long port)
    {
        if (!_inUse.Contains(serviceLink))
        {
            return null;
        }

        var name = serviceLink[(serviceLink.LastIndexOf('/') + 1)..];

        // Attached this moment: the data plane has not yet heard of it, so nobody has checked it.
        return parts.Targets.Find(new BackendAddress(serviceLink, name, address, (int)port))
            is { Health: TargetHealth.Healthy };
    }

    public void KeepKey(string certificate, string key)
    {
        using var bare = X509Certificate2.CreateFromPem(certificate);
        parts.Keys.Keep(KeyRing.NameOf(bare), key);
    }

    /// <summary>Says which services' endpoints are checked from now on.</summary>
    public void Use(IEnumerable<TargetGroup> groups) =>
        _inUse = groups.Select(group => group.Settings.Arn).ToFrozenSet(StringComparer.Ordinal);
}
