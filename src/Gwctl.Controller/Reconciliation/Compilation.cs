using System.Security.Cryptography;
using System.Text;
using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Compiler.Topology;
using Gwctl.Controller.Watching;
using Gwctl.Core;

namespace Gwctl.Controller.Reconciliation;

/// <summary>A slice taken through every stage that knows no cloud.</summary>
public sealed record Compilation
{
    public required ClusterSlice Slice { get; init; }

    public required SpecSet Specs { get; init; }

    public required SpecTopology Topology { get; init; }

    public required RoutingModel Model { get; init; }

    /// <summary>Of the lowering: what the topology's conditions do not say yet.</summary>
    public required EquatableList<Diagnostic> Routing { get; init; }

    /// <summary>Of reading and topology.</summary>
    public required EquatableList<Diagnostic> Earlier { get; init; }

    /// <summary>SHA-256 over what the objects say.</summary>
    public required string Digest { get; init; }

    /// <summary>Null where the Gateway's class is not ours, or the Gateway cannot be read.</summary>
    public GatewayTopology? Gateway => Topology.Gateways is [var gateway, ..] ? gateway : null;

    public static Compilation Of(ClusterSlice slice, ControllerOptions options)
    {
        var specs = SpecSets.Of([.. slice.Objects.Select(item => item.Spec).OfType<SpecObject>()]);
        var topology = TopologyResolver.Resolve(specs, new TopologyOptions
        {
            ControllerNames = options.ControllerNames,
            ProviderConfig = options.ProviderConfig,
        });
        Invariant.Holds(topology.Value is not null);
        var model = RoutingCompiler.Lower(topology.Value);
        return new Compilation
        {
            Slice = slice,
            Specs = specs,
            Topology = topology.Value,
            Model = model.Value ?? new RoutingModel([]),
            Routing = model.Diagnostics,
            Earlier = [.. slice.Objects.SelectMany(item => item.Diagnostics), .. topology.Diagnostics],
            Digest = DigestOf(slice),
        };
    }

    private static string DigestOf(ClusterSlice slice)
    {
        var text = new StringBuilder();
        foreach (var item in slice.Objects.OrderBy(item => item.Id))
        {
            text.Append(item.Digest);
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
