using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Aws.Ec2;

/// <summary>The part of EC2 that load balancers need, API version 2016-11-15.</summary>
internal static class Ec2Service
{
    public static AwsService Create() => new("ec2",
    [
        Reads("DescribeVpcs", NetworkQueries.DescribeVpcs),
        Reads("DescribeSubnets", NetworkQueries.DescribeSubnets),
        Reads("DescribeAvailabilityZones", NetworkQueries.DescribeZones),
        Reads("DescribeNetworkInterfaces", NetworkQueries.DescribeInterfaces),
        Reads("DescribeInstances", NetworkQueries.DescribeInstances),
        Reads("DescribeAccountAttributes", NetworkQueries.DescribeAccount),
        Writes("CreateSecurityGroup", SecurityGroups.Create),
        Writes("DeleteSecurityGroup", SecurityGroups.Delete),
        Reads("DescribeSecurityGroups", SecurityGroups.Describe),
        Reads("DescribeSecurityGroupRules", SecurityGroupRules.Describe),
        Writes("AuthorizeSecurityGroupIngress", SecurityGroupRules.AuthorizeIngress),
        Writes("AuthorizeSecurityGroupEgress", SecurityGroupRules.AuthorizeEgress),
        Writes("RevokeSecurityGroupIngress", SecurityGroupRules.RevokeIngress),
        Writes("RevokeSecurityGroupEgress", SecurityGroupRules.RevokeEgress),
        Writes("CreateTags", Ec2Tags.Create),
        Writes("DeleteTags", Ec2Tags.Delete),
    ]);

    private static OperationHandler Reads(string name, Func<Call, Struct> run) =>
        OperationHandler.Reads(name, call => DryRun(call, run));

    private static OperationHandler Writes(string name, Func<Call, Struct> run) =>
        OperationHandler.Writes(name, call => DryRun(call, run));

    /// <summary>A dry run is the whole call, whose effect the error then throws away.</summary>
    private static Struct DryRun(Call call, Func<Call, Struct> run)
    {
        var output = run(call);
        return call.Input.Flag("DryRun") is true
            ? throw new AwsException(
                "DryRunOperation", "Request would have succeeded, but DryRun flag is set.")
            { HttpStatus = 412 }
            : output;
    }
}
