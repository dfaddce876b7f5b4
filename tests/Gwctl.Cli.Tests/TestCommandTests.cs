using System.Text.Json;
using System.Xml.Linq;
using Gwctl.Cli.Hosting;
using Gwctl.Testing;

namespace Gwctl.Cli.Tests;

/// <summary><c>test</c>: cases against the specification and against a throw-away cloud.</summary>
public sealed class TestCommandTests : IDisposable
{
    private const string Cases = """
        apiVersion: gwctl.dev/v1alpha1
        kind: RouteTest
        metadata: {name: own, namespace: shop}
        spec:
          cases:
          - name: holds
            request: {url: "http://shop.example.com/sale"}
            expect: {redirect: {status: 302}}
          - name: "wrong: \e, 100%"
            request: {url: "http://shop.example.com/cart"}
            expect: {backends: [{name: store, share: 60}, {name: store-canary, share: 40}]}
          - name: other case
            request: {url: "http://shop.example.com/cart", headers: [{name: x-canary, value: ALWAYS}]}
            expect: {backends: [{name: store, share: 90}, {name: store-canary, share: 10}]}
        """;

    private readonly CliRunner _cli = new();

    public TestCommandTests()
    {
        foreach (var name in (string[])["backends", "gateway", "route"])
        {
            _cli.Write(
                $"specs/{name}.yaml", File.ReadAllText(Repository.PathOf("examples", "route-tests", $"{name}.yaml")));
        }
    }

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task The_examples_cases_hold_on_both_sides()
    {
        var result = await _cli.RunAsync("test", "-f", Repository.PathOf("examples", "route-tests"));
        Assert.Equal(ExitCode.Done, result.Exit);
        Assert.EndsWith("Passed: 5 cases, by the spec and by the cloud.\n", result.Output);
        Assert.Equal(5, result.Output.Split("✓ passed").Length - 1);
    }

    [Fact]
    public async Task A_failure_says_what_was_expected_got_and_why()
    {
        var result = await RunAsync("--against", "both");
        Assert.Equal(ExitCode.Error, result.Exit);
        Assert.Contains("✓ passed  holds", result.Output);
        Assert.Contains("at            specs/cases.yaml:9:5", result.Output);
        Assert.Contains("by the spec   share: expected 60 % for shop/store, got 90 %", result.Output);
        Assert.Contains("by the cloud  share: expected 60 % (give or take 6) for shop/store, got ", result.Output);
        Assert.Contains("shop/store rule 1 match 0 is the first rule of listener", result.Output);
        Assert.Contains("HTTPRoute shop/store rule 0 match 0: header x-canary", result.Output);
        Assert.EndsWith("Failed: 2 of 3 cases, by the spec and by the cloud.\n", result.Output);
    }

    // Goal: an announced difference is a failure all the same, and only where the cloud does otherwise is one named.
    [Fact]
    public async Task What_projection_announced_fails_and_is_named()
    {
        var result = await RunAsync("-o", "json");
        Assert.Equal(ExitCode.Error, result.Exit);
        using var document = JsonDocument.Parse(result.Output);
        Assert.Equal(2, document.RootElement.GetProperty("failed").GetInt32());
        var results = document.RootElement.GetProperty("results");
        var wrong = results[1].GetProperty("sides");
        Assert.All(wrong.EnumerateArray(), side => Assert.False(side.GetProperty("passed").GetBoolean()));
        Assert.All(wrong.EnumerateArray(), side => Assert.False(side.TryGetProperty("announcedBy", out _)));
        var other = results[2].GetProperty("sides");
        Assert.True(other[0].GetProperty("passed").GetBoolean());
        Assert.False(other[1].GetProperty("passed").GetBoolean());
        Assert.Equal("GW3131", other[1].GetProperty("announcedBy").GetString());
    }

    [Fact]
    public async Task Against_the_spec_alone_no_cloud_is_started()
    {
        var result = await RunAsync("--against", "spec");
        Assert.Equal(ExitCode.Error, result.Exit);
        Assert.DoesNotContain("throw-away cloud", result.Error);
        Assert.EndsWith("Failed: 1 of 3 cases, by the spec.\n", result.Output);
    }

    [Fact]
    public async Task JUnit_is_one_document_whatever_the_names()
    {
        var result = await RunAsync("--against", "cloud", "-o", "junit");
        Assert.Equal(ExitCode.Error, result.Exit);
        Assert.StartsWith("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites ", result.Output);
        var suites = XDocument.Parse(result.Output).Root;
        Assert.NotNull(suites);
        Assert.Equal(("3", "2"), (suites.Attribute("tests")?.Value, suites.Attribute("failures")?.Value));
        var cases = suites.Elements("testsuite").Single().Elements("testcase").ToList();
        Assert.Equal(
            ["holds", "wrong: \\u001b, 100%", "other case"],
            cases.Select(item => item.Attribute("name")?.Value));
        Assert.All(cases, item => Assert.Equal("shop/own", item.Attribute("classname")?.Value));
        Assert.All(cases, item => Assert.Equal("specs/cases.yaml", item.Attribute("file")?.Value));
        Assert.All(cases, item => Assert.Matches(@"^\d+\.\d{3}$", item.Attribute("time")?.Value));
        Assert.Empty(cases[0].Elements());
        var failure = cases[2].Element("failure");
        Assert.EndsWith("(announced by GW3131)", failure?.Attribute("message")?.Value);
        Assert.Contains("announced by: GW3131 Comparison without regard to case", failure?.Value);
    }

    [Fact]
    public async Task Annotations_stand_at_the_cases()
    {
        var result = await RunAsync("--against", "spec", "-o", "github");
        Assert.Equal(ExitCode.Error, result.Exit);
        var line = Assert.Single(result.Output.TrimEnd('\n').Split('\n'));
        Assert.StartsWith(
            "::error file=specs/cases.yaml,line=9,col=5,title=RouteTest shop/own%3A wrong%3A", line);
        Assert.Contains("expected 60 %25 for shop/store, got 90 %25", line);
    }

    [Fact]
    public async Task Nothing_to_test_is_an_error_with_help()
    {
        var result = await _cli.RunAsync("test", "-f", "specs");
        Assert.Equal(ExitCode.Error, result.Exit);
        Assert.Equal("", result.Output);
        Assert.Contains("GW7025", result.Error);
        Assert.Contains("examples/route-tests", result.Error);
    }

    [Fact]
    public async Task A_case_that_cannot_be_read_fails_the_run()
    {
        _cli.Write(
            "specs/broken.yaml", Cases.Replace("name: own", "name: broken").Replace("expect: {r", "expects: {r"));
        var result = await RunAsync("--against", "spec");
        Assert.Equal(ExitCode.Error, result.Exit);
        Assert.Contains("specs/broken.yaml:8", result.Error);
    }

    private Task<CliResult> RunAsync(params string[] arguments)
    {
        _cli.Write("specs/cases.yaml", Cases);
        return _cli.RunAsync(["test", "-f", "specs", .. arguments]);
    }
}
