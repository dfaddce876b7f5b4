using Gwctl.Core;
using Gwctl.Engine.Marks;
using Gwctl.Engine.Providers;

namespace Gwctl.Cutover.Records;

/// <summary>The texts that say whose a name's records are, in external-dns's format.</summary>
public static class Registry
{
    /// <summary>How an ownership text names a cutover's document; a Gateway's says gateway.</summary>
    public const string ResourceKind = "cutover";

    private static readonly TimeSpan TextTtl = TimeSpan.FromMinutes(5);
    private static readonly string[] Types = ["A", "AAAA", "CNAME"];

    /// <summary>Every text that may say something of the hostname: those of each record type, the old form at the name
    /// itself, and the cutover's progress.</summary>
    public static EquatableList<string> TextNames(string hostname, string zone) =>
    [
        .. Types.Select(type => DnsOwnership.NameOf(type, hostname, zone)), hostname, ProgressText.NameOf(hostname),
    ];

    /// <summary>The owners that the texts name, each once.</summary>
    public static EquatableList<DnsOwner> OwnersOf(WeightedName name) =>
    [
        .. name.Texts.Where(text => text.Name != ProgressText.NameOf(name.Hostname))
            .SelectMany(text => text.Values).Select(DnsOwnership.Parse).OfType<DnsOwner>().Distinct(),
    ];

    public static Progress? ProgressOf(WeightedName name) => name.Texts
        .Where(text => text.Name == ProgressText.NameOf(name.Hostname))
        .Select(text => ProgressText.Parse(text.Values))
        .FirstOrDefault(progress => progress is not null);

    /// <summary>The name's texts with ours in the place of every other registry's: one ownership text for each of the
    /// types, and the progress where there is one. Texts that say nothing of ownership stay.</summary>
    /// <param name="types">A, AAAA, CNAME.</param>
    public static EquatableList<DnsText> Texts(
        WeightedName name, DnsOwner owner, Progress? progress, IEnumerable<string> types)
    {
        var progressName = ProgressText.NameOf(name.Hostname);
        var texts = new List<DnsText>();
        foreach (var text in name.Texts.Where(text => text.Name != progressName))
        {
            var rest = text.Values.Where(value => DnsOwnership.Parse(value) is null).ToEquatableList();
            if (rest.Count > 0)
            {
                texts.Add(text with { Values = rest });
            }
        }

        var mark = DnsOwnership.Format(owner);
        foreach (var type in types)
        {
            // At a name that holds other texts too, ours joins them: a name has one text record.
            var ownership = DnsOwnership.NameOf(type, name.Hostname, name.ZoneName);
            var shared = texts.FindIndex(text => text.Name == ownership);
            if (shared >= 0)
            {
                texts[shared] = texts[shared] with { Values = [.. texts[shared].Values, mark] };
            }
            else
            {
                texts.Add(new DnsText(ownership, [mark], TextTtl));
            }
        }

        if (progress is not null)
        {
            texts.Add(new DnsText(progressName, ProgressText.Format(progress), TimeSpan.FromSeconds(60)));
        }

        return [.. texts];
    }

    public static DnsOwner OwnerFor(string owner, ObjectName document) => new(owner, $"{ResourceKind}/{document}");

    public static DnsOwner OwnerForGateway(string owner, ObjectName gateway) => new(owner, $"gateway/{gateway}");
}
