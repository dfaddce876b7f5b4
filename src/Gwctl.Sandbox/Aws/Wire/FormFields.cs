namespace Gwctl.Sandbox.Aws.Wire;

/// <summary>Form parameters as a tree: <c>a.b.1=x</c> is x under 1 under b under a.</summary>
internal sealed class FormFields
{
    public string? Value { get; private set; }

    public Dictionary<string, FormFields> Children { get; } = new(StringComparer.Ordinal);

    public FormFields? Child(string name) => Children.GetValueOrDefault(name);

    /// <summary>Children whose names are numbers, in the order of the numbers.</summary>
    public IEnumerable<(string Index, FormFields Fields)> Numbered =>
        Children.Where(child => int.TryParse(child.Key, out _))
            .OrderBy(child => int.Parse(child.Key))
            .Select(child => (child.Key, child.Value));

    public static FormFields Parse(string text)
    {
        var root = new FormFields();
        foreach (var pair in text.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var split = pair.Split('=', 2);
            var fields = root;
            foreach (var segment in Decode(split[0]).Split('.'))
            {
                if (!fields.Children.TryGetValue(segment, out var child))
                {
                    child = new FormFields();
                    fields.Children.Add(segment, child);
                }

                fields = child;
            }

            fields.Value = split.Length is 2 ? Decode(split[1]) : "";
        }

        return root;
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
