namespace Gwctl.Sandbox.Gcp;

/// <summary>What GCP's control plane asks and tells a data plane.</summary>
internal interface IEndpointPlane
{
    /// <summary>What is known of the health of a backend service's endpoint; null where no forwarding
    /// rule leads to the service, so that nobody checks it.</summary>
    bool? IsHealthy(string serviceLink, string address, long port);

    /// <summary>Keeps the private key (PEM) of a certificate that was handed in.</summary>
    void KeepKey(string certificate, string key);
}
