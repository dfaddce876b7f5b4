using Gwctl.Core;
using Gwctl.Providers.Aws.Api.Wire;

namespace Gwctl.Providers.Aws.Api.Elbv2;

/// <summary>
/// Give the configuration that <see cref="Field"/> names. Values is the old form, which answers repeat.
/// </summary>
public sealed record RuleCondition : IWireShape
{
    public required string Field { get; init; }
    public EquatableList<string> Values { get; init; } = [];
    public HostHeaderConditionConfig? HostHeaderConfig { get; init; }
    public PathPatternConditionConfig? PathPatternConfig { get; init; }
    public HttpHeaderConditionConfig? HttpHeaderConfig { get; init; }
    public QueryStringConditionConfig? QueryStringConfig { get; init; }
    public HttpRequestMethodConditionConfig? HttpRequestMethodConfig { get; init; }
    public SourceIpConditionConfig? SourceIpConfig { get; init; }
    public EquatableList<string> RegexValues { get; init; } = [];

    void IWireShape.Write(WireWriter to)
    {
        to.Put("Field", Field);
        to.PutList("Values", Values);
        to.Put("HostHeaderConfig", HostHeaderConfig);
        to.Put("PathPatternConfig", PathPatternConfig);
        to.Put("HttpHeaderConfig", HttpHeaderConfig);
        to.Put("QueryStringConfig", QueryStringConfig);
        to.Put("HttpRequestMethodConfig", HttpRequestMethodConfig);
        to.Put("SourceIpConfig", SourceIpConfig);
        to.PutList("RegexValues", RegexValues);
    }

    internal static RuleCondition Read(WireNode from) => new()
    {
        Field = from.Text("Field"),
        Values = from.Texts("Values"),
        HostHeaderConfig = from.ItemOrNull("HostHeaderConfig", HostHeaderConditionConfig.Read),
        PathPatternConfig = from.ItemOrNull("PathPatternConfig", PathPatternConditionConfig.Read),
        HttpHeaderConfig = from.ItemOrNull("HttpHeaderConfig", HttpHeaderConditionConfig.Read),
        QueryStringConfig = from.ItemOrNull("QueryStringConfig", QueryStringConditionConfig.Read),
        HttpRequestMethodConfig = from.ItemOrNull("HttpRequestMethodConfig", HttpRequestMethodConditionConfig.Read),
        SourceIpConfig = from.ItemOrNull("SourceIpConfig", SourceIpConditionConfig.Read),
        RegexValues = from.Texts("RegexValues"),
    };
}

public sealed record HostHeaderConditionConfig : IWireShape
{
    public EquatableList<string> Values { get; init; } = [];
    public EquatableList<string> RegexValues { get; init; } = [];

    void IWireShape.Write(WireWriter to)
    {
        to.PutList("Values", Values);
        to.PutList("RegexValues", RegexValues);
    }

    internal static HostHeaderConditionConfig Read(WireNode from) => new()
    {
        Values = from.Texts("Values"),
        RegexValues = from.Texts("RegexValues"),
    };
}

public sealed record PathPatternConditionConfig : IWireShape
{
    public EquatableList<string> Values { get; init; } = [];
    public EquatableList<string> RegexValues { get; init; } = [];

    void IWireShape.Write(WireWriter to)
    {
        to.PutList("Values", Values);
        to.PutList("RegexValues", RegexValues);
    }

    internal static PathPatternConditionConfig Read(WireNode from) => new()
    {
        Values = from.Texts("Values"),
        RegexValues = from.Texts("RegexValues"),
    };
}

public sealed record HttpHeaderConditionConfig : IWireShape
{
    public required string HttpHeaderName { get; init; }
    public EquatableList<string> Values { get; init; } = [];
    public EquatableList<string> RegexValues { get; init; } = [];

    void IWireShape.Write(WireWriter to)
    {
        to.Put("HttpHeaderName", HttpHeaderName);
        to.PutList("Values", Values);
        to.PutList("RegexValues", RegexValues);
    }

