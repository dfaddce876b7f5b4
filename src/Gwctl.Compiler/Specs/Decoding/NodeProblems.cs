using Gwctl.Core;

namespace Gwctl.Compiler.Specs.Decoding;

/// <summary>Collects what is wrong with one object while it is decoded, so that all of it is reported and not the
/// first.</summary>
/// <remarks>Not for use by several threads at once.</remarks>
public sealed class NodeProblems
{
    private readonly List<Diagnostic> _diagnostics = [];

    /// <param name="objectText">The object that is decoded, as <c>Kind/namespace/name</c>; empty where there is
    /// none.</param>
    public NodeProblems(string objectText = "") => ObjectText = objectText;

    /// <summary>Written on every diagnostic that names no object of its own.</summary>
    public string ObjectText { get; }

    public IReadOnlyList<Diagnostic> Diagnostics => _diagnostics;

    /// <summary>True once an error was added. Then what was decoded holds placeholders and must not be used.</summary>
    public bool HasErrors { get; private set; }

    public void Add(Diagnostic diagnostic)
    {
        HasErrors |= diagnostic.Severity is Severity.Error;
        _diagnostics.Add(diagnostic.Object is "" ? diagnostic with { Object = ObjectText } : diagnostic);
    }
}
