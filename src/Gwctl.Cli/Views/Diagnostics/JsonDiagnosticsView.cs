using Gwctl.Core;

namespace Gwctl.Cli.Views.Diagnostics;

/// <summary>One JSON document: <c>formatVersion</c>, <c>errors</c>, <c>warnings</c>, <c>diagnostics</c>.</summary>
public sealed class JsonDiagnosticsView(TextWriter writer) : IDiagnosticsView
{
    public void Show(IEnumerable<Diagnostic> diagnostics)
    {
        var list = DiagnosticList.Tidy(diagnostics);
        if (list.Count > 0)
        {
            JsonText.WriteDocument(writer, json => DiagnosticJson.WriteMembers(json, list));
        }
    }
}
