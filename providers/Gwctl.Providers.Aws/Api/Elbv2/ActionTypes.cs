using Gwctl.Core;
using Gwctl.Providers.Aws.Api.Wire;

namespace Gwctl.Providers.Aws.Api.Elbv2;

/// <summary>
/// TargetGroupArn is the short form of a forward to one group. An answer may hold both forms of the same.
/// </summary>
public sealed record Action : IWireShape
{
    public required string Type { get; init; } // ActionTypeEnum
    public string? TargetGroupArn { get; init; }
    public AuthenticateOidcActionConfig? AuthenticateOidcConfig { get; init; }
    public AuthenticateCognitoActionConfig? AuthenticateCognitoConfig { get; init; }
    public int? Order { get; init; } // 1–50000
    public RedirectActionConfig? RedirectConfig { get; init; }
    public FixedResponseActionConfig? FixedResponseConfig { get; init; }
    public ForwardActionConfig? ForwardConfig { get; init; }
    public JwtValidationActionConfig? JwtValidationConfig { get; init; }

    void IWireShape.Write(WireWriter to)
    {
        to.Put("Type", Type);
        to.Put("TargetGroupArn", TargetGroupArn);
        to.Put("AuthenticateOidcConfig", AuthenticateOidcConfig);
        to.Put("AuthenticateCognitoConfig", AuthenticateCognitoConfig);
        to.Put("Order", Order);
        to.Put("RedirectConfig", RedirectConfig);
        to.Put("FixedResponseConfig", FixedResponseConfig);
        to.Put("ForwardConfig", ForwardConfig);
        to.Put("JwtValidationConfig", JwtValidationConfig);
    }

    internal static Action Read(WireNode from) => new()
    {
        Type = from.Text("Type"),
        TargetGroupArn = from.TextOrNull("TargetGroupArn"),
        AuthenticateOidcConfig = from.ItemOrNull("AuthenticateOidcConfig", AuthenticateOidcActionConfig.Read),
        AuthenticateCognitoConfig = from.ItemOrNull("AuthenticateCognitoConfig", AuthenticateCognitoActionConfig.Read),
        Order = from.IntOrNull("Order"),
        RedirectConfig = from.ItemOrNull("RedirectConfig", RedirectActionConfig.Read),
        FixedResponseConfig = from.ItemOrNull("FixedResponseConfig", FixedResponseActionConfig.Read),
        ForwardConfig = from.ItemOrNull("ForwardConfig", ForwardActionConfig.Read),
        JwtValidationConfig = from.ItemOrNull("JwtValidationConfig", JwtValidationActionConfig.Read),
    };
}

public sealed record AuthenticateOidcActionConfig : IWireShape
{
    public required string Issuer { get; init; }
    public required string AuthorizationEndpoint { get; init; }
    public required string TokenEndpoint { get; init; }
    public required string UserInfoEndpoint { get; init; }
    public required string ClientId { get; init; }
    public string? SessionCookieName { get; init; }
    public string? Scope { get; init; }
    public long? SessionTimeout { get; init; }
    public EquatableList<KeyValuePair<string, string>> AuthenticationRequestExtraParams { get; init; } = [];
    public string? OnUnauthenticatedRequest { get; init; } // AuthenticateOidcActionConditionalBehaviorEnum
    public bool? UseExistingClientSecret { get; init; }

    void IWireShape.Write(WireWriter to)
    {
        to.Put("Issuer", Issuer);
        to.Put("AuthorizationEndpoint", AuthorizationEndpoint);
        to.Put("TokenEndpoint", TokenEndpoint);
        to.Put("UserInfoEndpoint", UserInfoEndpoint);
        to.Put("ClientId", ClientId);
        to.Put("SessionCookieName", SessionCookieName);
        to.Put("Scope", Scope);
        to.Put("SessionTimeout", SessionTimeout);
        to.PutMap("AuthenticationRequestExtraParams", AuthenticationRequestExtraParams);
        to.Put("OnUnauthenticatedRequest", OnUnauthenticatedRequest);
        to.Put("UseExistingClientSecret", UseExistingClientSecret);
    }

