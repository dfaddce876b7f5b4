using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Gcp.Projection;

/// <summary>The user's labels, on what takes labels: the ProviderConfig's, and the Gateway's infrastructure.labels,
/// which go first.</summary>
internal static class LabelProjection
{
    /// <summary>Also where there are none, so that what was there before goes.</summary>
    public static AttributeField LabelsOf(
        GatewayRouting gateway, GcpSettings settings, bool isProtected, Action<Diagnostic> report)
    {
        var labels = settings.Labels.Select(label => KeyValuePair.Create(label.Name, label.Value)).ToList();
        foreach (var label in gateway.InfrastructureLabels)
        {
            if (WhyRefused(label) is { } why)
            {
                report(GcpDiagnostics.BadLabel(label, why) with { Object = $"Gateway/{gateway.Name}" });
            }
            else
            {
                labels.Add(KeyValuePair.Create(label.Name, label.Value));
            }
        }

        if (isProtected)
        {
            labels.Add(KeyValuePair.Create(Kinds.ProtectLabel, "true"));
        }

        return Shape.Field("labels", Shape.TextMap(labels));
    }

    /// <summary>Null where the label is fine.</summary>
    public static string? WhyRefused(Label label) =>
        label.Name is "" or { Length: > GcpLimits.LabelCharactersMax } || !char.IsAsciiLetterLower(label.Name[0])
            ? $"a name begins with a lower-case letter and has at most {GcpLimits.LabelCharactersMax} characters"
        : label.Value.Length > GcpLimits.LabelCharactersMax
            ? $"a value has at most {GcpLimits.LabelCharactersMax} characters"
        : label.Name is Kinds.ProtectLabel ? "that name is gwctl's own"
        : label.Name.Concat(label.Value).FirstOrDefault(letter => !IsAllowed(letter)) is var bad and not '\0'
            ? $"the character '{bad}' is not allowed; lower-case letters, digits, _ and - are"
        : null;

    private static bool IsAllowed(char letter) =>
        char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '_' or '-';
}
