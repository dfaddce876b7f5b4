using Gwctl.Compiler.Specs.Decoding;
using Gwctl.Core;

namespace Gwctl.Compiler.Specs.Validation;

/// <summary>Rules that have names have different ones.</summary>
internal static class RuleNames
{
    public static void Check(RouteSpec route, NodeProblems problems)
    {
        Dictionary<string, SourceSpan>? seen = null;
        foreach (var rule in route.Rules)
        {
            if (rule.Name is not { } name)
            {
                continue;
            }

            seen ??= new Dictionary<string, SourceSpan>(StringComparer.Ordinal);
            if (!seen.TryAdd(name.Value, name.Span))
            {
                problems.Add(new Diagnostic("GW1211", Severity.Error, "Rule name is used twice")
                {
                    Subject = name.Span,
                    Detail = $"The rule at {seen[name.Value]} is already named {FieldDiagnostics.Quote(name.Value)}.",
                    Help = "Rename one of the two.",
                });
            }
        }
    }
}
