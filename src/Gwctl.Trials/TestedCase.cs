using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Verification.RouteTests;

namespace Gwctl.Trials;

/// <summary>Whose answers a case is held against.</summary>
public enum TestSide
{
    /// <summary>The Gateway API's own semantics.</summary>
    Spec,

    /// <summary>What the specs compile to, in a throw-away cloud.</summary>
    Cloud,
}

/// <summary>How a case went on one side.</summary>
/// <param name="AnnouncedBy">Where it failed on the cloud's side: the diagnostic of projection that said beforehand
/// that the cloud does otherwise. The case has failed all the same. Null where none did.</param>
public sealed record SideResult(TestSide Side, CaseResult Result, Diagnostic? AnnouncedBy);

/// <summary>How a case went.</summary>
/// <param name="Sides">Those that were asked.</param>
/// <param name="Took">Of all sides together.</param>
public sealed record TestedCase(
    RouteTestSpec Test, RouteTestCaseSpec Case, EquatableList<SideResult> Sides, TimeSpan Took)
{
    public bool Passed => Sides.All(side => side.Result.Passed);

    /// <summary>The first side that it failed on; null where it passed.</summary>
    public SideResult? FirstFailed => Sides.FirstOrDefault(side => !side.Result.Passed);
}
