using Gwctl.Core;

namespace Gwctl.Compiler.Specs.Parsing;

/// <summary>Leaves a document that exceeds a limit or breaks a rule of form at once, from however deep. Never leaves
/// the parser.</summary>
internal sealed class UnreadableException(Diagnostic diagnostic) : Exception(diagnostic.Summary)
{
    public Diagnostic Diagnostic { get; } = diagnostic;
}
