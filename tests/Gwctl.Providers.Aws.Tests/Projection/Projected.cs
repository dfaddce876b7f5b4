using Gwctl.Core;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Aws.Projection;
using Gwctl.Testing.Specs;

namespace Gwctl.Providers.Aws.Tests.Projection;

/// <summary>Specs projected, from text to graph.</summary>
internal sealed record Projected(ResourceGraph Graph, EquatableList<Diagnostic> Diagnostics)
{
    public static readonly ProviderScope Scope = new("main", "aws", "", "us-east-1", "tests");

    /// <summary>A Gateway shop/web with one HTTP listener and a route of the given rules.</summary>
    /// <param name="rules">YAML of <c>spec.rules</c>, a list at column 0.</param>
    public static Projected Rules(string rules, string hostnames = "[shop.example.com]", string aws = "",
        string more = "") => All(SpecText.Rules(rules, hostnames, more), aws);

    public static string Gateway(string listeners, string metadata = "name: web, namespace: shop", string spec = "") =>
        SpecText.Gateway(listeners, metadata, spec);

    /// <summary>Specs with the class, a ProviderConfig and the Services a and b of namespace shop; a has
    /// endpoints.</summary>
    /// <param name="aws">Further fields of <c>spec.aws</c>, at column 0.</param>
    /// <param name="config">Further fields of the ProviderConfig's spec, at column 0.</param>
    public static Projected All(string specs, string aws = "", string config = "")
    {
        var (model, given) = SpecText.Compile(SpecText.All(specs, "aws", $"region: us-east-1\n{aws}", config));
        var settings = SettingsDecoder.Decode(given);
        Assert.True(settings.Succeeded, string.Join('\n', settings.Diagnostics));
        var projected = AwsProjection.Project(model, settings.Value, Scope);
        Assert.NotNull(projected.Value);
        return new Projected(projected.Value, projected.Diagnostics);
    }

    public IEnumerable<ResourceNode> Of(string kind) => Graph.Nodes.Where(node => node.Address.Kind == kind);

    public ResourceNode Only(string kind) => Assert.Single(Of(kind));

    /// <summary>Rules of a port in order, as <c>conditions → action</c>.</summary>
    public IReadOnlyList<string> RuleTexts(int port = 80) => [.. Of(Kinds.Rule)
        .Where(node => node.Address.Key.StartsWith($"{port}/", StringComparison.Ordinal))
        .OrderBy(node => ((AttributeValue.Number?)node.Attributes["order"])?.Value)
        .Select(node => $"{Text(node.Attributes["conditions"])} -> {Text(node.Attributes["actions"])}")];

    /// <summary>The codes of the diagnostics, but for notes; each once.</summary>
    public IReadOnlyList<string> Codes => [.. Diagnostics.Where(diagnostic => diagnostic.Severity is not Severity.Note)
        .Select(diagnostic => diagnostic.Code).Distinct().Order(StringComparer.Ordinal)];

    public static string Text(AttributeValue? value) => SpecText.Of(value);
}
