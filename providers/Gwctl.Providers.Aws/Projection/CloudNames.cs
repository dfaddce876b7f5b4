using System.Security.Cryptography;
using System.Text;

namespace Gwctl.Providers.Aws.Projection;

/// <summary>Names of cloud objects: readable, and unique by a hash of what identifies the object.</summary>
internal static class CloudNames
{
    private const int NameHashCharacters = 10;
    private const int KeyHashCharacters = 12;
    private const int HashedCharactersUsual = 256;
    private const int HashedBytesUsual = 1_024;

    /// <summary>Letters, digits and single hyphens, at most 32 characters: what fits of the readable text, and a hash
    /// of the identity. An object whose immutable settings are in the identity gets another name when they change, so
    /// that old and new can stand side by side.</summary>
    public static string Of(string readable, params ReadOnlySpan<string> identity)
    {
        var hash = Hash(identity, NameHashCharacters);
        var stem = Slug(readable, AlbLimits.NameCharactersMax - NameHashCharacters - 1);

        // AWS reserves names that begin so.
        stem = stem.StartsWith("internal-", StringComparison.Ordinal) || stem is "internal" or "" ? $"gw-{stem}" : stem;
        stem = stem.Length > AlbLimits.NameCharactersMax - NameHashCharacters - 1
            ? stem[..(AlbLimits.NameCharactersMax - NameHashCharacters - 1)]
            : stem;
        return $"{stem.TrimEnd('-')}-{hash}";
    }

    /// <summary>For keys: short, and equal for equal text only.</summary>
    public static string KeyHash(string text) => HashOf(text, KeyHashCharacters);

    private static string Hash(ReadOnlySpan<string> parts, int characters)
    {
        var text = new StringBuilder(HashedCharactersUsual);
        foreach (var part in parts)
        {
            text.Append(part.Length).Append(':').Append(part);
        }

        return HashOf(text.ToString(), characters);
    }

    private static string HashOf(string text, int characters)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        Span<byte> buffer = stackalloc byte[HashedBytesUsual];
        var octets = Encoding.UTF8.TryGetBytes(text, buffer, out var count)
            ? buffer[..count]
            : Encoding.UTF8.GetBytes(text);
        SHA256.HashData(octets, digest);
        return Convert.ToHexStringLower(digest[..(characters / 2)]);
    }

    private static string Slug(string readable, int charactersMax)
    {
        var slug = new StringBuilder(charactersMax);
        foreach (var letter in readable)
        {
            if (char.IsAsciiLetterOrDigit(letter))
            {
                slug.Append(letter);
            }
            else if (slug.Length > 0 && slug[^1] is not '-')
            {
                slug.Append('-');
            }

            if (slug.Length == charactersMax)
            {
                break;
            }
        }

        return slug.ToString().Trim('-');
    }
}
