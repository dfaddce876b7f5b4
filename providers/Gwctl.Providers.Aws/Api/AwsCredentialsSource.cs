namespace Gwctl.Providers.Aws.Api;

/// <summary>Where credentials come from. They are asked for per call, renewed by the SDK, never kept by us.</summary>
public abstract record AwsCredentialsSource
{
    private AwsCredentialsSource()
    {
    }

    /// <summary>
    /// The SDK's chain: environment, web identity (IRSA), profile (SSO, credential_process, assume-role), container,
    /// instance metadata.
    /// </summary>
    public sealed record Default : AwsCredentialsSource;

    /// <summary>A profile of the shared config and credentials files.</summary>
    public sealed record Profile(string Name) : AwsCredentialsSource;

    /// <summary>Keys given outright: for the sandbox and for tests.</summary>
    public sealed record Static(string AccessKeyId, string SecretAccessKey, string? SessionToken = null)
        : AwsCredentialsSource
    {
        public override string ToString() => $"Static {{ AccessKeyId = {AccessKeyId}, (sensitive) }}";
    }

    /// <summary>A role assumed through STS in the clients' region, with the credentials of another source.</summary>
    public sealed record AssumeRole(AwsCredentialsSource Source, string RoleArn) : AwsCredentialsSource
    {
        public string SessionName { get; init; } = "gwctl";

        public string? ExternalId { get; init; }

        public override string ToString() => $"AssumeRole {{ RoleArn = {RoleArn}, Source = {Source} }}";
    }
}
