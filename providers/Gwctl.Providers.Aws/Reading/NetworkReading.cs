using Gwctl.Core;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Aws.Api;
using Gwctl.Providers.Aws.Api.Ec2;
using Gwctl.Providers.Aws.Settling;

namespace Gwctl.Providers.Aws.Reading;

/// <summary>What EC2 answered.</summary>
internal sealed record NetworkSnapshot
{
    /// <summary>Ours, and others that have names we want.</summary>
    public required IReadOnlyList<SecurityGroup> SecurityGroups { get; init; }

    /// <summary>The VPC of each choice that a lookup names; a choice that leads nowhere is not in it.</summary>
    public required IReadOnlyDictionary<VpcChoice, string> Vpcs { get; init; }

    public required IReadOnlyDictionary<VpcChoice, Vpc> VpcDetails { get; init; }

    /// <summary>Of every VPC in which subnets are looked for.</summary>
    public required IReadOnlyDictionary<VpcChoice, IReadOnlyList<Subnet>> Subnets { get; init; }

    /// <summary>Instance id by node name.</summary>
    public required IReadOnlyDictionary<string, string> Instances { get; init; }
}

/// <summary>Reads EC2: our security groups, and the network that the graph's lookups ask for.</summary>
internal sealed class NetworkReading(AwsApi api, ReadScope scope, Wanted wanted)
{
    private const int PageItemsMax = 1_000;

    public async Task<NetworkSnapshot> ReadAsync(CancellationToken cancellationToken)
    {
        var queries = wanted.Lookups.Select(Lookups.Parse).ToList();
        var groupsTask = SecurityGroupsAsync(cancellationToken);
        var instancesTask = InstancesAsync(
            queries.OfType<LookupQuery.OfInstance>().Select(query => query.Node).ToList(), cancellationToken);
        var choices = queries.Select(ChoiceOf).OfType<VpcChoice>().Distinct().ToList();
        var withDetails = queries.OfType<LookupQuery.OfVpcCidrs>().Select(query => query.Vpc).ToHashSet();
        var vpcTasks = Fanout.ByItemAsync(choices, async (choice, stop) =>
            await VpcAsync(choice, withDetails.Contains(choice), stop), cancellationToken);
        var subnetChoices = queries.OfType<LookupQuery.OfSubnets>().Select(query => query.Subnets.Vpc).Distinct();
        var vpcs = await vpcTasks;
        var subnetsTask = Fanout.ByItemAsync(
            subnetChoices.Where(choice => vpcs[choice].Id is not ""),
            (choice, stop) => SubnetsAsync(vpcs[choice].Id, stop),
            cancellationToken);
        await Task.WhenAll(groupsTask, instancesTask, subnetsTask);
        return new NetworkSnapshot
        {
            SecurityGroups = await groupsTask,
            Vpcs = vpcs.Where(found => found.Value.Id is not "")
                .ToDictionary(found => found.Key, found => found.Value.Id),
            VpcDetails = vpcs.Where(found => found.Value.Vpc is not null)
                .ToDictionary(
                    found => found.Key,
                    found => found.Value.Vpc ?? throw new System.Diagnostics.UnreachableException()),
            Subnets = await subnetsTask,
            Instances = await instancesTask,
        };
    }

    private static VpcChoice? ChoiceOf(LookupQuery query) => query switch
    {
        LookupQuery.OfVpc(var vpc) => vpc,
        LookupQuery.OfVpcCidrs(var vpc) => vpc,
        LookupQuery.OfSubnets(var subnets) => subnets.Vpc,
        _ => null,
    };

    /// <summary>Ours by their mark; and, where one is about to be made, whoever has its name.</summary>
    private async Task<IReadOnlyList<SecurityGroup>> SecurityGroupsAsync(CancellationToken cancellationToken)
    {
        var ours = await FilteredAsync($"tag:{Marks.Owner}", [scope.Owner], cancellationToken);
        var missing = wanted.OfKind(Kinds.SecurityGroup)
            .Select(node => node.Attributes.TextOrNull("name")).OfType<string>()
            .Except(ours.Select(group => group.GroupName), StringComparer.Ordinal)
            .ToList();
        var others = await Fanout.MapAsync(
            missing.Chunk(Ec2Limits.FilterValuesMax).ToList(),
            (names, stop) => FilteredAsync("group-name", [.. names], stop),
            cancellationToken);
        return [.. ours, .. others.SelectMany(found => found)];
    }

