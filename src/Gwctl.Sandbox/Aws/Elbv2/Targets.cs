using System.Net;
using System.Text.RegularExpressions;
using Gwctl.Sandbox.Aws.Ec2;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Aws.Elbv2;

/// <summary>Targets of a group: registration, draining, health.</summary>
internal static partial class Targets
{
    public static Struct Register(Call call)
    {
        var arn = call.Input.Required("TargetGroupArn");
        var group = Elbv2State.TargetGroup(call, arn);
        var table = Elbv2State.Targets(call.Scope, arn);
        DropDrained(call, table);
        foreach (var target in call.Input.Structs("Targets"))
        {
            Check(call, group, target);
            var (key, document) = Normal(group, target);
            if (call.State.Get(table, key) is { } known && !known.Has("@DrainedAt"))
            {
                continue;
            }

            call.State.Put(table, key, document.With("@RegisteredAt", call.Now));
        }

        var registered = call.State.Rows(table).Values.Count(target => !target.Has("@DrainedAt"));
        var quota = group.Text("TargetType") is "alb" ? 1 : call.Quotas.TargetsPerTargetGroup;
        if (registered > quota)
        {
            throw new AwsException(
                "TooManyTargets", $"The maximum number of targets in target group '{arn}' has been reached");
        }

        return [];
    }

    public static Struct Deregister(Call call)
    {
        var arn = call.Input.Required("TargetGroupArn");
        var group = Elbv2State.TargetGroup(call, arn);
        var table = Elbv2State.Targets(call.Scope, arn);
        DropDrained(call, table);
        var seconds = long.Parse(
            Attributes.Effective(group, Attributes.Kind.TargetGroup)
                .GetValueOrDefault("deregistration_delay.timeout_seconds", "0"));
        var inUse = call.State.Rows(Elbv2State.TargetGroupUses(call.Scope, arn)).Count > 0;
        foreach (var target in call.Input.Structs("Targets"))
        {
            var (key, _) = Normal(group, target);
            if (call.State.Get(table, key) is not { } known || known.Has("@DrainedAt"))
            {
                continue;
            }

            if (inUse && seconds > 0)
            {
                call.State.Put(table, key, known.With("@DrainedAt", call.Now.AddSeconds(seconds)));
            }
            else
            {
                call.State.Delete(table, key);
            }
        }

        return [];
    }

    public static Struct DescribeHealth(Call call)
    {
        var arn = call.Input.Required("TargetGroupArn");
        var group = Elbv2State.TargetGroup(call, arn);
        var rows = call.State.Rows(Elbv2State.Targets(call.Scope, arn));
        var since = InUseSince(call, arn);
        var asked = call.Input.Structs("Targets").ToList();
        var shown = asked.Count is 0
            ? rows.Values.Where(target => !IsDrained(call, target)).Select(target => Health(call, group, target, since))
            : asked.Select(target =>
            {
                var (key, document) = Normal(group, target);
                return rows.GetValueOrDefault(key) is { } known && !IsDrained(call, known)
                    ? Health(call, group, known, since)
                    : Description(
                        group, document, "unused", "Target.NotRegistered",
                        "Target is not registered to the target group");
            });
        return new Struct { { "TargetHealthDescriptions", shown } };
    }

    private static Struct Health(Call call, Struct group, Struct target, DateTimeOffset? since)
    {
        if (target.Has("@DrainedAt"))
        {
            return Description(
                group, target, "draining", "Target.DeregistrationInProgress", "Target deregistration is in progress");
        }

        if (since is null)
        {
            return Description(
                group, target, "unused", "Target.NotInUse",
                "Target group is not configured to receive traffic from the load balancer");
        }

        if (group.Flag("HealthCheckEnabled") is false)
        {
            return Description(
                group, target, "unavailable", "Target.HealthCheckDisabled",
                "Health checks are not enabled for this target");
        }

        var registered = target.Time("@RegisteredAt") ?? call.Now;
        var settled = (registered > since ? registered : since.Value) + call.Options.Delays.TargetSettling;
        if (call.Now < settled)
        {
            return Description(
                group, target, "initial", "Elb.RegistrationInProgress", "Target registration is in progress");
        }

        var known = call.Options.DataPlane?.HealthOf(
            group.Required("TargetGroupArn"), target.Required("Id"), target.Number("Port") ?? 0);
        if (known is not null)
        {
            return Description(group, target, known.State, known.Reason, known.Description);
        }

        return call.Options.UnhealthyTargets.Contains(target.Required("Id"))
            ? Description(group, target, "unhealthy", "Target.FailedHealthChecks", "Health checks failed")
            : Description(group, target, "healthy", null, null);
    }

