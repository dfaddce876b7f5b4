using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Verification.Router;

namespace Gwctl.Verification.RouteTests;

/// <summary>How one case went.</summary>
/// <param name="Failures">Empty where it passed.</param>
public sealed record CaseResult(RouteTestSpec Test, RouteTestCaseSpec Case, EquatableList<CaseFailure> Failures)
{
    public bool Passed => Failures.Count is 0;

    /// <summary>Null where the Gateway could not be told.</summary>
    public ObjectName? Gateway { get; init; }

    /// <summary>The request that was tried; null where the Gateway could not be told.</summary>
    public Request? Request { get; init; }

    /// <summary>What the specification says about the request, rule by rule; null as for
    /// <see cref="Request"/>.</summary>
    public Explanation? Explanation { get; init; }
}

/// <summary>An expectation that does not hold.</summary>
/// <param name="Field">gateway, connection, status, backend, share, location, host, path or <c>header X</c>.</param>
/// <param name="Expected">As the case says.</param>
/// <param name="Got">What came of the request.</param>
public sealed record CaseFailure(string Field, string Expected, string Got)
{
    public override string ToString() => $"{Field}: expected {Expected}, got {Got}";
}
