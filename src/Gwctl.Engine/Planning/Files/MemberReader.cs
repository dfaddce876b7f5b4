using System.Text.Json;
using Gwctl.Core;
using Gwctl.Engine.Resources;

namespace Gwctl.Engine.Planning.Files;

/// <summary>An object's members, each asked for once. What is missing, unknown or of the wrong type is a problem with
/// its path, and reads as something harmless, so that the rest is looked at too.</summary>
internal sealed class MemberReader
{
    private readonly JsonElement _element;
    private readonly string _path;
    private readonly List<Diagnostic> _problems;
    private readonly List<string> _known = [];

    public MemberReader(JsonElement element, string path, List<Diagnostic> problems)
    {
        (_element, _path, _problems) = (element, path, problems);
        IsObject = element.ValueKind is JsonValueKind.Object;
        if (!IsObject)
        {
            problems.Add(PlanFileDiagnostics.Wrong(path, "an object"));
        }
    }

    private bool IsObject { get; }

    public string PathOf(string name) => _path is "" ? name : $"{_path}.{name}";

    public string Text(string name) =>
        Find(name, JsonValueKind.String, "a text") is { } found ? found.GetString() ?? "" : "";

    public int Number(string name)
    {
        if (Find(name, JsonValueKind.Number, "a number") is not { } found)
        {
            return 0;
        }

        if (!found.TryGetInt32(out var number))
        {
            _problems.Add(PlanFileDiagnostics.Wrong(PathOf(name), "a whole number of 32 bits"));
        }

        return number;
    }

    public bool Flag(string name)
    {
        var found = Find(name);
        if (found is { ValueKind: not (JsonValueKind.True or JsonValueKind.False) })
        {
            _problems.Add(PlanFileDiagnostics.Wrong(PathOf(name), "true or false"));
        }

        return found?.ValueKind is JsonValueKind.True;
    }

    public DateTimeOffset Time(string name)
    {
        if (Find(name, JsonValueKind.String, "a time") is not { } found)
        {
            return default;
        }

        if (!found.TryGetDateTimeOffset(out var time))
        {
            _problems.Add(PlanFileDiagnostics.Wrong(PathOf(name), "a time as in 2026-01-31T12:00:00+00:00"));
        }

        return time;
    }

    public T Word<T>(string name, (T Value, string Word)[] words)
        where T : struct
    {
        var text = Text(name);
        foreach (var (value, word) in words)
        {
            if (word == text)
            {
                return value;
            }
        }

        _problems.Add(PlanFileDiagnostics.Wrong(
            PathOf(name), $"one of {string.Join(", ", words.Select(word => word.Word))}"));
        return default;
    }

    public ResourceAddress Address(string name)
    {
        var address = AddressText.Read(Text(name));
        if (address is null)
        {
            _problems.Add(PlanFileDiagnostics.Wrong(PathOf(name), "scope/namespace/gateway/kind/key"));
        }

        return address ?? new ResourceAddress("", "", new ObjectName("", ""), "");
    }

    public AttributeMap? Attributes(string name) =>
        Find(name) is { } found ? AttributeJson.ReadMap(found, PathOf(name), _problems) : null;

    public AttributeValue? Value(string name) =>
        Find(name) is { } found ? AttributeJson.Read(found, PathOf(name), _problems) : null;

    /// <summary>A problem where the text is not what the rest of the object says.</summary>
    public void Expect(string name, string expected)
    {
        if (Text(name) != expected)
        {
            _problems.Add(PlanFileDiagnostics.Wrong(PathOf(name), expected));
        }
    }

    public T? Object<T>(string name, Func<MemberReader, T> read)
        where T : class
    {
        if (Find(name) is not { ValueKind: not JsonValueKind.Null } found)
        {
            return null;
        }

        var reader = new MemberReader(found, PathOf(name), _problems);
        var value = read(reader);
        reader.Done();
        return value;
    }

    public EquatableList<T> Items<T>(string name, Func<MemberReader, T> read)
    {
        if (Find(name, JsonValueKind.Array, "an array") is not { } found)
        {
            return [];
        }

        var items = new List<T>(found.GetArrayLength());
        foreach (var item in found.EnumerateArray())
        {
            var reader = new MemberReader(item, $"{PathOf(name)}[{items.Count}]", _problems);
            items.Add(read(reader));
            reader.Done();
        }

        return [.. items];
    }

    public EquatableList<T> Scalars<T>(string name, string expected, Func<JsonElement, (bool IsRight, T Value)> read)
    {
        if (Find(name, JsonValueKind.Array, "an array") is not { } found)
        {
            return [];
        }

        var items = new List<T>(found.GetArrayLength());
        foreach (var item in found.EnumerateArray())
        {
            var (isRight, value) = read(item);
            if (!isRight)
            {
                _problems.Add(PlanFileDiagnostics.Wrong($"{PathOf(name)}[{items.Count}]", expected));
            }

            items.Add(value);
        }

        return [.. items];
    }

    /// <summary>Reports members that nobody asked for.</summary>
    public void Done()
    {
        if (IsObject && _element.GetPropertyCount() != _known.Count)
        {
            foreach (var member in _element.EnumerateObject().Where(member => !_known.Contains(member.Name)))
            {
                _problems.Add(PlanFileDiagnostics.Unknown(PathOf(member.Name)));
            }
        }
    }

    private JsonElement? Find(string name)
    {
        if (!IsObject)
        {
            return null;
        }

        if (!_element.TryGetProperty(name, out var found))
        {
            _problems.Add(PlanFileDiagnostics.Missing(PathOf(name)));
            return null;
        }

        _known.Add(name);
        return found;
    }

    private JsonElement? Find(string name, JsonValueKind kind, string expected)
    {
        var found = Find(name);
        if (found is null || found.Value.ValueKind == kind)
        {
            return found;
        }

        _problems.Add(PlanFileDiagnostics.Wrong(PathOf(name), expected));
        return null;
    }
}
