namespace Gwctl.Compiler.Specs.Parsing;

/// <summary>Makes equal short texts one object, so that 10,000 routes hold the word PathPrefix once.</summary>
/// <remarks>A fixed table where a later text displaces an earlier one of the same place: it cannot grow, and a miss costs no
/// more than not sharing. One per thread.</remarks>
internal sealed class TextCache
{
    private const int SlotsCount = 8_192;
    private const int CharactersMax = 64;

    private readonly string[] _slots = new string[SlotsCount];

    public string Share(string text)
    {
        if (text.Length > CharactersMax)
        {
            return text;
        }

        ref var slot = ref _slots[(uint)string.GetHashCode(text, StringComparison.Ordinal) % SlotsCount];
        if (slot == text)
        {
            return slot;
        }

        slot = text;
        return text;
    }
}
