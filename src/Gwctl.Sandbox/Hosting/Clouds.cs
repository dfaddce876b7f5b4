using Gwctl.Sandbox.Aws;
using Gwctl.Sandbox.Calls;
using Gwctl.Sandbox.Gcp;

namespace Gwctl.Sandbox.Hosting;

/// <summary>The clouds behind the one port. Google's services are told by their paths, and everything else is
/// Amazon's.</summary>
internal sealed record Clouds(AwsCloud Aws, GcpCloud Gcp)
{
    /// <returns>Null where the connection is to be broken instead of answered.</returns>
    public Task<WireResponse?> ServeAsync(WireRequest request, CancellationToken cancellationToken) =>
        GcpServices.Find(request) is { } service ? Gcp.ServeAsync(service, request, cancellationToken)
        : Gcp.ServeToken(request) is { } token ? Task.FromResult<WireResponse?>(token)
        : Aws.ServeAsync(request, cancellationToken);
}
