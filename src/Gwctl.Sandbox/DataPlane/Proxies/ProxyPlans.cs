using System.Globalization;
using System.Runtime.CompilerServices;
using Gwctl.Sandbox.DataPlane.Listeners;
using Gwctl.Sandbox.DataPlane.Network;
using Gwctl.Sandbox.DataPlane.Targets;
using Gwctl.Sandbox.DataPlane.Tls;
using Gwctl.Sandbox.Gcp.Compute;
using Gwctl.Sandbox.Gcp.UrlMaps;
using Gwctl.Sandbox.State;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.DataPlane.Proxies;

/// <summary>Turns the state of GCP into what its forwarding rules serve by. Documents are immutable, so whatever was
/// made of a document is made only once.</summary>
internal sealed class ProxyPlans(
    TargetBook targets, CertificateBook certificates, ProxyRequests requests, DataPlaneOptions options)
{
    private const int KeepAliveSeconds = 610;

    private static readonly TimeSpan UdpIdleTimeout = TimeSpan.FromSeconds(60);

    private readonly ConditionalWeakTable<Struct, UrlMapProgram> _programs = [];
    private readonly ConditionalWeakTable<Struct, string[]> _references = [];
    private readonly ServiceBook _services = new(targets);
    private Dictionary<string, Made<ProxySnapshot>> _snapshots = new(StringComparer.Ordinal);

    /// <summary>As of the last build: those that a forwarding rule leads to.</summary>
    public IEnumerable<TargetGroup> GroupsInUse => _services.Used.Select(service => service.Group);

    /// <summary>Every forwarding rule whose way is complete, in order of projects, scopes and names.</summary>
    public IReadOnlyList<ListenerPlan> Build(Tables tables)
    {
        _services.Begin();
        var snapshots = new Dictionary<string, Made<ProxySnapshot>>(StringComparer.Ordinal);
        var plans = new List<ListenerPlan>();
        foreach (var (table, rows) in tables.ByName.OrderBy(table => table.Key, StringComparer.Ordinal))
        {
            if (table.Split('/') is not ["gcp", var project, "compute", "forwardingRules"])
            {
                continue;
            }

            foreach (var (key, rule) in rows)
            {
                var name = ComputeName.OfKey(project, "forwardingRules", key);
                if (Plan(tables, name, rule, snapshots) is { } plan)
                {
                    plans.Add(plan);
                }
            }
        }

        _snapshots = snapshots;
        return plans;
    }

    private ListenerPlan? Plan(
        Tables tables, ComputeName name, Struct rule, Dictionary<string, Made<ProxySnapshot>> snapshots)
    {
        if (ComputeName.Parse(rule.Text("target") ?? "", name.Project) is not { } target
            || tables.Rows(target.Table).GetValueOrDefault(target.Key) is not { } proxy)
        {
            return null;
        }

        IHttpSnapshot? application = null;
        NetworkSnapshot? network = null;
        var protocol = target.Collection switch
        {
            "targetHttpProxies" => "HTTP",
            "targetHttpsProxies" => "HTTPS",
            "targetSslProxies" => "SSL",
            _ => "TCP",
        };
        if (protocol is "HTTP" or "HTTPS")
        {
            if (Application(tables, name, rule, proxy, protocol is "HTTPS") is not { } made)
            {
                return null;
            }

            snapshots[name.Link] = made;
            application = made.Value;
        }
        else
        {
            network = Network(tables, name, proxy, protocol is "SSL");
        }

        var address = rule.Text("IPAddress") ?? "";
        var port = int.Parse(rule.Required("portRange").Split('-')[0], CultureInfo.InvariantCulture);
        return new ListenerPlan(
            $"{name.Project}/{address}", name.Name, address, name.Link, protocol, port, application, network);
    }

    private Made<ProxySnapshot>? Application(
        Tables tables, ComputeName name, Struct rule, Struct proxy, bool isSecure)
    {
        if (ComputeName.Parse(proxy.Text("urlMap") ?? "", name.Project) is not { } mapName
            || tables.Rows(mapName.Table).GetValueOrDefault(mapName.Key) is not { } map)
        {
            return null;
        }

        var services = new Dictionary<string, LiveService>(StringComparer.Ordinal);
        foreach (var path in _references.GetValue(map, ReferencesOf))
        {
            if (ComputeName.Parse(path, "") is { Collection: "backendServices" } service
                && _services.Take(tables, service) is { } live)
            {
                services[service.Link] = live;
            }
        }

        var tls = isSecure ? ProxyTls.Of(tables, proxy, certificates) : null;
        object[] sources = [rule, proxy, map, .. services.Values, .. tls?.Sources ?? []];
        if (_snapshots.TryGetValue(name.Link, out var known) && known.IsOf(sources))
        {
            return known;
        }

        var snapshot = new ProxySnapshot(
            rule.Text("IPAddress") ?? "", mapName.Link, _programs.GetValue(map, UrlMapProgram.Compile), services,
            rule.Text("loadBalancingScheme") is "EXTERNAL", isSecure,
            TimeSpan.FromSeconds(proxy.Number("httpKeepAliveTimeoutSec") ?? KeepAliveSeconds),
            tls?.Settings(http2: true), requests);
        return new Made<ProxySnapshot>(snapshot, sources);
    }

    private NetworkSnapshot Network(Tables tables, ComputeName name, Struct proxy, bool isSecure)
    {
        var service = ComputeName.Parse(proxy.Text("service") ?? "", name.Project) is { } serviceName
            ? _services.Take(tables, serviceName)
            : null;
        NetworkGroup[] groups = service is null ? [] : [new NetworkGroup(service.Group, 1)];
        return new NetworkSnapshot(
            new NetworkRoute(name.Link, groups, Sticky: false),
            options.StreamIdleTimeout ?? service?.Timeout ?? LiveService.TimeoutMax,
            options.StreamIdleTimeout ?? UdpIdleTimeout,
            isSecure ? ProxyTls.Of(tables, proxy, certificates).Settings(http2: false) : null);
    }

    private static string[] ReferencesOf(Struct map) =>
        [.. References.Of(ComputeKinds.UrlMaps, map).Distinct(StringComparer.Ordinal)];
}
