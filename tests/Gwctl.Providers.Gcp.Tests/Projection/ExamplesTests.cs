using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Compiler.Topology;
using Gwctl.Core;
using Gwctl.Providers.Gcp.Projection;
using Gwctl.Testing;

namespace Gwctl.Providers.Gcp.Tests.Projection;

// Goal: what users copy works on this cloud too, though the examples name another.
public sealed class ExamplesTests
{
    private const string Config = """
        apiVersion: gwctl.dev/v1alpha1
        kind: ProviderConfig
        metadata: {name: main}
        spec:
          provider: gcp
          owner: tests
          dns: {zones: [{name: example.com}]}
          gcp:
            project: my-project
            region: us-central1
            zones: [us-central1-a]
            networkEndpointType: NON_GCP_PRIVATE_IP_PORT
        """;

    public static TheoryData<string> Cases => [.. Repository.Examples];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_example_projects_without_an_error(string example)
    {
        var config = SpecReader.Read([new SpecSource("config.yaml", Config)]);
        var given = Assert.Single(config.Value?.ProviderConfigs ?? []);
        var sources = SpecFiles.Load([Repository.PathOf($"examples/{example}")], TextReader.Null);
        Assert.True(sources.Succeeded, string.Join('\n', sources.Diagnostics));
        var read = SpecReader.Read(sources.Value);
        Assert.True(read.Succeeded, string.Join('\n', read.Diagnostics));
        var topology = TopologyResolver.Resolve(
            read.Value, new TopologyOptions { ProviderConfig = given, Provider = "gcp" });
        Assert.NotNull(topology.Value);
        var routing = RoutingCompiler.Lower(topology.Value);
        Assert.NotNull(routing.Value);
        var settings = SettingsDecoder.Decode(given);
        Assert.True(settings.Succeeded, string.Join('\n', settings.Diagnostics));

        var projected = GcpProjection.Project(routing.Value, settings.Value, Projected.Scope);

        Assert.NotNull(projected.Value);
        Assert.DoesNotContain(projected.Diagnostics, diagnostic => diagnostic.Severity is Severity.Error);
        Assert.Contains(projected.Value.Nodes, node => node.Address.Kind is Kinds.UrlMap);
        Assert.Contains(projected.Value.Nodes, node => node.Address.Kind is Kinds.ForwardingRule);
    }
}
