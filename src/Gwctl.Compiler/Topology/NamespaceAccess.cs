using Gwctl.Compiler.Specs;
using Gwctl.Core;

namespace Gwctl.Compiler.Topology;

/// <summary>Answers whose routes a listener allows, and whose ListenerSets a Gateway, by namespace.</summary>
internal sealed class NamespaceAccess(SpecIndex index, List<Diagnostic> diagnostics)
{
    /// <summary>Every namespace carries it; the API server sets it.</summary>
    private const string NameLabel = "kubernetes.io/metadata.name";

    public bool Allows(ParentDraft gateway, ListenerDraft listener, string routeNamespace) =>
        listener.Spec.AllowedRoutes.From.Value switch
        {
            "All" => true,
            "Same" => routeNamespace == gateway.Name.Namespace,
            "Selector" => Selects(gateway, listener, routeNamespace),
            _ => false,
        };

    /// <summary>Whether a Gateway lets a namespace's ListenerSets attach (allowedListeners).</summary>
    public bool Allows(GatewayDraft gateway, string setNamespace) =>
        gateway.Spec.AllowedListeners switch
        {
            { From.Value: "All" } => true,
            { From.Value: "Same" } => setNamespace == gateway.Name.Namespace,
            { From.Value: "Selector", Selector: { } selector } allowed => Selects(
                selector,
                setNamespace,
                () => ListenerSetDiagnostics.NamespaceUnknown(gateway, allowed, setNamespace)),
            _ => false,
        };

    private bool Selects(ParentDraft gateway, ListenerDraft listener, string name)
    {
        if (listener.Spec.AllowedRoutes.Selector is not { } selector)
        {
            // The reader has told.
            return false;
        }

        if (listener.NamespaceAnswers.TryGetValue(name, out var known))
        {
            return known;
        }

        var answer = Selects(
            selector, name, () => ListenerDiagnostics.NamespaceUnknown(gateway, listener, name));
        listener.NamespaceAnswers.Add(name, answer);
        return answer;
    }

    private bool Selects(LabelSelectorSpec selector, string name, Func<Diagnostic> unknown)
    {
        index.Namespaces.TryGetValue(name, out var spec);
        if (spec is null && AsksForMoreThanTheName(selector))
        {
            diagnostics.Add(unknown());
        }

        var labels = (spec?.Meta.Labels ?? []).ToDictionary(label => label.Name, label => label.Value);
        labels[NameLabel] = name;
        return Matches(selector, labels);
    }

    private static bool AsksForMoreThanTheName(LabelSelectorSpec selector) =>
        selector.MatchLabels.Any(label => label.Name is not NameLabel)
        || selector.MatchExpressions.Any(term => term.Key is not NameLabel);

    /// <summary>A Kubernetes label selector: every term holds. NotIn holds for what lacks the label.</summary>
    private static bool Matches(LabelSelectorSpec selector, Dictionary<string, string> labels) =>
        selector.MatchLabels.All(wanted => labels.TryGetValue(wanted.Name, out var value) && value == wanted.Value)
        && selector.MatchExpressions.All(term => Matches(term, labels));

    private static bool Matches(SelectorTermSpec term, Dictionary<string, string> labels)
    {
        var isThere = labels.TryGetValue(term.Key, out var value);
        return term.Operator switch
        {
            "In" => isThere && term.Values.Contains(value),
            "NotIn" => !isThere || !term.Values.Contains(value),
            "Exists" => isThere,
            "DoesNotExist" => !isThere,
            _ => false,
        };
    }
}
