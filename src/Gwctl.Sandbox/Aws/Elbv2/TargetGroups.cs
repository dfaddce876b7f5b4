using System.Text.RegularExpressions;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Aws.Elbv2;

/// <summary>Creating, describing, modifying and deleting target groups.</summary>
internal static partial class TargetGroups
{
    private const int PageMax = 400;

    public static Struct Create(Call call)
    {
        var name = call.Input.Required("Name");
        CheckName(name);
        var wanted = TargetGroupSettings.Wanted(call);
        ResourceTags.CheckNew(call);
        if (call.State.Get(Elbv2State.TargetGroupNames(call.Scope), name) is { } known)
        {
            return Existing(call, known.Required("Arn"), wanted);
        }

        if (call.State.Rows(Elbv2State.TargetGroups(call.Scope)).Count >= call.Quotas.TargetGroupsPerRegion)
        {
            throw new AwsException("TooManyTargetGroups", "The maximum number of target groups has been reached");
        }

        var id = call.State.NextHex(16);
        var arn = $"arn:aws:elasticloadbalancing:{call.Region}:{call.Account}:targetgroup/{name}/{id}";
        var document = new Struct { { "TargetGroupArn", arn }, { "TargetGroupName", name } }.Merge(wanted);
        call.State.Put(Elbv2State.TargetGroups(call.Scope), arn, document);
        call.State.Put(Elbv2State.TargetGroupNames(call.Scope), name, new Struct { { "Arn", arn } });
        ResourceTags.PutNew(call, arn);
        return new Struct { { "TargetGroups", ListValue.Of(Shown(call, document)) } };
    }

    public static Struct Describe(Call call)
    {
        var arns = call.Input.Texts("TargetGroupArns").ToList();
        var names = call.Input.Texts("Names").ToList();
        var loadBalancer = call.Input.Text("LoadBalancerArn");
        if ((arns.Count > 0 ? 1 : 0) + (names.Count > 0 ? 1 : 0) + (loadBalancer is null ? 0 : 1) > 1)
        {
            throw Elbv2State.Invalid(
                "Target group ARNs, names and a load balancer ARN cannot be specified at the same time");
        }

        if (arns.Count + names.Count > 0)
        {
            var named = arns.Count > 0
                ? arns.Select(arn => ByArn(call, arn))
                : names.Select(name => ByName(call, name));
            return new Struct { { "TargetGroups", named.Select(document => Shown(call, document)) } };
        }

        IEnumerable<KeyValuePair<string, Struct>> rows = call.State.Rows(Elbv2State.TargetGroups(call.Scope));
        if (loadBalancer is not null)
        {
            Elbv2State.LoadBalancer(call, loadBalancer);
            rows = rows.Where(row =>
                Elbv2State.LoadBalancersOf(call.State, call.Scope, row.Key).Contains(loadBalancer));
        }

        var (page, next) = Pages.Take(call, rows, PageMax);
        return new Struct
        {
            { "TargetGroups", page.Select(document => Shown(call, document)) },
            { "NextMarker", next },
        };
    }

    public static Struct Modify(Call call)
    {
        var arn = call.Input.Required("TargetGroupArn");
        var after = TargetGroupSettings.Modified(Elbv2State.TargetGroup(call, arn), call.Input);
        call.State.Put(Elbv2State.TargetGroups(call.Scope), arn, after);
        return new Struct { { "TargetGroups", ListValue.Of(Shown(call, after)) } };
    }

    public static Struct Delete(Call call)
    {
        var arn = call.Input.Required("TargetGroupArn");
        Elbv2State.CheckArn(arn, "targetgroup", "target group");
        if (call.State.Get(Elbv2State.TargetGroups(call.Scope), arn) is not { } document)
        {
            return [];
        }

        if (call.State.Rows(Elbv2State.TargetGroupUses(call.Scope, arn)).Count > 0)
        {
            throw new AwsException(
                "ResourceInUse", $"Target group '{arn}' is currently in use by a listener or a rule");
        }

        foreach (var target in call.State.Rows(Elbv2State.Targets(call.Scope, arn)).Keys)
        {
            call.State.Delete(Elbv2State.Targets(call.Scope, arn), target);
        }

        call.State.Delete(Elbv2State.TargetGroups(call.Scope), arn);
        call.State.Delete(Elbv2State.TargetGroupNames(call.Scope), document.Required("TargetGroupName"));
        ResourceTags.Drop(call, arn);
        return [];
    }

    private static Struct Shown(Call call, Struct document)
    {
        var arn = document.Required("TargetGroupArn");
        return document.Without("@Attributes")
            .With("LoadBalancerArns", Elbv2State.LoadBalancersOf(call.State, call.Scope, arn));
    }

    private static Struct Existing(Call call, string arn, Struct wanted)
    {
        var document = Elbv2State.TargetGroup(call, arn);
        if (!wanted.All(member => Value.Same(member.Value, document[member.Key])) || !ResourceTags.Same(call, arn))
        {
            throw new AwsException(
                "DuplicateTargetGroupName",
                $"A target group with the same name '{document.Text("TargetGroupName")}' exists, but with different "
                + "settings");
        }

        return new Struct { { "TargetGroups", ListValue.Of(Shown(call, document)) } };
    }

    private static Struct ByArn(Call call, string arn)
    {
        Elbv2State.CheckArn(arn, "targetgroup", "target group");
        return call.State.Get(Elbv2State.TargetGroups(call.Scope), arn)
            ?? throw new AwsException("TargetGroupNotFound", "One or more target groups not found");
    }

    private static Struct ByName(Call call, string name) =>
        call.State.Get(Elbv2State.TargetGroupNames(call.Scope), name) is { } known
            ? ByArn(call, known.Required("Arn"))
            : throw new AwsException("TargetGroupNotFound", "One or more target groups not found");

    private static void CheckName(string name)
    {
        if (name.Length > 32)
        {
            throw Elbv2State.Invalid($"Target group name '{name}' cannot be longer than '32' characters");
        }

        if (!NamePattern().IsMatch(name))
        {
            throw Elbv2State.Invalid(
                $"Target group name '{name}' can only contain characters that are alphanumeric characters or "
                + "hyphens(-)");
        }

        if (name.StartsWith('-') || name.EndsWith('-'))
        {
            throw Elbv2State.Invalid($"Target group name '{name}' cannot begin or end with '-'");
        }
    }

    [GeneratedRegex(@"\A[A-Za-z0-9-]+\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NamePattern();
}
