using Gwctl.Compiler.Specs;
using Gwctl.Compiler.Topology;
using Gwctl.Core;
using Gwctl.Testing.Specs;
using static Gwctl.Testing.Specs.MakeGateway;
using static Gwctl.Testing.Specs.MakeRoute;

namespace Gwctl.Compiler.Tests.Topology;

public sealed class GatewayTests
{
    private static readonly GatewaySpec Plain = Gateway("infra/gw", Http());

    [Fact]
    public void ClassOfOursIsAcceptedWithItsConfig()
    {
        var resolved = Resolve(new TopologyOptions(), Class(parameters: ConfigRef()), Config(), Plain);
        Assert.Empty(resolved.Diagnostics);
        var told = Assert.Single(resolved.Topology().Classes);
        Assert.Equal("True/Accepted", told.Conditions.Told("Accepted"));
        Assert.Equal("main", resolved.Gateway().Config?.Name.Name);
        Assert.Equal("True/Accepted", resolved.Gateway().Conditions.Told("Accepted"));
        Assert.Equal("Unknown/Pending", resolved.Gateway().Conditions.Told("Programmed"));
    }

    [Fact]
    public void GatewayOfAnotherControllerIsANoteAndItsRoutesAreNotOurs()
    {
        var resolved = Resolve(
            new TopologyOptions(),
            Class(controller: "example.com/mesh"),
            Plain,
            Route("infra/r", [Parent("gw")], [To("none")]));
        Assert.Equal(Severity.Note, resolved.Only("GW2011").Severity);
        Assert.Single(resolved.Diagnostics);
        Assert.Empty(resolved.Topology().Gateways);
        Assert.Empty(resolved.Topology().Routes);
        Assert.Empty(resolved.Topology().Classes);
    }

    [Fact]
    public void GatewayOfAnUnknownClassIsAWarningWithTheNearestName()
    {
        var resolved = Resolve(new TopologyOptions(), Class("awss"), Plain);
        Assert.Equal(Severity.Warning, resolved.Only("GW2010").Severity);
        Assert.Contains("'awss'", resolved.Only("GW2010").Help, StringComparison.Ordinal);
        Assert.Empty(resolved.Topology().Gateways);
    }

    [Fact]
    public void GatewayOfAnUnknownClassIsCompiledForTheProviderAskedFor()
    {
        var resolved = Resolve(
            new TopologyOptions { Provider = "gcp" }, Class("awss", controller: "example.com/mesh"), Plain);
        Assert.Equal(Severity.Warning, resolved.Only("GW2016").Severity);
        var gateway = Assert.Single(resolved.Topology().Gateways);
        Assert.Equal("gwctl.dev/gcp", gateway.Class.Spec.ControllerName.Value);
        Assert.Empty(resolved.Topology().Classes);
    }

    public static readonly TheoryData<string, SpecReference> BadParameters = new()
    {
        { "GW2012", Make.Ref("ConfigMap", "main", 4) },
        { "GW2012", Make.Ref("ProviderConfig", "main", 4, "example.com") },
        { "GW2013", ConfigRef("mian", 4) },
        { "GW2013", ConfigRef("infra/main", 4) with { Name = "mains" } },
        { "GW2014", ConfigRef("twice", 4) },
        { "GW2015", ConfigRef("gcp", 4) },
    };

    [Theory]
    [MemberData(nameof(BadParameters))]
    public void BadParametersRefuseTheClassAndItsGateways(string code, SpecReference reference)
    {
        var configs = new SpecObject[] { Config(), Config("gcp", "gcp"), Config("a/twice"), Config("b/twice") };
        var resolved = Resolve(new TopologyOptions(), [Class(parameters: reference), Plain, .. configs]);
        Assert.Equal((Severity.Error, Make.At(4)), (resolved.Only(code).Severity, resolved.Only(code).Subject));
        Assert.Equal("False/InvalidParameters", resolved.Topology().Classes[0].Conditions.Told("Accepted"));
        Assert.Equal("False/InvalidParameters", resolved.Gateway().Conditions.Told("Accepted"));
        Assert.False(resolved.Gateway().Accepted);
        Assert.Null(resolved.Gateway().Config);
    }

    [Fact]
    public void GatewaysOwnParametersHoldAgainstTheClass()
    {
        var own = WithParameters("own");
        var resolved = Resolve(
            new TopologyOptions(), Class(parameters: ConfigRef()), Config(), Config("infra/own"), own);
        Assert.Empty(resolved.Diagnostics);
        Assert.Equal(Make.Name("infra/own"), resolved.Gateway().Config?.Name);
    }

    [Fact]
    public void GatewaysOwnBadParametersRefuseItAlone()
    {
        var own = WithParameters("nil");
        var resolved = Resolve(
            new TopologyOptions(), Class(parameters: ConfigRef()), Config(), own, Gateway("infra/other", Http()));
        Assert.Equal("False/InvalidParameters", resolved.Gateway().Conditions.Told("Accepted"));
        Assert.Equal("True/Accepted", resolved.Gateway("infra/other").Conditions.Told("Accepted"));
    }

    [Fact]
    public void GivenConfigIsForThoseWithoutOne()
    {
        var options = new TopologyOptions { ProviderConfig = Config("given") };
        Assert.Equal("given", Resolve(options, Class(), Plain).Gateway().Config?.Name.Name);
        Assert.Equal(
            "main", Resolve(options, Class(parameters: ConfigRef()), Config(), Plain).Gateway().Config?.Name.Name);
        Assert.Null(Resolve(new TopologyOptions(), Class(), Plain).Gateway().Config);
    }

    [Fact]
    public void AskedForProviderReplacesTheConfigsOwn()
    {
        var settings = new SpecNode.Mapping([], Make.At(1));
        var config = Config() with { Settings = settings };
        var same = Resolve(new TopologyOptions { Provider = "aws" }, Class(parameters: ConfigRef()), config, Plain);
        Assert.Equal(config, same.Gateway().Config);

        var other = Resolve(new TopologyOptions { Provider = "gcp" }, Class(parameters: ConfigRef()), config, Plain);
        Assert.Equal(("gcp", null), (other.Gateway().Config?.Provider.Value, other.Gateway().Config?.Settings));

        var given = new TopologyOptions { Provider = "gcp", ProviderConfig = Config("given", "gcp") };
        Assert.Equal(
            "given", Resolve(given, Class(parameters: ConfigRef()), config, Plain).Gateway().Config?.Name.Name);
        Assert.Empty(other.Diagnostics);
    }

    private static GatewaySpec WithParameters(string config) => Plain with
    {
        Infrastructure = new InfrastructureSpec { Span = Make.At(1), ParametersRef = ConfigRef(config) },
    };

    private static Compiled<SpecTopology> Resolve(TopologyOptions options, params SpecObject[] objects) =>
        TopologyResolver.Resolve(Make.Set(objects), options);
}
