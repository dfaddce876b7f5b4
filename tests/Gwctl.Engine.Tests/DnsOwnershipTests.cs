using Gwctl.Engine.Marks;

namespace Gwctl.Engine.Tests;

public sealed class DnsOwnershipTests
{
    [Fact]
    public void The_text_is_what_external_dns_reads()
    {
        var owner = new DnsOwner("team-a", "gateway/shop/web");
        const string Text = "heritage=external-dns,external-dns/owner=team-a,external-dns/resource=gateway/shop/web";
        Assert.Equal(Text, DnsOwnership.Format(owner));
        Assert.Equal(owner, DnsOwnership.Parse(Text));
        Assert.Equal(owner, DnsOwnership.Parse($"\"{Text}\""));
    }

    [Theory]
    [InlineData("")]
    [InlineData("v=spf1 -all")]
    [InlineData("heritage=external-dns")]
    [InlineData("heritage=external-dns,external-dns/owner=")]
    [InlineData("heritage=other,external-dns/owner=a")]
    [InlineData("external-dns/owner=a,heritage=external-dns")]
    public void What_is_no_ownership_is_null(string text) => Assert.Null(DnsOwnership.Parse(text));

    [Fact]
    public void Fields_that_we_do_not_know_are_passed_over() =>
        Assert.Equal(
            new DnsOwner("a", "ingress/x/y"),
            DnsOwnership.Parse("heritage=external-dns,external-dns/new=1,external-dns/owner=a,external-dns/resource=ingress/x/y"));

    [Theory]
    [InlineData("A", "www.example.com", "a-www.example.com")]
    [InlineData("AAAA", "WWW.example.com", "aaaa-www.example.com")]
    [InlineData("A", "*.example.com", "a-_any.example.com")]
    [InlineData("A", "example.com", "_gwctl-a.example.com")]
    public void Names_lie_in_the_zone_and_read_back(string type, string host, string expected)
    {
        var name = DnsOwnership.NameOf(type, host, "example.com");
        Assert.Equal(expected, name);
        Assert.True(DnsOwnership.TryParseName(name, out var readType, out var readHost));
        Assert.Equal((type, host.ToLowerInvariant()), (readType, readHost));
    }

    /// <summary>external-dns writes wildcards as they are, where the DNS service takes that.</summary>
    [Fact]
    public void Wildcards_of_others_are_read()
    {
        Assert.True(DnsOwnership.TryParseName("a-*.example.com", out _, out var host));
        Assert.Equal("*.example.com", host);
    }

    [Theory]
    [InlineData("www.example.com")]
    [InlineData("mx-www.example.com")]
    [InlineData("a-")]
    [InlineData("_gwctl-a.")]
    [InlineData("_gwctl-")]
    [InlineData("-")]
    [InlineData("")]
    public void Other_names_are_none_of_ours(string name) =>
        Assert.False(DnsOwnership.TryParseName(name, out _, out _));

    [Theory]
    [InlineData("a,b", "")]
    [InlineData("", "")]
    [InlineData("a\"b", "")]
    [InlineData("a", "x\\y")]
    [InlineData(" a", "")]
    public void Owners_that_look_like_syntax_are_refused(string owner, string resource)
    {
        Assert.False(DnsOwnership.CanFormat(new DnsOwner(owner, resource)));
        Assert.Throws<ArgumentException>(() => DnsOwnership.Format(new DnsOwner(owner, resource)));
    }

    [Fact]
    public void A_text_longer_than_a_string_is_refused() =>
        Assert.False(DnsOwnership.CanFormat(new DnsOwner(new string('x', 250), "")));

    // Goal: whatever can be formatted reads back as itself, and nothing that is read crashes.
    [Fact]
    public void Fuzz()
    {
        const string Alphabet = "abz09-./=,\"\\ \tü\u0000external-dnsheritage";
        var random = new Random(7);
        for (var round = 0; round < 20_000; round++)
        {
            string Word() => new(
                [.. Enumerable.Range(0, random.Next(0, 12)).Select(_ => Alphabet[random.Next(Alphabet.Length)])]);
            var owner = new DnsOwner(Word(), Word());
            if (DnsOwnership.CanFormat(owner))
            {
                Assert.Equal(owner, DnsOwnership.Parse(DnsOwnership.Format(owner)));
            }

            var parsed = DnsOwnership.Parse($"heritage=external-dns,external-dns/owner={Word()},{Word()}");
            Assert.True(parsed is null || parsed.Owner.Length > 0);
            _ = DnsOwnership.TryParseName(Word() + "." + Word(), out _, out _);
        }
    }
}
