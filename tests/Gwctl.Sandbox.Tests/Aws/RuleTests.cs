using Gwctl.Sandbox.Aws;

namespace Gwctl.Sandbox.Tests.Aws;

public sealed class RuleTests
{
    [Fact]
    public async Task Conditions_and_actions_come_back_in_both_forms()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var listener = await sandbox.ListenerAsync(await sandbox.LoadBalancerAsync());
        var group = await sandbox.TargetGroupAsync("g");

        var rule = (await sandbox.CreateRuleAsync(listener, 10, "/a/*", group)).Ok();

        Assert.Contains(
            "<Values><member>/a/*</member></Values><PathPatternConfig><Values><member>/a/*</member></Values>",
            rule.Text, StringComparison.Ordinal);
        Assert.Contains($"<TargetGroupArn>{group}</TargetGroupArn><Order>1</Order><ForwardConfig>", rule.Text,
            StringComparison.Ordinal);
        Assert.Equal("1", rule["Weight"]);
        Assert.Equal("10", rule["Priority"]);
    }

    [Fact]
    public async Task Redirects_come_back_with_their_defaults()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var listener = await sandbox.ListenerAsync(await sandbox.LoadBalancerAsync());

        var rule = (await Redirect(sandbox, listener, ("Protocol", "HTTPS"), ("Port", "443"))).Ok();

        Assert.Equal("#{host}", rule["Host"]);
        Assert.Equal("/#{path}", rule["Path"]);
        Assert.Equal("#{query}", rule["Query"]);
    }

    [Theory]
    [InlineData("Query", "a=b", "InvalidLoadBalancerAction")]
    [InlineData("Port", "80", "InvalidLoadBalancerAction")]
    [InlineData("Path", "no-slash", "ValidationError")]
    [InlineData("Protocol", "GOPHER", "ValidationError")]
    [InlineData("Port", "65536000", "ValidationError")]
    public async Task Redirects_are_checked(string field, string value, string code)
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var listener = await sandbox.ListenerAsync(await sandbox.LoadBalancerAsync());

        (await Redirect(sandbox, listener, (field, value))).Fails(code);
    }

    [Theory]
    [InlineData("host-header", "HostHeaderConfig.Values.member.1", "localhost")]
    [InlineData("host-header", "HostHeaderConfig.Values.member.1", "a.example.c0m")]
    [InlineData("host-header", "HostHeaderConfig.Values.member.1", "a.com:80")]
    [InlineData("path-pattern", "PathPatternConfig.Values.member.1", "/a b")]
    [InlineData("path-pattern", "PathPatternConfig.Values.member.1", "/a%20b")]
    [InlineData("path-pattern", "PathPatternConfig.RegexValues.member.1", "^/(?=a)$")]
    [InlineData("path-pattern", "PathPatternConfig.RegexValues.member.1", @"^/(a)\1$")]
    [InlineData("path-pattern", "PathPatternConfig.RegexValues.member.1", "^/(a$")]
    [InlineData("path-pattern", "HostHeaderConfig.Values.member.1", "/a")]
    [InlineData("http-request-method", "HttpRequestMethodConfig.Values.member.1", "get")]
    [InlineData("source-ip", "SourceIpConfig.Values.member.1", "10.0.0.1")]
    [InlineData("http-header", "HttpHeaderConfig.Values.member.1", "no-name")]
    [InlineData("query-string", "QueryStringConfig.Values.member.1.Key", "no-value")]
    [InlineData("teapot", "Values.member.1", "x")]
    public async Task Condition_values_are_checked(string field, string member, string value)
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var listener = await sandbox.ListenerAsync(await sandbox.LoadBalancerAsync());

        (await sandbox.CreateRuleWhereAsync(listener, 1, ("1.Field", field), ($"1.{member}", value)))
            .Fails("ValidationError");
    }

    [Theory]
    [InlineData("/é")]
    [InlineData("")]
    public async Task Path_values_have_an_alphabet(string value)
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var listener = await sandbox.ListenerAsync(await sandbox.LoadBalancerAsync());

        (await sandbox.CreateRuleWhereAsync(
            listener, 1, ("1.Field", "path-pattern"), ("1.PathPatternConfig.Values.member.1", value)))
            .Fails("ValidationError");
    }

    [Theory]
    [InlineData(5, "/a", true)]
    [InlineData(6, "/a", false)]
    [InlineData(2, "/*a*", true)]
    [InlineData(3, "/*a*", false)]
    public async Task Values_and_wildcards_are_counted_over_the_rule(int count, string value, bool fits)
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var listener = await sandbox.ListenerAsync(await sandbox.LoadBalancerAsync());
        var values = Enumerable.Range(1, count)
            .Select(index => ($"1.PathPatternConfig.Values.member.{index}", $"{value}{index}"));

        var answer = await sandbox.CreateRuleWhereAsync(listener, 1, [("1.Field", "path-pattern"), .. values]);

        Assert.Equal(fits, answer.Status is 200);
    }

    [Fact]
    public async Task Some_conditions_may_stand_only_once_in_a_rule()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var listener = await sandbox.ListenerAsync(await sandbox.LoadBalancerAsync());

        (await sandbox.CreateRuleWhereAsync(
            listener, 1,
            ("1.Field", "path-pattern"), ("1.Values.member.1", "/a"),
            ("2.Field", "path-pattern"), ("2.Values.member.1", "/b"))).Fails("ValidationError");
        (await sandbox.CreateRuleWhereAsync(
            listener, 1,
            ("1.Field", "http-header"), ("1.HttpHeaderConfig.HttpHeaderName", "x-a"),
            ("1.HttpHeaderConfig.Values.member.1", "1"),
            ("2.Field", "http-header"), ("2.HttpHeaderConfig.HttpHeaderName", "x-b"),
            ("2.HttpHeaderConfig.Values.member.1", "1"))).Ok();
    }

    [Fact]
    public async Task Priorities_are_unique_and_can_be_swapped_in_one_call()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var listener = await sandbox.ListenerAsync(await sandbox.LoadBalancerAsync());
        var group = await sandbox.TargetGroupAsync("g");
        var one = (await sandbox.CreateRuleAsync(listener, 1, "/1", group)).Ok()["RuleArn"];
        var two = (await sandbox.CreateRuleAsync(listener, 2, "/2", group)).Ok()["RuleArn"];

        (await sandbox.CreateRuleAsync(listener, 2, "/3", group)).Fails("PriorityInUse");
        (await SetPriorities(sandbox, (one, 2))).Fails("PriorityInUse");
        (await SetPriorities(sandbox, (one, 2), (two, 1))).Ok();

        var rules = (await sandbox.Elbv2("DescribeRules", ("ListenerArn", listener))).Ok();
        Assert.Equal([two, one], rules.All("RuleArn").Take(2));
        Assert.Equal(["1", "2", "default"], rules.All("Priority"));
    }

    [Fact]
    public async Task The_default_rule_is_the_listeners()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var listener = await sandbox.ListenerAsync(await sandbox.LoadBalancerAsync());
        var rule = (await sandbox.Elbv2("DescribeRules", ("ListenerArn", listener))).Ok()["RuleArn"];

        (await sandbox.Elbv2("DeleteRule", ("RuleArn", rule))).Fails("OperationNotPermitted");
        (await SetPriorities(sandbox, (rule, 5))).Fails("OperationNotPermitted");
        (await sandbox.Elbv2(
            "ModifyListener", ("ListenerArn", listener), ("DefaultActions.member.1.Type", "fixed-response"),
            ("DefaultActions.member.1.FixedResponseConfig.StatusCode", "503"))).Ok();
        var after = (await sandbox.Elbv2("DescribeRules", ("RuleArns.member.1", rule))).Ok();
        Assert.Equal("503", after["StatusCode"]);
    }

    [Fact]
    public async Task Transforms_are_cleared_only_by_the_reset()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var listener = await sandbox.ListenerAsync(await sandbox.LoadBalancerAsync());
        var group = await sandbox.TargetGroupAsync("g");
        var rule = (await sandbox.CreateRuleAsync(listener, 1, "/1", group)).Ok()["RuleArn"];

        (await Modify(("Transforms.member.1.Type", "url-rewrite"))).Fails("ValidationError");
        var rewrite = (await Modify(
            ("Transforms.member.1.Type", "url-rewrite"),
            ("Transforms.member.1.UrlRewriteConfig.Rewrites.member.1.Regex", "^/a(.*)$"),
            ("Transforms.member.1.UrlRewriteConfig.Rewrites.member.1.Replace", "/b$1"))).Ok();
        Assert.Equal("/b$1", rewrite["Replace"]);
        Assert.Equal("/b$1", (await Modify(("Transforms", ""))).Ok()["Replace"]);
        Assert.Empty((await Modify(("ResetTransforms", "true"))).Ok().All("Replace"));

        Task<Answer> Modify(params (string, string)[] fields) =>
            sandbox.Elbv2("ModifyRule", [("RuleArn", rule), .. fields]);
    }

    [Fact]
    public async Task A_target_group_belongs_to_one_load_balancer()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var first = await sandbox.ListenerAsync(await sandbox.LoadBalancerAsync("one"));
        var second = await sandbox.ListenerAsync(await sandbox.LoadBalancerAsync("two"));
        var group = await sandbox.TargetGroupAsync("g");
        var rule = (await sandbox.CreateRuleAsync(first, 1, "/1", group)).Ok()["RuleArn"];

        (await sandbox.CreateRuleAsync(second, 1, "/1", group)).Fails("TargetGroupAssociationLimit");
        (await sandbox.Elbv2("DeleteRule", ("RuleArn", rule))).Ok();
        (await sandbox.CreateRuleAsync(second, 1, "/1", group)).Ok();
    }

    [Fact]
    public async Task Forwards_are_weighted_over_five_groups_at_most()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var listener = await sandbox.ListenerAsync(await sandbox.LoadBalancerAsync());
        var groups = new List<string>();
        foreach (var index in Enumerable.Range(0, 6))
        {
            groups.Add(await sandbox.TargetGroupAsync($"g{index}"));
        }

        (await Forward(6, 1)).Fails("TooManyTargetGroups");
        (await Forward(5, 1000)).Fails("ValidationError");
        var rule = (await Forward(5, 999)).Ok();
        Assert.Equal(5, rule.All("Weight").Count);
        Assert.Equal("false", rule["Enabled"]);

        Task<Answer> Forward(int count, int weight) => sandbox.Elbv2(
            "CreateRule",
            [
                ("ListenerArn", listener), ("Priority", "1"), ("Conditions.member.1.Field", "path-pattern"),
                ("Conditions.member.1.Values.member.1", "/a"), ("Actions.member.1.Type", "forward"),
                .. Enumerable.Range(0, count).SelectMany(index => new[]
                {
                    ($"Actions.member.1.ForwardConfig.TargetGroups.member.{index + 1}.TargetGroupArn", groups[index]),
                    ($"Actions.member.1.ForwardConfig.TargetGroups.member.{index + 1}.Weight", $"{weight}"),
                }),
            ]);
    }

    [Fact]
    public async Task Rules_are_counted_over_all_listeners()
    {
        var options = new AwsOptions { Quotas = new AwsQuotas { RulesPerLoadBalancer = 2 } };
        await using var sandbox = await SandboxFixture.StartAsync(options);
        var loadBalancer = await sandbox.LoadBalancerAsync();
        var group = await sandbox.TargetGroupAsync("g");
        var first = await sandbox.ListenerAsync(loadBalancer, 80);
        var second = await sandbox.ListenerAsync(loadBalancer, 81);
        (await sandbox.CreateRuleAsync(first, 1, "/1", group)).Ok();
        (await sandbox.CreateRuleAsync(second, 1, "/1", group)).Ok();

        (await sandbox.CreateRuleAsync(second, 2, "/2", group)).Fails("TooManyRules");
    }

    private static Task<Answer> SetPriorities(SandboxFixture sandbox, params (string Arn, int Priority)[] pairs) =>
        sandbox.Elbv2("SetRulePriorities", [.. pairs.SelectMany((pair, index) => new[]
        {
            ($"RulePriorities.member.{index + 1}.RuleArn", pair.Arn),
            ($"RulePriorities.member.{index + 1}.Priority", $"{pair.Priority}"),
        })]);

    private static Task<Answer> Redirect(
        SandboxFixture sandbox, string listener, params (string Name, string Value)[] fields) => sandbox.Elbv2(
        "CreateRule",
        [
            ("ListenerArn", listener), ("Priority", "1"), ("Conditions.member.1.Field", "path-pattern"),
            ("Conditions.member.1.Values.member.1", "/a"), ("Actions.member.1.Type", "redirect"),
            ("Actions.member.1.RedirectConfig.StatusCode", "HTTP_301"),
            .. fields.Select(field => ($"Actions.member.1.RedirectConfig.{field.Name}", field.Value)),
        ]);
}
