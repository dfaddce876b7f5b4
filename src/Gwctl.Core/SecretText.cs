using System.Security.Cryptography;
using System.Text;

namespace Gwctl.Core;

/// <summary>Text that must reach no log, plan, diagnostic or exception: it prints as <c>(sensitive)</c>.</summary>
public sealed class SecretText : IEquatable<SecretText>
{
    private readonly string _value;

    public SecretText(string value) => _value = value;

    /// <summary>The secret itself: only for the request that carries it.</summary>
    public string Reveal() => _value;

    /// <summary>SHA-256 in lower-case hexadecimal: what plans and tags hold instead of the secret.</summary>
    public string Digest() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(_value)));

    public bool Equals(SecretText? other) =>
        other is not null && string.Equals(_value, other._value, StringComparison.Ordinal);

    public override bool Equals(object? obj) => Equals(obj as SecretText);

    public override int GetHashCode() => string.GetHashCode(_value, StringComparison.Ordinal);

    public override string ToString() => "(sensitive)";
}
