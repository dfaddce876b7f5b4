using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Gwctl.Providers.Gcp.Api;
using Gwctl.Testing;

namespace Gwctl.Providers.Gcp.Tests.Api;

/// <summary>Goal: tokens are asked for where and as Google documents it, a withdrawn one is replaced once, and what is
/// missing is named without secrets.</summary>
public sealed class TokenTests : IDisposable
{
    private const string Account = "gwctl@proj-1.iam.gserviceaccount.com";
    private const string Secret = "the-secret-itself";
    private const string Impersonated =
        $"https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/{Account}:generateAccessToken";

    private static readonly string PrivateKey = NewKey();

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gwctl-tokens-");
    private readonly ScriptedGcp _gcp = new();
    private int _given;

    public TokenTests() => _gcp.Otherwise = Answer;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_users_refresh_token_is_exchanged()
    {
        using var api = NewApi(Write("user.json", User()));

        await api.Compute.ProbeAsync(Token);

        Assert.Equal(new Uri("https://oauth2.googleapis.com/token"), _gcp.Sent[0].Uri);
        Assert.Contains($"refresh_token={Secret}", _gcp.Sent[0].Fields, StringComparison.Ordinal);
        Assert.Equal("Bearer token-1", _gcp.Sent[1].Headers["authorization"]);
    }

    [Fact]
    public async Task A_workload_identity_is_exchanged_and_impersonates()
    {
        using var api = NewApi(Write("federation.json", Federation(Write("subject.jwt", Secret))));

        await api.Compute.ProbeAsync(Token);

        Assert.Equal(new Uri("https://sts.googleapis.com/v1/token"), _gcp.Sent[0].Uri);
        Assert.Contains(Secret, _gcp.Sent[0].Text, StringComparison.Ordinal);
        Assert.Equal(new Uri(Impersonated), _gcp.Sent[1].Uri);
        Assert.Equal("Bearer token-1", _gcp.Sent[1].Headers["authorization"]);
        Assert.Equal("Bearer token-2", _gcp.Sent[2].Headers["authorization"]);
    }

    /// <summary>As <c>spec.gcp.impersonate</c> asks for it.</summary>
    [Fact]
    public async Task A_service_account_is_impersonated_through_delegates()
    {
        using var api = NewApi(new GcpCredentialsSource.Impersonation(Write("key.json", Key()), Account)
        {
            Delegates = ["between@proj-1.iam.gserviceaccount.com"],
        });

        await api.Compute.ProbeAsync(Token);

        Assert.Equal(new Uri(Impersonated), _gcp.Sent[1].Uri);
        Assert.Equal("Bearer token-1", _gcp.Sent[1].Headers["authorization"]);
        Assert.Contains("between@proj-1", _gcp.Sent[1].Text, StringComparison.Ordinal);
        Assert.Contains("https://www.googleapis.com/auth/cloud-platform", _gcp.Sent[1].Text, StringComparison.Ordinal);
        Assert.Equal("Bearer token-2", _gcp.Sent[2].Headers["authorization"]);
    }

    [Fact]
    public async Task The_project_that_pays_is_named()
    {
        var key = Key();
        key["quota_project_id"] = "pays-1";
        using var api = NewApi(Write("key.json", key));

        await api.Compute.ProbeAsync(Token);

        Assert.Equal("pays-1", _gcp.Sent[^1].Headers["x-goog-user-project"]);
    }

    [Theory]
    [InlineData("key")]
    [InlineData("user")]
    [InlineData("federation")]
    public async Task A_token_is_used_again_until_it_is_refused(string kind)
    {
        using var api = NewApi(Write("credential.json", kind switch
        {
            "key" => Key(),
            "user" => User(),
            _ => Federation(Write("subject.jwt", Secret), impersonates: false),
        }));
        await api.Compute.ProbeAsync(Token);
        await api.Compute.ProbeAsync(Token);
        Assert.Equal(1, _given);
        _gcp.Then(request => Refused("token-1", request));

        await api.Compute.ProbeAsync(Token);

        Assert.Equal(2, _given);
        Assert.Equal("Bearer token-2", _gcp.Sent[^1].Headers["authorization"]);
    }

