using System.Security.Cryptography;
using System.Text;

namespace Gwctl.Engine.Resources;

/// <summary>Digests of attribute values: for marks and fingerprints, where nobody gains by a collision.</summary>
public static class Canonical
{
    /// <summary>128 bits in hexadecimal.</summary>
    private const int DigestLength = 32;

    public static string Digest(AttributeValue value) =>
        Convert.ToHexStringLower(
            SHA256.HashData(Encoding.UTF8.GetBytes(AttributeOrder.Canonical(value))))[..DigestLength];

    public static string Digest(AttributeMap map) => Digest(new AttributeValue.Map(map));
}
