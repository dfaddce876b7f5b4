namespace Gwctl.Kubernetes.Objects;

/// <summary>Which objects of a kind.</summary>
public sealed record KubeQuery
{
    public static readonly KubeQuery All = new();

    /// <summary>Empty for those of every namespace.</summary>
    public string Namespace { get; init; } = "";

    public string LabelSelector { get; init; } = "";

    public string FieldSelector { get; init; } = "";

    /// <summary>Objects in one answer.</summary>
    public int PageSize { get; init; } = 500;

    internal string Text(params IEnumerable<KeyValuePair<string, string>> more)
    {
        var pairs = new[]
        {
            KeyValuePair.Create("labelSelector", LabelSelector), KeyValuePair.Create("fieldSelector", FieldSelector),
        }.Concat(more).Where(pair => pair.Value is not "")
            .Select(pair => $"{pair.Key}={Uri.EscapeDataString(pair.Value)}");
        var text = string.Join('&', pairs);
        return text is "" ? "" : $"?{text}";
    }
}

/// <summary>A part of a list.</summary>
/// <param name="ResourceVersion">Of the whole list; a watch goes on from there.</param>
public sealed record KubePage(IReadOnlyList<KubeObject> Objects, string ResourceVersion);
