using System.Net;
using System.Text.Json.Nodes;
using Gwctl.Providers.Gcp.Api;
using Gwctl.Providers.Gcp.Api.CertificateManager;
using Gwctl.Providers.Gcp.Api.Compute;
using Gwctl.Providers.Gcp.Reading;

namespace Gwctl.Providers.Gcp.Tests.Api;

/// <summary>Goal: whatever passes by itself is waited out, what failed is told as it was, and nothing secret is in
/// it.</summary>
public sealed class CallTests
{
    private static readonly ComputeName Map = new(ComputeCollection.UrlMaps, "global", "web");

    private readonly ScriptedGcp _gcp = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("rateLimitExceeded", HttpStatusCode.Forbidden)]
    [InlineData("userRateLimitExceeded", HttpStatusCode.Forbidden)]
    [InlineData("RESOURCE_EXHAUSTED", HttpStatusCode.TooManyRequests)]
    [InlineData("backendError", HttpStatusCode.ServiceUnavailable)]
    [InlineData("internalError", HttpStatusCode.InternalServerError)]
    public async Task What_passes_by_itself_is_waited_out(string reason, HttpStatusCode status)
    {
        _gcp.ThenError(reason, status).ThenError(reason, status).ThenOk("""{"name":"web"}""");
        using var api = _gcp.NewApi();

        var found = await api.Compute.GetAsync(Map, Token);

        Assert.Equal("web", found["name"]?.GetValue<string>());
        Assert.Equal([1, 2, 3], _gcp.Calls.Select(call => call.Attempt));
        Assert.Equal([reason, reason, null], _gcp.Calls.Select(call => call.Code));
    }

    [Fact]
    public async Task Who_cannot_be_reached_has_refused_nothing()
    {
        using var api = _gcp.NewApi(options => options with
        {
            AttemptsMax = 1,
            EndpointUrl = new Uri("http://127.0.0.1:1"),
            Handler = new SocketsHttpHandler(),
        });

        var exception = await Assert.ThrowsAsync<GcpApiException>(() => api.Compute.GetAsync(Map, Token));

        var told = GcpFailures.From(exception, "reading it").Diagnostic;
        Assert.Equal("GW4258", told.Code);
        Assert.Contains("no answer from http://127.0.0.1:1: ", told.Detail);
        Assert.Contains("--endpoint-url", told.Help);
    }

    [Theory]
    [InlineData("forbidden", HttpStatusCode.Forbidden)]
    [InlineData("quotaExceeded", HttpStatusCode.Forbidden)]
    [InlineData("invalid", HttpStatusCode.BadRequest)]
    [InlineData("notImplemented", HttpStatusCode.NotImplemented)]
    public async Task What_stays_is_not_asked_again(string reason, HttpStatusCode status)
    {
        _gcp.ThenError(reason, status);
        using var api = _gcp.NewApi();

        var exception = await Assert.ThrowsAsync<GcpApiException>(() => api.Compute.GetAsync(Map, Token));

        Assert.Equal((reason, (int)status), (exception.Reason, exception.StatusCode));
        Assert.Single(_gcp.Sent);
    }

    [Fact]
    public async Task A_lost_answer_is_asked_for_again_with_the_same_request_id()
    {
        _gcp.ThenFail(HttpRequestError.ResponseEnded).ThenOk(ScriptedGcp.Done);
        using var api = _gcp.NewApi();

        await api.Compute.InsertAsync(Map, new JsonObject { ["name"] = "web" }, Token);

        Assert.Equal(2, _gcp.Sent.Count);
        Assert.Equal(_gcp.Sent[0].Uri, _gcp.Sent[1].Uri);
        Assert.Matches("requestId=[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-", _gcp.Sent[0].Uri.Query);
    }

    [Fact]
    public async Task A_write_whose_answers_are_all_lost_may_be_done()
    {
        _gcp.Otherwise = _ => throw new HttpRequestException(HttpRequestError.ResponseEnded, "gone");
        using var api = _gcp.NewApi(options => options with { AttemptsMax = 2 });

        var exception = await Assert.ThrowsAsync<GcpApiException>(() => api.Compute.DeleteAsync(Map, Token));

        Assert.True(exception.OutcomeUnknown);
        Assert.Equal(GcpReasons.AnswerLost, exception.Reason);
    }

    [Fact]
    public async Task A_request_that_never_left_was_not_done()
    {
        _gcp.Otherwise = _ => throw new HttpRequestException(HttpRequestError.ConnectionError, "refused");
        using var api = _gcp.NewApi(options => options with { AttemptsMax = 4 });

        var exception = await Assert.ThrowsAsync<GcpApiException>(() => api.Compute.DeleteAsync(Map, Token));

        Assert.False(exception.OutcomeUnknown);
        Assert.Equal([100, 200, 400], _gcp.Clock.Delays.Select(delay => delay.TotalMilliseconds));
    }

    [Fact]
    public async Task An_operation_is_waited_for_where_it_is()
    {
        _gcp.ThenOk(ScriptedGcp.Running).ThenOk(ScriptedGcp.Running).ThenOk(ScriptedGcp.Done);
        using var api = _gcp.NewApi();

        await api.Compute.DeleteAsync(
            new ComputeName(ComputeCollection.NetworkEndpointGroups, "europe-west1-b", "web"), Token);

        Assert.Equal(
            ["networkEndpointGroups.delete", "zoneOperations.wait", "zoneOperations.wait"],
            _gcp.Calls.Select(call => call.Operation));
        Assert.Equal(
            "/compute/v1/projects/proj-1/zones/europe-west1-b/operations/op-1/wait", _gcp.Sent[1].Uri.AbsolutePath);
    }

    [Fact]
    public async Task An_operation_that_failed_tells_why()
    {
        _gcp.ThenOk(ScriptedGcp.Running).ThenOk("""
            {"name":"op-1","status":"DONE","httpErrorStatusCode":400,"httpErrorMessage":"BAD REQUEST",
             "error":{"errors":[{"code":"RESOURCE_IN_USE_BY_ANOTHER_RESOURCE","message":"A map uses it."}]}}
            """);
        using var api = _gcp.NewApi();

        var exception = await Assert.ThrowsAsync<GcpApiException>(() => api.Compute.DeleteAsync(Map, Token));

        Assert.True(exception.InUse);
        Assert.False(exception.OutcomeUnknown);
        Assert.Equal("A map uses it.", exception.ServiceMessage);
    }

    [Fact]
    public async Task An_operation_that_nobody_knows_any_more_may_be_done()
    {
        _gcp.ThenOk(ScriptedGcp.Running).ThenError("notFound", HttpStatusCode.NotFound);
        using var api = _gcp.NewApi();

        var exception = await Assert.ThrowsAsync<GcpApiException>(() => api.Compute.DeleteAsync(Map, Token));

        Assert.True(exception.OutcomeUnknown);
        Assert.False(exception.NotFound);
    }

    [Fact]
    public async Task Newer_services_tell_what_is_wrong_in_their_own_form()
    {
        _gcp.Then(HttpStatusCode.Forbidden, """
            {"error":{"code":403,"message":"Not enabled.","status":"PERMISSION_DENIED",
              "errors":[{"reason":"forbidden","message":"Not enabled."}],
              "details":[{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"SERVICE_DISABLED"}]}}
            """);
        using var api = _gcp.NewApi();

        var exception = await Assert.ThrowsAsync<GcpApiException>(() => api.CertificateManager.FindAsync(
            CertificateCollection.Certificates, "projects/proj-1/locations/global/certificates/x", Token));

        Assert.True(exception.ServiceDisabled);
        Assert.Equal("Not enabled.", exception.ServiceMessage);
    }

    [Fact]
    public async Task A_long_running_operation_is_polled_until_it_is_done()
    {
        _gcp.ThenOk("""{"name":"projects/p/locations/global/operations/o","done":false}""")
            .ThenOk("""{"name":"projects/p/locations/global/operations/o","done":false}""")
            .ThenOk("""{"name":"o","done":true,"error":{"code":9,"message":"In use."}}""");
        using var api = _gcp.NewApi();

        var exception = await Assert.ThrowsAsync<GcpApiException>(() => api.CertificateManager.DeleteAsync(
            CertificateCollection.Certificates, "projects/proj-1/locations/global/certificates/x", Token));

        Assert.Equal("FAILED_PRECONDITION", exception.Reason);
        Assert.Equal("/v1/projects/p/locations/global/operations/o", _gcp.Sent[2].Uri.AbsolutePath);
    }

    [Fact]
    public async Task Every_page_is_read()
    {
        _gcp.ThenOk("""
            {"items":{"global":{"urlMaps":[{"name":"a"}]},"regions/europe-west1":{"urlMaps":[{"name":"b"}]}},
             "nextPageToken":"t 2"}
            """)
            .ThenOk("""
            {"items":{"global":{"warning":{"code":"NO_RESULTS_ON_PAGE"}},
              "regions/europe-west1":{"urlMaps":[{"name":"c"}]}}}
            """);
        using var api = _gcp.NewApi();

        var found = await api.Compute.ListAllAsync(ComputeCollection.UrlMaps, Token).ToListAsync(Token);

        Assert.Equal(
            ["global a", "europe-west1 b", "europe-west1 c"],
            found.Select(item => $"{item.Location} {item.Body["name"]}"));
        Assert.Contains("pageToken=t%202", _gcp.Sent[1].Uri.Query, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"items":{"regions/europe-west1":{"warning":{"code":"UNREACHABLE"}}}}""")]
    [InlineData("""{"items":{},"unreachables":["regions/europe-west1"]}""")]
    public async Task A_list_that_lacks_a_place_is_an_error(string page)
    {
        _gcp.ThenOk(page);
        using var api = _gcp.NewApi();

        var exception = await Assert.ThrowsAsync<GcpApiException>(
            async () => await api.Compute.ListAllAsync(ComputeCollection.UrlMaps, Token).ToListAsync(Token));

        Assert.Contains("europe-west1", exception.ServiceMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_rate_of_calls_is_bounded()
    {
        _gcp.Otherwise = _ => ScriptedGcp.Answer(HttpStatusCode.OK, "{}");
        using var api = _gcp.NewApi();

        for (var call = 0; call < 210; call++)
        {
            await api.Compute.GetAsync(Map, Token);
        }

        Assert.Equal(10, _gcp.Calls.Count(call => call.Waited > TimeSpan.Zero));
    }

    [Fact]
    public async Task Nothing_secret_is_in_an_error()
    {
        _gcp.ThenError("invalid", HttpStatusCode.BadRequest);
        using var api = _gcp.NewApi();

        var exception = await Assert.ThrowsAsync<GcpApiException>(() => api.Compute.InsertAsync(
            new ComputeName(ComputeCollection.SslCertificates, "global", "x"),
            new JsonObject { ["privateKey"] = "the-private-key" },
            Token));

        Assert.DoesNotContain("the-private-key", exception.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("not-a-real-token", exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Credentials_that_are_not_there_send_nothing()
    {
        using var api = _gcp.NewApi(options => options with
        {
            Credentials = new GcpCredentialsSource.File("/no/such/file.json"),
        });

        var exception = await Assert.ThrowsAsync<GcpCredentialsException>(() => api.Compute.GetAsync(Map, Token));

        Assert.Contains("/no/such/file.json", exception.Message, StringComparison.Ordinal);
        Assert.Empty(_gcp.Sent);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("Shop")]
    [InlineData("shop?x=")]
    public void A_project_that_would_break_a_path_is_refused(string project) =>
        Assert.Throws<ArgumentException>(() => _gcp.NewApi(options => options with { Project = project }));
}
