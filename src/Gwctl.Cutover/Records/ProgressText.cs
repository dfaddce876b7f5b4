using System.Globalization;
using Gwctl.Core;
using Gwctl.Engine.Providers;

namespace Gwctl.Cutover.Records;

/// <summary>Progress as the strings of a text record: <c>name=value</c> pairs between commas, one string for each
/// thing, none longer than a string may be.</summary>
public static class ProgressText
{
    private const string Mark = "gwctl-cutover=1";
    private const string TimeForm = "yyyy-MM-dd'T'HH:mm:ss'Z'";
    private const int ReasonCharactersMax = 120;

    /// <summary>The name of the text beside a hostname's records.</summary>
    public static string NameOf(string hostname) => hostname is ['*', '.', .. var rest]
        ? $"_gwctl-cutover-wildcard.{rest}"
        : $"_gwctl-cutover.{hostname}";

    public static EquatableList<string> Format(Progress progress) =>
    [
        $"{Mark},owner={progress.Owner},document={progress.Document}",
        Join(
            ("phase", progress.Phase.ToString().ToLowerInvariant()),
            ("step", Number(progress.Step)),
            ("weight", Number(progress.Weight)),
            ("at", Time(progress.At)),
            ("run", progress.Run),
            ("resumed", progress.Resumed < 0 ? "" : Number(progress.Resumed)),
            ("ttl", Number((int)progress.Ttl.TotalSeconds)),
            ("oldttl", progress.OldTtl is { } ttl ? Number((int)ttl.TotalSeconds) : ""),
            ("until", progress.RetainedUntil is { } until ? Time(until) : "")),
        .. progress.Reason is "" ? Array.Empty<string>() : [$"reason={Fit(progress.Reason)}"],
        .. progress.Failing.Select(gate => $"failing={Number(gate.Count)},{gate.Gate}"),
        .. progress.Old.Select(target => Side("old", target)),
        .. progress.New.Select(target => Side("new", target)),
        .. progress.Taken.Select(step => Join(
            ("taken", Number(step.Step)), ("weight", Number(step.Weight)), ("at", Time(step.At)))),
    ];

    /// <summary>Null where the strings are no progress of a cutover's, or are broken.</summary>
    public static Progress? Parse(IEnumerable<string> values)
    {
        var strings = values.Select(value => value.Trim()).ToList();
        var head = strings.FirstOrDefault(text => text.StartsWith(Mark, StringComparison.Ordinal));
        var state = strings.FirstOrDefault(text => text.StartsWith("phase=", StringComparison.Ordinal));
        if (head is null || state is null)
        {
            return null;
        }

        var (names, fields) = (Fields(head), Fields(state));
        if (names.GetValueOrDefault("document")?.Split('/') is not [var space, var name]
            || !Enum.TryParse<ProgressPhase>(fields.GetValueOrDefault("phase"), ignoreCase: true, out var phase)
            || TimeOf(fields, "at") is not { } at)
        {
            return null;
        }

        return new Progress
        {
            Owner = names.GetValueOrDefault("owner", ""),
            Document = new ObjectName(space, name),
            Phase = phase,
            Step = NumberOf(fields, "step") ?? 0,
            Weight = NumberOf(fields, "weight") ?? 0,
            At = at,
            Run = fields.GetValueOrDefault("run", ""),
            Resumed = NumberOf(fields, "resumed") ?? -1,
            Ttl = TimeSpan.FromSeconds(NumberOf(fields, "ttl") ?? 0),
            OldTtl = NumberOf(fields, "oldttl") is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            RetainedUntil = TimeOf(fields, "until"),
            Reason = strings.FirstOrDefault(text => text.StartsWith("reason=", StringComparison.Ordinal))?[7..] ?? "",
            Failing = FailingOf(strings),
            Old = SidesOf(strings, "old"),
            New = SidesOf(strings, "new"),
            Taken = TakenOf(strings),
        };
    }

    /// <summary>Sorted by name: a text record keeps no order.</summary>
    private static EquatableList<GateFailures> FailingOf(List<string> strings) =>
    [
        .. strings.Where(text => text.StartsWith("failing=", StringComparison.Ordinal))
            .Select(text => text["failing=".Length..].Split(',', 2))
            .Where(parts => parts.Length is 2)
            .Select(parts => new GateFailures(parts[1], NumberOf(parts[0]) ?? 0))
            .Where(gate => gate.Count > 0)
            .OrderBy(gate => gate.Gate, StringComparer.Ordinal),
    ];

    private static EquatableList<TakenStep> TakenOf(List<string> strings) =>
    [
        .. strings.Where(text => text.StartsWith("taken=", StringComparison.Ordinal)).Select(Fields)
            .Select(step => new TakenStep(
                NumberOf(step, "taken") ?? 0, NumberOf(step, "weight") ?? 0, TimeOf(step, "at") ?? default))
            .OrderBy(step => step.Step).ThenBy(step => step.At),
    ];

    private static string Side(string side, SideTarget target) => target.Target switch
    {
        DnsTarget.Pointer pointer => $"{side}={target.Type} pointer {pointer.Name} {pointer.Zone} "
            + (pointer.EvaluatesHealth ? "health" : "plain"),
        var value => $"{side}={target.Type} value {value}",
    };

    private static EquatableList<SideTarget> SidesOf(List<string> strings, string side) =>
    [
        .. strings.Where(text => text.StartsWith($"{side}=", StringComparison.Ordinal))
            .Select(text => text[(side.Length + 1)..].Split(' ') switch
            {
                [var type, "pointer", var name, var zone, var health] =>
                    new SideTarget(type, new DnsTarget.Pointer(name, zone, health is "health")),
                [var type, "value", var value] => new SideTarget(type, new DnsTarget.Value(value)),
                _ => null,
            })
            .OfType<SideTarget>()
            .OrderBy(target => target.Type, StringComparer.Ordinal)
            .ThenBy(target => target.Target.ToString(), StringComparer.Ordinal),
    ];

    private static Dictionary<string, string> Fields(string text) => text.Split(',')
        .Select(field => field.Split('=', 2))
        .Where(field => field.Length is 2)
        .GroupBy(field => field[0], StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.First()[1], StringComparer.Ordinal);

    private static string Join(params ReadOnlySpan<(string Name, string Value)> fields)
    {
        var given = new List<string>(fields.Length);
        foreach (var (name, value) in fields)
        {
            if (value is not "")
            {
                given.Add($"{name}={value}");
            }
        }

        return string.Join(',', given);
    }

    /// <summary>Printable ASCII without what a zone file would have to escape.</summary>
    internal static string Fit(string reason)
    {
        var text = string.Concat(reason.Select(c => c is >= ' ' and <= '~' and not ('"' or '\\') ? c : '\''));
        return text.Length > ReasonCharactersMax ? text[..ReasonCharactersMax] : text;
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString(TimeForm, CultureInfo.InvariantCulture);

    private static int? NumberOf(Dictionary<string, string> fields, string name) =>
        NumberOf(fields.GetValueOrDefault(name));

    private static int? NumberOf(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static DateTimeOffset? TimeOf(Dictionary<string, string> fields, string name) =>
        DateTimeOffset.TryParseExact(
            fields.GetValueOrDefault(name), TimeForm, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : null;
}
