using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Compiler.Topology;
using Gwctl.Core;
using Gwctl.Providers.Aws.Projection;
using Gwctl.Testing;

namespace Gwctl.Providers.Aws.Tests.Projection;

// Goal: what users copy works: every example projects without an error, its target groups have targets.
public sealed class ExamplesTests
{
    private const string Config = """
        apiVersion: gwctl.dev/v1alpha1
        kind: ProviderConfig
        metadata: {name: main}
        spec:
          provider: aws
          owner: tests
          dns: {zones: [{name: example.com}]}
          aws: {region: us-east-1}
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
        var topology = TopologyResolver.Resolve(read.Value, new TopologyOptions { ProviderConfig = given });
        Assert.NotNull(topology.Value);
        var routing = RoutingCompiler.Lower(topology.Value);
        Assert.NotNull(routing.Value);
        var settings = SettingsDecoder.Decode(read.Value.ProviderConfigs is [var own, ..] ? own : given);
        Assert.True(settings.Succeeded, string.Join('\n', settings.Diagnostics));

        var projected = AwsProjection.Project(routing.Value, settings.Value, Projected.Scope);

        Assert.NotNull(projected.Value);
        Assert.DoesNotContain(projected.Diagnostics, diagnostic => diagnostic.Severity is Severity.Error);
        Assert.Contains(projected.Value.Nodes, node => node.Address.Kind is Kinds.LoadBalancer);
        Assert.All(
            projected.Value.Nodes.Where(node => node.Address.Kind is Kinds.TargetGroup),
            group => Assert.Contains(
                projected.Value.Nodes, node => node.Address == group.Address with { Kind = Kinds.Targets }));
    }
}
