namespace Gwctl.Compiler.Specs.Parsing;

/// <summary>What a thread keeps from document to document: short texts, so that 10,000 routes hold the word PathPrefix
/// once, and the stacks of the block parser.</summary>
/// <remarks>The texts are in a fixed table where a later one displaces an earlier one of the same place: it cannot
/// grow, and a miss costs no more than not sharing.</remarks>
internal sealed class TextCache
{
    private const int SlotsCount = 8_192;
    private const int CharactersMax = 64;

    private readonly string[] _slots = new string[SlotsCount];

    public List<SpecField> Fields { get; } = [];

    public List<SpecNode> Items { get; } = [];

    public string Share(string text)
    {
        if (text.Length > CharactersMax)
        {
            return text;
        }

        ref var slot = ref SlotOf(text);
        slot = slot == text ? slot : text;
        return slot;
    }

    /// <summary>Makes a new text only where none is there to share.</summary>
    public string Share(ReadOnlySpan<char> text)
    {
        if (text.Length > CharactersMax)
        {
            return text.ToString();
        }

        ref var slot = ref SlotOf(text);
        slot = slot is not null && text.SequenceEqual(slot) ? slot : text.ToString();
        return slot;
    }

    private ref string SlotOf(ReadOnlySpan<char> text) =>
        ref _slots[(uint)string.GetHashCode(text, StringComparison.Ordinal) % SlotsCount];
}
