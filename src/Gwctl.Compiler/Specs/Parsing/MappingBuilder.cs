using Gwctl.Core;

namespace Gwctl.Compiler.Specs.Parsing;

/// <summary>Collects a mapping's fields: reports repeated ones, and lays merged ones under those that are written
/// out.</summary>
internal sealed class MappingBuilder(List<Diagnostic> diagnostics)
{
    /// <summary>Up to this many fields a scan is faster than a table.</summary>
    private const int ScannedMax = 16;

    private readonly List<SpecField> _fields = [];
    private Dictionary<string, int>? _places;
    private List<SpecField>? _merged;

    public void Add(SpecField field)
    {
        if (Find(field.Name) is { } first)
        {
            diagnostics.Add(ParseDiagnostics.DuplicateKey(field.KeySpan, field.Name, first.KeySpan));
            return;
        }

        _fields.Add(field);
        _places?.Add(field.Name, _fields.Count - 1);
    }

    /// <summary>Fields of a merge key: of several mappings an earlier one wins, and a field written out wins over
    /// all.</summary>
    public void Merge(SpecNode.Mapping mapping) => (_merged ??= []).AddRange(mapping.Fields);

    public SpecNode.Mapping Build(SourceSpan span)
    {
        foreach (var field in _merged ?? [])
        {
            if (Find(field.Name) is null)
            {
                _fields.Add(field);
                _places?.Add(field.Name, _fields.Count - 1);
            }
        }

        return new SpecNode.Mapping([.. _fields], span);
    }

    private SpecField? Find(string name)
    {
        if (_fields.Count > ScannedMax)
        {
            _places ??= _fields.Select((field, place) => (field.Name, place)).ToDictionary(StringComparer.Ordinal);
            return _places.TryGetValue(name, out var place) ? _fields[place] : null;
        }

        foreach (var field in _fields)
        {
            if (field.Name == name)
            {
                return field;
            }
        }

        return null;
    }
}
