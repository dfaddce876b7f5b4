using System.Runtime.CompilerServices;
using Gwctl.Core;

namespace Gwctl.Engine.Planning.Checks;

/// <summary>What is unsafe about a plan.</summary>
internal sealed class Findings
{
    // One broken rule often breaks for many objects: the first ones say enough.
    private const int ReportedMax = 50;

    private readonly List<Diagnostic> _diagnostics = [];

    public bool IsEmpty => _diagnostics.Count is 0;

    public void Add(string detail)
    {
        if (_diagnostics.Count < ReportedMax)
        {
            _diagnostics.Add(new Diagnostic("GW5301", Severity.Error, "The plan is not safe to apply")
            {
                Detail = detail,
                Help = "Plan again. If it happens again, this is a bug of gwctl: please report it with the plan's "
                    + "JSON.",
            });
        }
    }

    public void AddAll(Findings others) =>
        _diagnostics.AddRange(others._diagnostics.Take(ReportedMax - _diagnostics.Count));

    /// <param name="otherwise">Only made into text where the requirement does not hold.</param>
    public void Require(bool holds, [InterpolatedStringHandlerArgument(nameof(holds))] ref BrokenRule otherwise)
    {
        if (!holds)
        {
            Add(otherwise.ToStringAndClear());
        }
    }

    public void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            Add(otherwise);
        }
    }

    public EquatableList<Diagnostic> ToDiagnostics() => Compiled.From<Plan>(null, _diagnostics).Diagnostics;
}

/// <summary>Text of a requirement that does not hold: there are hundreds of thousands that do, and cost
/// nothing.</summary>
[InterpolatedStringHandler]
internal ref struct BrokenRule
{
    private DefaultInterpolatedStringHandler _text;

    public BrokenRule(int literalLength, int formattedCount, bool holds, out bool isNeeded)
    {
        isNeeded = !holds;
        _text = isNeeded ? new DefaultInterpolatedStringHandler(literalLength, formattedCount) : default;
    }

    public void AppendLiteral(string text) => _text.AppendLiteral(text);

    public void AppendFormatted<T>(T value) => _text.AppendFormatted(value);

    public string ToStringAndClear() => _text.ToStringAndClear();
}
