using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Aws.Ec2;

/// <summary>Rules of security groups, each with an id of its own.</summary>
internal static class SecurityGroupRules
{
    private static readonly Dictionary<string, Func<Struct, IEnumerable<string?>>> Fields =
        new(StringComparer.Ordinal)
        {
            ["group-id"] = rule => [rule.Text("GroupId")],
            ["security-group-rule-id"] = rule => [rule.Text("SecurityGroupRuleId")],
        };

    public static string Table(string scope, string groupId) => $"ec2/{scope}/security-group-rule/{groupId}";

    public static Struct AuthorizeIngress(Call call) => Authorize(call, egress: false);

    public static Struct AuthorizeEgress(Call call) => Authorize(call, egress: true);

    public static Struct RevokeIngress(Call call) => Revoke(call, egress: false);

    public static Struct RevokeEgress(Call call) => Revoke(call, egress: true);

    public static Struct Describe(Call call)
    {
        var ids = call.Input.Texts("SecurityGroupRuleIds").ToList();
        var rules = SecurityGroups.All(call)
            .SelectMany(group => Of(call, group.Required("GroupId")))
            .Select(rule => rule.With(
                "Tags", Tags.ToList(Ec2Tags.Of(call.State, call.Scope, rule.Required("SecurityGroupRuleId")))))
            .ToList();
        if (ids.Find(id => !rules.Exists(rule => rule.Text("SecurityGroupRuleId") == id)) is { } missing)
        {
            throw NotFound(missing);
        }

        var chosen = rules.Where(rule => ids.Count is 0 || ids.Contains(rule.Required("SecurityGroupRuleId")));
        var filtered = Filters.Apply(call, chosen, Fields, rule => Tags.FromList(rule.List("Tags")));
        var (page, next) = Ec2Pages.Take(call, filtered, "SecurityGroupRuleId");
        return new Struct { { "SecurityGroupRules", page }, { "NextToken", next } };
    }

    public static IEnumerable<Struct> Of(Call call, string groupId)
    {
        var untouched = groupId == Network.DefaultGroupId(call.Account, call.Region)
            && call.State.Get(SecurityGroups.Table(call.Scope), groupId) is null;
        return untouched ? DefaultRules(call, groupId) : call.State.Rows(Table(call.Scope, groupId)).Values;
    }

    public static Struct? FindById(Call call, string id) => SecurityGroups.All(call)
        .SelectMany(group => Of(call, group.Required("GroupId")))
        .FirstOrDefault(rule => rule.Text("SecurityGroupRuleId") == id);

    /// <summary>A new group lets everything out.</summary>
    public static void PutOpenEgress(Call call, string groupId) =>
        Put(call, Complete(call, groupId, $"sgr-{call.State.NextHex(17)}", OpenEgress()));

    public static void KeepDefaults(Call call, string groupId)
    {
        foreach (var rule in DefaultRules(call, groupId))
        {
            Put(call, rule);
        }
    }

    public static void DropAll(Call call, string groupId)
    {
        foreach (var id in call.State.Rows(Table(call.Scope, groupId)).Keys)
        {
            Drop(call, groupId, id);
        }
    }

    private static Struct Authorize(Call call, bool egress)
    {
        var groupId = Existing(call);
        var tags = Ec2Tags.Specified(call, "security-group-rule");
        var added = new List<Struct>();
        foreach (var rule in Permissions.ToRules(call, egress))
        {
            var complete = Complete(call, groupId, $"sgr-{call.State.NextHex(17)}", rule);
            if (Of(call, groupId).Any(known => Permissions.SameTraffic(known, complete)))
            {
                throw new AwsException(
                    "InvalidPermission.Duplicate",
                    $"the specified rule \"{Permissions.Words(complete)}\" already exists");
            }

            Put(call, complete);
            Ec2Tags.Add(call, complete.Required("SecurityGroupRuleId"), tags);
            added.Add(complete.With("Tags", tags));
        }

        if (Of(call, groupId).Count(rule => rule.Flag("IsEgress") == egress) > call.Quotas.RulesPerSecurityGroup)
        {
            throw new AwsException(
                "RulesPerSecurityGroupLimitExceeded",
                "The maximum number of rules per security group has been reached.");
        }

        return new Struct { { "Return", true }, { "SecurityGroupRules", added } };
    }