    internal static AuthenticateOidcActionConfig Read(WireNode from) => new()
    {
        Issuer = from.Text("Issuer"),
        AuthorizationEndpoint = from.Text("AuthorizationEndpoint"),
        TokenEndpoint = from.Text("TokenEndpoint"),
        UserInfoEndpoint = from.Text("UserInfoEndpoint"),
        ClientId = from.Text("ClientId"),
        SessionCookieName = from.TextOrNull("SessionCookieName"),
        Scope = from.TextOrNull("Scope"),
        SessionTimeout = from.LongOrNull("SessionTimeout"),
        AuthenticationRequestExtraParams = from.TextMap("AuthenticationRequestExtraParams"),
        OnUnauthenticatedRequest = from.TextOrNull("OnUnauthenticatedRequest"),
        UseExistingClientSecret = from.FlagOrNull("UseExistingClientSecret"),
    };
}

public sealed record AuthenticateCognitoActionConfig : IWireShape
{
    public required string UserPoolArn { get; init; }
    public required string UserPoolClientId { get; init; }
    public required string UserPoolDomain { get; init; }
    public string? SessionCookieName { get; init; }
    public string? Scope { get; init; }
    public long? SessionTimeout { get; init; }
    public EquatableList<KeyValuePair<string, string>> AuthenticationRequestExtraParams { get; init; } = [];
    public string? OnUnauthenticatedRequest { get; init; } // AuthenticateCognitoActionConditionalBehaviorEnum

    void IWireShape.Write(WireWriter to)
    {
        to.Put("UserPoolArn", UserPoolArn);
        to.Put("UserPoolClientId", UserPoolClientId);
        to.Put("UserPoolDomain", UserPoolDomain);
        to.Put("SessionCookieName", SessionCookieName);
        to.Put("Scope", Scope);
        to.Put("SessionTimeout", SessionTimeout);
        to.PutMap("AuthenticationRequestExtraParams", AuthenticationRequestExtraParams);
        to.Put("OnUnauthenticatedRequest", OnUnauthenticatedRequest);
    }

    internal static AuthenticateCognitoActionConfig Read(WireNode from) => new()
    {
        UserPoolArn = from.Text("UserPoolArn"),
        UserPoolClientId = from.Text("UserPoolClientId"),
        UserPoolDomain = from.Text("UserPoolDomain"),
        SessionCookieName = from.TextOrNull("SessionCookieName"),
        Scope = from.TextOrNull("Scope"),
        SessionTimeout = from.LongOrNull("SessionTimeout"),
        AuthenticationRequestExtraParams = from.TextMap("AuthenticationRequestExtraParams"),
        OnUnauthenticatedRequest = from.TextOrNull("OnUnauthenticatedRequest"),
    };
}

public sealed record RedirectActionConfig : IWireShape
{
    public string? Protocol { get; init; }
    public string? Port { get; init; }
    public string? Host { get; init; }
    public string? Path { get; init; }
    public string? Query { get; init; }
    public required string StatusCode { get; init; } // RedirectActionStatusCodeEnum

    void IWireShape.Write(WireWriter to)
    {
        to.Put("Protocol", Protocol);
        to.Put("Port", Port);
        to.Put("Host", Host);
        to.Put("Path", Path);
        to.Put("Query", Query);
        to.Put("StatusCode", StatusCode);
    }

    internal static RedirectActionConfig Read(WireNode from) => new()
    {
        Protocol = from.TextOrNull("Protocol"),
        Port = from.TextOrNull("Port"),
        Host = from.TextOrNull("Host"),
        Path = from.TextOrNull("Path"),
        Query = from.TextOrNull("Query"),
        StatusCode = from.Text("StatusCode"),
    };
}

