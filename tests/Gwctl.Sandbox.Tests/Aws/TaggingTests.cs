using Gwctl.Sandbox.Aws;

namespace Gwctl.Sandbox.Tests.Aws;

public sealed class TaggingTests
{
    [Fact]
    public async Task Resources_of_all_services_are_found_by_tag_and_type()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var loadBalancer = (await sandbox.CreateLoadBalancerAsync(
            "web", ("Tags.member.1.Key", "owner"), ("Tags.member.1.Value", "us"))).Ok()["LoadBalancerArn"];
        var group = await sandbox.TargetGroupAsync("g");
        var tagged = await sandbox.Tagging(
            "TagResources", $$$"""{"ResourceARNList":["{{{group}}}","arn:aws:acm:x"],"Tags":{"owner":"them"}}""");
        Assert.True(tagged.Ok().Json().GetProperty("FailedResourcesMap").TryGetProperty("arn:aws:acm:x", out _));

        Assert.Equal([loadBalancer, group], await FindAsync("{}"));
        Assert.Equal([group], await FindAsync("""{"TagFilters":[{"Key":"owner","Values":["them"]}]}"""));
        Assert.Equal(
            [loadBalancer], await FindAsync("""{"ResourceTypeFilters":["elasticloadbalancing:loadbalancer"]}"""));
        Assert.Single(await FindAsync("""{"ResourcesPerPage":1}"""));
        var values = (await sandbox.Tagging("GetTagValues", """{"Key":"owner"}""")).Ok();
        Assert.Equal("""{"PaginationToken":"","TagValues":["them","us"]}""", values.Text);

        (await sandbox.Tagging(
            "UntagResources", $$"""{"ResourceARNList":["{{group}}"],"TagKeys":["owner"]}""")).Ok();
        Assert.Empty(await FindAsync("""{"TagFilters":[{"Key":"owner","Values":["them"]}]}"""));

        async Task<List<string>> FindAsync(string json) => (await sandbox.Tagging("GetResources", json)).Ok().Json()
            .GetProperty("ResourceTagMappingList").EnumerateArray()
            .Select(item => item.GetProperty("ResourceARN").GetString() ?? "").ToList();
    }

    [Fact]
    public async Task The_index_can_be_late()
    {
        var delays = AwsDelays.None with { TagIndexWritesBehind = 1 };
        await using var sandbox = await SandboxFixture.StartAsync(new AwsOptions { Delays = delays });
        await sandbox.CreateLoadBalancerAsync("web", ("Tags.member.1.Key", "owner"), ("Tags.member.1.Value", "us"));

        Assert.DoesNotContain("web", (await sandbox.Tagging("GetResources", "{}")).Ok().Text, StringComparison.Ordinal);
        await sandbox.LoadBalancerAsync("other");
        Assert.Contains("web", (await sandbox.Tagging("GetResources", "{}")).Ok().Text, StringComparison.Ordinal);
    }
}
