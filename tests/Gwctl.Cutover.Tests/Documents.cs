namespace Gwctl.Cutover.Tests;

/// <summary>Cutover documents that tests share.</summary>
internal static class Documents
{
    public static readonly string Plain = Of();

    /// <param name="steps">YAML.</param>
    /// <param name="more">Lines of spec.</param>
    public static string Of(string steps = "[{weight: 10, pause: 24h}, {weight: 50, allowJump: true}, {weight: 100}]",
        string more = "") =>
        $$$"""
        apiVersion: gwctl.dev/v1alpha1
        kind: Cutover
        metadata: {name: shop, namespace: shop}
        spec:
          hostnames: [shop.example.com]
          to: {gatewayRef: {name: web}}
          ttl: 60s
          window: 5m
          steps: {{{steps}}}
          {{{more.Replace("\n", "\n  ", StringComparison.Ordinal)}}}

        """;
}
