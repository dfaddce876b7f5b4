using Gwctl.Core;
using Gwctl.Providers.Aws.Api.Wire;

namespace Gwctl.Providers.Aws.Api.Elbv2;

/// <summary>Succeeds for the same settings on the same port; with others it fails with DuplicateListener.</summary>
public sealed record CreateListenerRequest : IWireShape
{
    public required string LoadBalancerArn { get; init; }
    public string? Protocol { get; init; } // ProtocolEnum
    public int? Port { get; init; } // 1–65535
    public string? SslPolicy { get; init; }
    public EquatableList<Certificate> Certificates { get; init; } = [];
    public required EquatableList<Action> DefaultActions { get; init; }
    public EquatableList<string> AlpnPolicy { get; init; } = [];
    public EquatableList<Tag> Tags { get; init; } = [];
    public MutualAuthenticationAttributes? MutualAuthentication { get; init; }

    void IWireShape.Write(WireWriter to)
    {
        to.Put("LoadBalancerArn", LoadBalancerArn);
        to.Put("Protocol", Protocol);
        to.Put("Port", Port);
        to.Put("SslPolicy", SslPolicy);
        to.PutList("Certificates", Certificates);
        to.PutList("DefaultActions", DefaultActions);
        to.PutList("AlpnPolicy", AlpnPolicy);
        to.PutList("Tags", Tags);
        to.Put("MutualAuthentication", MutualAuthentication);
    }
}

/// <summary>IsDefault is for answers only. Adding and removing take one certificate per call.</summary>
public sealed record Certificate : IWireShape
{
    public required string CertificateArn { get; init; }
    public bool? IsDefault { get; init; }

    void IWireShape.Write(WireWriter to)
    {
        to.Put("CertificateArn", CertificateArn);
        to.Put("IsDefault", IsDefault);
    }

    internal static Certificate Read(WireNode from) => new()
    {
        CertificateArn = from.Text("CertificateArn"),
        IsDefault = from.FlagOrNull("IsDefault"),
    };
}

public sealed record MutualAuthenticationAttributes : IWireShape
{
    public string? Mode { get; init; }
    public string? TrustStoreArn { get; init; }
    public bool? IgnoreClientCertificateExpiry { get; init; }
    public string? TrustStoreAssociationStatus { get; init; } // TrustStoreAssociationStatusEnum
    public string? AdvertiseTrustStoreCaNames { get; init; } // AdvertiseTrustStoreCaNamesEnum

    void IWireShape.Write(WireWriter to)
    {
        to.Put("Mode", Mode);
        to.Put("TrustStoreArn", TrustStoreArn);
        to.Put("IgnoreClientCertificateExpiry", IgnoreClientCertificateExpiry);
        to.Put("TrustStoreAssociationStatus", TrustStoreAssociationStatus);
        to.Put("AdvertiseTrustStoreCaNames", AdvertiseTrustStoreCaNames);
    }

    internal static MutualAuthenticationAttributes Read(WireNode from) => new()
    {
        Mode = from.TextOrNull("Mode"),
        TrustStoreArn = from.TextOrNull("TrustStoreArn"),
        IgnoreClientCertificateExpiry = from.FlagOrNull("IgnoreClientCertificateExpiry"),
        TrustStoreAssociationStatus = from.TextOrNull("TrustStoreAssociationStatus"),
        AdvertiseTrustStoreCaNames = from.TextOrNull("AdvertiseTrustStoreCaNames"),
    };
}

public sealed record CreateListenerResponse
{
    public EquatableList<Listener> Listeners { get; init; } = [];

    internal static CreateListenerResponse Read(WireNode from) => new()
    {
        Listeners = from.List("Listeners", Listener.Read),
    };
}

/// <summary>
/// Certificates holds the default certificate only; the others come from DescribeListenerCertificates.
/// </summary>
public sealed record Listener
{
    public required string ListenerArn { get; init; }
    public required string LoadBalancerArn { get; init; }
    public int? Port { get; init; } // 1–65535
    public string? Protocol { get; init; } // ProtocolEnum
    public EquatableList<Certificate> Certificates { get; init; } = [];
    public string? SslPolicy { get; init; }
    public EquatableList<Action> DefaultActions { get; init; } = [];
    public EquatableList<string> AlpnPolicy { get; init; } = [];
    public MutualAuthenticationAttributes? MutualAuthentication { get; init; }

    internal static Listener Read(WireNode from) => new()
    {
        ListenerArn = from.Text("ListenerArn"),
        LoadBalancerArn = from.Text("LoadBalancerArn"),
        Port = from.IntOrNull("Port"),
        Protocol = from.TextOrNull("Protocol"),
        Certificates = from.List("Certificates", Certificate.Read),
        SslPolicy = from.TextOrNull("SslPolicy"),
        DefaultActions = from.List("DefaultActions", Action.Read),
        AlpnPolicy = from.Texts("AlpnPolicy"),
        MutualAuthentication = from.ItemOrNull("MutualAuthentication", MutualAuthenticationAttributes.Read),
    };
}

public sealed record DescribeListenersRequest : IWireShape
{
    public string? LoadBalancerArn { get; init; }
    public EquatableList<string> ListenerArns { get; init; } = [];
    public string? Marker { get; init; }
    public int? PageSize { get; init; } // 1–400

    void IWireShape.Write(WireWriter to)
    {
        to.Put("LoadBalancerArn", LoadBalancerArn);
        to.PutList("ListenerArns", ListenerArns);
        to.Put("Marker", Marker);
        to.Put("PageSize", PageSize);
    }
}

