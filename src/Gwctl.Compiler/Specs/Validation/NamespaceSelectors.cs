using Gwctl.Compiler.Specs.Decoding;
using Gwctl.Core;

namespace Gwctl.Compiler.Specs.Validation;

/// <summary>Who selects namespaces has a selector, and its terms have the values that their operators take.</summary>
internal static class NamespaceSelectors
{
    public static void Check(EquatableList<ListenerSpec> listeners, NodeProblems problems)
    {
        foreach (var listener in listeners)
        {
            Check(
                listener.AllowedRoutes.From, listener.AllowedRoutes.Selector, $"Listener {listener.Name}", "route",
                problems);
        }
    }

    public static void Check(GatewaySpec gateway, NodeProblems problems)
    {
        if (gateway.AllowedListeners is { } allowed)
        {
            Check(allowed.From, allowed.Selector, "allowedListeners", "ListenerSet", problems);
        }
    }

    private static void Check(
        Located<string> from, LabelSelectorSpec? selector, string who, string what, NodeProblems problems)
    {
        if (from.Value is "Selector" && selector is null)
        {
            problems.Add(new Diagnostic("GW1239", Severity.Warning, "Selector is missing")
            {
                Subject = from.Span,
                Detail = $"{who} allows the namespaces of a selector and gives none: no {what} can attach.",
                Help = "Give namespaces.selector, or from: Same or All.",
            });
        }

        foreach (var term in selector?.MatchExpressions ?? [])
        {
            CheckTerm(term, problems);
        }
    }

    private static void CheckTerm(SelectorTermSpec term, NodeProblems problems)
    {
        var takesValues = term.Operator is "In" or "NotIn";
        if (takesValues == term.Values.Count > 0)
        {
            return;
        }

        problems.Add(new Diagnostic("GW1240", Severity.Error, "Selector's values do not fit its operator")
        {
            Subject = term.Span,
            Detail = takesValues
                ? $"{term.Operator} on {FieldDiagnostics.Quote(term.Key)} has no values."
                : $"{term.Operator} on {FieldDiagnostics.Quote(term.Key)} takes no values.",
            Help = takesValues ? "Give at least one value." : "Remove the values, or use In or NotIn.",
        });
    }
}
