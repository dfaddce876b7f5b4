using Gwctl.Core;

namespace Gwctl.Compiler.Specs.Parsing;

/// <summary>Leaves a document that exceeds a limit at once, from however deep. Never leaves the parser.</summary>
internal sealed class LimitException(Diagnostic diagnostic) : Exception(diagnostic.Summary)
{
    public Diagnostic Diagnostic { get; } = diagnostic;
}