    internal static HttpHeaderConditionConfig Read(WireNode from) => new()
    {
        HttpHeaderName = from.Text("HttpHeaderName"),
        Values = from.Texts("Values"),
        RegexValues = from.Texts("RegexValues"),
    };
}

public sealed record QueryStringConditionConfig : IWireShape
{
    public EquatableList<QueryStringKeyValuePair> Values { get; init; } = [];

    void IWireShape.Write(WireWriter to) => to.PutList("Values", Values);

    internal static QueryStringConditionConfig Read(WireNode from) => new()
    {
        Values = from.List("Values", QueryStringKeyValuePair.Read),
    };
}

public sealed record QueryStringKeyValuePair : IWireShape
{
    public string? Key { get; init; }
    public required string Value { get; init; }

    void IWireShape.Write(WireWriter to)
    {
        to.Put("Key", Key);
        to.Put("Value", Value);
    }

    internal static QueryStringKeyValuePair Read(WireNode from) => new()
    {
        Key = from.TextOrNull("Key"),
        Value = from.Text("Value"),
    };
}

public sealed record HttpRequestMethodConditionConfig : IWireShape
{
    public EquatableList<string> Values { get; init; } = [];

    void IWireShape.Write(WireWriter to) => to.PutList("Values", Values);

    internal static HttpRequestMethodConditionConfig Read(WireNode from) => new()
    {
        Values = from.Texts("Values"),
    };
}

public sealed record SourceIpConditionConfig : IWireShape
{
    public EquatableList<string> Values { get; init; } = []; // at most 5
    public string? IpAddressType { get; init; } // SourceIpAddressTypeEnum

    void IWireShape.Write(WireWriter to)
    {
        to.PutList("Values", Values);
        to.Put("IpAddressType", IpAddressType);
    }

    internal static SourceIpConditionConfig Read(WireNode from) => new()
    {
        Values = from.Texts("Values"),
        IpAddressType = from.TextOrNull("IpAddressType"),
    };
}

/// <summary>
/// Give the configuration that <see cref="Type"/> names; one transform of a type per rule, none on a default rule.
/// </summary>
public sealed record RuleTransform : IWireShape
{
    public required string Type { get; init; } // TransformTypeEnum
    public HostHeaderRewriteConfig? HostHeaderRewriteConfig { get; init; }
    public UrlRewriteConfig? UrlRewriteConfig { get; init; }

    void IWireShape.Write(WireWriter to)
    {
        to.Put("Type", Type);
        to.Put("HostHeaderRewriteConfig", HostHeaderRewriteConfig);
        to.Put("UrlRewriteConfig", UrlRewriteConfig);
    }

    internal static RuleTransform Read(WireNode from) => new()
    {
        Type = from.Text("Type"),
        HostHeaderRewriteConfig = from.ItemOrNull("HostHeaderRewriteConfig", HostHeaderRewriteConfig.Read),
        UrlRewriteConfig = from.ItemOrNull("UrlRewriteConfig", UrlRewriteConfig.Read),
    };
}

public sealed record HostHeaderRewriteConfig : IWireShape
{
    public EquatableList<RewriteConfig> Rewrites { get; init; } = [];

    void IWireShape.Write(WireWriter to) => to.PutList("Rewrites", Rewrites);

    internal static HostHeaderRewriteConfig Read(WireNode from) => new()
    {
        Rewrites = from.List("Rewrites", RewriteConfig.Read),
    };
}

public sealed record RewriteConfig : IWireShape
{
    public required string Regex { get; init; }
    public required string Replace { get; init; }

    void IWireShape.Write(WireWriter to)
    {
        to.Put("Regex", Regex);
        to.Put("Replace", Replace);
    }

    internal static RewriteConfig Read(WireNode from) => new()
    {
        Regex = from.Text("Regex"),
        Replace = from.Text("Replace"),
    };
}

public sealed record UrlRewriteConfig : IWireShape
{
    public EquatableList<RewriteConfig> Rewrites { get; init; } = [];

    void IWireShape.Write(WireWriter to) => to.PutList("Rewrites", Rewrites);

    internal static UrlRewriteConfig Read(WireNode from) => new()
    {
        Rewrites = from.List("Rewrites", RewriteConfig.Read),
    };
}
