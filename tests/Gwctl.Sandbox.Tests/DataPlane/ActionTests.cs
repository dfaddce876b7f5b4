using System.Net;
using Gwctl.Sandbox.DataPlane;
using Gwctl.Sandbox.DataPlane.Rules;
using Gwctl.Sandbox.DataPlane.Targets;
using Gwctl.Sandbox.Values;
using Microsoft.AspNetCore.Http;

namespace Gwctl.Sandbox.Tests.DataPlane;

/// <summary>Redirects, rewrites and weights, without a wire.</summary>
public sealed class ActionTests
{
    [Theory]
    [InlineData("HTTPS", "#{host}", "443", "/#{path}", "#{query}", "https://a.example.com:443/x/y?q=1")]
    [InlineData("#{protocol}", "#{host}", "#{port}", "/new/#{path}", "#{query}", "http://a.example.com:80/new/x/y?q=1")]
    [InlineData("#{protocol}", "b.example.com", "8080", "/", "", "http://b.example.com:8080/")]
    [InlineData("HTTPS", "www.#{host}", "#{port}", "/#{port}/#{host}", "from=#{path}", "https://www.a.example.com:80/80/a.example.com?from=x/y")]
    public void Redirects_fill_in_the_request(
        string protocol, string host, string port, string path, string query, string location)
    {
        var redirect = new RedirectAction(301, protocol, host, port, path, query);
        Assert.Equal(location, redirect.Location(MakeRequest("/x/y", "q=1"), "HTTP", 80));
    }

    [Fact]
    public void What_a_client_sends_is_no_keyword()
    {
        var redirect = new RedirectAction(302, "HTTPS", "#{host}", "443", "/#{path}", "#{query}");
        Assert.Equal(
            "https://a.example.com:443/#{query}?s=3", redirect.Location(MakeRequest("/#{query}", "s=3"), "HTTP", 80));
    }

    [Theory]
    [InlineData("^/old/(.*)$", "/new/$1", "/old/a?b=c", "/new/a?b=c")]
    [InlineData("^/old/(.*)$", "/new/$1", "/other", "/other")]
    [InlineData("b", "x", "/bb", "/xb")]
    public void Rewrites_replace_what_matches(string regex, string replacement, string before, string after) =>
        Assert.Equal(after, new Rewrite(regex, replacement).Apply(before));

    [Fact]
    public void Weights_are_kept_even_over_few_requests()
    {
        var action = new ForwardAction([new(MakeGroup("a"), 90), new(MakeGroup("b"), 9), new(MakeGroup("c"), 1)], 0);
        var counts = Enumerable.Range(0, 1000)
            .CountBy(_ => action.Choose()?.Settings.Name ?? "")
            .ToDictionary();
        Assert.InRange(counts["a"], 890, 910);
        Assert.InRange(counts["b"], 80, 100);
        Assert.InRange(counts["c"], 5, 15);
    }

    [Fact]
    public void A_weight_of_zero_gets_nothing_and_only_zeroes_choose_nothing()
    {
        var action = new ForwardAction([new(MakeGroup("a"), 0), new(MakeGroup("b"), 1)], 0);
        Assert.All(Enumerable.Range(0, 100), _ => Assert.Equal("b", action.Choose()?.Settings.Name));
        Assert.Null(new ForwardAction([new(MakeGroup("a"), 0), new(MakeGroup("b"), 0)], 0).Choose());
        Assert.Null(new ForwardAction([new(MakeGroup("a"), 0)], 0).Choose());
    }

    [Fact]
    public void Targets_take_turns_among_the_healthy_and_among_all_where_none_is()
    {
        var group = MakeGroup("a", "172.31.0.1", "172.31.0.2", "172.31.0.3");
        group.Targets[1].Judge(TargetHealth.Unhealthy);
        var chosen = Enumerable.Range(0, 100).CountBy(_ => group.Choose()?.Address.Id ?? "").ToDictionary();
        Assert.Equal(new Dictionary<string, int> { ["172.31.0.1"] = 50, ["172.31.0.3"] = 50 }, chosen);

        Array.ForEach(group.Targets, target => target.Judge(TargetHealth.Unhealthy));
        Assert.Equal(3, Enumerable.Range(0, 99).Select(_ => group.Choose()?.Address.Id).Distinct().Count());
    }

    private static TargetGroup MakeGroup(string name, params string[] ids)
    {
        var document = new Struct
        {
            { "TargetGroupArn", $"arn/{name}" }, { "TargetGroupName", name }, { "Protocol", "HTTP" },
            { "HealthCheckEnabled", true },
        };
        LiveTarget[] targets =
        [
            .. ids.Select(id => new LiveTarget(
                new BackendAddress($"arn/{name}", name, id, 80), new Backend.Echo(), new EchoIdentity("", name, id))),
        ];
        return new TargetGroup(GroupSettings.Of(document), targets, new TurnCounter());
    }

    private static RequestFacts MakeRequest(string path, string query) =>
        new("GET", "a.example.com", path, query, new HeaderDictionary(), IPAddress.Loopback);
}
