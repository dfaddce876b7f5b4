using System.Security.Cryptography;
using System.Text;

namespace Gwctl.Engine.Resources;

/// <summary>Names of cloud objects: readable, and unique by a hash of what identifies the object.</summary>
public static class ObjectNames
{
    /// <summary>The characters of the hash and of the hyphen before it.</summary>
    public const int HashCharacters = NameHashCharacters + 1;

    private const int NameHashCharacters = 10;
    private const int KeyHashCharacters = 12;
    private const int HashedCharactersUsual = 256;
    private const int HashedBytesUsual = 1_024;

    /// <summary>A stem, a hyphen, and a hash of the identity. An object whose immutable settings are in the identity
    /// gets another name when they change, so that old and new can stand side by side.</summary>
    /// <param name="stem">Letters, digits and single hyphens, as <see cref="Slug"/> makes them.</param>
    /// <param name="identity">What tells the object from every other one.</param>
    public static string Of(string stem, params ReadOnlySpan<string> identity) =>
        $"{stem.TrimEnd('-')}-{Hash(identity, NameHashCharacters)}";

    /// <summary>For keys: short, and equal for equal text only.</summary>
    public static string KeyHash(string text) => HashOf(text, KeyHashCharacters);

    /// <summary>ASCII letters, digits and single hyphens between them: what fits of the text.</summary>
    public static string Slug(string readable, int charactersMax)
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
}
