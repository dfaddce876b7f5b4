using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using Amazon.Runtime.Credentials;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using Gwctl.Core;

namespace Gwctl.Providers.Aws.Api;

/// <summary>
/// Turns an <see cref="AwsCredentialsSource"/> into the SDK's credentials at the first call. A failure is not
/// remembered, so a later call tries again (a mounted token may arrive late).
/// </summary>
internal sealed class AwsCredentialsProvider(AwsApiOptions options) : IDisposable
{
    private readonly SemaphoreSlim _resolving = new(1, 1);
    private volatile AWSCredentials? _resolved;

    /// <exception cref="AwsCredentialsException">No source gave credentials.</exception>
    public async ValueTask<ImmutableCredentials> GetAsync(CancellationToken cancellationToken)
    {
        try
        {
            var credentials = _resolved ?? await ResolveOnceAsync(cancellationToken);
            // The SDK renews here if they expire soon; otherwise this completes at once.
            return await credentials.GetCredentialsAsync().WaitAsync(cancellationToken);
        }
        catch (Exception exception) when (IsRefusal(exception))
        {
            throw Failure(options.Credentials, exception);
        }
    }

    public void Dispose() => _resolving.Dispose();

    private async Task<AWSCredentials> ResolveOnceAsync(CancellationToken cancellationToken)
    {
        await _resolving.WaitAsync(cancellationToken);
        try
        {
            return _resolved ??= await ResolveAsync(options.Credentials, cancellationToken);
        }
        finally
        {
            _resolving.Release();
        }
    }

    private async Task<AWSCredentials> ResolveAsync(AwsCredentialsSource source, CancellationToken cancellationToken)
    {
        switch (source)
        {
            case AwsCredentialsSource.Static { SessionToken: null } keys:
                return new BasicAWSCredentials(keys.AccessKeyId, keys.SecretAccessKey);
            case AwsCredentialsSource.Static keys:
                return new SessionAWSCredentials(keys.AccessKeyId, keys.SecretAccessKey, keys.SessionToken);
            case AwsCredentialsSource.Profile profile:
                return new CredentialProfileStoreChain().TryGetAWSCredentials(profile.Name, out var found)
                    ? found
                    : throw new AmazonClientException($"There is no usable profile '{profile.Name}'.");
            case AwsCredentialsSource.AssumeRole role:
                var inner = await ResolveAsync(role.Source, cancellationToken);
                return new AssumedRole(inner, role, options);
            default:
                return await new DefaultAWSCredentialsIdentityResolver().ResolveIdentityAsync(null, cancellationToken);
        }
    }

    // The SDK throws its own families for "no credentials", and plain ones for unreadable files and odd settings.
    private static bool IsRefusal(Exception exception) =>
        exception is AmazonClientException or AmazonServiceException or ProcessAWSCredentialException
            or FederatedAuthenticationFailureException or ArgumentException or InvalidOperationException
            or FormatException or JsonException or IOException or UnauthorizedAccessException
            or HttpRequestException or TimeoutException;

    private static AwsCredentialsException Failure(AwsCredentialsSource source, Exception exception)
    {
        // The SDK lists the sources it asked, one per line, after a first line that only announces them.
        var tried = exception.Message
            .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(line => line.StartsWith("Exception ", StringComparison.Ordinal) && line.Contains(':'))
            .Select(line => Plain(line[(line.IndexOf(':') + 1)..].Trim()))
            .Distinct(StringComparer.Ordinal)
            .ToEquatableList();
        var reasons = tried.Count > 0 ? string.Join(" ", tried) : exception.Message;
        var message = source switch
        {
            AwsCredentialsSource.Profile profile => $"The profile '{profile.Name}' gave no AWS credentials. {reasons}",
            AwsCredentialsSource.AssumeRole role => $"The role {role.RoleArn} could not be assumed. {reasons}",
            _ => $"No AWS credentials were found. {reasons}",
        };
        return new(message, tried.Count > 0 ? tried : [exception.Message], exception);
    }

    /// <summary>The SDK reports the absence of a web identity as an argument of its own code.</summary>
    private static string Plain(string reason) => reason.Contains("webIdentityTokenFile", StringComparison.Ordinal)
        ? "The environment names no web identity token file (AWS_WEB_IDENTITY_TOKEN_FILE)."
        : reason;

    /// <summary>
    /// The SDK's own assume-role credentials cannot be sent to another endpoint, which the sandbox and LocalStack
    /// need; the renewal logic stays the SDK's.
    /// </summary>
    private sealed class AssumedRole(AWSCredentials source, AwsCredentialsSource.AssumeRole role, AwsApiOptions options)
        : RefreshingAWSCredentials
    {
        // Our own calls await; the SDK's signer blocks here when one role is the source of another.
        protected override CredentialsRefreshState GenerateNewCredentials() =>
            GenerateNewCredentialsAsync().GetAwaiter().GetResult();

        protected override async Task<CredentialsRefreshState> GenerateNewCredentialsAsync()
        {
            var config = new AmazonSecurityTokenServiceConfig { AuthenticationRegion = options.Region };
            if (options.EndpointUrl is { } endpoint)
            {
                config.ServiceURL = endpoint.ToString();
            }
            else
            {
                config.RegionEndpoint = Amazon.RegionEndpoint.GetBySystemName(options.Region);
            }

            using var sts = new AmazonSecurityTokenServiceClient(source, config);
            var answer = await sts.AssumeRoleAsync(new AssumeRoleRequest
            {
                RoleArn = role.RoleArn,
                RoleSessionName = role.SessionName,
                ExternalId = role.ExternalId,
            });
            var keys = answer.Credentials;
            return new CredentialsRefreshState(
                new ImmutableCredentials(keys.AccessKeyId, keys.SecretAccessKey, keys.SessionToken),
                keys.Expiration?.ToUniversalTime() ?? DateTime.MaxValue);
        }
    }
}