    private static Struct Revoke(Call call, bool egress)
    {
        var groupId = Existing(call);
        var known = Of(call, groupId).Where(rule => rule.Flag("IsEgress") == egress).ToList();
        var revoked = new List<Struct>();
        var unknown = new List<Struct>();
        var ids = call.Input.Texts("SecurityGroupRuleIds").ToList();
        foreach (var id in ids)
        {
            revoked.Add(known.Find(rule => rule.Text("SecurityGroupRuleId") == id) ?? throw NotFound(id));
        }

        foreach (var asked in ids.Count > 0 ? [] : Permissions.ToRules(call, egress))
        {
            var complete = Complete(call, groupId, "", asked);
            if (known.Find(rule => Permissions.SameTraffic(rule, complete)) is { } match)
            {
                revoked.Add(match);
            }
            else
            {
                unknown.Add(asked);
            }
        }

        foreach (var rule in revoked)
        {
            Drop(call, groupId, rule.Required("SecurityGroupRuleId"));
        }

        return new Struct
        {
            { "Return", true },
            { "UnknownIpPermissions", unknown.Count is 0 ? null : Permissions.FromRules(unknown) },
            { "RevokedSecurityGroupRules", revoked.Select(Revoked) },
        };
    }

    private static Struct Revoked(Struct rule)
    {
        var referenced = rule.Member("ReferencedGroupInfo")?.Text("GroupId");
        var shown = rule.Without("GroupOwnerId", "ReferencedGroupInfo", "SecurityGroupRuleArn");
        return referenced is null ? shown : shown.With("ReferencedGroupId", referenced);
    }

    private static string Existing(Call call)
    {
        var groupId = SecurityGroups.Named(call);
        _ = SecurityGroups.Find(call, groupId) ?? throw SecurityGroups.NotFound(groupId);
        SecurityGroups.Keep(call, groupId);
        return groupId;
    }

    private static Struct Complete(Call call, string groupId, string id, Struct rule) => new Struct
    {
        { "SecurityGroupRuleId", id },
        { "GroupId", groupId },
        { "GroupOwnerId", call.Account },
        { "SecurityGroupRuleArn", $"arn:aws:ec2:{call.Region}:{call.Account}:security-group-rule/{id}" },
    }.Merge(rule);

    private static IEnumerable<Struct> DefaultRules(Call call, string groupId)
    {
        var fromItself = new Struct
        {
            { "IsEgress", false },
            { "IpProtocol", "-1" },
            { "FromPort", -1 },
            { "ToPort", -1 },
            { "ReferencedGroupInfo", new Struct { { "GroupId", groupId }, { "UserId", call.Account } } },
        };
        yield return Complete(call, groupId, $"sgr-{Network.Digits(call.Account, call.Region, "in")}", fromItself);
        yield return Complete(call, groupId, $"sgr-{Network.Digits(call.Account, call.Region, "out")}", OpenEgress());
    }

    private static Struct OpenEgress() => new()
    {
        { "IsEgress", true },
        { "IpProtocol", "-1" },
        { "FromPort", -1 },
        { "ToPort", -1 },
        { "CidrIpv4", "0.0.0.0/0" },
    };

    private static void Put(Call call, Struct rule) => call.State.Put(
        Table(call.Scope, rule.Required("GroupId")), rule.Required("SecurityGroupRuleId"), rule);

    private static void Drop(Call call, string groupId, string id)
    {
        call.State.Delete(Table(call.Scope, groupId), id);
        Ec2Tags.Drop(call, id);
    }

    private static AwsException NotFound(string id) => new(
        "InvalidSecurityGroupRuleId.NotFound", $"The security group rule ID '{id}' does not exist");
}
