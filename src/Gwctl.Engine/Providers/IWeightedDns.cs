using Gwctl.Core;

namespace Gwctl.Engine.Providers;

/// <summary>A cloud's weighted DNS answers: what a cutover reads and writes. Small on purpose, so that a DNS service
/// with
/// weighted record sets, one whose weights are items of a policy, and a traffic manager whose endpoints have weights
/// all
/// fit it. Thread-safe.</summary>
public interface IWeightedDns
{
    WeightedDnsTraits Traits { get; }

    /// <summary>Reads everything that lives at the name, and the texts that say whose it is.</summary>
    /// <exception cref="ProviderException">It could not be read, or no zone holds the name. What does not exist is no
    /// error.</exception>
    Task<WeightedName> ReadAsync(DnsQuestion question, CancellationToken cancellationToken);

    /// <summary>Puts what is wanted in the place of exactly what was observed, in one atomic change: all of it, or
    /// nothing where anything of it is no longer as observed.</summary>
    /// <returns>What <see cref="IsPropagatedAsync"/> asks for.</returns>
    /// <exception cref="ProviderException"><see cref="ProviderFailure.Stale"/>: somebody was quicker, nothing was
    /// written. <see cref="ProviderFailure.OutcomeUnknown"/>: read again.</exception>
    Task<string> ChangeAsync(WeightedChange change, CancellationToken cancellationToken);

    /// <summary>Whether every name server of the service answers by the change.</summary>
    Task<bool> IsPropagatedAsync(string changeId, CancellationToken cancellationToken);
}

/// <summary>What the service can do.</summary>
/// <param name="WeightMax">The largest weight.</param>
/// <param name="ValuesPerMember">How many addresses one member holds; 1 makes a member of each.</param>
/// <param name="PointerTtl">How long resolvers keep an answer of a member that points at a load balancer and has no TTL
/// of its own.</param>
public sealed record WeightedDnsTraits(int WeightMax, int ValuesPerMember, TimeSpan PointerTtl)
{
    /// <summary>False where members of a type are items of one record set, which have no names.</summary>
    public bool HasKeys { get; init; } = true;

    /// <summary>Each type of a name is an object of its own in plans, and has an ownership text of its own.</summary>
    public bool OwnsByType { get; init; }
}

/// <summary>Which name to read.</summary>
/// <param name="Hostname">In lower case, without the last dot; <c>*.example.com</c> for a wildcard.</param>
/// <param name="ZoneId">Null is found by <paramref name="ZoneName"/>.</param>
/// <param name="ZoneName">Without the last dot; null is found among the configured zones.</param>
/// <param name="Texts">The names of the texts to read.</param>
public sealed record DnsQuestion(
    string Hostname, string? ZoneId, string? ZoneName, bool IsPrivate, Func<string, EquatableList<string>> Texts);

/// <summary>How the name is answered.</summary>
public enum WeightedForm
{
    /// <summary>There are no addresses at the name.</summary>
    Absent,

    /// <summary>One answer for everybody.</summary>
    Simple,

    /// <summary>Members with weights.</summary>
    Weighted,

    /// <summary>By a rule that has no weights (latency, geography, failover).</summary>
    Other,
}

/// <summary>A name as it lives.</summary>
public sealed record WeightedName
{
    public required string Hostname { get; init; }

    public required string ZoneId { get; init; }

    /// <summary>Without the last dot.</summary>
    public required string ZoneName { get; init; }

    public required WeightedForm Form { get; init; }

    /// <summary>Of a simple name: each value of each type, without weight.</summary>
    public required EquatableList<WeightedMember> Members { get; init; }

    /// <summary>Those of the asked texts that exist.</summary>
    public required EquatableList<DnsText> Texts { get; init; }

    /// <summary>The zone's name servers; empty where the service does not tell.</summary>
    public EquatableList<string> NameServers { get; init; } = [];
}

/// <summary>One answer to a name.</summary>
/// <param name="Type">A, AAAA or CNAME.</param>
/// <param name="Key">What the service tells members of a type apart by; empty where it has nothing for it.</param>
/// <param name="Weight">Null at a simple name.</param>
/// <param name="Ttl">Null where the service decides (a pointer).</param>
public sealed record WeightedMember(string Type, string Key, long? Weight, DnsTarget Target, TimeSpan? Ttl)
{
    /// <summary>The service's id of a health check that takes the member out of answers; null for none.</summary>
    public string? HealthCheckId { get; init; }
}

/// <summary>What a member answers.</summary>
public abstract record DnsTarget
{
    private DnsTarget()
    {
    }

    /// <summary>An address, or a name for a CNAME, without the last dot.</summary>
    public sealed record Value(string Text) : DnsTarget
    {
        public override string ToString() => Text;
    }

    /// <summary>The addresses that a load balancer of the cloud has at the moment.</summary>
    /// <param name="Name">Its name in DNS, in lower case, without the last dot; or its id.</param>
    /// <param name="Zone">The zone of that name; empty where the service needs none.</param>
    /// <param name="EvaluatesHealth">It is taken out of answers while it has no healthy target.</param>
    public sealed record Pointer(string Name, string Zone, bool EvaluatesHealth) : DnsTarget
    {
        public override string ToString() => Name;
    }
}

/// <summary>A text in DNS. Where a service keeps such texts beside its records, the name is a key there.</summary>
/// <param name="Name">Without the last dot.</param>
/// <param name="Values">Unquoted, each at most 255 bytes.</param>
public sealed record DnsText(string Name, EquatableList<string> Values, TimeSpan Ttl)
{
    /// <summary>Of a text that belongs to one member of a weighted name; empty for all others.</summary>
    public string Key { get; init; } = "";

    public long? Weight { get; init; }
}

/// <summary>A change of one name.</summary>
/// <param name="Observed">What must still be so.</param>
/// <param name="Members">What is to be there; a weighted name's weights are never all zero.</param>
/// <param name="Texts">The texts that are to be there of those that were asked for.</param>
/// <param name="Comment">For the service's log.</param>
public sealed record WeightedChange(
    WeightedName Observed, EquatableList<WeightedMember> Members, EquatableList<DnsText> Texts, string Comment);
