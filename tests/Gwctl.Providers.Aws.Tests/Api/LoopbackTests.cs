using System.Diagnostics;
using System.Diagnostics.Metrics;
using Gwctl.Providers.Aws.Api;
using Gwctl.Providers.Aws.Reading;
using Gwctl.Testing;

namespace Gwctl.Providers.Aws.Tests.Api;

// Goal: the sorting of failures holds on real sockets, not only on the exceptions that we believe they throw.
public sealed class LoopbackTests
{
    private const string Created = """
        <CreateRuleResponse><CreateRuleResult><Rules><member>
          <RuleArn>arn:rule/1</RuleArn><Priority>7</Priority><IsDefault>false</IsDefault>
        </member></Rules></CreateRuleResult></CreateRuleResponse>
        """;

    private const string Identity = """
        <GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
          <Arn>arn:aws:iam::123456789012:user/a</Arn><UserId>U</UserId><Account>123456789012</Account>
        </GetCallerIdentityResult></GetCallerIdentityResponse>
        """;

    private readonly TestClock _clock = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_call_goes_out_signed_and_its_answer_comes_back()
    {
        await using var server = new LoopbackServer(LoopbackServer.Ok(Identity));
        using var api = NewApi(server.Url);

        var identity = await api.Sts.GetCallerIdentityAsync(new(), Token);

        Assert.Equal("123456789012", identity.Account);
        var request = server.Requests.Single();
        Assert.StartsWith("POST / HTTP/1.1\r\n", request, StringComparison.Ordinal);
        Assert.Contains($"Host: {server.Url.Authority}\r\n", request, StringComparison.Ordinal);
        Assert.Contains("/eu-central-1/sts/aws4_request", request, StringComparison.Ordinal);
        Assert.Contains("User-Agent: gwctl\r\n", request, StringComparison.Ordinal);
        Assert.Contains(
            "Content-Type: application/x-www-form-urlencoded; charset=utf-8\r\n",
            request,
            StringComparison.OrdinalIgnoreCase);
        Assert.EndsWith("\r\n\r\nAction=GetCallerIdentity&Version=2011-06-15", request, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hang_up_after_the_request_leaves_a_creation_unknown()
    {
        await using var server = new LoopbackServer("", LoopbackServer.Ok(Created));
        using var api = NewApi(server.Url);

        var exception = await Assert.ThrowsAsync<AwsApiException>(
            () => api.Elbv2.CreateRuleAsync(RetryTests.NewRule(), Token));

        Assert.True(exception.OutcomeUnknown);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Half_an_answer_is_no_answer()
    {
        await using var server = new LoopbackServer(
            "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n<GetCallerId", LoopbackServer.Ok(Identity));
        using var api = NewApi(server.Url);

        var identity = await api.Sts.GetCallerIdentityAsync(new(), Token);

        Assert.Equal("U", identity.UserId);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task A_closed_port_was_never_reached()
    {
        var server = new LoopbackServer();
        await server.DisposeAsync();
        using var api = NewApi(server.Url);

        var exception = await Assert.ThrowsAsync<AwsApiException>(
            () => api.Elbv2.CreateRuleAsync(RetryTests.NewRule(), Token));

        Assert.Equal(AwsErrorCodes.ConnectionFailed, exception.Code);
        Assert.False(exception.OutcomeUnknown);
        Assert.Equal(2, _clock.Delays.Count);
        var told = AwsFailures.From(exception, "creating it").Diagnostic;
        Assert.Equal("GW4156", told.Code);
        Assert.Contains($"no answer from {server.Url.GetLeftPart(UriPartial.Authority)}: ", told.Detail);
        Assert.Contains("--endpoint-url", told.Help);
    }

    [Fact]
    public async Task Counts_and_spans_name_service_operation_and_result()
    {
        await using var server = new LoopbackServer(LoopbackServer.Ok(Identity));
        using var api = NewApi(server.Url);
        List<string> counted = [];
        using var meters = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "gwctl.aws.calls")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        meters.SetMeasurementEventCallback<long>((_, value, tags, _) =>
        {
            lock (counted)
            {
                counted.Add($"{value} {string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"))}");
            }
        });
        meters.Start();
        List<string> spans = [];
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Gwctl.Providers.Aws",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                lock (spans)
                {
                    spans.Add(activity.DisplayName);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);

        await api.Sts.GetCallerIdentityAsync(new(), Token);

        lock (counted)
        {
            Assert.Contains("1 service=sts operation=GetCallerIdentity result=ok", counted);
        }

        lock (spans)
        {
            Assert.Contains("sts GetCallerIdentity", spans);
        }
    }

    private AwsApi NewApi(Uri url) => new(new AwsApiOptions
    {
        Region = "eu-central-1",
        Clock = _clock,
        Random = () => 0.5,
        Credentials = new AwsCredentialsSource.Static("AKID", "not-a-real-secret"),
        EndpointUrl = url,
        AttemptsMax = 3,
        AttemptTimeout = TimeSpan.FromHours(1),
    });
}
