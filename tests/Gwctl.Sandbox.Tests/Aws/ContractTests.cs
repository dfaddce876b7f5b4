using Gwctl.Sandbox.Aws.Wire;
using Gwctl.Sandbox.Calls;
using Gwctl.Sandbox.Contracts;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Tests.Aws;

public sealed class ContractTests
{
    [Fact]
    public void Every_contract_loads_and_its_operations_have_shapes()
    {
        foreach (var name in ContractCatalog.Services)
        {
            var contract = ContractCatalog.Load(name);

            Assert.NotEmpty(contract.Operations);
            Assert.All(contract.Operations.Values, operation => Assert.NotNull(operation.Input));
        }
    }

    [Fact]
    public void Violations_name_the_place_and_the_kind()
    {
        var rule = new Struct
        {
            { "ListenerArn", "arn" },
            { "Priority", 60_000 },
            { "Conditions", ListValue.Of(new Struct { { "Nope", "x" } }) },
            {
                "Actions", ListValue.Of(
                    new Struct { { "Type", "teleport" } },
                    new Struct { { "Order", 1 } })
            },
            { "Tags", ListValue.Of(new Struct { { "Key", "#" } }) },
        };

        var found = ContractCatalog.Load("elbv2").ValidateRequest("CreateRule", rule)
            .Select(violation => $"{violation.Kind} {violation.Path}");

        Assert.Equal(
            [
                "AboveMax Priority", "MissingMember Actions.2.member.Type", "NotInEnum Actions.1.member.Type",
                "Pattern Tags.1.member.Key", "UnknownMember Conditions.1.member.Nope",
            ],
            found.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Bounds_in_prose_are_checked_only_where_asked_for()
    {
        var contract = ContractCatalog.Load("elbv2");
        var attribute = new Struct { { "Key", "idle_timeout.timeout_seconds" }, { "Value", "0" } };
        var input = new Struct { { "LoadBalancerArn", "arn" }, { "Attributes", ListValue.Of(attribute) } };
        var named = new Struct { { "Name", "a_b" } };

        Assert.Single(contract.ValidateRequest("ModifyLoadBalancerAttributes", input));
        Assert.Single(contract.ValidateRequest("CreateLoadBalancer", named));
        Assert.Empty(contract.ValidateRequest("CreateLoadBalancer", named, prose: false));
    }

    [Fact]
    public void Ec2_parameters_are_flat_and_capitalised()
    {
        var request = Form("Action=DescribeSubnets&Version=2016-11-15&Filter.1.Name=vpc-id&Filter.1.Value.2=b"
            + "&Filter.1.Value.1=a&SubnetId.1=s&Bogus=1");

        var decoded = RequestDecoder.Decode(ContractCatalog.Load("ec2"), request);

        Assert.Equal(["a", "b"], decoded.Input.Structs("Filters").Single().Texts("Values"));
        Assert.Equal(["s"], decoded.Input.Texts("SubnetIds"));
        Assert.Equal("Bogus", decoded.Violations.Single().Path);
    }

    [Fact]
    public void Query_lists_have_members_and_may_be_empty()
    {
        var request = Form("Action=ModifyRule&Version=2015-12-01&RuleArn=r&Transforms=&Actions.member.1.Type=forward");

        var decoded = RequestDecoder.Decode(ContractCatalog.Load("elbv2"), request);

        Assert.Empty(decoded.Violations);
        Assert.True(decoded.Input.Has("Transforms"));
        Assert.Equal("forward", decoded.Input.Structs("Actions").Single().Text("Type"));
    }

    private static WireRequest Form(string body) => new(
        "POST", "/", new Dictionary<string, string>(), System.Text.Encoding.UTF8.GetBytes(body));
}
