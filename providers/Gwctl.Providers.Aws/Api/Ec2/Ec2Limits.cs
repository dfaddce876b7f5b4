namespace Gwctl.Providers.Aws.Api.Ec2;

/// <summary>How much one call takes (API reference, EC2 2016-11-15).</summary>
public static class Ec2Limits
{
    public const int FilterValuesMax = 200;

    /// <summary>CreateTags and DeleteTags.</summary>
    public const int TaggedResourcesPerCallMax = 1_000;

    public const int SecurityGroupNameLengthMax = 255;
}
