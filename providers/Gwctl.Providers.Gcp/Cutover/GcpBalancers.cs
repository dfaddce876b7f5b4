using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Gwctl.Core;
using Gwctl.Engine.Marks;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Gcp.Api;
using Gwctl.Providers.Gcp.Api.Compute;
using Gwctl.Providers.Gcp.Reading;

namespace Gwctl.Providers.Gcp.Cutover;

/// <summary>Load balancers of Google Cloud: the forwarding rules of one address or one proxy. They have no name in DNS,
/// so that a name leads to them by their addresses. How requests fared is in Cloud Monitoring, which is not
/// read.</summary>
/// <param name="ttl">Of the records that apply makes.</param>
internal sealed class GcpBalancers(GcpApi api, string owner, TimeSpan ttl) : IBalancerWatch
{
    private readonly ServiceHealth _health = new(api);

    public bool ReadsMetrics => false;

    public Task<BalancerFacts?> FindOfGatewayAsync(ObjectName gateway, CancellationToken cancellationToken) =>
        GuardAsync($"looking for the load balancer of Gateway {gateway}", async () =>
        {
            var rules = await RulesAsync(cancellationToken);
            return Facts(rules.FindAll(rule => Marks.From(rule) is var marks
                && marks[MarkNames.Owner] == owner && marks[MarkNames.Gateway] == gateway.ToString()));
        });

    public Task<BalancerFacts?> FindAsync(string nameOrId, CancellationToken cancellationToken) =>
        GuardAsync($"looking for load balancer {nameOrId}", async () =>
        {
            ArgumentNullException.ThrowIfNull(nameOrId);
            var rules = await RulesAsync(cancellationToken);
            return Facts(Together(rules, [.. rules.Where(rule => IsNamed(rule, nameOrId)).Take(1)]));
        });

    public Task<EquatableList<TargetGroupHealth>> ReadHealthAsync(
        BalancerFacts balancer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(balancer);
        return GuardAsync($"reading the endpoints' health of {balancer.Name}", async () =>
        {
            var rules = await RulesAsync(cancellationToken);
            var targets = rules
                .Where(rule => balancer.IsLedToBy(new DnsTarget.Value(rule.TextOrNull("IPAddress") ?? "")))
                .Select(rule => rule.TextOrNull("target")).OfType<string>().Distinct(StringComparer.Ordinal);
            return await _health.ReadAsync(targets, cancellationToken);
        });
    }

    public Task<RequestMetrics> ReadMetricsAsync(
        BalancerFacts balancer, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(balancer);
        throw CutoverFailures.NoMetrics(balancer.Name);
    }

    private async Task<List<JsonObject>> RulesAsync(CancellationToken cancellationToken) =>
        await api.Compute.ListAllAsync(ComputeCollection.ForwardingRules, cancellationToken)
            .Select(item => item.Body).ToListAsync(cancellationToken);

    private static bool IsNamed(JsonObject rule, string nameOrId) =>
        rule.TextOrNull("name") == nameOrId || rule.TextOrNull("IPAddress") == nameOrId
        || (SelfLinks.Canonical(nameOrId) is { } link && ComputeKind.IdOf(rule) == link);

    /// <summary>The rules that share an address or a proxy with one of the first, and those that share one with
    /// them.</summary>
    private static List<JsonObject> Together(List<JsonObject> rules, List<JsonObject> first)
    {
        var found = first;
        for (var round = 0; round < 2; round++)
        {
            var known = found;
            found = rules.FindAll(rule => known.Exists(other =>
                rule.TextOrNull("IPAddress") == other.TextOrNull("IPAddress")
                || rule.TextOrNull("target") == other.TextOrNull("target")));
        }

        return found;
    }

    /// <summary>Null where there is no rule. IPv4 comes first.</summary>
    private BalancerFacts? Facts(List<JsonObject> rules)
    {
        var addresses = rules.Select(rule => rule.TextOrNull("IPAddress")).OfType<string>()
            .Distinct(StringComparer.Ordinal)
            .OrderBy(address => TypeOf(address), StringComparer.Ordinal).ThenBy(text => text, StringComparer.Ordinal)
            .ToList();
        return addresses is not [var first, ..]
            ? null
            : new BalancerFacts(
                ComputeKind.IdOf(rules[0]),
                rules[0].TextOrNull("name") ?? "",
                first,
                [
                    .. addresses.Select(address => new WeightedMember(
                        TypeOf(address), "", null, new DnsTarget.Value(address), ttl)),
                ])
            {
                OtherNames = [.. addresses.Skip(1)],
                CountsRequests = false,
            };
    }

    private static string TypeOf(string address) =>
        IPAddress.TryParse(address, out var parsed) && parsed.AddressFamily is AddressFamily.InterNetworkV6
            ? "AAAA"
            : "A";

    private static async Task<T> GuardAsync<T>(string doing, Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (GcpException exception)
        {
            throw GcpFailures.From(exception, doing);
        }
    }
}