public sealed record FixedResponseActionConfig : IWireShape
{
    public string? MessageBody { get; init; }
    public required string StatusCode { get; init; }
    public string? ContentType { get; init; }

    void IWireShape.Write(WireWriter to)
    {
        to.Put("MessageBody", MessageBody);
        to.Put("StatusCode", StatusCode);
        to.Put("ContentType", ContentType);
    }

    internal static FixedResponseActionConfig Read(WireNode from) => new()
    {
        MessageBody = from.TextOrNull("MessageBody"),
        StatusCode = from.Text("StatusCode"),
        ContentType = from.TextOrNull("ContentType"),
    };
}

public sealed record ForwardActionConfig : IWireShape
{
    public EquatableList<TargetGroupTuple> TargetGroups { get; init; } = [];
    public TargetGroupStickinessConfig? TargetGroupStickinessConfig { get; init; }

    void IWireShape.Write(WireWriter to)
    {
        to.PutList("TargetGroups", TargetGroups);
        to.Put("TargetGroupStickinessConfig", TargetGroupStickinessConfig);
    }

    internal static ForwardActionConfig Read(WireNode from) => new()
    {
        TargetGroups = from.List("TargetGroups", TargetGroupTuple.Read),
        TargetGroupStickinessConfig = from.ItemOrNull("TargetGroupStickinessConfig", TargetGroupStickinessConfig.Read),
    };
}

public sealed record TargetGroupTuple : IWireShape
{
    public required string TargetGroupArn { get; init; }
    public int? Weight { get; init; }

    void IWireShape.Write(WireWriter to)
    {
        to.Put("TargetGroupArn", TargetGroupArn);
        to.Put("Weight", Weight);
    }

    internal static TargetGroupTuple Read(WireNode from) => new()
    {
        TargetGroupArn = from.Text("TargetGroupArn"),
        Weight = from.IntOrNull("Weight"),
    };
}

public sealed record TargetGroupStickinessConfig : IWireShape
{
    public bool? Enabled { get; init; }
    public int? DurationSeconds { get; init; }

    void IWireShape.Write(WireWriter to)
    {
        to.Put("Enabled", Enabled);
        to.Put("DurationSeconds", DurationSeconds);
    }

    internal static TargetGroupStickinessConfig Read(WireNode from) => new()
    {
        Enabled = from.FlagOrNull("Enabled"),
        DurationSeconds = from.IntOrNull("DurationSeconds"),
    };
}

public sealed record JwtValidationActionConfig : IWireShape
{
    public required string JwksEndpoint { get; init; }
    public required string Issuer { get; init; }
    public EquatableList<JwtValidationActionAdditionalClaim> AdditionalClaims { get; init; } = []; // at most 10

    void IWireShape.Write(WireWriter to)
    {
        to.Put("JwksEndpoint", JwksEndpoint);
        to.Put("Issuer", Issuer);
        to.PutList("AdditionalClaims", AdditionalClaims);
    }

    internal static JwtValidationActionConfig Read(WireNode from) => new()
    {
        JwksEndpoint = from.Text("JwksEndpoint"),
        Issuer = from.Text("Issuer"),
        AdditionalClaims = from.List("AdditionalClaims", JwtValidationActionAdditionalClaim.Read),
    };
}

public sealed record JwtValidationActionAdditionalClaim : IWireShape
{
    public required string Format { get; init; } // JwtValidationActionAdditionalClaimFormatEnum
    public required string Name { get; init; }
    public EquatableList<string> Values { get; init; } = []; // at most 10

    void IWireShape.Write(WireWriter to)
    {
        to.Put("Format", Format);
        to.Put("Name", Name);
        to.PutList("Values", Values);
    }

    internal static JwtValidationActionAdditionalClaim Read(WireNode from) => new()
    {
        Format = from.Text("Format"),
        Name = from.Text("Name"),
        Values = from.Texts("Values"),
    };
}
