using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Gwctl.Sandbox.Aws.Elbv2;
using Gwctl.Sandbox.DataPlane.Forwarding;
using Gwctl.Sandbox.DataPlane.Network;
using Gwctl.Sandbox.DataPlane.Rules;
using Gwctl.Sandbox.DataPlane.Targets;
using Gwctl.Sandbox.DataPlane.Tls;
using Gwctl.Sandbox.State;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.DataPlane.Listeners;

/// <summary>Turns the state of AWS into what its listeners serve by. Documents are immutable, so whatever was made
/// of a document is made only once.</summary>
internal sealed class SnapshotBuilder(
    TargetBook targets, CertificateBook certificates, ApplicationRequests requests, DataPlaneOptions options,
    TimeProvider clock)
{
    private readonly ConditionalWeakTable<Struct, Condition[]> _conditions = [];
    private readonly ConditionalWeakTable<Struct, RewritePair> _rewrites = [];
    private Dictionary<string, Made<TargetGroup>> _groups = new(StringComparer.Ordinal);
    private Dictionary<string, Made<ApplicationSnapshot>> _listeners = new(StringComparer.Ordinal);

    /// <summary>As of the last build: those that a load balancer forwards to.</summary>
    public IReadOnlyList<TargetGroup> GroupsInUse { get; private set; } = [];

    /// <summary>As of the last build.</summary>
    public IReadOnlySet<BackendAddress> Registered { get; private set; } = new HashSet<BackendAddress>();

    /// <summary>Every listener of the state, in order of load balancers and ports.</summary>
    public IReadOnlyList<ListenerPlan> Build(Tables tables)
    {
        var groups = new Dictionary<string, Made<TargetGroup>>(StringComparer.Ordinal);
        var listeners = new Dictionary<string, Made<ApplicationSnapshot>>(StringComparer.Ordinal);
        var registered = new HashSet<BackendAddress>();
        var inUse = new List<TargetGroup>();
        var plans = new List<ListenerPlan>();
        foreach (var scope in Elbv2State.Scopes(tables))
        {
            foreach (var (arn, document) in tables.Rows(Elbv2State.TargetGroups(scope)))
            {
                var group = Group(document, tables.Rows(Elbv2State.Targets(scope, arn)));
                groups[arn] = group;
                registered.UnionWith(group.Value.Targets.Select(target => target.Address));
                if (tables.Rows(Elbv2State.TargetGroupUses(scope, arn)).Count > 0)
                {
                    inUse.Add(group.Value);
                }
            }

            foreach (var loadBalancer in tables.Rows(Elbv2State.LoadBalancers(scope)).Values)
            {
                var own = tables.Rows(Elbv2State.Listeners(scope, loadBalancer.Required("LoadBalancerArn"))).Values;
                foreach (var listener in own.OrderBy(listener => listener.Number("Port")))
                {
                    plans.Add(Plan(tables, scope, loadBalancer, listener, groups, listeners));
                }
            }
        }

        Registered = registered;
        GroupsInUse = inUse;
        _groups = groups;
        _listeners = listeners;
        return plans;
    }

    private Made<TargetGroup> Group(Struct document, ImmutableSortedDictionary<string, Struct> rows)
    {
        var arn = document.Required("TargetGroupArn");
        if (_groups.TryGetValue(arn, out var known) && known.IsOf(document, rows))
        {
            return known;
        }

        var settings = GroupSettings.Of(document);
        var live = rows.Values
            .Where(target => !target.Has("@DrainedAt") && target.Has("Port"))
            .Select(target => targets.Take(new BackendAddress(
                arn, settings.Name, target.Required("Id"), (int)(target.Number("Port") ?? 0))));
        var group = new TargetGroup(settings, [.. live], targets.TurnsOf(arn));
        return new Made<TargetGroup>(group, [document, rows]);
    }

    private ListenerPlan Plan(
        Tables tables, string scope, Struct loadBalancer, Struct listener,
        Dictionary<string, Made<TargetGroup>> groups, Dictionary<string, Made<ApplicationSnapshot>> listeners)
    {
        var arn = listener.Required("ListenerArn");
        var protocol = listener.Required("Protocol");
        ApplicationSnapshot? application = null;
        if (protocol is "HTTP" or "HTTPS")
        {
            var made = Application(tables, scope, loadBalancer, listener, groups);
            listeners[arn] = made;
            application = made.Value;
        }

        return new ListenerPlan(
            loadBalancer.Required("LoadBalancerArn"), loadBalancer.Required("LoadBalancerName"),
            loadBalancer.Required("DNSName"), arn, protocol, (int)(listener.Number("Port") ?? 0), application,
            application is null ? Network(tables, listener, groups) : null);
    }

    private NetworkSnapshot Network(Tables tables, Struct listener, Dictionary<string, Made<TargetGroup>> groups)
    {
        var live = ListenerCertificates.All(listener)
            .Select(arn => certificates.Find(tables, arn))
            .OfType<LiveCertificate>()
            .ToList();
        var tls = live.Count is 0
            ? null
            : new TlsSettings(live[0], live, TlsSettings.VersionsOf(listener.Text("SslPolicy") ?? ""), http2: false);
        return NetworkSnapshot.Of(
            listener, arn => groups.GetValueOrDefault(arn)?.Value, tls, options.StreamIdleTimeout);
    }

    private Made<ApplicationSnapshot> Application(
        Tables tables, string scope, Struct loadBalancer, Struct listener,
        Dictionary<string, Made<TargetGroup>> groups)
    {
        var arn = listener.Required("ListenerArn");
        var rules = tables.Rows(Elbv2State.Rules(scope, arn));
        var used = rules.Values.SelectMany(RuleActions.TargetGroups)
            .Where(groups.ContainsKey)
            .Select(group => (object)groups[group].Value);
        var presented = ListenerCertificates.All(listener)
            .Select(certificate => (object?)certificates.Find(tables, certificate))
            .OfType<object>();
        object?[] trust = [TrustStore(tables, listener)];
        object[] sources = [loadBalancer, listener, rules, .. used, .. presented, .. trust.OfType<object>()];
        if (_listeners.TryGetValue(arn, out var known) && known.IsOf(sources))
        {
            return known;
        }

        var settings = ListenerSettings.Of(loadBalancer, listener);
        var live = rules.Values.Select(rule => Rule(rule, groups)).OrderBy(rule => rule.Priority);
        var tls = settings.Secure ? Tls(tables, listener, settings) : null;
        return new Made<ApplicationSnapshot>(
            new ApplicationSnapshot(
                loadBalancer.Required("LoadBalancerArn"), settings, [.. live], tls, requests), sources);
    }

    private LiveRule Rule(Struct rule, Dictionary<string, Made<TargetGroup>> groups)
    {
        var rewrites = _rewrites.GetValue(rule, RewritePair.Of);
        return new LiveRule(
            rule.Required("RuleArn"),
            int.TryParse(rule.Required("Priority"), out var priority) ? priority : int.MaxValue,
            _conditions.GetValue(rule, ConditionCompiler.Compile),
            Action(rule, groups),
            rewrites.Host,
            rewrites.Url);
    }

    private static RuleAction Action(Struct rule, Dictionary<string, Made<TargetGroup>> groups)
    {
        // What comes before the last action signs users in, which nobody here can do.
        var first = rule.Structs("Actions").First();
        return first.Required("Type") switch
        {
            "forward" => Forward(first.Member("ForwardConfig") ?? [], groups),
            "redirect" => Redirect(first.Member("RedirectConfig") ?? []),
            "fixed-response" => Fixed(first.Member("FixedResponseConfig") ?? []),
            var type => new UnservedAction(type),
        };
    }

    private static ForwardAction Forward(Struct config, Dictionary<string, Made<TargetGroup>> groups)
    {
        var stickiness = config.Member("TargetGroupStickinessConfig");
        return new ForwardAction(
            [
                .. config.Structs("TargetGroups")
                    .Where(tuple => groups.ContainsKey(tuple.Required("TargetGroupArn")))
                    .Select(tuple => new WeightedGroup(
                        groups[tuple.Required("TargetGroupArn")].Value, (int)(tuple.Number("Weight") ?? 1))),
            ],
            stickiness?.Flag("Enabled") is true ? (int)(stickiness.Number("DurationSeconds") ?? 0) : 0);
    }

    private static RedirectAction Redirect(Struct config) => new(
        config.Text("StatusCode") is "HTTP_301" ? 301 : 302,
        config.Text("Protocol") ?? "#{protocol}",
        config.Text("Host") ?? "#{host}",
        config.Text("Port") ?? "#{port}",
        config.Text("Path") ?? "/#{path}",
        config.Text("Query") ?? "#{query}");

    private static FixedResponseAction Fixed(Struct config) => new(
        int.Parse(config.Required("StatusCode")), config.Text("ContentType"), config.Text("MessageBody") ?? "");

    private TlsSettings? Tls(Tables tables, Struct listener, ListenerSettings settings)
    {
        var live = ListenerCertificates.All(listener)
            .Select(arn => certificates.Find(tables, arn))
            .OfType<LiveCertificate>()
            .ToList();
        return live.Count is 0
            ? null
            : new TlsSettings(
                live[0], live, TlsSettings.VersionsOf(listener.Text("SslPolicy") ?? ""), settings.Http2)
            {
                ClientAuthentication = ClientTrust.Of(
                    listener.Member("MutualAuthentication"), TrustStore(tables, listener), clock) is { } trust
                    ? trust.Configure
                    : null,
            };
    }

    private static Struct? TrustStore(Tables tables, Struct listener) =>
        listener.Member("MutualAuthentication")?.Text("TrustStoreArn") is { } arn
            ? tables.Rows(Elbv2State.TrustStores(Elbv2State.ScopeOf(arn))).GetValueOrDefault(arn)
            : null;

    private sealed record RewritePair(Rewrite? Host, Rewrite? Url)
    {
        public static RewritePair Of(Struct rule) => new(
            Rewrite.Find(rule, "host-header-rewrite", "HostHeaderRewriteConfig"),
            Rewrite.Find(rule, "url-rewrite", "UrlRewriteConfig"));
    }
}
