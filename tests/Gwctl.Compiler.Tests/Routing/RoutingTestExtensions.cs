using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Compiler.Tests.Topology;
using Gwctl.Core;

namespace Gwctl.Compiler.Tests.Routing;

/// <summary>Short ways to lower specs and to read what came of them.</summary>
internal static class RoutingTestExtensions
{
    public static Compiled<RoutingModel> Lower(params IEnumerable<SpecObject> objects) =>
        RoutingCompiler.Lower(TopologyTestExtensions.Resolve(objects).Topology());

    public static GatewayRouting OnlyGateway(this Compiled<RoutingModel> compiled)
    {
        Assert.NotNull(compiled.Value);
        return Assert.Single(compiled.Value.Gateways);
    }

    public static RoutingListener Listener(this Compiled<RoutingModel> compiled, string name) =>
        Assert.Single(compiled.OnlyGateway().Ports.SelectMany(port => port.Listeners), item => item.Name == name);

    public static RoutingRule OnlyRule(this Compiled<RoutingModel> compiled) =>
        Assert.Single(Assert.Single(Assert.Single(compiled.OnlyGateway().Ports).Listeners).Rules);

    /// <summary>Each rule as <c>host path</c> with its method, headers and parameters.</summary>
    public static string[] Shown(this RoutingListener listener) => [.. listener.Rules.Select(Show)];

    /// <summary>A forward's members as <c>id*weight</c>, a redirect as <c>redirect</c>, a status as its code.</summary>
    public static string Shown(this RoutingAction action) => action switch
    {
        RoutingAction.Forward forward =>
            string.Join(' ', forward.Backends.Select(member => $"{member.BackendId ?? "invalid"}*{member.Weight}")),
        RoutingAction.Redirect => "redirect",
        RoutingAction.Status status => status.Code.ToString(),
        _ => "",
    };

    private static string Show(RoutingRule rule)
    {
        var sign = rule.Match.Path.Type switch
        {
            PathMatchType.Exact => "=",
            PathMatchType.RegularExpression => "~",
            _ => "",
        };
        var terms = rule.Match.Headers.Concat(rule.Match.QueryParams).Select(term => $" {term.Name}={term.Value}");
        var host = rule.Hostname is "" ? "" : $"{rule.Hostname} ";
        var method = rule.Match.Method is { } named ? $" {named}" : "";
        return $"{host}{sign}{rule.Match.Path.Value}{method}{string.Concat(terms)}";
    }
}
