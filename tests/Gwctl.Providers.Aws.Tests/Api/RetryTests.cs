using System.Net;
using Gwctl.Providers.Aws.Api;
using Gwctl.Providers.Aws.Api.Acm;
using Gwctl.Providers.Aws.Api.Elbv2;
using Action = Gwctl.Providers.Aws.Api.Elbv2.Action;

namespace Gwctl.Providers.Aws.Tests.Api;

// Goal: whatever passes by itself is waited out, and no write that may have been done is done a second time unless
// the service itself would refuse the second.
public sealed class RetryTests
{
    private const string EmptyList = "<R><DescribeRulesResult><Rules/></DescribeRulesResult></R>";
    private const string Done = "<DeleteRuleResponse><DeleteRuleResult/></DeleteRuleResponse>";
    private const string Created = """
        <CreateRuleResponse><CreateRuleResult><Rules><member>
          <RuleArn>arn:rule/1</RuleArn><Priority>7</Priority><IsDefault>false</IsDefault>
        </member></Rules></CreateRuleResult></CreateRuleResponse>
        """;

    private readonly ScriptedAws _aws = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Throttling")]
    [InlineData("ThrottlingException")]
    [InlineData("ThrottledException")]
    [InlineData("RequestLimitExceeded")]
    [InlineData("TooManyRequestsException")]
    [InlineData("PriorRequestNotComplete")]
    [InlineData("RequestThrottledException")]
    [InlineData("ProvisionedThroughputExceededException")]
    public async Task Every_spelling_of_a_throttle_is_waited_out(string code)
    {
        _aws.ThenError(code).ThenError(code).ThenOk(Created);
        using var api = _aws.NewApi();

        var answer = await api.Elbv2.CreateRuleAsync(NewRule(), Token);

        Assert.Equal("arn:rule/1", answer.Rules.Single().RuleArn);
        Assert.Equal(3, _aws.Sent.Count);
        Assert.Equal([1, 2, 3], _aws.Calls.Select(call => call.Attempt));
        Assert.Null(_aws.Calls[2].Code);
    }

    [Fact]
    public async Task Waits_double_and_jitter_takes_its_share()
    {
        _aws.Otherwise = _ => throw new HttpRequestException(HttpRequestError.ConnectionError, "refused");
        using var api = _aws.NewApi(options => options with { AttemptsMax = 4 });

        var exception = await Assert.ThrowsAsync<AwsApiException>(
            () => api.Elbv2.DescribeRulesAsync(new(), Token));

        Assert.Equal(AwsErrorCodes.ConnectionFailed, exception.Code);
        Assert.True(exception.Retryable);
        Assert.False(exception.OutcomeUnknown);
        Assert.Equal(4, _aws.Sent.Count);
        Assert.Equal([50, 100, 200], _aws.Clock.Delays.Select(delay => delay.TotalMilliseconds));
    }

    [Fact]
    public async Task The_service_may_ask_for_a_longer_wait()
    {
        _aws.Then(HttpStatusCode.ServiceUnavailable, "busy", ("Retry-After", "7")).ThenOk(EmptyList);
        using var api = _aws.NewApi();

        await api.Elbv2.DescribeRulesAsync(new(), Token);

        Assert.Equal([TimeSpan.FromSeconds(7)], _aws.Clock.Delays);
    }

    [Fact]
    public async Task A_wait_beyond_a_minute_is_left_to_the_caller()
    {
        _aws.Then(HttpStatusCode.ServiceUnavailable, "busy", ("Retry-After", "3600"));
        using var api = _aws.NewApi();

        var exception = await Assert.ThrowsAsync<AwsApiException>(
            () => api.Elbv2.DescribeRulesAsync(new(), Token));

        Assert.Equal(503, exception.StatusCode);
        Assert.Single(_aws.Sent);
    }

