using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Aws.Projection;

/// <summary>Route 53's health checks for weighted records: one for each DnsPolicy and load balancer.</summary>
/// <remarks>Route 53 looks a name up and sends that same name as Host: the load balancer's own, unless the policy names
/// another. An address would let it send any Host, but a load balancer's addresses change.</remarks>
/// <param name="gateway">Gathers nodes and findings.</param>
/// <param name="ports">Of the Application Load Balancer.</param>
/// <param name="names">All names that get a record.</param>
internal sealed class RecordHealthChecks(
    GatewayBuilder gateway, EquatableList<RoutingPort> ports, IReadOnlyCollection<string> names)
{
    private const int IntervalSeconds = 30;
    private const int FastIntervalSeconds = 10;

    private readonly Dictionary<ResourceAddress, AttributeField?> _made = [];

    public static bool HasInterval(DnsHealthCheckSpec check) =>
        check.Interval is not { } interval || IsInterval(interval.Value);

    /// <summary>The field <c>healthCheck</c> of a record's address; null where it has none.</summary>
    /// <param name="policy">Of the record's name.</param>
    /// <param name="balancer">Where the name leads.</param>
    public AttributeField? Of(DnsPolicySpec? policy, ResourceAddress balancer)
    {
        if (policy is not { Weight: not null, HealthCheck: { } check })
        {
            return null;
        }

        var name = policy.Name.Name;
        var key = balancer.Key is BalancerKeys.Application ? name : $"{balancer.Key}/{name}";
        var address = gateway.AddressOf(Kinds.HealthCheck, key);
        if (!_made.TryGetValue(address, out var field))
        {
            _made[address] = field = CanCheck(policy, check)
                ? Shape.Field("healthCheck", new AttributeValue.Reference(address, "id"))
                : null;
            if (field is not null)
            {
                NoteUnanswered(policy, check, balancer);
                gateway.Add(Node(address, policy, check, balancer));
            }
        }

        return field;
    }

    private static bool IsInterval(TimeSpan interval) =>
        interval.TotalSeconds is IntervalSeconds or FastIntervalSeconds;

    private ResourceNode Node(
        ResourceAddress address, DnsPolicySpec policy, DnsHealthCheckSpec check, ResourceAddress balancer)
    {
        var type = check.Protocol.Value;
        AttributeValue hostname = check.Hostname is { } given
            ? new AttributeValue.Text(given.Value)
            : new AttributeValue.Reference(balancer, "dnsName");
        return new ResourceNode
        {
            Address = address,
            Attributes = Shape.Of(
                Shape.Text("type", type),
                Shape.Number("intervalSeconds", (long?)check.Interval?.Value.TotalSeconds ?? IntervalSeconds),
                Shape.Field("hostname", hostname),
                Shape.Number("port", check.EffectivePort),
                type is "TCP" ? null : Shape.Text("path", check.Path?.Value ?? "/"),
                type is "HTTPS" ? Shape.Flag("sni", true) : null,
                Shape.Number(
                    "failureThreshold", check.FailureThreshold?.Value ?? DnsHealthCheckSpec.FailureThresholdDefault),
                Shape.Flag("disabled", false),
                Shape.Flag("inverted", false),
                Shape.Text("owner", gateway.Scope.Owner)),
            Origin = check.Span,
            OriginObjects = Shape.Sorted([gateway.GatewayObject, policy.Id.ToString()]),
        };
    }

    /// <summary>False where Route 53 could not find out how the load balancer is; it has been reported then.</summary>
    private bool CanCheck(DnsPolicySpec policy, DnsHealthCheckSpec check)
    {
        if (gateway.Balancer.Scheme is LoadBalancerSettings.Internal || !gateway.Balancer.HasIpv4)
        {
            gateway.Report(RecordCheckDiagnostics.OutOfReach(
                policy, check, gateway.Balancer.Scheme is LoadBalancerSettings.Internal));
            return false;
        }

        if (check.Hostname is { } hostname && IsWeighted(hostname.Value))
        {
            gateway.Report(RecordCheckDiagnostics.OfWeightedName(policy, hostname));
            return false;
        }

        return HasInterval(check);
    }

    /// <summary>Whether the name is answered by a weighted record: then what is checked is sometimes another load
    /// balancer.</summary>
    private bool IsWeighted(string hostname) => names.Contains(hostname)
        ? HasWeight(hostname)
        : names.Any(name => HasWeight(name)
            && HostPattern.Parse(name) is { IsWildcard: true } wildcard && wildcard.Matches(hostname));

    private bool HasWeight(string hostname) => gateway.Gateway.DnsPolicyOf(hostname)?.Weight is not null;

    private void NoteUnanswered(DnsPolicySpec policy, DnsHealthCheckSpec check, ResourceAddress balancer)
    {
        if (Unanswered(check, balancer) is { } why)
        {
            gateway.Report(RecordCheckDiagnostics.Unanswered(policy, check, why));
        }
    }

    /// <summary>Why the check will fail, or may; null where nothing says so.</summary>
    private string? Unanswered(DnsHealthCheckSpec check, ResourceAddress balancer)
    {
        var isNetwork = balancer.Key is BalancerKeys.Network;
        var opened = (isNetwork ? gateway.Gateway.Ports.Where(IsConnection) : ports)
            .Where(port => port.Port == check.EffectivePort).ToList();
        if (opened.Count is 0)
        {
            return $"no listener of the load balancer takes connections at port {check.EffectivePort}";
        }

        if (gateway.Balancer.AllowedCidrs is { Count: > 0 } allowed && !allowed.Contains("0.0.0.0/0"))
        {
            return "allowedCidrs of the load balancer may keep Route 53's health checkers out";
        }

        if (isNetwork || check.Protocol.Value is "TCP")
        {
            return null;
        }

        // The load balancer's own name is none that a listener could name.
        var host = check.Hostname?.Value;
        return opened.SelectMany(port => port.Listeners).Any(listener => listener.Rules.Any(
            rule => Answers(rule.Hostname is "" ? listener.Hostname : rule.Hostname, host)))
                ? null
                : $"no route at port {check.EffectivePort} takes requests for "
                    + $"{host ?? "the load balancer's own name, which the check sends as Host"}";
    }

    private static bool Answers(string pattern, string? host) =>
        pattern is "" || (host is not null && HostPattern.Parse(pattern).Matches(host));

    private static bool IsConnection(RoutingPort port) => port.Protocol is RoutingProtocol.Tcp or RoutingProtocol.Tls;
}
