using Gwctl.Compiler.Routing;

namespace Gwctl.Compiler.Tests.Routing;

public sealed class HostPatternTests
{
    private static readonly string[] Labels = ["a", "b", "ab", "example", "com"];

    [Theory]
    [InlineData("", "anything.example", true)]
    [InlineData("example.com", "example.com", true)]
    [InlineData("example.com", "EXAMPLE.com:8080", true)]
    [InlineData("Example.COM", "example.com", true)]
    [InlineData("example.com", "example.com.", true)]
    [InlineData("example.com", "www.example.com", false)]
    [InlineData("*.example.com", "www.example.com", true)]
    [InlineData("*.example.com", "a.b.example.com:443", true)]
    [InlineData("*.example.com", "example.com", false)]
    [InlineData("*.example.com", ".example.com", false)]
    [InlineData("*.example.com", "wwwexample.com", false)]
    [InlineData("", "[::1]:80", true)]
    [InlineData("example.com", "[::1]", false)]
    public void MatchesTheHostsOfThePattern(string pattern, string host, bool expected) =>
        Assert.Equal(expected, HostPattern.Parse(pattern).Matches(host));

    [Theory]
    [InlineData("", "", "")]
    [InlineData("", "a.com", "a.com")]
    [InlineData("a.com", "A.com", "a.com")]
    [InlineData("a.com", "b.com", null)]
    [InlineData("*.a.com", "b.a.com", "b.a.com")]
    [InlineData("*.a.com", "c.b.a.com", "c.b.a.com")]
    [InlineData("*.a.com", "a.com", null)]
    [InlineData("*.a.com", "*.b.a.com", "*.b.a.com")]
    [InlineData("*.a.com", "*.a.com", "*.a.com")]
    [InlineData("*.a.com", "*.b.com", null)]
    [InlineData("*.a.com", "*.xa.com", null)]
    [InlineData("*.a.com", "xa.com", null)]
    public void IntersectsToTheNarrowerOne(string left, string right, string? expected)
    {
        Assert.Equal(expected, HostPattern.Parse(left).Intersect(HostPattern.Parse(right))?.Text);
        Assert.Equal(expected, HostPattern.Parse(right).Intersect(HostPattern.Parse(left))?.Text);
    }

    [Fact]
    public void SortsTheMostSpecificFirst()
    {
        string[] sorted = ["a.example.com", "z.com", "*.b.example.com", "*.example.com", "*.example.org", "*.com", ""];
        var shuffled = sorted.Select(HostPattern.Parse).Reverse().Order();
        Assert.Equal(sorted, shuffled.Select(pattern => pattern.Text));
    }

    // Goal: the algebra agrees with matching, host by host. 20,000 random pairs.
    [Fact]
    public void AlgebraAgreesWithMatching()
    {
        var random = new Random(20_260_101);
        for (var round = 0; round < 20_000; round++)
        {
            var left = HostPattern.Parse(RandomPattern(random));
            var right = HostPattern.Parse(RandomPattern(random));
            var host = RandomHost(random);
            var both = left.Matches(host) && right.Matches(host);
            var context = $"round {round}: '{left}' and '{right}' for {host}";

            Assert.True(both == (left.Intersect(right)?.Matches(host) ?? false), context);
            Assert.True(!left.Covers(right) || !right.Matches(host) || left.Matches(host), context);
            Assert.True(left.Covers(right) == (left.Intersect(right) == right), context);
            Assert.True((left.CompareTo(right) is 0) == (left == right), context);
            Assert.True(!left.Covers(right) || right.CompareTo(left) <= 0, context);
        }
    }

    [Fact]
    public void AnyHostIsOneValueHoweverWritten()
    {
        Assert.Equal(HostPattern.Any, HostPattern.Parse(null));
        Assert.Equal(HostPattern.Any, HostPattern.Parse(""));
        Assert.Equal(default, HostPattern.Parse("*"));
        Assert.True(HostPattern.Any.IsAny);
        Assert.Equal(0, HostPattern.Any.Labels);
        Assert.Equal(3, HostPattern.Parse("*.example.com").Labels);
        Assert.Equal(0, HostPattern.Parse("*.example.com").ExactLength);
        Assert.Equal(11, HostPattern.Parse("example.com").ExactLength);
    }

    private static string RandomPattern(Random random) => random.Next(4) switch
    {
        0 => "",
        1 => $"*.{RandomHost(random)}",
        _ => RandomHost(random),
    };

    private static string RandomHost(Random random) =>
        string.Join('.', Enumerable.Range(0, random.Next(1, 4)).Select(_ => Labels[random.Next(Labels.Length)]));
}
