using System.Security.Cryptography.X509Certificates;
using Gwctl.Sandbox.DataPlane.Targets;
using Gwctl.Sandbox.DataPlane.Tls;
using Gwctl.Sandbox.Gcp;

namespace Gwctl.Sandbox.DataPlane;

/// <summary>Answers the questions of GCP's control plane.</summary>
internal sealed class EndpointAnswers(DataPlaneParts parts) : IEndpointPlane
{
    public bool? IsHealthy(string serviceLink, string address, long port)
    {
        var name = serviceLink[(serviceLink.LastIndexOf('/') + 1)..];
        return parts.Targets.Find(new BackendAddress(serviceLink, name, address, (int)port)) is { } target
            ? target.Health is TargetHealth.Healthy
            : null;
    }

    public void KeepKey(string certificate, string key)
    {
        using var bare = X509Certificate2.CreateFromPem(certificate);
        parts.Keys.Keep(KeyRing.NameOf(bare), key);
    }
}
