using Gwctl.Core;
using Gwctl.Providers.Aws.Api.Wire;

namespace Gwctl.Providers.Aws.Api.Ec2;

public sealed record DescribeInstancesRequest : IWireShape
{
    public EquatableList<string> InstanceIds { get; init; } = [];
    public EquatableList<Filter> Filters { get; init; } = [];
    public string? NextToken { get; init; }
    public int? MaxResults { get; init; } // 5–1000

    void IWireShape.Write(WireWriter to)
    {
        to.PutList("InstanceId", InstanceIds);
        to.PutList("Filter", Filters);
        to.Put("NextToken", NextToken);
        to.Put("MaxResults", MaxResults);
    }
}

public sealed record DescribeInstancesResponse
{
    public string? NextToken { get; init; }
    public EquatableList<Reservation> Reservations { get; init; } = [];

    internal static DescribeInstancesResponse Read(WireNode from) => new()
    {
        NextToken = from.TextOrNull("nextToken"),
        Reservations = from.List("reservationSet", Reservation.Read),
    };
}

public sealed record Reservation
{
    public EquatableList<Instance> Instances { get; init; } = [];

    internal static Reservation Read(WireNode from) => new() { Instances = from.List("instancesSet", Instance.Read) };
}

public sealed record Instance
{
    public required string InstanceId { get; init; }
    public InstanceState? State { get; init; }
    public string? PrivateDnsName { get; init; }
    public string? PrivateIpAddress { get; init; }
    public string? VpcId { get; init; }

    internal static Instance Read(WireNode from) => new()
    {
        InstanceId = from.Text("instanceId"),
        State = from.ItemOrNull("instanceState", InstanceState.Read),
        PrivateDnsName = from.TextOrNull("privateDnsName"),
        PrivateIpAddress = from.TextOrNull("privateIpAddress"),
        VpcId = from.TextOrNull("vpcId"),
    };
}

public sealed record InstanceState
{
    public string? Name { get; init; } // InstanceStateName

    internal static InstanceState Read(WireNode from) => new() { Name = from.TextOrNull("name") };
}
