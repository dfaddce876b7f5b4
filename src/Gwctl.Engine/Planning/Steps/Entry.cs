using Gwctl.Engine.Diff;
using Gwctl.Engine.Resources;

namespace Gwctl.Engine.Planning.Steps;

/// <summary>A change on its way to steps.</summary>
internal sealed class Entry
{
    private static readonly List<Entry> s_none = [];

    // Most have none.
    private List<Entry>? _users;

    public Entry(Change change, KindSchema schema)
    {
        (Change, Schema) = (change, schema);
        (Node, Live) = change switch
        {
            Change.Create create => (create.After, null),
            Change.Update update => (update.After, update.Before),
            Change.Replace replace => (replace.After, replace.Before),
            Change.Delete delete => ((ResourceNode?)null, (LiveResource?)delete.Before),
            Change.Keep keep => (keep.Node, keep.Live),
            Change.Adopt adopt => (adopt.Node, adopt.Before),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        References = Node is null ? [] : AttributeWalk.References(Node.Attributes);
    }

    public Change Change { get; }

    public KindSchema Schema { get; }

    /// <summary>As it should be; null for deletions.</summary>
    public ResourceNode? Node { get; }

    /// <summary>As it is; null for creations. Of a replacement the old object.</summary>
    public LiveResource? Live { get; }

    public IReadOnlyList<AttributeValue.Reference> References { get; }

    /// <summary>What the desired node refers to, each once.</summary>
    public IReadOnlyList<Entry> Sources { get; set; } = [];

    /// <summary>The entries whose desired nodes refer to this one, in order.</summary>
    public IReadOnlyList<Entry> Users => _users ?? s_none;

    public bool IsRemoved => Change is Change.Delete or Change.Replace;

    /// <summary>Nothing lives at the address that references may be resolved with before this plan is
    /// applied.</summary>
    public bool IsMade => Change is Change.Create or Change.Replace;

    /// <summary>It moves traffic when all else is done: its kind comes after others, and no kind comes after
    /// it.</summary>
    public bool IsLate { get; init; }

    /// <summary>Of a replacement: the old object goes before the new one comes.</summary>
    public bool DestroysFirst { get; set; }

    /// <summary>After this step others may refer to the object; null: they may already.</summary>
    public StepDraft? Usable { get; set; }

    /// <summary>After this step the object is as it should be; null: it is, or its number alone changes.</summary>
    public StepDraft? Last { get; set; }

    public StepDraft? Ready { get; set; }

    /// <summary>The step that deletes the old object; null where it goes with another one.</summary>
    public StepDraft? Delete { get; set; }

    /// <summary>The first step of the deletion: that which waits until nobody uses the object any more.</summary>
    public StepDraft? DeleteHead { get; set; }

    public StepDraft? Reorder { get; set; }

    public void AddUser(Entry user) => (_users ??= []).Add(user);
}