    [Theory]
    [InlineData(HttpRequestError.ResponseEnded)]
    [InlineData(HttpRequestError.Unknown)]
    public async Task A_rule_whose_answer_was_lost_is_not_created_again(HttpRequestError error)
    {
        _aws.ThenFail(error);
        using var api = _aws.NewApi();

        var exception = await Assert.ThrowsAsync<AwsApiException>(() => api.Elbv2.CreateRuleAsync(NewRule(), Token));

        Assert.Single(_aws.Sent);
        Assert.True(exception.OutcomeUnknown);
        Assert.Equal(AwsErrorCodes.AnswerLost, exception.Code);
    }

    [Fact]
    public async Task A_rule_that_met_a_server_fault_is_not_created_again()
    {
        _aws.ThenError("InternalFailure", HttpStatusCode.InternalServerError);
        using var api = _aws.NewApi();

        var exception = await Assert.ThrowsAsync<AwsApiException>(() => api.Elbv2.CreateRuleAsync(NewRule(), Token));

        Assert.Single(_aws.Sent);
        Assert.True(exception.OutcomeUnknown);
    }

    [Fact]
    public async Task A_rule_that_was_never_sent_is_sent_again()
    {
        _aws.ThenFail(HttpRequestError.ConnectionError).ThenOk(Created);
        using var api = _aws.NewApi();

        await api.Elbv2.CreateRuleAsync(NewRule(), Token);

        Assert.Equal(2, _aws.Sent.Count);
    }

    [Fact]
    public async Task A_conflict_after_a_lost_answer_says_that_the_outcome_is_unknown()
    {
        _aws.ThenFail(HttpRequestError.ResponseEnded).ThenError("RuleNotFound");
        using var api = _aws.NewApi();

        var exception = await Assert.ThrowsAsync<AwsApiException>(
            () => api.Elbv2.DeleteRuleAsync(new() { RuleArn = "arn:rule/1" }, Token));

        Assert.True(exception.NotFound);
        Assert.True(exception.OutcomeUnknown);
        Assert.Equal(2, _aws.Sent.Count);
    }

    [Fact]
    public async Task An_idempotent_write_is_repeated()
    {
        _aws.ThenFail(HttpRequestError.ResponseEnded).ThenOk(Done);
        using var api = _aws.NewApi();

        await api.Elbv2.DeleteRuleAsync(new() { RuleArn = "arn:rule/1" }, Token);

        Assert.Equal(2, _aws.Sent.Count);
    }

    [Theory]
    [InlineData(null, 1)]
    [InlineData("token_1", 2)]
    public async Task A_certificate_request_is_repeated_only_with_its_token(string? token, int sent)
    {
        _aws.ThenFail(HttpRequestError.ResponseEnded).ThenOk("""{"CertificateArn":"arn:certificate/1"}""");
        using var api = _aws.NewApi();
        var request = new RequestCertificateRequest { DomainName = "a.example.com", IdempotencyToken = token };

        var exception = await Record.ExceptionAsync(() => api.Acm.RequestCertificateAsync(request, Token));

        Assert.Equal(sent, _aws.Sent.Count);
        Assert.Equal(sent == 1, exception is AwsApiException { OutcomeUnknown: true });
    }

    [Theory]
    [InlineData("ValidationError")]
    [InlineData("PriorityInUse")]
    [InlineData("AccessDenied")]
    [InlineData("TooManyRules")]
    public async Task A_refusal_is_final(string code)
    {
        _aws.ThenError(code);
        using var api = _aws.NewApi();

        var exception = await Assert.ThrowsAsync<AwsApiException>(() => api.Elbv2.CreateRuleAsync(NewRule(), Token));

        Assert.Equal(code, exception.Code);
        Assert.False(exception.OutcomeUnknown);
        Assert.False(exception.Retryable);
        Assert.Single(_aws.Sent);
    }

    [Fact]
    public async Task A_wrong_clock_is_corrected_once()
    {
        var theirs = _aws.Clock.GetUtcNow().AddHours(2);
        const string body = "<ErrorResponse><Error><Code>RequestExpired</Code></Error></ErrorResponse>";
        _aws.Then(HttpStatusCode.BadRequest, body, ("Date", theirs.ToString("R"))).ThenOk(Created).ThenOk(Created);
        using var api = _aws.NewApi();

        await api.Elbv2.CreateRuleAsync(NewRule(), Token);
        await api.Elbv2.CreateRuleAsync(NewRule(), Token);

        Assert.Equal(3, _aws.Sent.Count);
        Assert.Equal("20260301T120000Z", _aws.Sent[0].Headers["x-amz-date"]);
        Assert.Equal("20260301T140000Z", _aws.Sent[1].Headers["x-amz-date"]);
        Assert.Equal("20260301T140000Z", _aws.Sent[2].Headers["x-amz-date"]);
    }