public sealed record DescribeListenersResponse
{
    public EquatableList<Listener> Listeners { get; init; } = [];
    public string? NextMarker { get; init; }

    internal static DescribeListenersResponse Read(WireNode from) => new()
    {
        Listeners = from.List("Listeners", Listener.Read),
        NextMarker = from.TextOrNull("NextMarker"),
    };
}

public sealed record ModifyListenerRequest : IWireShape
{
    public required string ListenerArn { get; init; }
    public int? Port { get; init; } // 1–65535
    public string? Protocol { get; init; } // ProtocolEnum
    public string? SslPolicy { get; init; }
    public EquatableList<Certificate> Certificates { get; init; } = [];
    public EquatableList<Action> DefaultActions { get; init; } = [];
    public EquatableList<string> AlpnPolicy { get; init; } = [];
    public MutualAuthenticationAttributes? MutualAuthentication { get; init; }

    void IWireShape.Write(WireWriter to)
    {
        to.Put("ListenerArn", ListenerArn);
        to.Put("Port", Port);
        to.Put("Protocol", Protocol);
        to.Put("SslPolicy", SslPolicy);
        to.PutList("Certificates", Certificates);
        to.PutList("DefaultActions", DefaultActions);
        to.PutList("AlpnPolicy", AlpnPolicy);
        to.Put("MutualAuthentication", MutualAuthentication);
    }
}

public sealed record ModifyListenerResponse
{
    public EquatableList<Listener> Listeners { get; init; } = [];

    internal static ModifyListenerResponse Read(WireNode from) => new()
    {
        Listeners = from.List("Listeners", Listener.Read),
    };
}

public sealed record DeleteListenerRequest : IWireShape
{
    public required string ListenerArn { get; init; }

    void IWireShape.Write(WireWriter to) => to.Put("ListenerArn", ListenerArn);
}

public sealed record DeleteListenerResponse;

public sealed record DescribeListenerAttributesRequest : IWireShape
{
    public required string ListenerArn { get; init; }

    void IWireShape.Write(WireWriter to) => to.Put("ListenerArn", ListenerArn);
}

public sealed record DescribeListenerAttributesResponse
{
    public EquatableList<ListenerAttribute> Attributes { get; init; } = [];

    internal static DescribeListenerAttributesResponse Read(WireNode from) => new()
    {
        Attributes = from.List("Attributes", ListenerAttribute.Read),
    };
}

public sealed record ListenerAttribute : IWireShape
{
    public required string Key { get; init; }
    public required string Value { get; init; }

    void IWireShape.Write(WireWriter to)
    {
        to.Put("Key", Key);
        to.Put("Value", Value);
    }

    internal static ListenerAttribute Read(WireNode from) => new()
    {
        Key = from.Text("Key"),
        Value = from.TextOrNull("Value") ?? "",
    };
}

public sealed record ModifyListenerAttributesRequest : IWireShape
{
    public required string ListenerArn { get; init; }
    public required EquatableList<ListenerAttribute> Attributes { get; init; }

    void IWireShape.Write(WireWriter to)
    {
        to.Put("ListenerArn", ListenerArn);
        to.PutList("Attributes", Attributes);
    }
}

public sealed record ModifyListenerAttributesResponse
{
    public EquatableList<ListenerAttribute> Attributes { get; init; } = [];

    internal static ModifyListenerAttributesResponse Read(WireNode from) => new()
    {
        Attributes = from.List("Attributes", ListenerAttribute.Read),
    };
}

public sealed record AddListenerCertificatesRequest : IWireShape
{
    public required string ListenerArn { get; init; }
    public required EquatableList<Certificate> Certificates { get; init; }

    void IWireShape.Write(WireWriter to)
    {
        to.Put("ListenerArn", ListenerArn);
        to.PutList("Certificates", Certificates);
    }
}

public sealed record AddListenerCertificatesResponse
{
    public EquatableList<Certificate> Certificates { get; init; } = [];

    internal static AddListenerCertificatesResponse Read(WireNode from) => new()
    {
        Certificates = from.List("Certificates", Certificate.Read),
    };
}

public sealed record RemoveListenerCertificatesRequest : IWireShape
{
    public required string ListenerArn { get; init; }
    public required EquatableList<Certificate> Certificates { get; init; }

    void IWireShape.Write(WireWriter to)
    {
        to.Put("ListenerArn", ListenerArn);
        to.PutList("Certificates", Certificates);
    }
}

public sealed record RemoveListenerCertificatesResponse;

public sealed record DescribeListenerCertificatesRequest : IWireShape
{
    public required string ListenerArn { get; init; }
    public string? Marker { get; init; }
    public int? PageSize { get; init; } // 1–400

    void IWireShape.Write(WireWriter to)
    {
        to.Put("ListenerArn", ListenerArn);
        to.Put("Marker", Marker);
        to.Put("PageSize", PageSize);
    }
}

/// <summary>May list the default certificate twice: once as default, once as one of the list.</summary>
public sealed record DescribeListenerCertificatesResponse
{
    public EquatableList<Certificate> Certificates { get; init; } = [];
    public string? NextMarker { get; init; }

    internal static DescribeListenerCertificatesResponse Read(WireNode from) => new()
    {
        Certificates = from.List("Certificates", Certificate.Read),
        NextMarker = from.TextOrNull("NextMarker"),
    };
}
