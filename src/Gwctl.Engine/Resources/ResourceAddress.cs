using Gwctl.Core;

namespace Gwctl.Engine.Resources;

/// <summary>What gwctl calls a cloud object: the same before it exists, while it lives, and in every plan.</summary>
/// <param name="Scope">The <see cref="Providers.ProviderScope.Name"/> it belongs to.</param>
/// <param name="Kind">A <see cref="KindSchema.Kind"/> of the scope's provider, such as <c>target-group</c>.</param>
/// <param name="Gateway">The Gateway it serves; written on the object as its <c>gwctl.dev/gateway</c> mark.</param>
/// <param name="Key">Unique among the Gateway's objects of the kind, and stable: made of names and content, never of an
/// index that an insertion would shift. Written on the object as its <c>gwctl.dev/key</c> mark.</param>
public readonly record struct ResourceAddress(string Scope, string Kind, ObjectName Gateway, string Key)
    : IComparable<ResourceAddress>
{
    // A plan looks up addresses millions of times, and scope and namespace tell few of them apart.
    private readonly int _hash = HashOf(Key, Gateway, Kind);

    public string Kind
    {
        get;
        init
        {
            field = value;
            _hash = HashOf(Key, Gateway, value);
        }
    } = Kind;

    public ObjectName Gateway
    {
        get;
        init
        {
            field = value;
            _hash = HashOf(Key, value, Kind);
        }
    } = Gateway;

    public string Key
    {
        get;
        init
        {
            field = value;
            _hash = HashOf(value, Gateway, Kind);
        }
    } = Key;

    public int CompareTo(ResourceAddress other)
    {
        var byScope = string.CompareOrdinal(Scope, other.Scope);
        if (byScope is not 0)
        {
            return byScope;
        }

        var byGateway = Gateway.CompareTo(other.Gateway);
        if (byGateway is not 0)
        {
            return byGateway;
        }

        var byKind = string.CompareOrdinal(Kind, other.Kind);
        return byKind is not 0 ? byKind : string.CompareOrdinal(Key, other.Key);
    }

    // Keys and Gateways tell most addresses apart, so that equal parts are seldom compared in vain.
    public bool Equals(ResourceAddress other) =>
        _hash == other._hash
        && string.Equals(Key, other.Key, StringComparison.Ordinal)
        && string.Equals(Gateway.Name, other.Gateway.Name, StringComparison.Ordinal)
        && string.Equals(Kind, other.Kind, StringComparison.Ordinal)
        && string.Equals(Gateway.Namespace, other.Gateway.Namespace, StringComparison.Ordinal)
        && string.Equals(Scope, other.Scope, StringComparison.Ordinal);

    public override int GetHashCode() => _hash;

    /// <summary><c>scope/namespace/gateway/kind/key</c>; the key is left out where it is empty.</summary>
    public override string ToString() => Key is "" ? $"{Scope}/{Gateway}/{Kind}" : $"{Scope}/{Gateway}/{Kind}/{Key}";

    private static int HashOf(string key, ObjectName gateway, string kind) => HashCode.Combine(key, gateway.Name, kind);
}
