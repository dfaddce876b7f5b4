namespace Gwctl.Providers.Aws.Api.Tagging;

/// <summary>How much one call takes (API reference, Resource Groups Tagging 2017-01-26).</summary>
public static class TaggingLimits
{
    public const int ResourcesPerPageMax = 100;

    /// <summary>TagResources and UntagResources.</summary>
    public const int ResourcesPerCallMax = 20;

    /// <summary>GetResources by ResourceARNList.</summary>
    public const int GetResourcesArnsMax = 100;

    public const int TagFiltersMax = 50;
}
