namespace Gwctl.Providers.Aws.Api.Route53;

/// <summary>How much one call takes (API reference, Route 53 2013-04-01).</summary>
public static class Route53Limits
{
    /// <summary>Changed records in one ChangeResourceRecordSets; an UPSERT counts twice.</summary>
    public const int ChangesPerRequestMax = 1_000;

    /// <summary>Characters of all record values in one ChangeResourceRecordSets; an UPSERT counts twice.</summary>
    public const int ValueCharactersPerRequestMax = 32_000;

    public const int RecordSetsPerPageMax = 300;
    public const int WeightMax = 255;
    public const int SetIdentifierLengthMax = 128;

    /// <summary>ListTagsForResources.</summary>
    public const int TaggedResourcesPerCallMax = 10;
}