    [Fact]
    public async Task Many_calls_that_are_refused_at_once_ask_for_one_token()
    {
        using var api = NewApi(Write("key.json", Key()));
        await api.Compute.ProbeAsync(Token);
        var refusals = 0;
        _gcp.Otherwise = request => request.Headers.GetValueOrDefault("authorization") is "Bearer token-1"
            ? Count(Refused("token-1", request))
            : Answer(request);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => api.Compute.ProbeAsync(Token)));

        Assert.Equal(2, _given);
        Assert.InRange(refusals, 1, 8);

        HttpResponseMessage Count(HttpResponseMessage answer)
        {
            Interlocked.Increment(ref refusals);
            return answer;
        }
    }

    [Fact]
    public async Task A_second_refusal_is_final()
    {
        _gcp.Otherwise = request => IsOfTokens(request) ? Answer(request) : Refused("", request);
        using var api = NewApi(Write("key.json", Key()));

        var exception = await Assert.ThrowsAsync<GcpApiException>(() => api.Compute.ProbeAsync(Token));

        Assert.Equal(401, exception.StatusCode);
        Assert.Equal(2, _given);
        Assert.Equal(4, _gcp.Sent.Count);
        Assert.DoesNotContain("token-", exception.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("service_account", "private_key")]
    [InlineData("service_account", "client_email")]
    [InlineData("authorized_user", "refresh_token")]
    [InlineData("authorized_user", "client_secret")]
    [InlineData("external_account", "token_url")]
    [InlineData("external_account", "credential_source")]
    public async Task A_file_that_lacks_something_is_told_without_the_rest(string type, string lacks)
    {
        var content = type switch
        {
            "service_account" => Key(),
            "authorized_user" => User(),
            _ => Federation(Write("subject.jwt", Secret)),
        };
        content.Remove(lacks);

        await AssertToldAsync(Write("credential.json", content), "credential.json");
    }

    [Fact]
    public async Task A_key_that_is_none_is_told_without_it()
    {
        var key = Key();
        key["private_key"] = $"-----BEGIN PRIVATE KEY-----\n{Secret}\n-----END PRIVATE KEY-----\n";

        await AssertToldAsync(Write("key.json", key), "key.json");

        key["private_key"] = $"-----BEGIN PRIVATE KEY-----\n{Convert.ToBase64String(new byte[64])}\n"
            + "-----END PRIVATE KEY-----\n";
        await AssertToldAsync(Write("key.json", key), "key.json");
    }

    [Fact]
    public async Task A_missing_token_of_the_identity_is_named() => await AssertToldAsync(
        Write("federation.json", Federation(Path.Combine(_folder.FullName, "no-such.jwt"))), "no-such.jwt");

    [Theory]
    [InlineData("invalid_grant", "The given credential is rejected by the attribute condition.")]
    [InlineData("unauthorized_client", "")]
    public async Task A_refused_exchange_says_why(string error, string description)
    {
        _gcp.Otherwise = _ => ScriptedAnswers.Answer(HttpStatusCode.BadRequest, new JsonObject
        {
            ["error"] = error,
            ["error_description"] = description,
        }.ToJsonString());

        await AssertToldAsync(
            Write("federation.json", Federation(Write("subject.jwt", Secret))), error, description);
    }

    [Fact]
    public async Task An_account_that_may_not_be_impersonated_is_named()
    {
        _gcp.Otherwise = request => request.Uri.AbsoluteUri == Impersonated
            ? ScriptedAnswers.Answer(HttpStatusCode.Forbidden, """
                {"error":{"code":403,"status":"PERMISSION_DENIED",
                  "message":"Permission 'iam.serviceAccounts.getAccessToken' denied on resource"}}
                """)
            : Answer(request);

        await AssertToldAsync(
            new GcpCredentialsSource.Impersonation(Write("key.json", Key()), Account), Account, "key.json");
    }

    [Fact]
    public async Task Nobody_at_the_other_end_is_told()
    {
        _gcp.Otherwise = _ => throw new HttpRequestException(HttpRequestError.ConnectionError, "Connection refused");

        await AssertToldAsync(Write("key.json", Key()), "key.json", "Connection refused");
    }

    private async Task AssertToldAsync(GcpCredentialsSource source, params string[] parts)
    {
        using var api = NewApi(source);

        var exception = await Assert.ThrowsAsync<GcpCredentialsException>(() => api.Compute.ProbeAsync(Token));

        Assert.All(parts, part => Assert.Contains(part, exception.Message, StringComparison.Ordinal));
        Assert.DoesNotContain(Secret, exception.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(PrivateKey[40..80], exception.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("token-1", exception.ToString(), StringComparison.Ordinal);
    }

    /// <summary>Gives every well-formed request its token, and every call an empty list.</summary>
    private HttpResponseMessage Answer(SentRequest request)
    {
        if (!IsOfTokens(request))
        {
            return ScriptedAnswers.Answer(HttpStatusCode.OK, "{}");
        }

        var token = $"token-{Interlocked.Increment(ref _given)}";
        return ScriptedAnswers.Answer(HttpStatusCode.OK, request.Uri.Host is "iamcredentials.googleapis.com"
            ? $$"""{"accessToken":"{{token}}","expireTime":"2099-01-01T00:00:00Z"}"""
            : $$"""
                {"access_token":"{{token}}","expires_in":3600,"token_type":"Bearer",
                  "issued_token_type":"urn:ietf:params:oauth:token-type:access_token"}
                """);
    }

    private static bool IsOfTokens(SentRequest request) =>
        request.Uri.Host is "iamcredentials.googleapis.com" or "sts.googleapis.com" or "oauth2.googleapis.com";

    private static HttpResponseMessage Refused(string token, SentRequest request)
    {
        Assert.EndsWith(token, request.Headers["authorization"], StringComparison.Ordinal);
        return ScriptedAnswers.Answer(HttpStatusCode.Unauthorized, ScriptedGcp.Error("authError", 401));
    }

    private static JsonObject Key() => new()
    {
        ["type"] = "service_account",
        ["private_key_id"] = "1",
        ["private_key"] = PrivateKey,
        ["client_email"] = Account,
        ["token_uri"] = "https://oauth2.googleapis.com/token",
    };

    private static JsonObject User() => new()
    {
        ["type"] = "authorized_user",
        ["client_id"] = "gcloud",
        ["client_secret"] = Secret,
        ["refresh_token"] = Secret,
    };

    private static JsonObject Federation(string file, bool impersonates = true) => new()
    {
        ["type"] = "external_account",
        ["audience"] = "//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/ci",
        ["subject_token_type"] = "urn:ietf:params:oauth:token-type:jwt",
        ["token_url"] = "https://sts.googleapis.com/v1/token",
        ["service_account_impersonation_url"] = impersonates ? Impersonated : null,
        ["credential_source"] = new JsonObject { ["file"] = file },
    };

    private static string NewKey()
    {
        using var key = RSA.Create(2048);
        return key.ExportPkcs8PrivateKeyPem();
    }

    private GcpCredentialsSource.File Write(string name, JsonObject content) =>
        new(Write(name, content.ToJsonString()));

    private string Write(string name, string content)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, content);
        return path;
    }

    private GcpApi NewApi(GcpCredentialsSource source) =>
        _gcp.NewApi(options => options with { Credentials = source, AttemptsMax = 1 });
}
