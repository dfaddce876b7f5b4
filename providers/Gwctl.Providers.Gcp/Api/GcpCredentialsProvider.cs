using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Google.Apis.Auth.OAuth2;
using Google.Apis.Auth.OAuth2.Responses;
using Google.Apis.Http;

namespace Gwctl.Providers.Gcp.Api;

/// <summary>Gives each request its token. The credential is looked for at the first request, and kept; Google's library
/// renews its tokens before they end.</summary>
/// <param name="handler">The way to where tokens are given; null for the library's own.</param>
internal sealed class GcpCredentialsProvider(GcpCredentialsSource source, HttpMessageHandler? handler = null)
    : IDisposable
{
    private const string Scope = "https://www.googleapis.com/auth/cloud-platform";

    private readonly SemaphoreSlim _gate = new(1);
    private GoogleCredential? _credential;
    private int _renewals;

    /// <summary>Gives what <see cref="RenewAsync"/> is to be told where the token is refused.</summary>
    /// <exception cref="GcpCredentialsException">There are none, or no token could be had with them.</exception>
    public async Task<int> AuthorizeAsync(HttpRequestMessage message, CancellationToken cancellationToken)
    {
        var renewals = Volatile.Read(ref _renewals);
        if (source is GcpCredentialsSource.Token(var token))
        {
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Reveal());
            return renewals;
        }

        var found = await ExplainAsync(async () =>
        {
            ITokenAccessWithHeaders access = await CredentialAsync(cancellationToken);
            return await access.GetAccessTokenWithHeadersForRequestAsync(cancellationToken: cancellationToken);
        });
        message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", found.AccessToken);

        // The project that pays, where the credential names one.
        found.AddHeaders(message);
        return renewals;
    }

    /// <summary>Gets a new token in place of one that a service refused before its time: keys are replaced, sessions
    /// withdrawn. Of many calls that were refused for one token, the first does it. False where there is none to
    /// get.</summary>
    /// <param name="renewals">What <see cref="AuthorizeAsync"/> gave with the refused token.</param>
    /// <exception cref="GcpCredentialsException">No token is given any more.</exception>
    public async Task<bool> RenewAsync(int renewals, CancellationToken cancellationToken)
    {
        if (source is GcpCredentialsSource.Token)
        {
            return false;
        }

        var credential = await ExplainAsync(() => CredentialAsync(cancellationToken));
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (renewals == _renewals)
            {
                if (!await ExplainAsync(() => RequestAsync(credential.UnderlyingCredential, cancellationToken)))
                {
                    return false;
                }

                _renewals++;
            }

            return true;
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private static Task<bool> RequestAsync(ICredential credential, CancellationToken cancellationToken) =>
        credential switch
        {
            ServiceCredential service => service.RequestAccessTokenAsync(cancellationToken),
            UserCredential user => user.RefreshTokenAsync(cancellationToken),
            _ => Task.FromResult(false),
        };

    private async Task<T> ExplainAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (TokenResponseException exception)
        {
            throw new GcpCredentialsException(
                $"No token was given for {Describe(source)}: {exception.Error?.Error ?? "the answer was refused"}"
                    + (exception.Error?.ErrorDescription is { Length: > 0 } text ? $" ({text})." : "."),
                exception);
        }
        catch (SubjectTokenException exception)
        {
            throw new GcpCredentialsException(
                $"{Describe(source)} cannot be used: the token of the identity that is exchanged cannot be had: "
                    + (exception.InnerException ?? exception).Message,
                exception);
        }
        catch (Exception exception) when (MeansUnusable(exception))
        {
            throw new GcpCredentialsException($"{Describe(source)} cannot be used: {exception.Message}", exception);
        }
    }

    /// <summary>A file that is no credential, or a way that is closed. A malformed key fails anywhere in the library's
    /// decoder.</summary>
    private static bool MeansUnusable(Exception exception) => exception is InvalidOperationException or IOException
        or UnauthorizedAccessException or HttpRequestException or JsonException or Newtonsoft.Json.JsonException
        or FormatException or ArgumentException or CryptographicException or NotSupportedException
        or IndexOutOfRangeException or OverflowException or InvalidCastException;

    private async Task<GoogleCredential> CredentialAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            return _credential ??= await CredentialAsync(source, cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<GoogleCredential> CredentialAsync(
        GcpCredentialsSource from, CancellationToken cancellationToken) => from switch
        {
            GcpCredentialsSource.Default =>
                Over((await GoogleCredential.GetApplicationDefaultAsync(cancellationToken)).CreateScoped(Scope)),
            GcpCredentialsSource.File(var path) =>
                Over((await FromFileAsync(path, cancellationToken)).CreateScoped(Scope)),
            GcpCredentialsSource.Impersonation impersonation => Over(
                (await CredentialAsync(impersonation.Source, cancellationToken)).Impersonate(Target(impersonation))),
            GcpCredentialsSource.Token(var token) => GoogleCredential.FromAccessToken(token.Reveal()),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private GoogleCredential Over(GoogleCredential credential) => handler is null
        ? credential
        : credential.CreateWithHttpClientFactory(new GivenHandler(handler));

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

    private sealed class GivenHandler(HttpMessageHandler handler) : HttpClientFactory
    {
        protected override HttpMessageHandler CreateHandler(CreateHttpClientArgs args) => handler;
    }
}
