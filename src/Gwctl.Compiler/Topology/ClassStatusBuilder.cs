namespace Gwctl.Compiler.Topology;

/// <summary>A GatewayClass's status, with what the caller knows of the provider and the cluster.</summary>
internal static class ClassStatusBuilder
{
    /// <summary>The minor versions of Gateway API v1 whose fields are known.</summary>
    private const int MinorMax = 6;

    public static ClassStatus Build(GatewayClassTopology topology, StatusOptions options)
    {
        var features = options.SupportedFeatures
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .Take(StatusOptions.FeaturesMax);
        return new ClassStatus(topology.Spec.Name, [.. topology.Conditions, .. VersionOf(options.BundleVersion)])
        {
            SupportedFeatures = [.. features],
        };
    }

    /// <summary>An unknown version is served as well as it can be, so the class stays accepted.</summary>
    private static IEnumerable<Condition> VersionOf(string? version)
    {
        if (version is null)
        {
            yield break;
        }

        yield return IsKnown(version)
            ? new Condition(
                ConditionTypes.SupportedVersion, true, ConditionReasons.SupportedVersion,
                $"Gateway API {version} is supported.")
            : new Condition(
                ConditionTypes.SupportedVersion, false, ConditionReasons.UnsupportedVersion,
                $"Gateway API '{version}' is not known: v1.0 to v1.{MinorMax} are. What can be read is served.");
    }

    /// <summary>Of the form <c>v1.6.1</c>; release candidates of a version may differ from it.</summary>
    private static bool IsKnown(string version) =>
        version.Split('.') is ["v1", var minor, var patch]
        && int.TryParse(minor, out var number) && number is >= 0 and <= MinorMax
        && patch.Length > 0 && patch.All(char.IsAsciiDigit);
}
