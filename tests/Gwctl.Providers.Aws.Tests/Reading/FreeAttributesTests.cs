using Gwctl.Engine.Resources;
using Gwctl.Providers.Aws.Reading;

namespace Gwctl.Providers.Aws.Tests.Reading;

/// <summary>What AWS begins with, where that depends on the object.</summary>
public sealed class FreeAttributesTests
{
    private const string DenyInternet = "ipv6.deny_all_igw_traffic";
    private const string CloseDraining = "deregistration_delay.connection_termination.enabled";
    private const string CrossZone = "load_balancing.cross_zone.enabled";

    /// <summary>An internal load balancer must not be opened to the internet because a line was dropped.</summary>
    [Theory]
    [InlineData("internal", "dualstack", "true")]
    [InlineData("internet-facing", "dualstack", "false")]
    [InlineData("internal", "ipv4", null)]
    public void Who_may_come_from_the_internet_depends_on_the_scheme(string scheme, string addresses, string? expected)
    {
        var shape = AttributeMap.Empty.Put("scheme", scheme).Put("ipAddressType", addresses);
        Assert.Equal(expected, FreeAttributes.DefaultOf(shape, DenyInternet));
        Assert.Equal(
            expected is null ? [] : [DenyInternet],
            FreeAttributes.Written(shape, Tags.None.With(Marks.AttributeNames, DenyInternet)));
    }

    [Theory]
    [InlineData("TCP", "false")]
    [InlineData("UDP", "true")]
    [InlineData("TCP_UDP", "true")]
    public void Draining_flows_of_datagrams_end(string protocol, string expected) => Assert.Equal(
        expected,
        FreeAttributes.DefaultOf(
            AttributeMap.Empty.Put("targetType", "ip").Put("protocol", protocol), CloseDraining));

    [Theory]
    [InlineData("type", "network", "false")]
    [InlineData("scheme", "internal", "true")]
    [InlineData("targetType", "ip", "use_load_balancer_configuration")]
    public void Zones_are_crossed_as_the_kind_does(string field, string value, string expected) =>
        Assert.Equal(expected, FreeAttributes.DefaultOf(AttributeMap.Empty.Put(field, value), CrossZone));
}
