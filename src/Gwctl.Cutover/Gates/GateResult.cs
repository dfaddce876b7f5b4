using Gwctl.Core;

namespace Gwctl.Cutover.Gates;

public enum GateVerdict
{
    Pass,
    Fail,

    /// <summary>It says nothing: too few samples, or nobody answered. Never a reason to go on, nor to go
    /// back.</summary>
    Inconclusive,
}

/// <summary>What a gate found.</summary>
/// <param name="Detail">One sentence for people.</param>
/// <param name="Measurements">Names and values, in the gate's order.</param>
public sealed record GateResult(
    string Name, string Kind, GateVerdict Verdict, string Detail, EquatableList<Measurement> Measurements);

/// <param name="Value">With its unit.</param>
public sealed record Measurement(string Name, string Value);
