using Gwctl.Core;

namespace Gwctl.Cli.Views.Diagnostics;

/// <summary>Shows findings.</summary>
public interface IDiagnosticsView
{
    /// <summary>Shows them all, in reading order, each once. Shows nothing where there are none.</summary>
    void Show(IEnumerable<Diagnostic> diagnostics);
}

/// <summary>What every view of diagnostics starts from.</summary>
public static class DiagnosticList
{
    /// <summary>In reading order, each once.</summary>
    public static IReadOnlyList<Diagnostic> Tidy(IEnumerable<Diagnostic> diagnostics)
    {
        var list = diagnostics.Distinct().ToList();
        list.Sort(Diagnostic.InReadingOrder);
        return list;
    }

    /// <summary><c>2 errors, 1 warning</c>; notes are not counted.</summary>
    public static string Count(IReadOnlyList<Diagnostic> diagnostics)
    {
        var errors = diagnostics.Count(diagnostic => diagnostic.Severity is Severity.Error);
        var warnings = diagnostics.Count(diagnostic => diagnostic.Severity is Severity.Warning);
        return $"{Quantity.Of(errors, "error")}, {Quantity.Of(warnings, "warning")}";
    }
}
