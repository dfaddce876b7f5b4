using Gwctl.Core;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Gcp.Projection;
using Gwctl.Testing.Specs;

namespace Gwctl.Providers.Gcp.Tests.Projection;

/// <summary>Specs projected, from text to graph.</summary>
internal sealed record Projected(ResourceGraph Graph, EquatableList<Diagnostic> Diagnostics)
{
    public const string Regional = "location: regional\nregion: us-central1";

    public static readonly ProviderScope Scope = new("main", "gcp", "my-project", "", "tests");

    /// <summary>A Gateway shop/web with one HTTP listener and a route of the given rules.</summary>
    /// <param name="rules">YAML of <c>spec.rules</c>, a list at column 0.</param>
    public static Projected Rules(
        string rules, string hostnames = "[shop.example.com]", string gcp = "", string more = "") =>
        All(SpecText.Rules(rules, hostnames, more), gcp);

    /// <summary>Specs with the class, a ProviderConfig of my-project and the Services a and b of namespace shop; a has
    /// endpoints, in zone us-central1-a.</summary>
    /// <param name="gcp">Further fields of <c>spec.gcp</c>, at column 0.</param>
    /// <param name="config">Further fields of the ProviderConfig's spec, at column 0.</param>
    public static Projected All(
        string specs, string gcp = "", string config = "", string zones = "zones: [us-central1-a]")
    {
        var (model, given) = SpecText.Compile(
            SpecText.All(specs, "gcp", $"project: my-project\n{zones}\n{gcp}", config));
        var settings = SettingsDecoder.Decode(given);
        Assert.True(settings.Succeeded, string.Join('\n', settings.Diagnostics));
        var projected = GcpProjection.Project(model, settings.Value, Scope);
        Assert.NotNull(projected.Value);
        return new Projected(projected.Value, projected.Diagnostics);
    }

    public IEnumerable<ResourceNode> Of(string kind) => Graph.Nodes.Where(node => node.Address.Kind == kind);

    public ResourceNode Only(string kind) => Assert.Single(Of(kind));

    public ResourceNode At(string kind, string key) =>
        Assert.Single(Of(kind), node => node.Address.Key == key);

    /// <summary>An attribute of the only node of a kind, as text.</summary>
    public string Text(string kind, string attribute) => SpecText.Of(Only(kind).Attributes[attribute]);

    /// <summary>The route rules of a host in order, as <c>matches → action</c>, without priorities.</summary>
    public IReadOnlyList<string> Routes(string host = "shop.example.com", int port = 80)
    {
        var map = At(Kinds.UrlMap, $"{port}").Attributes;
        var name = Maps(map["hostRules"])
            .Where(rule => SpecText.Of(rule["hosts"]).Trim('[', ']').Split(", ").Contains(host))
            .Select(rule => SpecText.Of(rule["pathMatcher"])).SingleOrDefault();
        return [.. Maps(map["pathMatchers"]).Where(matcher => SpecText.Of(matcher["name"]) == name)
            .SelectMany(matcher => Maps(matcher["routeRules"]))
            .Select(rule => $"{SpecText.Of(rule["matchRules"])} -> "
                + SpecText.Of(new AttributeValue.Map(rule.Without("matchRules").Without("priority"))))];
    }

    /// <summary>The codes of the diagnostics, but for notes; each once.</summary>
    public IReadOnlyList<string> Codes => [.. Diagnostics.Where(diagnostic => diagnostic.Severity is not Severity.Note)
        .Select(diagnostic => diagnostic.Code).Distinct().Order(StringComparer.Ordinal)];

    public static IEnumerable<AttributeMap> Maps(AttributeValue? value) =>
        value is AttributeValue.List(var items) ? items.OfType<AttributeValue.Map>().Select(item => item.Fields) : [];
}
