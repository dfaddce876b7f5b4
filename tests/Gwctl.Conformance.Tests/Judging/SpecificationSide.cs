using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Compiler.Topology;
using Gwctl.Conformance.Tests.Reading;
using Gwctl.Core;
using Gwctl.Verification.Router;

namespace Gwctl.Conformance.Tests.Judging;

/// <summary>A behaviour's manifests, taken through every stage that knows no cloud.</summary>
public sealed record SpecificationSide
{
    /// <summary>Stands in where the manifests name no ProviderConfig.</summary>
    private const string DefaultConfig =
        """
        apiVersion: gwctl.dev/v1alpha1
        kind: ProviderConfig
        metadata:
          name: conformance
        spec:
          provider: aws
          owner: conformance
          dns:
            zones:
              - name: example.com
          aws:
            region: us-east-1
        """;

    public required SpecSet Specs { get; init; }

    public required SpecTopology Topology { get; init; }

    public required RoutingModel Model { get; init; }

    /// <summary>Of every Gateway that has routing.</summary>
    public required IReadOnlyList<CompiledRouter> Routers { get; init; }

    /// <summary>Of reading, topology and routing.</summary>
    public required EquatableList<Diagnostic> Diagnostics { get; init; }

    public static SpecificationSide Of(Behaviour behaviour)
    {
        var read = SpecReader.Read(
            [behaviour.Source], new SpecReaderOptions { IsFromCluster = behaviour.IsFromCluster });
        var config = SpecReader.Read([new SpecSource("conformance.yaml", DefaultConfig)]).Value!.ProviderConfigs[0];
        var topology = TopologyResolver.Resolve(read.Value!, new TopologyOptions { ProviderConfig = config });
        Assert.NotNull(topology.Value);
        var model = RoutingCompiler.Lower(topology.Value);
        Assert.NotNull(model.Value);
        return new SpecificationSide
        {
            Specs = read.Value!,
            Topology = topology.Value,
            Model = model.Value,
            Routers = [.. model.Value.Gateways.Select(CompiledRouter.Create)],
            Diagnostics = [.. read.Diagnostics, .. topology.Diagnostics, .. model.Diagnostics],
        };
    }

    /// <summary>The router of the Gateway, or of the only one; null where it serves nothing.</summary>
    public CompiledRouter? RouterOf(ObjectName? gateway) => gateway is { } name
        ? Routers.FirstOrDefault(router => router.Gateway.Name == name)
        : Routers.Count is 0 ? null : Assert.Single(Routers);
}
