using System.Net;
using System.Net.Sockets;
using Gwctl.Core;
using Gwctl.Engine.Providers;

namespace Gwctl.Cutover.Dns;

/// <summary>Where answers come from.</summary>
/// <param name="Given">The one name server that is asked for everything; null asks the zones' own.</param>
public sealed record NameServers(IPEndPoint? Given)
{
    /// <summary>Nobody can be asked: a cloud whose zones no name server serves.</summary>
    public static readonly NameServers Nobody = new(Given: null) { AsksZones = false };

    private const int DnsPort = 53;

    /// <summary>How often each server is asked: weights show in many answers only.</summary>
    private const int QuestionsPerType = 5;

    /// <summary>Whether the zones' own name servers are asked where none is given.</summary>
    public bool AsksZones { get; init; } = true;

    /// <summary>The addresses of a host, past the cutover's own records.</summary>
    /// <exception cref="IOException">They could not be found out.</exception>
    public async Task<IReadOnlyList<IPAddress>> AddressesOfAsync(string host, CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(host, out var literal))
        {
            return [literal];
        }

        if (Given is null)
        {
            return await ResolveAsync(host, cancellationToken);
        }

        var answers = await DnsClient.AskAsync(Given, host, "A", cancellationToken);
        return [.. answers.Where(answer => answer.Type is "A").Select(answer => IPAddress.Parse(answer.Value))];
    }

    /// <summary>What the name servers answer that neither side would; empty where all is well. Null where there was
    /// nobody to ask.</summary>
    /// <param name="balancers">Whose addresses pointers answer.</param>
    public async Task<EquatableList<string>?> StrangersAsync(
        WeightedName name, IReadOnlyList<BalancerFacts> balancers, TimeSpan ttlMax, CancellationToken cancellationToken)
    {
        var servers = await ServersAsync(name, cancellationToken);
        if (servers.Count is 0 || name.Hostname.StartsWith('*'))
        {
            return null;
        }

        var allowed = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var member in name.Members.Where(member => member.Target is DnsTarget.Value))
        {
            allowed.Add(member.Target.ToString() ?? "");
        }

        foreach (var balancer in balancers)
        {
            foreach (var address in await AddressesOfAsync(balancer.DnsName, cancellationToken))
            {
                allowed.Add(address.ToString());
                allowed.Add(address.MapToIPv6().ToString());
            }
        }

        var strangers = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var server in servers)
        {
            await AskAsync(server, name, allowed, ttlMax, strangers, cancellationToken);
        }

        return [.. strangers];
    }

    private static async Task AskAsync(
        IPEndPoint server, WeightedName name, HashSet<string> allowed, TimeSpan ttlMax, SortedSet<string> strangers,
        CancellationToken cancellationToken)
    {
        var pointers = name.Members.Any(member => member.Target is DnsTarget.Pointer);
        foreach (var type in name.Members.Select(member => member.Type).Distinct(StringComparer.Ordinal))
        {
            for (var index = 0; index < QuestionsPerType; index++)
            {
                var answers = await DnsClient.AskAsync(server, name.Hostname, type, cancellationToken);
                foreach (var answer in answers.Where(answer => answer.Type == type))
                {
                    // A real load balancer's addresses change by the minute: an unknown one proves nothing there.
                    var isKnown = allowed.Contains(answer.Value) || pointers;
                    if (!isKnown || answer.Ttl > ttlMax)
                    {
                        strangers.Add($"{server} answers {answer.Value} with TTL {answer.Ttl.TotalSeconds:0}");
                    }
                }

                if (answers.Count is 0)
                {
                    strangers.Add($"{server} has no {type} answer");
                }
            }
        }
    }

    private async Task<IReadOnlyList<IPEndPoint>> ServersAsync(WeightedName name, CancellationToken cancellationToken)
    {
        if (Given is not null || !AsksZones)
        {
            return Given is null ? [] : [Given];
        }

        var servers = new List<IPEndPoint>();
        foreach (var server in name.NameServers)
        {
            var addresses = await ResolveAsync(server, cancellationToken);
            servers.AddRange(addresses.Take(1).Select(address => new IPEndPoint(address, DnsPort)));
        }

        return servers;
    }

    private static async Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        try
        {
            return await System.Net.Dns.GetHostAddressesAsync(host, cancellationToken);
        }
        catch (SocketException exception)
        {
            throw new IOException($"{host} does not resolve: {exception.Message}", exception);
        }
    }
}
