using Gwctl.Compiler.Specs;
using Gwctl.Compiler.Topology;
using Gwctl.Core;
using Gwctl.Testing.Specs;

namespace Gwctl.Compiler.Tests.Topology;

/// <summary>Short ways to resolve specs and to read what came of them.</summary>
internal static class TopologyTestExtensions
{
    public static Compiled<SpecTopology> Resolve(params IEnumerable<SpecObject> objects) =>
        TopologyResolver.Resolve(Make.Set([.. MakeGateway.ClassAndConfig(), .. objects]), new TopologyOptions());

    public static SpecTopology Topology(this Compiled<SpecTopology> compiled)
    {
        Assert.NotNull(compiled.Value);
        return compiled.Value;
    }

    public static GatewayTopology Gateway(this Compiled<SpecTopology> compiled, string name = "infra/gw") =>
        Assert.Single(compiled.Topology().Gateways, item => item.Spec.Name == Make.Name(name));

    public static ListenerTopology Listener(
        this Compiled<SpecTopology> compiled, string name, bool inSets = false) =>
        Assert.Single(
            compiled.Topology().Gateways.SelectMany(item => inSets ? item.AllListeners : item.Listeners),
            item => item.Spec.Name.Value == name);

    public static RouteTopology Route(this Compiled<SpecTopology> compiled, string name = "infra/r") =>
        Assert.Single(compiled.Topology().Routes, item => item.Spec.Name == Make.Name(name));

    /// <summary><c>True/Reason</c>, <c>False/Reason</c> or <c>Unknown/Reason</c>; <c>none</c> where there is no such
    /// condition.</summary>
    public static string Told(this IEnumerable<Condition> conditions, string type)
    {
        var condition = conditions.SingleOrDefault(item => item.Type == type);
        return condition is null ? "none" : $"{condition.Status?.ToString() ?? "Unknown"}/{condition.Reason}";
    }

    public static string Told(this Compiled<SpecTopology> compiled, string route, string type) =>
        compiled.Route(route).Parents[0].Conditions.Told(type);

    public static string[] Codes<T>(this Compiled<T> compiled)
        where T : class => [.. compiled.Diagnostics.Select(item => item.Code).Order(StringComparer.Ordinal)];

    public static Diagnostic Only<T>(this Compiled<T> compiled, string code)
        where T : class
    {
        var diagnostic = Assert.Single(compiled.Diagnostics, item => item.Code == code);
        Assert.NotEqual("", diagnostic.Detail);
        Assert.NotEqual("", diagnostic.Help);
        Assert.NotEqual("", diagnostic.Object);
        return diagnostic;
    }
}
