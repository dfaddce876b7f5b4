using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Aws.Reading;

/// <summary>Caller references of health checks, which are written when one is made, while tags can only follow: so a
/// check whose run was killed in between is found. As <c>gwctl-owner-gateway-key-time</c>, all but the time by hashes.
/// The time, because Route 53 refuses a deleted check's reference for days.</summary>
internal static class CheckReference
{
    private const int HashLength = 12;

    public static string StartOf(string owner) => $"gwctl-{Hash(owner)}-";

    public static string StartOf(string owner, ResourceAddress address) =>
        $"{StartOf(owner)}{Hash(address.Gateway.ToString())}-{Hash(address.Key)}-";

    /// <summary>61 of the 64 characters that there may be.</summary>
    public static string Of(string owner, ResourceAddress address, DateTimeOffset now) =>
        $"{StartOf(owner, address)}{now.UtcTicks:x16}";

    /// <summary>Whether it was made for some key of the address's Gateway.</summary>
    public static bool IsOfGateway(string reference, string owner, ResourceAddress address) => reference.StartsWith(
        $"{StartOf(owner)}{Hash(address.Gateway.ToString())}-", StringComparison.Ordinal);

    private static string Hash(string text) => Canonical.Digest(Attr.Text(text))[..HashLength];
}
