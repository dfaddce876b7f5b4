namespace Gwctl.Sandbox.Tests.Kubernetes;

/// <summary>What people do with kubectl.</summary>
public sealed class KubectlTests
{
    [Fact]
    public async Task Lists_what_can_be_had()
    {
        Cluster.NeedsKubectl();
        await using var cluster = await Cluster.StartAsync();
        var resources = await cluster.KubectlAsync("api-resources");
        Assert.Contains("httproutes", resources);
        Assert.Contains("v1.33", await cluster.KubectlAsync("version"));
        Assert.Contains("default", await cluster.KubectlAsync("get", "ns"));
    }
}