    private static Struct Description(Struct group, Struct target, string state, string? reason, string? words)
    {
        var port = group.Text("HealthCheckPort") is { } set and not "traffic-port" ? set : $"{target.Number("Port")}";
        return new Struct
        {
            { "Target", target.Without("@RegisteredAt", "@DrainedAt") },
            { "HealthCheckPort", target.Has("Port") ? port : null },
            { "TargetHealth", new Struct { { "State", state }, { "Reason", reason }, { "Description", words } } },
        };
    }

    /// <summary>Since when a load balancer has forwarded to the group; null where none does.</summary>
    private static DateTimeOffset? InUseSince(Call call, string arn) =>
        call.State.Rows(Elbv2State.TargetGroupUses(call.Scope, arn)).Values.Min(use => use.Time("Since"));

    private static bool IsDrained(Call call, Struct target) => target.Time("@DrainedAt") <= call.Now;

    private static void DropDrained(Call call, string table)
    {
        foreach (var (key, _) in call.State.Rows(table).Where(row => IsDrained(call, row.Value)))
        {
            call.State.Delete(table, key);
        }
    }

    private static (string Key, Struct Document) Normal(Struct group, Struct target)
    {
        var port = group.Text("TargetType") is "lambda" ? null : target.Number("Port") ?? group.Number("Port");
        var document = new Struct
        {
            { "Id", target.Required("Id") },
            { "Port", port },
            { "AvailabilityZone", target.Text("AvailabilityZone") },
        };
        return ($"{target.Required("Id")} {port}", document);
    }

    private static void Check(Call call, Struct group, Struct target)
    {
        var id = target.Required("Id");
        switch (group.Text("TargetType"))
        {
            case "ip":
                CheckAddress(call, group, target, id);
                break;
            case "instance":
                var known = call.Options.Instances.Count is 0
                    || call.Options.Instances.Any(instance => instance.InstanceId == id);
                if (!InstancePattern().IsMatch(id) || !known)
                {
                    throw new AwsException("InvalidTarget", $"The following targets are not valid instances: '{id}'");
                }

                break;
            case "alb":
                CheckLoadBalancer(call, group, target, id);
                break;
        }
    }

    private static void CheckLoadBalancer(Call call, Struct group, Struct target, string id)
    {
        if (Elbv2State.LoadBalancer(call, id).Text("Type") is not "application")
        {
            throw new AwsException(
                "InvalidTarget", $"The following targets are not application load balancers: '{id}'");
        }

        var port = group.Number("Port");
        if (target.Number("Port") is { } own && own != port)
        {
            throw new AwsException(
                "InvalidTarget", $"The port '{own}' of the target '{id}' must be the target group's, '{port}'");
        }

        var listens = call.State.Rows(Elbv2State.Listeners(call.Scope, id)).Values
            .Any(listener => listener.Number("Port") == port);
        if (!listens)
        {
            throw new AwsException("InvalidTarget", $"The target '{id}' has no listener on port '{port}'");
        }
    }

    private static void CheckAddress(Call call, Struct group, Struct target, string id)
    {
        var six = group.Text("IpAddressType") is "ipv6";
        if (!IPAddress.TryParse(id, out var address) || id.Contains(':', StringComparison.Ordinal) != six)
        {
            throw Elbv2State.Invalid($"The IP address '{id}' is not a valid {(six ? "IPv6" : "IPv4")} address");
        }

        if (six)
        {
            return;
        }

        var vpc = IPNetwork.Parse(Network.Vpc(call.Account, call.Region).Required("CidrBlock"));
        if (vpc.Contains(address) || (call.Options.DataPlane is not null && IPAddress.IsLoopback(address)))
        {
            return;
        }

        if (!Array.Exists(PrivateRanges, range => range.Contains(address)))
        {
            throw new AwsException("InvalidTarget", $"The IP address '{id}' is not in an allowed address range");
        }

        if (target.Text("AvailabilityZone") is not "all")
        {
            throw new AwsException(
                "InvalidTarget",
                $"The IP address '{id}' is outside of the VPC '{group.Text("VpcId")}' of the target group, so its "
                + "Availability Zone must be 'all'");
        }
    }

    private static readonly IPNetwork[] PrivateRanges =
    [
        IPNetwork.Parse("10.0.0.0/8"),
        IPNetwork.Parse("100.64.0.0/10"),
        IPNetwork.Parse("172.16.0.0/12"),
        IPNetwork.Parse("192.168.0.0/16"),
    ];

    [GeneratedRegex(@"\Ai-([0-9a-f]{8}|[0-9a-f]{17})\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex InstancePattern();
}
