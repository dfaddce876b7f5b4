using Gwctl.Engine.Marks;

namespace Gwctl.Providers.Gcp.Reading;

/// <summary>An ownership text as it is written beside a record set. Of a weighted set each item may have an owner of
/// its own, who is told from the others by one more field, which other tools pass over.</summary>
/// <param name="Owner">Who, and for which object.</param>
/// <param name="Member">The value that the owner's item answers; empty where the owner has no item yet. Null for an
/// owner of the whole set.</param>
/// <param name="Base">The text without quotes and without the member's field.</param>
internal sealed record RecordOwner(DnsOwner Owner, string? Member, string Base)
{
    private const string MemberField = "gwctl/member=";

    /// <summary>What the member's field takes at most: behind a comma, with an IPv6 address.</summary>
    public const int MemberBytesMax = 1 + 13 + 39;

    /// <summary>Unquoted.</summary>
    public string Text => Member is null ? Base : $"{Base},{MemberField}{Member}";

    public static RecordOwner Of(DnsOwner owner, string? member) => new(owner, member, DnsOwnership.Format(owner));

    /// <summary>Null where it is another kind of text.</summary>
    public static RecordOwner? Parse(string text)
    {
        if (DnsOwnership.Parse(text) is not { } owner)
        {
            return null;
        }

        var fields = text.Trim().Trim('"').Split(',');
        var member = Array.Find(fields, field => field.StartsWith(MemberField, StringComparison.Ordinal));
        return new RecordOwner(
            owner, member?[MemberField.Length..], string.Join(',', fields.Where(field => field != member)));
    }
}
