using Gwctl.Conformance.Tests.Reading;
using Gwctl.Engine.Providers;
using Gwctl.Providers.Aws;

namespace Gwctl.Conformance.Tests;

/// <summary>Every feature is shown by a behaviour, and no capability is claimed that the behaviours contradict. That
/// the behaviours tell the truth about AWS is the theories' to prove.</summary>
public sealed class FeatureCoverageTests
{
    /// <summary>Features without a behaviour, and why.</summary>
    private static readonly Dictionary<string, string> s_without = new(StringComparer.Ordinal)
    {
        ["BackendTLSPolicyClusterTrustBundle"] = "gwctl does not read ClusterTrustBundles: an offline spec has none.",
        ["GatewayFrontendClusterTrustBundle"] = "gwctl does not read ClusterTrustBundles: an offline spec has none.",
    };

    /// <summary>Features whose behaviours are not written yet.</summary>
    private static readonly string[] s_awaited =
    [
        "GatewayBackendClientCertificate",
        "GatewayFrontendClientCertificateValidation",
        "GatewayFrontendClientCertificateValidationInsecureFallback",
    ];

    [Fact]
    public void Every_feature_of_the_suite_has_a_behaviour_or_a_reason()
    {
        var shown = BehaviourFiles.All.Select(behaviour => behaviour.Feature).ToHashSet(StringComparer.Ordinal);
        var reasonsTooMany = s_without.Keys.Where(shown.Contains).ToList();
        Assert.Empty(reasonsTooMany);
        var missing = ConformanceFeatures.All
            .Where(name => !shown.Contains(name) && !s_without.ContainsKey(name) && !s_awaited.Contains(name))
            .ToList();
        Assert.Empty(missing);
    }

    [Fact]
    public void Behaviours_name_features_that_exist()
    {
        Assert.Empty(BehaviourFiles.All
            .Where(behaviour => !Capabilities.Features.ContainsKey(behaviour.Feature))
            .Select(behaviour => $"{behaviour}: {behaviour.Feature}"));
    }

    [Fact]
    public void Every_folder_is_tested()
    {
        var tested = typeof(BehaviourTests).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(BehaviourTests)))
            .Select(type => type.Name);
        Assert.Equal(
            BehaviourFiles.Kinds.Select(kind => $"{kind}Behaviours").Order(StringComparer.OrdinalIgnoreCase),
            tested.Order(StringComparer.OrdinalIgnoreCase), StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>What is native or made of something else is native in every file; what is done with a difference has
    /// a file that shows one; what is refused has a file that shows the refusal. A known gap shows what AWS cannot do,
    /// and says nothing against a claim: it stands for its own.</summary>
    [Fact]
    public void Capabilities_agree_with_the_behaviours()
    {
        var wrong = BehaviourFiles.All
            .GroupBy(behaviour => behaviour.Feature)
            .Where(feature => !Agrees(Capabilities.Features[feature.Key], [.. feature]))
            .Select(feature => $"{feature.Key}: {Capabilities.Features[feature.Key].GetType().Name}, but "
                + string.Join(", ", feature.Select(behaviour => $"{behaviour} is {LevelOf(behaviour)}")))
            .ToList();
        Assert.True(wrong.Count is 0, string.Join('\n', wrong));
    }

    private static bool Agrees(Support support, List<Behaviour> shown)
    {
        var levels = shown.Where(behaviour => !behaviour.HasGap(JudgedSide.Aws)).Select(LevelOf).ToList();
        return support switch
        {
            Support.Native or Support.Emulated => levels.Count > 0
                && levels.TrueForAll(level => level is AwsLevel.Native),
            Support.Divergent => levels.Exists(level => level is not AwsLevel.Native),
            _ => (levels.Contains(AwsLevel.Unsupported) || levels.Count < shown.Count)
                && !levels.Contains(AwsLevel.Divergent),
        };
    }

    private static AwsLevel LevelOf(Behaviour behaviour) =>
        behaviour.Aws.Select(expected => expected.Level).DefaultIfEmpty(AwsLevel.Native).Max();
}
