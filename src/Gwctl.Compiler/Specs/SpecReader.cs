using Gwctl.Compiler.Specs.Parsing;
using Gwctl.Core;

namespace Gwctl.Compiler.Specs;

/// <summary>Reads specs: YAML or JSON text to typed kinds with defaults applied.</summary>
public static class SpecReader
{
    /// <summary>Below this much text more threads cost more than they gain.</summary>
    private const int ParallelCharactersMin = 256 * 1024;

    /// <summary>Reads all sources. An object with an error is reported and left out, the others are kept, so that later
    /// stages can report theirs. The value is never null.</summary>
    public static Compiled<SpecSet> Read(IReadOnlyList<SpecSource> sources, SpecReaderOptions? options = null)
    {
        var chosen = options ?? SpecReaderOptions.Default;
        var texts = sources.SelectMany(DocumentText.Split).ToList();
        var results = new DocumentResult[texts.Count];
        if (texts.Sum(text => (long)text.Text.Length) < ParallelCharactersMin)
        {
            ReadRange(texts, results, 0, texts.Count, chosen);
        }
        else
        {
            ReadInParallel(texts, results, chosen);
        }

        var merger = new SpecMerger();
        foreach (var result in results)
        {
            merger.Add(result);
        }

        return merger.Merge();
    }

    /// <summary>Each batch writes its own places of the results, so the order does not depend on who is
    /// first.</summary>
    private static void ReadInParallel(List<DocumentText> texts, DocumentResult[] results, SpecReaderOptions options)
    {
        var starts = BatchStarts(texts);
        Parallel.For(
            0, starts.Count - 1, batch => ReadRange(texts, results, starts[batch], starts[batch + 1], options));
    }

    private static List<int> BatchStarts(List<DocumentText> texts)
    {
        var starts = new List<int> { 0 };
        var characters = 0L;
        for (var index = 0; index < texts.Count; index++)
        {
            characters += texts[index].Text.Length;
            if (characters >= ParallelCharactersMin)
            {
                starts.Add(index + 1);
                characters = 0;
            }
        }

        if (starts[^1] < texts.Count)
        {
            starts.Add(texts.Count);
        }

        return starts;
    }

    private static void ReadRange(
        List<DocumentText> texts, DocumentResult[] results, int start, int end, SpecReaderOptions options)
    {
        var cache = new TextCache();
        for (var index = start; index < end; index++)
        {
            results[index] = DocumentReader.Read(texts[index], cache, options);
        }
    }
}
