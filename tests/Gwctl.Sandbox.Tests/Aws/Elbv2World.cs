namespace Gwctl.Sandbox.Tests.Aws;

/// <summary>Objects that most ELBv2 tests start from.</summary>
internal static class Elbv2World
{
    public static async Task<string> VpcAsync(this SandboxFixture sandbox) =>
        (await sandbox.Ec2("DescribeVpcs")).Ok()["vpcId"];

    public static async Task<IReadOnlyList<string>> SubnetsAsync(this SandboxFixture sandbox) =>
        (await sandbox.Ec2(
            "DescribeSubnets", ("Filter.1.Name", "map-public-ip-on-launch"), ("Filter.1.Value.1", "true")))
        .Ok().All("subnetId");

    public static async Task<Answer> CreateLoadBalancerAsync(
        this SandboxFixture sandbox, string name, params (string Name, string Value)[] more)
    {
        var subnets = await sandbox.SubnetsAsync();
        return await sandbox.Elbv2(
            "CreateLoadBalancer",
            [("Name", name), ("Subnets.member.1", subnets[0]), ("Subnets.member.2", subnets[1]), .. more]);
    }

    public static async Task<string> LoadBalancerAsync(this SandboxFixture sandbox, string name = "web") =>
        (await sandbox.CreateLoadBalancerAsync(name)).Ok()["LoadBalancerArn"];

    public static async Task<Answer> CreateTargetGroupAsync(
        this SandboxFixture sandbox, string name, params (string Name, string Value)[] more)
    {
        (string Name, string Value)[] usual =
            [("Protocol", "HTTP"), ("Port", "80"), ("VpcId", await sandbox.VpcAsync()), ("TargetType", "ip")];
        var chosen = usual.Where(field => !Array.Exists(more, other => other.Name == field.Name));
        return await sandbox.Elbv2("CreateTargetGroup", [("Name", name), .. chosen, .. more]);
    }

    public static async Task<string> TargetGroupAsync(this SandboxFixture sandbox, string name) =>
        (await sandbox.CreateTargetGroupAsync(name)).Ok()["TargetGroupArn"];

    public static Task<Answer> CreateNetworkAsync(
        this SandboxFixture sandbox, string name, params (string Name, string Value)[] more) =>
        sandbox.CreateLoadBalancerAsync(name, [("Type", "network"), .. more]);

    /// <summary>A listener on a network load balancer that forwards to groups.</summary>
    public static Task<Answer> CreateNetworkListenerAsync(
        this SandboxFixture sandbox, string loadBalancer, string protocol, int port, string[] groups,
        params (string Name, string Value)[] more) => sandbox.Elbv2(
        "CreateListener",
        [
            ("LoadBalancerArn", loadBalancer), ("Protocol", protocol), ("Port", $"{port}"),
            ("DefaultActions.member.1.Type", "forward"),
            .. groups.Select((group, index) => (
                $"DefaultActions.member.1.ForwardConfig.TargetGroups.member.{index + 1}.TargetGroupArn", group)),
            .. more,
        ]);

    public static async Task<string> TargetGroupAsync(
        this SandboxFixture sandbox, string name, string protocol, params (string Name, string Value)[] more) =>
        (await sandbox.CreateTargetGroupAsync(name, [("Protocol", protocol), .. more])).Ok()["TargetGroupArn"];

    public static Task<Answer> SetGroupAttributeAsync(
        this SandboxFixture sandbox, string group, string key, string value) => sandbox.Elbv2(
        "ModifyTargetGroupAttributes", ("TargetGroupArn", group), ("Attributes.member.1.Key", key),
        ("Attributes.member.1.Value", value));

    public static Task<Answer> CreateListenerAsync(
        this SandboxFixture sandbox, string loadBalancer, int port = 80, params (string Name, string Value)[] more) =>
        sandbox.Elbv2(
            "CreateListener",
            [
                ("LoadBalancerArn", loadBalancer), ("Protocol", "HTTP"), ("Port", $"{port}"),
                ("DefaultActions.member.1.Type", "fixed-response"),
                ("DefaultActions.member.1.FixedResponseConfig.StatusCode", "404"), .. more,
            ]);

    public static async Task<string> ListenerAsync(this SandboxFixture sandbox, string loadBalancer, int port = 80) =>
        (await sandbox.CreateListenerAsync(loadBalancer, port)).Ok()["ListenerArn"];

    /// <summary>A rule for one path that forwards to a group.</summary>
    public static Task<Answer> CreateRuleAsync(
        this SandboxFixture sandbox, string listener, int priority, string path, string group) => sandbox.Elbv2(
        "CreateRule", ("ListenerArn", listener), ("Priority", $"{priority}"),
        ("Conditions.member.1.Field", "path-pattern"), ("Conditions.member.1.Values.member.1", path),
        ("Actions.member.1.Type", "forward"), ("Actions.member.1.TargetGroupArn", group));

    /// <summary>A rule with the given conditions that answers by itself.</summary>
    public static Task<Answer> CreateRuleWhereAsync(
        this SandboxFixture sandbox, string listener, int priority, params (string Name, string Value)[] conditions) =>
        sandbox.Elbv2(
            "CreateRule",
            [
                ("ListenerArn", listener), ("Priority", $"{priority}"),
                ("Actions.member.1.Type", "fixed-response"),
                ("Actions.member.1.FixedResponseConfig.StatusCode", "200"),
                .. conditions.Select(condition => ($"Conditions.member.{condition.Name}", condition.Value)),
            ]);
}
