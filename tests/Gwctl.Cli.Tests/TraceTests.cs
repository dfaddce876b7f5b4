using System.Text.Json;
using Gwctl.Cli.Hosting;
using Gwctl.Testing;

namespace Gwctl.Cli.Tests;

public sealed class TraceTests : IDisposable
{
    private readonly CliRunner _cli = new();
    private readonly string _specs = Repository.PathOf("examples", "header-routing");
    private readonly string _quickstart = Repository.PathOf("examples", "quickstart");

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task Both_sides_stand_beside_each_other_and_the_losers_say_why()
    {
        var result = await _cli.RunAsync(
            "trace", "-f", _specs, "http://api.example.com/v2/x?version=2", "-H", "x-api-channel: Alpha");
        Assert.Equal(ExitCode.Done, result.Exit);
        Assert.Contains("BY THE SPECIFICATION", result.Output);
        Assert.Matches(@"rule +HTTPRoute shop/api rule v2 match 0 +rule 80/", result.Output);
        Assert.Matches(@"answer +shop/api-v2:8080 +shop/api-v2:8080\n", result.Output);
        Assert.Contains("Both agree.", result.Output);
        Assert.Matches(
            "rule beta match 0 +header x-api-channel must be \"beta\" and is \"Alpha\"", result.Output);
    }

    [Fact]
    public async Task A_difference_names_what_announced_it()
    {
        // An ALB compares header values without regard to case.
        var result = await _cli.RunAsync(
            "trace", "-f", _specs, "http://api.example.com/other", "-H", "x-api-channel: BETA", "-o", "json");
        Assert.Equal(ExitCode.Done, result.Exit);
        using var document = JsonDocument.Parse(result.Output);
        var trace = document.RootElement.GetProperty("gateways")[0];
        Assert.False(trace.GetProperty("agree").GetBoolean());
        Assert.Equal("shop/api-beta:8080", trace.GetProperty("byCloud").GetProperty("backend").GetString());
        Assert.Equal("GW3131", trace.GetProperty("announcedBy").GetProperty("code").GetString());
        Assert.Contains(
            trace.GetProperty("rules").EnumerateArray(),
            rule => rule.GetProperty("verdict").GetString() is "Header");
    }

    [Fact]
    public async Task Live_says_whether_the_cloud_is_as_the_specs_say()
    {
        var missing = await _cli.RunAsync(
            "trace", "-f", _quickstart, "http://shop.example.com/", "--live", "--sandbox");
        Assert.Equal(ExitCode.Done, missing.Exit);
        Assert.Contains("The live cloud differs in ", missing.Output);
        Assert.Contains("nowhere live, ", missing.Output);
        await _cli.RunAsync("apply", "-f", _quickstart, "--sandbox", "--auto-approve");
        var same = await _cli.RunAsync(
            "trace", "-f", _quickstart, "http://shop.example.com/", "--live", "--sandbox");
        Assert.Contains("The live cloud is as these specs say", same.Output);
    }

    [Theory]
    [InlineData("GW7023", "ftp://shop.example.com/")]
    [InlineData("GW7023", "http://shop.example.com/", "-H", "no colon")]
    [InlineData("GW7023", "G?T", "http://shop.example.com/")]
    [InlineData("GW7024", "http://shop.example.com:81/")]
    [InlineData("GW7024", "http://shop.example.com/", "--gateway", "shop/other")]
    public async Task What_cannot_be_traced_is_said(string code, params string[] request)
    {
        var result = await _cli.RunAsync(["trace", "-f", _quickstart, .. request]);
        Assert.Equal(ExitCode.Error, result.Exit);
        Assert.Contains($"error {code}", result.Error);
    }
}
