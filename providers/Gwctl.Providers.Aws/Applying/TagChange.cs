using Gwctl.Core;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Aws.Reading;

namespace Gwctl.Providers.Aws.Applying;

/// <summary>What to do to an object's user tags.</summary>
internal sealed record TagChange(Tags Added, EquatableList<string> Removed)
{
    public static TagChange Between(AttributeMap before, AttributeMap after)
    {
        var (old, wanted) = (before.MapOf("tags"), after.MapOf("tags"));
        var added = wanted.Pairs().Where(tag => old.TextOrNull(tag.Key) != tag.Value).ToList();
        var removed = old.Fields.Select(field => field.Name).Where(name => wanted[name] is null).ToList();
        var names = Marks.NamesValue(wanted.Fields.Select(field => field.Name));
        if (names is null && removed.Count > 0)
        {
            removed.Add(Marks.TagNames);
        }

        var changed = added.Count > 0 || removed.Count > 0;
        return new TagChange(new Tags(added).With(Marks.TagNames, changed ? names : null), [.. removed]);
    }

    /// <summary>Removes before it adds: the mark that is added names a dropped tag no longer, and after a kill in
    /// between nobody would know whose it is.</summary>
    public async Task MakeAsync(Func<EquatableList<string>, Task> remove, Func<Tags, Task> add)
    {
        if (Removed.Count > 0)
        {
            await remove(Removed);
        }

        if (Added.All.Any())
        {
            await add(Added);
        }
    }
}

/// <summary>The last look before a deletion.</summary>
internal static class Deletion
{
    /// <exception cref="ProviderException">The object is not ours any more, or is protected.</exception>
    public static void Check(ApplyContext context, StepCall call, string id, Tags tags)
    {
        if (!context.Owns(tags, call.Step.Address))
        {
            throw ApplyFailures.Common.NotOurs(call.Step.Address, id);
        }

        if (Marks.IsProtected(tags))
        {
            throw ApplyFailures.Common.Protected(call.Step.Address, $"{id} bears the tag {Marks.Protect}=true");
        }
    }
}
