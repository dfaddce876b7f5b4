using System.Diagnostics;

namespace Gwctl.Providers.Aws.Reading;

/// <summary>What an ARN of Elastic Load Balancing says by itself.</summary>
internal static class AwsArn
{
    public static string KindOf(string arn) => Resource(arn) switch
    {
        var resource when resource.StartsWith("listener-rule/", StringComparison.Ordinal) => Kinds.Rule,
        var resource when resource.StartsWith("listener/", StringComparison.Ordinal) => Kinds.Listener,
        var resource when resource.StartsWith("loadbalancer/", StringComparison.Ordinal) => Kinds.LoadBalancer,
        var resource when resource.StartsWith("targetgroup/", StringComparison.Ordinal) => Kinds.TargetGroup,
        var resource when resource.StartsWith("truststore/", StringComparison.Ordinal) => Kinds.TrustStore,
        _ => throw new UnreachableException($"not an ARN of Elastic Load Balancing: {arn}"),
    };

    /// <summary><c>…:listener-rule/app/name/lb/listener/rule</c> → <c>…:listener/app/name/lb/listener</c>.
    /// </summary>
    public static string ListenerOfRule(string ruleArn) =>
        ruleArn[..ruleArn.LastIndexOf('/')].Replace(":listener-rule/", ":listener/");

    private static string Resource(string arn) => arn[(arn.LastIndexOf(':') + 1)..];
}
