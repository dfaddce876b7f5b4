using System.Globalization;
using Gwctl.Core;

namespace Gwctl.Providers.Aws.Api.Wire;

/// <summary>
/// An answer as a small tree of named nodes: the same for XML elements and JSON properties, so that a type reads
/// itself once for every protocol. A list's items are its children whatever their element name is.
/// </summary>
internal sealed class WireNode(string name)
{
    private static readonly WireNode[] NoChildren = [];
    private List<WireNode>? _children;

    public string Name { get; } = name;

    /// <summary>The text of a leaf; null for a JSON null.</summary>
    public string? Value { get; set; }

    public IReadOnlyList<WireNode> Children => _children ?? (IReadOnlyList<WireNode>)NoChildren;

    public void Add(WireNode child) => (_children ??= []).Add(child);

    public WireNode? Find(string name)
    {
        if (_children is not null)
        {
            foreach (var child in _children)
            {
                if (child.Name == name)
                {
                    return child;
                }
            }
        }

        return null;
    }

    /// <exception cref="WireFormatException">The member is missing: the service broke its contract.</exception>
    public string Text(string name) => TextOrNull(name) ?? throw Missing(name);

    public string? TextOrNull(string name) => Find(name)?.Value;

    public int Int(string name) => IntOrNull(name) ?? throw Missing(name);

    public int? IntOrNull(string name) => checked((int?)LongOrNull(name));

    public long Long(string name) => LongOrNull(name) ?? throw Missing(name);

    public long? LongOrNull(string name) => TextOrNull(name) switch
    {
        null or "" => null,
        var text when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            => number,
        _ => throw Malformed(name, "an integer"),
    };

    public bool Flag(string name) => FlagOrNull(name) ?? throw Missing(name);

    public bool? FlagOrNull(string name) => TextOrNull(name) switch
    {
        null or "" => null,
        "true" => true,
        "false" => false,
        _ => throw Malformed(name, "true or false"),
    };

    public DateTimeOffset Time(string name) => TimeOrNull(name) ?? throw Missing(name);

    /// <summary>A time: ISO 8601 in XML, seconds since 1970 with a fraction in JSON.</summary>
    public DateTimeOffset? TimeOrNull(string name)
    {
        var text = TextOrNull(name);
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        const NumberStyles seconds = NumberStyles.Float;
        if (double.TryParse(text, seconds, CultureInfo.InvariantCulture, out var epoch) && IsTime(epoch))
        {
            return DateTimeOffset.UnixEpoch + TimeSpan.FromMilliseconds(Math.Round(epoch * 1000));
        }

        const DateTimeStyles utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, utc, out var time)
            ? time
            : throw Malformed(name, "a time");
    }

    public T Item<T>(string name, Func<WireNode, T> read)
        where T : class => ItemOrNull(name, read) ?? throw Missing(name);

    public T? ItemOrNull<T>(string name, Func<WireNode, T> read)
        where T : class => Find(name) is { IsNull: false } node ? read(node) : null;

    public EquatableList<string> Texts(string name)
    {
        var items = Find(name)?.Children ?? NoChildren;
        var texts = new string[items.Count];
        for (var index = 0; index < texts.Length; index++)
        {
            texts[index] = items[index].Value ?? "";
        }

        return EquatableList.Create<string>(texts);
    }

    public EquatableList<T> List<T>(string name, Func<WireNode, T> read)
    {
        var items = Find(name)?.Children ?? NoChildren;
        var values = new T[items.Count];
        for (var index = 0; index < values.Length; index++)
        {
            values[index] = read(items[index]);
        }

        return EquatableList.Create<T>(values);
    }

    /// <summary>A map of texts: <c>entry/key/value</c> in XML, an object in JSON.</summary>
    public EquatableList<KeyValuePair<string, string>> TextMap(string name)
    {
        var items = Find(name)?.Children ?? NoChildren;
        return items
            .Select(item => item.Find("key") is { } key
                ? KeyValuePair.Create(key.Value ?? "", item.TextOrNull("value") ?? "")
                : KeyValuePair.Create(item.Name, item.Value ?? ""))
            .ToEquatableList();
    }

    /// <summary>A map of structures; only JSON answers have one.</summary>
    public EquatableList<KeyValuePair<string, T>> Map<T>(string name, Func<WireNode, T> read)
    {
        var items = Find(name)?.Children ?? NoChildren;
        return items.Select(item => KeyValuePair.Create(item.Name, read(item))).ToEquatableList();
    }

    private bool IsNull => Value is null && _children is null;

    private static bool IsTime(double epoch) => epoch is > -62_135_596_800 and < 253_402_300_800;

    private WireFormatException Missing(string name) => new($"'{Name}' has no '{name}'.");

    private WireFormatException Malformed(string name, string wanted) => new($"'{name}' of '{Name}' is not {wanted}.");
}

/// <summary>An answer that is not what the service's contract promises. Its text never quotes the answer.</summary>
internal sealed class WireFormatException : Exception
{
    public WireFormatException(string message)
        : base(message)
    {
    }

    public WireFormatException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
