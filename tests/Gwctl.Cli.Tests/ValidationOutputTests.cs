using System.Text.Json;
using Gwctl.Cli.Hosting;
using Gwctl.Testing;

namespace Gwctl.Cli.Tests;

/// <summary>What other programs read of <c>validate</c>.</summary>
public sealed class ValidationOutputTests : IDisposable
{
    private readonly CliRunner _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task Sarif_has_a_rule_for_each_code_and_a_place_for_each_result()
    {
        WriteBroken();
        var result = await _cli.RunAsync("validate", "-f", "my specs/gate,way.yaml", "--sandbox", "-o", "sarif");
        Assert.Equal(ExitCode.Error, result.Exit);
        Assert.Equal("", result.Error);
        using var document = JsonDocument.Parse(result.Output);
        Assert.Equal("2.1.0", document.RootElement.GetProperty("version").GetString());
        var run = document.RootElement.GetProperty("runs")[0];
        var rules = run.GetProperty("tool").GetProperty("driver").GetProperty("rules");
        var results = run.GetProperty("results");
        Assert.True(results.GetArrayLength() > 1);
        foreach (var found in results.EnumerateArray())
        {
            var rule = rules[found.GetProperty("ruleIndex").GetInt32()];
            Assert.Equal(rule.GetProperty("id").GetString(), found.GetProperty("ruleId").GetString());
        }

        var place = results.EnumerateArray()
            .First(found => found.GetProperty("message").GetRawText().Contains("gatewayClasName"))
            .GetProperty("locations")[0].GetProperty("physicalLocation");
        var uri = place.GetProperty("artifactLocation").GetProperty("uri");
        Assert.Equal("my%20specs/gate%2Cway.yaml", uri.GetString());
        Assert.Equal(4, place.GetProperty("region").GetProperty("startLine").GetInt32());
    }

    [Fact]
    public async Task Annotations_are_one_line_each_with_escaped_places()
    {
        WriteBroken();
        var result = await _cli.RunAsync("validate", "-f", "my specs/gate,way.yaml", "--sandbox", "-o", "github");
        Assert.Equal(ExitCode.Error, result.Exit);
        var lines = result.Output.TrimEnd('\n').Split('\n');
        Assert.All(lines, line => Assert.Matches("^::(error|warning|notice) (file=.*,)?title=GW[0-9]{4} .*::.", line));
        Assert.Contains(lines, line => line.StartsWith(
            "::error file=my specs/gate%2Cway.yaml,line=4,col=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Good_specs_make_an_empty_list()
    {
        var specs = Repository.PathOf("examples", "quickstart");
        var sarif = await _cli.RunAsync("validate", "-f", specs, "--sandbox", "-o", "sarif");
        Assert.Equal(ExitCode.Done, sarif.Exit);
        using var document = JsonDocument.Parse(sarif.Output);
        Assert.Equal(0, document.RootElement.GetProperty("runs")[0].GetProperty("results").GetArrayLength());
        var annotations = await _cli.RunAsync("validate", "-f", specs, "--sandbox", "-o", "github");
        Assert.Equal((ExitCode.Done, ""), (annotations.Exit, annotations.Output));
    }

    private void WriteBroken() => _cli.Write("my specs/gate,way.yaml", """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: web, namespace: shop}
        spec: {gatewayClasName: x, listeners: []}
        """);
}
