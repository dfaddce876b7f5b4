using Gwctl.Compiler.Routing;
using Gwctl.Core;
using Gwctl.Engine.Providers;

namespace Gwctl.Engine.Projecting;

/// <summary>Projects Gateways side by side.</summary>
public static class GatewayFanout
{
    /// <summary>Below this many Gateways more threads cost more than they gain.</summary>
    private const int ParallelGatewaysMin = 8;

    /// <summary>The builders of the ProviderConfig's Gateways, in the Gateways' order.</summary>
    /// <param name="model">Of which the Gateways of other ProviderConfigs are passed over.</param>
    /// <param name="config">The ProviderConfig's name.</param>
    /// <param name="project">For one Gateway; called on several threads, so it shares nothing with others.</param>
    public static IReadOnlyList<TBuilder> Project<TBuilder>(
        RoutingModel model, ObjectName config, Func<GatewayRouting, TBuilder> project)
        where TBuilder : GraphBuilder
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(project);
        var gateways = model.Gateways.Where(gateway => gateway.Config.Name == config).ToList();
        if (gateways.Count < ParallelGatewaysMin)
        {
            return [.. gateways.Select(project)];
        }

        var builders = new TBuilder[gateways.Count];
        Parallel.For(0, gateways.Count, index => builders[index] = project(gateways[index]));
        return builders;
    }
}
