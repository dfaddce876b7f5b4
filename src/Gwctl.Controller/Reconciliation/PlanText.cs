using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Gwctl.Core;
using Gwctl.Engine.Diff;
using Gwctl.Engine.Planning;
using Gwctl.Engine.Resources;

namespace Gwctl.Controller.Reconciliation;

/// <summary>How a plan is named and told in the cluster.</summary>
internal static class PlanText
{
    private const int DigestCharacters = 32;

    /// <summary>The same for plans that do the same to the same objects, whenever they are made.</summary>
    public static string DigestOf(Plan plan)
    {
        var timeless = plan with
        {
            CreatedAt = DateTimeOffset.UnixEpoch,
            ExpiresAt = DateTimeOffset.UnixEpoch,
            InputDigest = "",
            Diagnostics = [],
            // Places within the specs move with every edit, an approval's own annotation included.
            Changes = [.. plan.Changes.Select(WithoutPlace)],
        };
        return Convert.ToHexStringLower(SHA256.HashData(PlanFile.Write(timeless)))[..DigestCharacters];
    }

    private static Change WithoutPlace(Change change) => change switch
    {
        Change.Create create => create with { After = WithoutPlace(create.After) },
        Change.Update update => update with { After = WithoutPlace(update.After) },
        Change.Replace replace => replace with { After = WithoutPlace(replace.After) },
        Change.Keep keep => keep with { Node = WithoutPlace(keep.Node) },
        _ => change,
    };

    private static ResourceNode WithoutPlace(ResourceNode node) => node with { Origin = SourceSpan.None };

    /// <summary><c>3 to add, 1 to change, 0 to destroy</c>.</summary>
    public static string Summary(IReadOnlyList<Change> changes)
    {
        var replaced = changes.Count(change => change is Change.Replace);
        var added = changes.Count(change => change is Change.Create) + replaced;
        var changed = changes.Count(change => change is Change.Update);
        var destroyed = changes.Count(change => change is Change.Delete) + replaced;
        return $"{added} to add, {changed} to change, {destroyed} to destroy";
    }

    /// <summary>One line for each change, with its reason.</summary>
    public static string Lines(Plan plan)
    {
        var text = new StringBuilder();
        foreach (var change in plan.Changes)
        {
            var sign = change switch
            {
                Change.Create => "+",
                Change.Delete => "-",
                Change.Replace => "+/-",
                _ => "~",
            };
            text.Append(sign).Append(' ').Append(change.Address);
            if (change.Reason is not "")
            {
                text.Append(": ").Append(change.Reason);
            }

            text.Append('\n');
        }

        return text.Append("Plan: ").Append(Summary(plan.Changes)).Append(".\n").ToString();
    }

    public static byte[] Compressed(Plan plan)
    {
        using var buffer = new MemoryStream();
        using (var packed = new GZipStream(buffer, CompressionLevel.Optimal))
        {
            PlanFile.Write(plan, packed);
        }

        return buffer.ToArray();
    }
}
