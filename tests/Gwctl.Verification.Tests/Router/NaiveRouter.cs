using System.Text.RegularExpressions;
using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Verification.Router;

namespace Gwctl.Verification.Tests.Router;

/// <summary>Answers by trying every listener and every rule in turn, sentence by sentence. It shares no code with the
/// router and is as slow as it looks.</summary>
internal static class NaiveRouter
{
    /// <summary>The decision as <c>kind listener rule</c>.</summary>
    public static string Decide(GatewayRouting gateway, Request request)
    {
        var port = gateway.Ports.FirstOrDefault(
            item => item.Port == request.Port && item.Protocol is not RoutingProtocol.Udp);
        if (port is null)
        {
            return "NoPort";
        }

        var tls = port.Protocol is RoutingProtocol.Https or RoutingProtocol.Tls;
        if (port.Protocol is RoutingProtocol.Tcp || tls != (request.Scheme == "https"))
        {
            return "WrongProtocol";
        }

        var http = port.Listeners.Where(item => item.Protocol is RoutingProtocol.Http or RoutingProtocol.Https);
        var owner = http.FirstOrDefault(item => HostFits(item.Hostname, request.Host));
        if (tls)
        {
            var connected = port.Listeners.FirstOrDefault(item => HostFits(item.Hostname, request.Sni ?? ""));
            switch (connected)
            {
                case null:
                    return "NoListenerForServerName";
                case { Protocol: RoutingProtocol.Tls }:
                    return $"Stream {connected.Name}";
                case var _ when owner is not null && owner != connected:
                    return $"Misdirected {connected.Name}";
                default:
                    break;
            }
        }

        if (owner is null)
        {
            return "NoListenerForHost";
        }

        var rule = owner.Rules.FirstOrDefault(rule => HostFits(rule.Hostname, request.Host)
            && Holds(rule.Match, request));
        return rule is null ? $"NoRule {owner.Name}" : $"Matched {owner.Name} {rule.Origin}";
    }

    public static string Show(Decision decision) => string.Join(' ', new[]
    {
        decision.Kind.ToString(), decision.Listener?.Name, decision.Rule?.Origin.ToString(),
    }.Where(part => part is not null));

    public static bool Holds(HttpMatchSpec match, Request request) =>
        PathFits(match.Path, request.Path)
        && (match.Method is null || match.Method.Value.Value == request.Method)
        && match.Headers.GroupBy(term => term.Name.ToLowerInvariant())
            .All(group => ValueFits(group.First(), HeaderOf(request, group.Key)))
        && match.QueryParams.GroupBy(term => term.Name)
            .All(group => ValueFits(group.First(), ParameterOf(request, group.Key)));

    private static bool HostFits(string pattern, string authority)
    {
        var host = Regex.Replace(authority.ToLowerInvariant(), @":\d+$", "").TrimEnd('.');
        if (pattern is "")
        {
            return true;
        }

        var labels = host.Split('.');
        var wanted = pattern.Split('.');
        return wanted[0] is "*"
            ? labels.Length >= wanted.Length && labels.TakeLast(wanted.Length - 1).SequenceEqual(wanted.Skip(1))
            : host == pattern;
    }

    private static bool PathFits(PathMatchSpec match, string path)
    {
        if (match.Type is PathMatchType.Exact)
        {
            return path == match.Value;
        }

        if (match.Type is PathMatchType.RegularExpression)
        {
            return Regex.IsMatch(path, $"^({match.Value})$");
        }

        var wanted = match.Value.Split('/').ToList();
        while (wanted is [.., ""])
        {
            wanted.RemoveAt(wanted.Count - 1);
        }

        return wanted.Count is 0 || path.Split('/').Take(wanted.Count).SequenceEqual(wanted);
    }

    private static bool ValueFits(NamedMatchSpec term, string? value) =>
        value is not null && (term.IsRegex ? Regex.IsMatch(value, $"^({term.Value})$") : value == term.Value);

    private static string? HeaderOf(Request request, string name)
    {
        var values = request.Headers
            .Where(item => item.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            .Select(item => item.Value)
            .ToList();
        return values.Count > 0 ? string.Join(",", values) : name is "host" ? request.Host : null;
    }

    private static string? ParameterOf(Request request, string name) => (request.Query ?? "").Split('&')
        .Where(pair => pair is not "")
        .Select(pair => pair.Split('=', 2))
        .Where(pair => Uri.UnescapeDataString(pair[0]) == name)
        .Select(pair => pair.Length is 1 ? "" : Uri.UnescapeDataString(pair[1]))
        .FirstOrDefault();
}
