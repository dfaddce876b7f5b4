namespace Gwctl.Providers.Gcp.Projection;

/// <summary>Bounds of Google Cloud's load balancers. Sources: the Compute Engine API's field descriptions and Google's
/// pages on quotas.</summary>
internal static class GcpLimits
{
    public const int NameCharactersMax = 63;
    public const int LabelsMax = 64;
    public const int LabelCharactersMax = 63;

    /// <summary>Of a weighted backend service.</summary>
    public const int WeightMax = 1_000;

    /// <summary>Of a path in a match, a redirect or a rewrite.</summary>
    public const int PathCharactersMax = 1_024;

    public const int HostCharactersMax = 255;

    /// <summary>Of pathTemplateMatch, and of pathTemplateRewrite.</summary>
    public const int TemplateCharactersMax = 255;

    /// <summary>Of a path matcher on a regional load balancer.</summary>
    public const int RegexesMax = 5;

    public const int RegexCharactersMax = 250;

    /// <summary>Of a URL map; and of host rules in it.</summary>
    public const int PathMatchersMax = 1_000;

    /// <summary>Of a path matcher.</summary>
    public const int RouteRulesMax = 1_000;

    public const int BackendServicesMax = 2_500;

    /// <summary>Of a target proxy.</summary>
    public const int CertificatesMax = 15;

    /// <summary>Of an entry of a certificate map.</summary>
    public const int EntryCertificatesMax = 4;

    /// <summary>Of a Google-managed certificate.</summary>
    public const int ManagedDomainsMax = 100;

    public const int DomainCharactersMax = 63;

    public const int TestsMax = 100;

    /// <summary>Of a group; and of one call that attaches.</summary>
    public const int EndpointsMax = 10_000;

    /// <summary>Of a route's timeout and of a backend service's.</summary>
    public const int TimeoutSecondsMax = 86_400;

    public const int DrainSecondsMax = 3_600;

    /// <summary>Two weeks.</summary>
    public const int AffinitySecondsMax = 1_209_600;

    public const int SubjectAltNamesMax = 5;
}
