namespace Gwctl.Core;

/// <summary>How much a diagnostic weighs. Only <see cref="Error"/> stops a command from changing anything.</summary>
public enum Severity
{
    Note,
    Warning,
    Error,
}

/// <summary>One finding about a user's input, or about the world it meets.</summary>
/// <param name="Code">Stable: <c>GW</c> and four digits. 1xxx reading, 2xxx topology and routing, 3xxx provider
/// projection, 4xxx live state and ownership, 5xxx planning and policy, 6xxx apply, 7xxx command line. Never reused for
/// another meaning.</param>
/// <param name="Severity">Errors stop, warnings and notes travel with the result.</param>
/// <param name="Summary">What is wrong, terse, the same text for every occurrence: no user names in it.</param>
public sealed record Diagnostic(string Code, Severity Severity, string Summary)
{
    /// <summary>The place that causes it.</summary>
    public SourceSpan Subject { get; init; } = SourceSpan.None;

    /// <summary>What is wrong in this case, in full sentences, with the names. Never a secret.</summary>
    public string Detail { get; init; } = "";

    /// <summary>What to do about it.</summary>
    public string Help { get; init; } = "";

    /// <summary>The object it belongs to, as <c>Kind/namespace/name</c>, where there is one.</summary>
    public string Object { get; init; } = "";

    /// <summary>The Gateway API condition reason that it becomes in <see cref="Object"/>'s status, such as
    /// <c>UnsupportedValue</c>; empty where it is nothing that status speaks of.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Reading order: by place, then code, then text, so that equal inputs report in equal order.</summary>
    public static int InReadingOrder(Diagnostic left, Diagnostic right)
    {
        var byPlace = left.Subject.CompareTo(right.Subject);
        if (byPlace is not 0)
        {
            return byPlace;
        }

        var byCode = string.CompareOrdinal(left.Code, right.Code);
        return byCode is not 0 ? byCode : string.CompareOrdinal(left.Detail, right.Detail);
    }
}
