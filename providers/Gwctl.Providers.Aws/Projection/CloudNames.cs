using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Aws.Projection;

/// <summary>Names of load balancers, target groups and security groups.</summary>
internal static class CloudNames
{
    private const int StemCharactersMax = AlbLimits.NameCharactersMax - ObjectNames.HashCharacters;

    /// <summary>Letters, digits and single hyphens, at most 32 characters: what fits of the readable text, and a hash
    /// of the identity.</summary>
    public static string Of(string readable, params ReadOnlySpan<string> identity)
    {
        var stem = ObjectNames.Slug(readable, StemCharactersMax);

        // AWS reserves names that begin so.
        stem = stem.StartsWith("internal-", StringComparison.Ordinal) || stem is "internal" or "" ? $"gw-{stem}" : stem;
        return ObjectNames.Of(stem.Length > StemCharactersMax ? stem[..StemCharactersMax] : stem, identity);
    }
}
