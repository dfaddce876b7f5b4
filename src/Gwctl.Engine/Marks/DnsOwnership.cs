using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Gwctl.Engine.Marks;

/// <summary>What an ownership record says: who owns the records of a name, and which object wants them.</summary>
/// <param name="Owner">The owner id.</param>
/// <param name="Resource"><c>kind/namespace/name</c>, as in <c>gateway/shop/web</c>; empty where the text names
/// none.</param>
public sealed record DnsOwner(string Owner, string Resource);

/// <summary>Ownership of DNS records, which have no tags: a TXT record in external-dns's registry format, so that
/// external-dns keeps off our names and we keep off its. Text is unquoted here; quoting belongs to the zone file syntax
/// of each DNS service.</summary>
public static class DnsOwnership
{
    private const string Heritage = "heritage=external-dns";
    private const string OwnerField = "external-dns/owner=";
    private const string ResourceField = "external-dns/resource=";

    /// <summary>One TXT string holds no more (RFC 1035 section 3.3.14).</summary>
    public const int TextBytesMax = 255;

    // Most DNS services take an asterisk as a whole first label only. No host of the Gateway API has an underscore.
    private const string AnyLabel = "_any";

    // Longer than any DNS label set: what is longer is no record of the registry's.
    private const int ParsedCharactersMax = 4_096;

    // A comma ends a field, a quote or backslash would need escapes that external-dns does not know.
    private static readonly SearchValues<char> s_unfit = SearchValues.Create(",\"\\");

    /// <summary>The name of the TXT record that owns <paramref name="hostname"/>'s records of a type:
    /// <c>a-www.example.com</c> for the A record of <c>www.example.com</c>. At the zone's apex that name would lie
    /// outside the zone, so that there it is
    /// <c>_gwctl-a.example.com</c>. For a wildcard it is <c>a-_any.example.com</c>.</summary>
    /// <param name="recordType">A, AAAA, CNAME, in any case.</param>
    /// <param name="hostname">Without the last dot; <c>*.example.com</c> for a wildcard.</param>
    /// <param name="zone">The zone's name without the last dot.</param>
    public static string NameOf(string recordType, string hostname, string zone)
    {
        var type = recordType.ToLowerInvariant();
        var name = hostname.ToLowerInvariant();
        return string.Equals(name, zone, StringComparison.OrdinalIgnoreCase) ? $"_gwctl-{type}.{name}"
            : name.StartsWith("*.", StringComparison.Ordinal) ? $"{type}-{AnyLabel}{name[1..]}"
            : $"{type}-{name}";
    }

    /// <summary>The record type (upper case) and hostname that a TXT record of this name owns; false where the name is
    /// not one that <see cref="NameOf"/> or external-dns without a prefix makes.</summary>
    public static bool TryParseName(
        string name, [NotNullWhen(true)] out string? recordType, [NotNullWhen(true)] out string? hostname)
    {
        (recordType, hostname) = (null, null);
        var text = name.StartsWith("_gwctl-", StringComparison.Ordinal) ? name["_gwctl-".Length..] : name;
        var apex = text.Length < name.Length;
        var end = text.IndexOf(apex ? '.' : '-', StringComparison.Ordinal);
        if (end < 1 || end == text.Length - 1 || text[..end] is not ("a" or "aaaa" or "cname"))
        {
            return false;
        }

        (recordType, hostname) = (text[..end].ToUpperInvariant(), text[(end + 1)..]);
        if (hostname.StartsWith($"{AnyLabel}.", StringComparison.Ordinal))
        {
            hostname = $"*{hostname[AnyLabel.Length..]}";
        }

        return true;
    }

    /// <summary>True where the owner can be written: one TXT string holds it and nothing in it looks like
    /// syntax.</summary>
    public static bool CanFormat(DnsOwner owner) =>
        owner.Owner.Length > 0 && IsFit(owner.Owner) && IsFit(owner.Resource)
        && Encoding.UTF8.GetByteCount(Text(owner)) <= TextBytesMax;

    /// <summary>The TXT record's text, without quotes.</summary>
    /// <exception cref="ArgumentException"><see cref="CanFormat"/> is false.</exception>
    public static string Format(DnsOwner owner) =>
        CanFormat(owner) ? Text(owner) : throw new ArgumentException($"unfit for a TXT record: {owner}", nameof(owner));

    /// <summary>Reads a TXT record's text, with or without the quotes around it; null where it is no ownership record.
    /// Fields that we do not know (external-dns adds some) are passed over.</summary>
    public static DnsOwner? Parse(string text)
    {
        if (text.Length > ParsedCharactersMax)
        {
            return null;
        }

        var fields = Unquote(text.Trim()).Split(',');
        if (!string.Equals(fields[0], Heritage, StringComparison.Ordinal))
        {
            return null;
        }

        string? owner = null;
        string? resource = null;
        foreach (var field in fields.AsSpan(1))
        {
            owner ??= ValueOf(field, OwnerField);
            resource ??= ValueOf(field, ResourceField);
        }

        return string.IsNullOrEmpty(owner) ? null : new DnsOwner(owner, resource ?? "");
    }

    private static string Text(DnsOwner owner) => owner.Resource is ""
        ? $"{Heritage},{OwnerField}{owner.Owner}"
        : $"{Heritage},{OwnerField}{owner.Owner},{ResourceField}{owner.Resource}";

    private static bool IsFit(string text) => !text.AsSpan().ContainsAny(s_unfit)
        && !text.Any(char.IsControl) && !char.IsWhiteSpace(text.FirstOrDefault('x'))
            && !char.IsWhiteSpace(text.LastOrDefault('x'));

    private static string Unquote(string text) =>
        text.Length >= 2 && text[0] is '"' && text[^1] is '"' ? text[1..^1] : text;

    private static string? ValueOf(string field, string name) =>
        field.StartsWith(name, StringComparison.Ordinal) ? field[name.Length..] : null;
}