    [Fact]
    public async Task A_wrong_key_is_not_taken_for_a_wrong_clock()
    {
        const string body = "<ErrorResponse><Error><Code>SignatureDoesNotMatch</Code></Error></ErrorResponse>";
        _aws.Then(HttpStatusCode.Forbidden, body, ("Date", _aws.Clock.GetUtcNow().ToString("R")));
        using var api = _aws.NewApi();

        var exception = await Assert.ThrowsAsync<AwsApiException>(() => api.Sts.GetCallerIdentityAsync(new(), Token));

        Assert.True(exception.AccessDenied);
        Assert.Single(_aws.Sent);
    }

    [Fact]
    public async Task An_attempt_that_takes_too_long_counts_as_lost()
    {
        _aws.Then(_ => throw new TaskCanceledException("slow"));
        using var api = _aws.NewApi(options => options with { AttemptTimeout = TimeSpan.FromSeconds(30) });

        var exception = await Assert.ThrowsAsync<AwsApiException>(() => api.Elbv2.CreateRuleAsync(NewRule(), Token));

        Assert.True(exception.OutcomeUnknown);
        Assert.Contains("30 s", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancellation_is_not_an_error_of_the_service()
    {
        using var cancelling = CancellationTokenSource.CreateLinkedTokenSource(Token);
        _aws.Then(_ =>
        {
            cancelling.Cancel();
            throw new TaskCanceledException("cancelled", null, cancelling.Token);
        });
        using var api = _aws.NewApi();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => api.Elbv2.CreateRuleAsync(NewRule(), cancelling.Token));

        Assert.Single(_aws.Sent);
    }

    [Fact]
    public async Task A_throttle_slows_the_calls_that_follow()
    {
        _aws.ThenError("Throttling");
        _aws.Otherwise = _ => ScriptedAws.Answer(HttpStatusCode.OK, EmptyList);
        using var api = _aws.NewApi();

        await api.Elbv2.DescribeRulesAsync(new(), Token);
        await api.Elbv2.DescribeRulesAsync(new(), Token);

        // Half of ten per second, less what trickled in during the 250 ms of backoff.
        var last = _aws.Calls[^1];
        Assert.InRange(last.Waited.TotalMilliseconds, 1, 200);
    }

    [Fact]
    public async Task Limits_can_be_switched_off()
    {
        _aws.Otherwise = _ => ScriptedAws.Answer(HttpStatusCode.OK, EmptyList);
        using var api = _aws.NewApi(options => options with { LimitsRate = false });

        for (var call = 0; call < 100; call++)
        {
            await api.Elbv2.DescribeRulesAsync(new(), Token);
        }

        Assert.Empty(_aws.Clock.Delays);
    }

    [Fact]
    public async Task Limits_hold_back_what_exceeds_the_account()
    {
        _aws.Otherwise = _ => ScriptedAws.Answer(HttpStatusCode.OK, EmptyList);
        using var api = _aws.NewApi();
        var startedAt = _aws.Clock.GetUtcNow();

        for (var call = 0; call < 100; call++)
        {
            await api.Elbv2.DescribeRulesAsync(new(), Token);
        }

        // 40 at once, 60 more at ten per second.
        Assert.Equal(6, (_aws.Clock.GetUtcNow() - startedAt).TotalSeconds, tolerance: 0.01);
    }

    internal static CreateRuleRequest NewRule() => new()
    {
        ListenerArn = "arn:listener/1",
        Priority = 7,
        Conditions = [new() { Field = "path-pattern", PathPatternConfig = new() { Values = ["/a"] } }],
        Actions = [new Action { Type = ActionTypeEnum.Forward, TargetGroupArn = "arn:targetgroup/1" }],
    };
}
