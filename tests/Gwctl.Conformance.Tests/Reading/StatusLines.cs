namespace Gwctl.Conformance.Tests.Reading;

/// <summary>Reads lines about status.</summary>
internal static class StatusLines
{
    private static readonly string[] s_statuses = ["True", "False", "Unknown", "Absent"];

    /// <summary><c>condition: Kind/ns/name [listener= | parent= section= port=] Type=Status/Reason …</c> or
    /// <c>… absent</c>, <c>attached: Gateway/ns/name [listener=] number</c>,
    /// <c>kinds: Gateway/ns/name listener= Kind,Kind</c>.</summary>
    public static ExpectedStatus Read(ExpectationLine line)
    {
        var words = line.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var keys = words.Skip(1)
            .Where(word => word.Contains('=', StringComparison.Ordinal))
            .Select(word => word.Split('=', 2))
            .ToLookup(pair => char.IsUpper(pair[0][0]), pair => (Key: pair[0], Value: pair[1]));
        var where = keys[false].ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        if (where.Keys.FirstOrDefault(key => key is not ("listener" or "parent" or "section" or "port")) is { } other)
        {
            throw line.Wrong($"has {other}=, which means nothing");
        }

        var plain = words.Skip(1).Where(word => !word.Contains('=', StringComparison.Ordinal)).ToList();
        var status = new ExpectedStatus(
            line.Number, words[0], where.GetValueOrDefault("listener"), where.GetValueOrDefault("parent"),
            where.GetValueOrDefault("section"), where.TryGetValue("port", out var port) ? int.Parse(port) : null)
        {
            Conditions = [.. keys[true].Select(pair => Condition(line, pair.Key, pair.Value))],
        };
        return (line.Word, plain) switch
        {
            ("attached", [var count]) => status with { Attached = int.Parse(count) },
            ("kinds", [var kinds]) => status with { RouteKinds = kinds is "none" ? [] : [.. kinds.Split(',')] },
            ("condition" or "aws-condition", ["absent"]) => status with { IsAbsent = true },
            ("condition" or "aws-condition", []) when status.Conditions.Count > 0 => status,
            _ => throw line.Wrong("does not say what is expected"),
        };
    }

    private static ExpectedCondition Condition(ExpectationLine line, string type, string text)
    {
        var halves = text.Split('/', 2);
        return s_statuses.Contains(halves[0])
            ? new ExpectedCondition(type, halves[0], halves.Length is 2 ? halves[1] : null)
            : throw line.Wrong($"has the status {halves[0]}");
    }
}
