namespace Gwctl.Providers.Aws.Projection;

/// <summary>Bounds of Elastic Load Balancing, Application Load Balancer. Sources: the API reference of 2015-12-01 and
/// the user guide's pages on listener rules and quotas.</summary>
public static class AlbLimits
{
    public const int NameCharactersMax = 32;

    /// <summary>Values of one condition, of whatever form.</summary>
    public const int ValuesPerConditionMax = 3;

    /// <summary>Values of all conditions of a rule.</summary>
    public const int ValuesPerRuleMax = 5;

    /// <summary>Characters <c>*</c> and <c>?</c> that stand for others, in all conditions of a rule.</summary>
    public const int WildcardsPerRuleMax = 5;

    /// <summary>Host, path, header and query values, regular expressions among them.</summary>
    public const int ValueCharactersMax = 128;

    public const int HeaderNameCharactersMax = 40;

    public const int TargetGroupsPerActionMax = 5;

    public const int WeightMax = 999;

    public const int StickinessSecondsMax = 604_800;

    public const int RedirectPartCharactersMax = 128;

    public const int TransformCharactersMax = 1_024;

    public const int PriorityMin = 1;

    public const int PriorityMax = 50_000;

    public const int TagsMax = 50;

    public const int TagNameCharactersMax = 128;

    public const int TagValueCharactersMax = 256;
}

/// <summary>Quotas of the account, as far as projection checks them. The defaults are AWS's; all can be
/// raised.</summary>
public sealed record AlbQuotas
{
    public static readonly AlbQuotas Default = new();

    /// <summary>Without the listeners' default rules, over all listeners.</summary>
    public int RulesPerLoadBalancer { get; init; } = 100;

    public int TargetGroupsPerLoadBalancer { get; init; } = 100;

    public int ListenersPerLoadBalancer { get; init; } = 50;

    /// <summary>Besides each listener's default certificate.</summary>
    public int CertificatesPerLoadBalancer { get; init; } = 25;

    public int TargetsPerLoadBalancer { get; init; } = 1_000;

    public int TargetsPerTargetGroup { get; init; } = 1_000;
}
