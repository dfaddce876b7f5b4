using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Google.Apis.Auth.OAuth2;
using Google.Apis.Auth.OAuth2.Responses;

namespace Gwctl.Providers.Gcp.Api;

/// <summary>Gives each request its token. The credential is looked for at the first request, and kept; Google's library
/// renews its tokens.</summary>
internal sealed class GcpCredentialsProvider(GcpCredentialsSource source) : IDisposable
{
    private const string Scope = "https://www.googleapis.com/auth/cloud-platform";

    private readonly SemaphoreSlim _gate = new(1);
    private ITokenAccessWithHeaders? _access;

    /// <exception cref="GcpCredentialsException">There are none, or no token could be had with them.</exception>
    public async Task AuthorizeAsync(HttpRequestMessage message, CancellationToken cancellationToken)
    {
        if (source is GcpCredentialsSource.Token(var token))
        {
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Reveal());
            return;
        }

        try
        {
            var access = await AccessAsync(cancellationToken);
            var found = await access.GetAccessTokenWithHeadersForRequestAsync(
                cancellationToken: cancellationToken);
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", found.AccessToken);

            // The project that pays, where the credential names one.
            found.AddHeaders(message);
        }
        catch (TokenResponseException exception)
        {
            throw new GcpCredentialsException(
                $"No token was given for {Describe(source)}: {exception.Error?.Error ?? "the answer was refused"}"
                    + (exception.Error?.ErrorDescription is { Length: > 0 } text ? $" ({text})." : "."),
                exception);
        }
        catch (Exception exception) when (exception is InvalidOperationException or IOException or HttpRequestException
            or JsonException or Newtonsoft.Json.JsonException or FormatException or ArgumentException)
        {
            throw new GcpCredentialsException($"{Describe(source)} cannot be used: {exception.Message}", exception);
        }
    }

    public void Dispose() => _gate.Dispose();

    private async Task<ITokenAccessWithHeaders> AccessAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            return _access ??= await CredentialAsync(source, cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    private static async Task<GoogleCredential> CredentialAsync(
        GcpCredentialsSource source, CancellationToken cancellationToken) => source switch
        {
            GcpCredentialsSource.Default =>
                (await GoogleCredential.GetApplicationDefaultAsync(cancellationToken)).CreateScoped(Scope),
            GcpCredentialsSource.File(var path) =>
                (await FromFileAsync(path, cancellationToken)).CreateScoped(Scope),
            GcpCredentialsSource.Impersonation impersonation =>
                (await CredentialAsync(impersonation.Source, cancellationToken)).Impersonate(Target(impersonation)),
            GcpCredentialsSource.Token(var token) => GoogleCredential.FromAccessToken(token.Reveal()),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    /// <summary>Google's library wants to be told what kind of credential a file holds, which the file itself
    /// says.</summary>
    private static async Task<GoogleCredential> FromFileAsync(string path, CancellationToken cancellationToken)
    {
        var text = await File.ReadAllTextAsync(path, cancellationToken);
        var type = (JsonNode.Parse(text) as JsonObject)?.TextOrNull("type")
            ?? throw new InvalidOperationException("it has no type.");
        return CredentialFactory.FromJson(text, type);
    }

    private static ImpersonatedCredential.Initializer Target(GcpCredentialsSource.Impersonation impersonation) =>
        new(impersonation.ServiceAccount)
        {
            DelegateAccounts = impersonation.Delegates,
            Scopes = [Scope],
        };

    private static string Describe(GcpCredentialsSource source) => source switch
    {
        GcpCredentialsSource.Default => "the application default credentials",
        GcpCredentialsSource.File(var path) => $"the credential file {path}",
        GcpCredentialsSource.Impersonation(var inner, var account) =>
            $"the service account {account}, impersonated with {Describe(inner)}",
        GcpCredentialsSource.Token => "the given token",
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
