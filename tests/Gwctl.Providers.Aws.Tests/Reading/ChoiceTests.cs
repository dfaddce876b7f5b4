using Gwctl.Core;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Aws.Api.Acm;
using Gwctl.Providers.Aws.Api.Ec2;
using Gwctl.Providers.Aws.Reading;
using Gwctl.Providers.Aws.Settling;

namespace Gwctl.Providers.Aws.Tests.Reading;

/// <summary>Goal: what the account offers is chosen by the documented order, and marks survive any key.</summary>
public sealed class ChoiceTests
{
    private static readonly DateTimeOffset Soon = new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void An_exact_certificate_goes_before_a_wildcard_and_the_longest_lived_first()
    {
        CertificateSummary[] all =
        [
            Certificate("a", "*.example.com", Soon.AddYears(9)),
            Certificate("b", "shop.example.com", Soon),
            Certificate("c", "other.example.com", Soon.AddYears(1), "shop.example.com"),
            Certificate("d", "shop.example.com", Soon.AddYears(5)) with { Status = CertificateStatus.EXPIRED },
        ];

        Assert.Equal("c", CertificateChoice.For("shop.example.com", all));
        Assert.Equal("a", CertificateChoice.For("blog.example.com", all));
        Assert.Equal("a", CertificateChoice.For("*.example.com", all));
        Assert.Null(CertificateChoice.For("a.b.example.com", all));
        Assert.Null(CertificateChoice.For("*.b.example.com", all));
        Assert.Null(CertificateChoice.For("example.com", all));
    }

    [Fact]
    public void Subnets_are_one_for_each_zone_of_the_right_kind()
    {
        Subnet[] subnets =
        [
            Subnet("s1", "a", isPublic: true), Subnet("s0", "a", isPublic: true), Subnet("s2", "b", isPublic: true),
            Subnet("s3", "a", isPublic: false), Subnet("s4", "b", isPublic: false),
        ];
        var query = new SubnetQuery(new VpcChoice.Default(), "internet-facing", []);

        Assert.Equal(["s0", "s2"], SubnetChoice.For(query, subnets));
        Assert.Equal(["s3", "s4"], SubnetChoice.For(query with { Scheme = "internal" }, subnets));
        Assert.Equal(["s0", "s2"], SubnetChoice.For(query with { Scheme = "internal" }, subnets[..3]));
        Assert.Null(SubnetChoice.For(query, subnets[..2]));
        Assert.Null(SubnetChoice.For(query with { Tags = [new SubnetTag("tier", "lb")] }, subnets));
    }

    [Theory]
    [InlineData("")]
    [InlineData("shop/web:80~0a1b")]
    [InlineData("*.example.com")]
    [InlineData("a=b,c d")]
    [InlineData("Grüße/日本")]
    public void A_key_survives_its_mark(string key)
    {
        var address = new ResourceAddress("test", Kinds.Rule, new ObjectName("shop", "web"), key);
        var marks = Marks.Of("me", address);

        Assert.Matches(@"^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$", marks[Marks.Key] ?? "");
        Assert.Equal(address, Marks.AddressOf("test", Kinds.Rule, marks));
    }

    private static CertificateSummary Certificate(
        string arn, string name, DateTimeOffset notAfter, params EquatableList<string> others) => new()
        {
            CertificateArn = arn,
            DomainName = name,
            SubjectAlternativeNameSummaries = [name, .. others],
            Status = CertificateStatus.ISSUED,
            NotAfter = notAfter,
        };

    private static Subnet Subnet(string id, string zone, bool isPublic) => new()
    {
        SubnetId = id,
        VpcId = "vpc",
        AvailabilityZone = zone,
        State = SubnetState.Available,
        MapPublicIpOnLaunch = isPublic,
    };
}
