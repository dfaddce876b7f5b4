namespace Gwctl.Sandbox.Tests.Gcp;

/// <summary>Backend services without backends, for what only refers to them.</summary>
internal static class Services
{
    public static async Task Insert(GcpFixture gcp, params string[] names)
    {
        foreach (var name in names)
        {
            await gcp.Insert(
                "global/backendServices", $$"""{"name":"{{name}}","loadBalancingScheme":"EXTERNAL_MANAGED"}""");
        }
    }
}
