using System.Text;
using System.Text.Json.Nodes;

namespace Gwctl.Sandbox.Tests.Gcp;

/// <summary>How clients get their tokens.</summary>
public sealed class TokenTests
{
    [Fact]
    public async Task A_service_account_and_a_federated_identity_get_a_token_that_works()
    {
        await using var gcp = await GcpFixture.StartAsync();
        var claims = Convert.ToBase64String(Encoding.UTF8.GetBytes("""{"iss":"me@example.com"}""")).TrimEnd('=');
        gcp.Token = "";

        var own = await Ask($"grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer&assertion=h.{claims}.s");
        var federated = await Ask(
            "grant_type=urn:ietf:params:oauth:grant-type:token-exchange&subject_token=outside");

        Assert.Equal(("test", "Bearer"), (own.Text("access_token"), own.Text("token_type")));
        Assert.Equal("urn:ietf:params:oauth:token-type:access_token", federated.Text("issued_token_type"));
        gcp.Token = federated.Text("access_token");
        (await gcp.Compute("GET", "regions")).Ok();
        var impersonated = (await gcp.SendAsync(
            "POST", "/v1/projects/-/serviceAccounts/a@b.test:generateAccessToken", """{"scope":["x"]}""")).Ok();
        Assert.Equal("test", impersonated["accessToken"]?.ToString());

        async Task<GcpAnswer> Ask(string form)
        {
            using var http = new HttpClient(gcp.Cloud.CreateHandler());
            using var content = new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded");
            using var response = await http.PostAsync(
                new Uri(gcp.Cloud.Endpoint, "/token"), content, TestContext.Current.CancellationToken);
            var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            return new GcpAnswer((int)response.StatusCode, JsonNode.Parse(text)?.AsObject() ?? []);
        }
    }

    [Fact]
    public async Task Without_a_proof_there_is_no_token()
    {
        await using var gcp = await GcpFixture.StartAsync();

        var answer = await gcp.SendAsync("POST", "/token", """{"grantType":"refresh_token"}""");

        Assert.Equal((400, "invalid_grant"), (answer.Status, answer.Text("error")));
        gcp.Token = "other";
        var refused = await gcp.SendAsync("POST", "/v1/projects/-/serviceAccounts/a@b:generateAccessToken", "{}");
        Assert.Equal(401, refused.Status);
    }
}
