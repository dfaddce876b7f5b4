using System.Globalization;
using System.Text;
using Gwctl.Core;
using Gwctl.Engine.Marks;
using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Aws.Reading;

/// <summary>The tags by which gwctl knows its objects again. Whose an object is, and which, is written when it is
/// made and never changed; so a late copy of these tags says the truth. The digests do change.</summary>
internal static class Marks
{
    public const string Prefix = MarkNames.Prefix;
    public const string Owner = MarkNames.Owner;
    public const string Gateway = MarkNames.Gateway;
    public const string Key = MarkNames.Key;
    public const string Protect = MarkNames.Protect;

    /// <summary>Digest of the attributes that the cloud only tells object by object.</summary>
    public const string Digest = MarkNames.Digest;

    /// <summary>Digest of a target group's registered targets.</summary>
    public const string TargetsDigest = "gwctl.dev/targets";

    /// <summary>Digests of an imported certificate's chain and key: the cloud never gives the key back.</summary>
    public const string ChainDigest = "gwctl.dev/chain";
    public const string PrivateKeyDigest = "gwctl.dev/private-key";

    /// <summary>Where a trust store's bundle came from: the cloud keeps its own copy, and names no source.</summary>
    public const string Location = "gwctl.dev/location";

    /// <summary>Names of the user's tags that gwctl wrote, so that one which the specs drop is dropped from the
    /// object too.</summary>
    public const string TagNames = "gwctl.dev/tags";

    /// <summary>Names of the attributes that gwctl set because the specs say so, as <see cref="TagNames"/>.</summary>
    public const string AttributeNames = "gwctl.dev/attributes";

    /// <summary>What others mark their objects with.</summary>
    private static readonly EquatableList<string> OwnerTags =
        ["elbv2.k8s.aws/cluster", "kubernetes.io/cluster", "aws:cloudformation:stack-name"];

    private const int ValueLengthMax = 256;
    private const char TagNameSeparator = ' ';

    /// <summary>The marks that say whose an object is and which one.</summary>
    public static Tags Of(string owner, ResourceAddress address) => new(
    [
        KeyValuePair.Create(Owner, owner),
        KeyValuePair.Create(Gateway, address.Gateway.ToString()),
        KeyValuePair.Create(Key, Encode(address.Key)),
    ]);

    /// <summary>Null where the marks are not complete, or not readable.</summary>
    public static ResourceAddress? AddressOf(string scope, string kind, Tags tags) =>
        tags[Gateway] is { } gateway && tags[Key] is { } key && Decode(key) is { } decoded
            ? MarkNames.AddressOf(scope, kind, gateway, decoded)
            : null;

    public static bool IsProtected(Tags tags) => tags[Protect] is "true";

    /// <summary>The user's tags that gwctl wrote, as the object's own mark has them.</summary>
    public static EquatableList<string> WrittenNames(Tags tags) => Names(tags[TagNames]);

    /// <summary>What <see cref="NamesValue"/> was made of.</summary>
    public static EquatableList<string> Names(string? value) => value is { Length: > 0 } names
        ? [.. names.Split(TagNameSeparator).Select(name => Decode(name) ?? name)]
        : [];

    /// <summary>A mark that names what the user wrote; null where there is nothing, or more names than a tag can
    /// hold: then what is dropped stays on the object.</summary>
    public static string? NamesValue(IEnumerable<string> names)
    {
        var value = string.Join(TagNameSeparator, names.Order(StringComparer.Ordinal).Select(Encode));
        return value.Length is > 0 and <= ValueLengthMax ? value : null;
    }

    /// <summary>Who owns a foreign object, as far as its tags say; for people.</summary>
    public static string OwnerText(Tags tags)
    {
        if (tags[Owner] is { } owner)
        {
            return $"gwctl, owner {owner}";
        }

        foreach (var name in OwnerTags)
        {
            if (tags[name] is { } value)
            {
                return $"{name} {value}";
            }
        }

        return "";
    }

    /// <summary>Tag values hold letters, digits, spaces and <c>_.:/=+-@</c>; of a key, all else and <c>=</c> become
    /// <c>=XX</c>.</summary>
    public static string Encode(string text)
    {
        if (text.All(IsPlain))
        {
            return text;
        }

        var encoded = new StringBuilder(text.Length);
        foreach (var octet in Encoding.UTF8.GetBytes(text))
        {
            _ = IsPlain((char)octet) ? encoded.Append((char)octet) : encoded.Append('=').Append(octet.ToString("X2"));
        }

        Invariant.Holds(encoded.Length <= ValueLengthMax);
        return encoded.ToString();
    }

    public static string? Decode(string text)
    {
        if (!text.Contains('='))
        {
            return text;
        }

        var octets = new List<byte>(text.Length);
        for (var index = 0; index < text.Length; index++)
        {
            if (text[index] is not '=')
            {
                octets.Add((byte)text[index]);
            }
            else if (index + 2 < text.Length
                && byte.TryParse(text.AsSpan(index + 1, 2), NumberStyles.AllowHexSpecifier, null, out var octet))
            {
                octets.Add(octet);
                index += 2;
            }
            else
            {
                return null;
            }
        }

        return Encoding.UTF8.GetString([.. octets]);
    }

    private static bool IsPlain(char character) =>
        char.IsAsciiLetterOrDigit(character) || character is '_' or '.' or ':' or '/' or '+' or '-' or '@';
}