    private async Task<IReadOnlyList<SecurityGroup>> FilteredAsync(
        string filter, EquatableList<string> values, CancellationToken cancellationToken)
    {
        var request = new DescribeSecurityGroupsRequest
        {
            Filters = [new Filter { Name = filter, Values = values }],
            MaxResults = PageItemsMax,
        };
        return await api.Ec2.DescribeAllSecurityGroupsAsync(request, cancellationToken).ToListAsync(cancellationToken);
    }

    private async Task<(string Id, Vpc? Vpc)> VpcAsync(
        VpcChoice choice, bool withDetails, CancellationToken cancellationToken)
    {
        switch (choice)
        {
            case VpcChoice.Given given when !withDetails:
                return (given.Id, null);
            case VpcChoice.Given given:
                return await FirstVpcAsync(new() { VpcIds = [given.Id] }, cancellationToken);
            case VpcChoice.OfSubnet of:
                var subnets =
                    await api.Ec2.DescribeSubnetsAsync(new() { SubnetIds = [of.SubnetId] }, cancellationToken);
                var id = subnets.Subnets is [var subnet, ..] ? subnet.VpcId : "";
                return withDetails && id is not ""
                    ? await FirstVpcAsync(new() { VpcIds = [id] }, cancellationToken)
                    : (id, null);
            case VpcChoice.Default:
                var request =
                    new DescribeVpcsRequest { Filters = [new Filter { Name = "is-default", Values = ["true"] }] };
                return await FirstVpcAsync(request, cancellationToken);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private async Task<(string Id, Vpc? Vpc)> FirstVpcAsync(
        DescribeVpcsRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await api.Ec2.DescribeVpcsAsync(request, cancellationToken);
            return answer.Vpcs is [var vpc, ..] ? (vpc.VpcId, vpc) : ("", null);
        }
        catch (AwsApiException exception) when (exception.NotFound)
        {
            return ("", null);
        }
    }

    private async Task<IReadOnlyList<Subnet>> SubnetsAsync(string vpcId, CancellationToken cancellationToken) =>
        await api.Ec2.DescribeAllSubnetsAsync(
            new() { Filters = [new Filter { Name = "vpc-id", Values = [vpcId] }], MaxResults = PageItemsMax },
            cancellationToken).ToListAsync(cancellationToken);

    private async Task<IReadOnlyDictionary<string, string>> InstancesAsync(
        IReadOnlyList<string> nodes, CancellationToken cancellationToken)
    {
        var found = nodes.Where(IsInstanceId).ToDictionary(node => node, node => node, StringComparer.Ordinal);
        var batches = nodes.Where(node => !IsInstanceId(node)).Chunk(Ec2Limits.FilterValuesMax).ToList();
        var reservations = await Fanout.MapAsync(batches, InstancesNamedAsync, cancellationToken);
        foreach (var instance in reservations.SelectMany(all => all).SelectMany(reservation => reservation.Instances))
        {
            if (instance is { PrivateDnsName: { Length: > 0 } name, State.Name: not ("terminated" or "shutting-down") })
            {
                found[name] = instance.InstanceId;
            }
        }

        return found;
    }

    private static bool IsInstanceId(string node) =>
        node.StartsWith("i-", StringComparison.Ordinal) && !node.Contains('.');

    private async Task<IReadOnlyList<Reservation>> InstancesNamedAsync(
        string[] names, CancellationToken cancellationToken) =>
        await api.Ec2.DescribeAllInstancesAsync(
            new()
            {
                Filters = [new Filter { Name = "private-dns-name", Values = [.. names] }],
                MaxResults = PageItemsMax,
            },
            cancellationToken).ToListAsync(cancellationToken);
}
