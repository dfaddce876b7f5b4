using System.Diagnostics;
using Gwctl.Cli.Arguments;
using Gwctl.Cli.Hosting;
using Gwctl.Cli.Views.Diagnostics;
using Gwctl.Cli.Views.Texts;
using Gwctl.Compiler.Specs;
using Gwctl.Core;

namespace Gwctl.Cli.Views.Validation;

/// <summary>How many objects of a kind were read.</summary>
public sealed record KindCount(string Kind, int Count);

/// <summary>What was read.</summary>
public sealed record SpecCounts(EquatableList<KindCount> Kinds)
{
    public static SpecCounts Of(SpecSet specs)
    {
        IEnumerable<KindCount> counts =
        [
            new("GatewayClass", specs.GatewayClasses.Count),
            new("Gateway", specs.Gateways.Count),
            .. Enum.GetValues<RouteKind>().Select(
                kind => new KindCount(kind.ObjectKind(), specs.Routes.Count(route => route.Kind == kind))),
            new("ListenerSet", specs.ListenerSets.Count),
            new("BackendTLSPolicy", specs.BackendTlsPolicies.Count),
            new("ReferenceGrant", specs.ReferenceGrants.Count),
            new("Service", specs.Services.Count),
            new("EndpointSlice", specs.EndpointSlices.Count),
            new("Namespace", specs.Namespaces.Count),
            new("Secret", specs.Secrets.Count),
            new("ConfigMap", specs.ConfigMaps.Count),
            new("Ingress", specs.Ingresses.Count),
            new("ProviderConfig", specs.ProviderConfigs.Count),
            new("BackendPolicy", specs.BackendPolicies.Count),
            new("RouteTest", specs.RouteTests.Count),
            new("DnsPolicy", specs.DnsPolicies.Count),
            new("Cutover", specs.Cutovers.Count),
        ];
        return new SpecCounts([.. counts.Where(kind => kind.Count > 0)]);
    }
}

/// <summary>Shows what <c>validate</c> found.</summary>
public interface IValidationView
{
    /// <param name="counts">Null where the specs could not be read.</param>
    void Show(SpecCounts? counts, IReadOnlyList<Diagnostic> diagnostics);
}

/// <summary>Chooses a view.</summary>
public static class ValidationViews
{
    public static IValidationView For(CommandHost host, SourceTexts sources) => host.Talk.Format switch
    {
        OutputFormat.Text => new TextValidationView(host.Result, host.Progress, sources),
        OutputFormat.Json => new JsonValidationView(host.Context.Output),
        OutputFormat.Sarif => new SarifValidationView(host.Context.Output),
        OutputFormat.GitHub => new GitHubValidationView(host.Context.Output),
        _ => throw new UnreachableException(),
    };
}

/// <summary>Diagnostics to standard error, the verdict to standard output.</summary>
public sealed class TextValidationView(StyledWriter result, StyledWriter progress, SourceTexts sources)
    : IValidationView
{
    public void Show(SpecCounts? counts, IReadOnlyList<Diagnostic> diagnostics)
    {
        new TextDiagnosticsView(progress, sources).Show(diagnostics);
        var valid = !diagnostics.Any(diagnostic => diagnostic.Severity is Severity.Error);
        result.Write(valid ? "Valid" : "Not valid", valid ? Tone.Add : Tone.Error);
        result.Line(counts?.Kinds switch
        {
            null => ".",
            [] => ": no objects.",
            var kinds => $": {string.Join(", ", kinds.Select(kind => $"{kind.Count} {kind.Kind}"))}.",
        });
        result.Flush();
    }
}

/// <summary>One document on standard output, diagnostics included.</summary>
public sealed class JsonValidationView(TextWriter writer) : IValidationView
{
    public void Show(SpecCounts? counts, IReadOnlyList<Diagnostic> diagnostics)
    {
        var list = DiagnosticList.Tidy(diagnostics);
        JsonText.WriteDocument(writer, json =>
        {
            json.WriteBoolean("valid", !list.Any(diagnostic => diagnostic.Severity is Severity.Error));
            json.WriteStartObject("objects");
            foreach (var kind in counts?.Kinds ?? [])
            {
                json.WriteNumber(kind.Kind, kind.Count);
            }

            json.WriteEndObject();
            DiagnosticJson.WriteMembers(json, list);
        });
    }
}
