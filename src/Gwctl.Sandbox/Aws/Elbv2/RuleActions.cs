using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Aws.Elbv2;

/// <summary>A rule's or listener's actions: what is allowed, and the form in which they are given back.</summary>
internal static class RuleActions
{
    private static readonly string[] ContentTypes =
        ["application/javascript", "application/json", "text/css", "text/html", "text/plain"];

    public static ListValue Normal(Call call, ListValue given, ListenerFacts listener)
    {
        var ordered = Ordered(given.Structs.ToList());
        var terminal = ordered.Where(action => IsTerminal(action)).ToList();
        if (terminal.Count is not 1 || !IsTerminal(ordered[^1]))
        {
            throw new AwsException(
                "InvalidLoadBalancerAction",
                "Exactly one of forward, redirect and fixed-response must be specified, and it must be the last "
                + "action");
        }

        var forwardsOnly = ordered is [var only] && only.Text("Type") is "forward";
        if (listener.IsNetwork && !forwardsOnly)
        {
            throw new AwsException(
                "InvalidLoadBalancerAction", "Listeners of network load balancers support forward actions only");
        }

        return new ListValue(ordered.Select((action, index) =>
            Normal(call, action, listener).With("Order", index + 1)));
    }

    /// <summary>The target groups that a rule forwards to.</summary>
    public static IReadOnlyList<string> TargetGroups(Struct rule) =>
    [
        .. rule.Structs("Actions")
            .SelectMany(action => action.Member("ForwardConfig")?.Structs("TargetGroups") ?? [])
            .Select(tuple => tuple.Required("TargetGroupArn"))
            .Distinct(StringComparer.Ordinal),
    ];

    private static bool IsTerminal(Struct action) => action.Text("Type") is "forward" or "redirect" or "fixed-response";

    private static List<Struct> Ordered(List<Struct> actions)
    {
        if (actions.Count is 0)
        {
            throw Elbv2State.Invalid("An action must be specified");
        }

        var orders = actions.Select(action => action.Number("Order")).ToList();
        if (orders.Where(order => order is not null).GroupBy(order => order).Any(group => group.Count() > 1))
        {
            throw Elbv2State.Invalid("Actions must have different orders");
        }

        return orders.Contains(null) ? actions : [.. actions.OrderBy(action => action.Number("Order"))];
    }

    private static Struct Normal(Call call, Struct action, ListenerFacts listener)
    {
        var type = action.Required("Type");
        var own = type switch
        {
            "forward" => "ForwardConfig",
            "redirect" => "RedirectConfig",
            "fixed-response" => "FixedResponseConfig",
            "authenticate-oidc" => "AuthenticateOidcConfig",
            "authenticate-cognito" => "AuthenticateCognitoConfig",
            _ => "JwtValidationConfig",
        };
        var stray = action.FirstOrDefault(member =>
            member.Key.EndsWith("Config", StringComparison.Ordinal) && member.Key != own).Key;
        if (stray is not null || (action.Has("TargetGroupArn") && type is not "forward"))
        {
            throw Elbv2State.Invalid($"'{stray ?? "TargetGroupArn"}' cannot be specified for action type '{type}'");
        }

        if (type is "forward")
        {
            return Forward(call, action, listener);
        }

        var config = action.Member(own)
            ?? throw Elbv2State.Invalid($"'{own}' must be specified for action type '{type}'");
        config = type switch
        {
            "redirect" => Redirect(config, listener),
            "fixed-response" => FixedResponse(config),
            _ => Authentication(config, listener, type),
        };
        return new Struct { { "Type", type }, { own, config } };
    }

    private static Struct Forward(Call call, Struct action, ListenerFacts listener)
    {
        var single = action.Text("TargetGroupArn");
        var config = action.Member("ForwardConfig");
        var tuples = config?.Structs("TargetGroups").ToList() ?? [];
        if (tuples.Count is 0 && single is not null)
        {
            tuples.Add(new Struct { { "TargetGroupArn", single } });
        }

        if (tuples.Count is 0 || tuples.Exists(tuple => !tuple.Has("TargetGroupArn")))
        {
            throw Elbv2State.Invalid("A target group ARN must be specified");
        }

        if (single is not null && (tuples.Count > 1 || tuples[0].Text("TargetGroupArn") != single))
        {
            throw Elbv2State.Invalid(
                "You cannot specify both a target group ARN and a forward configuration with other target groups");
        }

        var quota = listener.IsNetwork ? call.Quotas.TargetGroupsPerNetworkAction : call.Quotas.TargetGroupsPerAction;
        if (tuples.Count > quota)
        {
            throw new AwsException(
                "TooManyTargetGroups", $"The maximum number of target groups per action is {quota}");
        }

        if (tuples.DistinctBy(tuple => tuple.Text("TargetGroupArn")).Count() < tuples.Count)
        {
            throw Elbv2State.Invalid("A target group cannot be specified more than once in an action");
        }

        var groups = tuples.ConvertAll(tuple => Elbv2State.TargetGroup(call, tuple.Required("TargetGroupArn")));
        groups.ForEach(group => TargetGroupFit.Check(group, listener));
        var stickiness = Stickiness(config, listener);
        if (listener.IsNetwork)
        {
            TargetGroupFit.CheckTogether(groups, listener, stickiness?.Flag("Enabled") ?? false);
        }

        return new Struct
        {
            { "Type", "forward" },
            { "TargetGroupArn", tuples.Count is 1 ? tuples[0].Text("TargetGroupArn") : null },
            {
                "ForwardConfig", new Struct
                {
                    {
                        "TargetGroups", tuples.Select(tuple => new Struct
                        {
                            { "TargetGroupArn", tuple.Text("TargetGroupArn") },
                            { "Weight", tuple.Number("Weight") ?? 1 },
                        })
                    },
                    { "TargetGroupStickinessConfig", stickiness },
                }
            },
        };
    }

    private static Struct? Stickiness(Struct? config, ListenerFacts listener)
    {
        var given = config?.Member("TargetGroupStickinessConfig");
        var enabled = given?.Flag("Enabled") ?? false;
        if (listener.IsNetwork)
        {
            // By source address and without an end, hence without a duration.
            return given is null ? null : new Struct { { "Enabled", enabled } };
        }

        if (enabled && !(given?.Has("DurationSeconds") ?? false))
        {
            throw Elbv2State.Invalid("A duration must be specified to enable target group stickiness");
        }

        return new Struct { { "Enabled", enabled }, { "DurationSeconds", given?.Number("DurationSeconds") } };
    }

    private static Struct Redirect(Struct config, ListenerFacts listener)
    {
        var protocol = config.Text("Protocol") ?? "#{protocol}";
        var port = config.Text("Port") ?? "#{port}";
        var host = config.Text("Host") ?? "#{host}";
        var path = config.Text("Path") ?? "/#{path}";
        var query = config.Text("Query") ?? "#{query}";
        if (!path.StartsWith('/'))
        {
            throw Elbv2State.Invalid($"The redirect path '{path}' must begin with '/'");
        }

        if (listener.Protocol is "HTTPS" && protocol is "HTTP")
        {
            throw new AwsException("InvalidLoadBalancerAction", "You cannot redirect HTTPS requests to HTTP");
        }

        var sameProtocol = protocol is "#{protocol}" || protocol == listener.Protocol;
        var samePort = port is "#{port}" || port == $"{listener.Port}";
        if (sameProtocol && samePort && host is "#{host}" && path is "/#{path}")
        {
            throw new AwsException(
                "InvalidLoadBalancerAction",
                "The redirect configuration is not valid because it creates a loop. At least one of protocol, host, "
                + "port and path must be modified");
        }

        return new Struct
        {
            { "Protocol", protocol },
            { "Port", port },
            { "Host", host },
            { "Path", path },
            { "Query", query },
            { "StatusCode", config.Text("StatusCode") },
        };
    }

    private static Struct FixedResponse(Struct config)
    {
        if (config.Text("ContentType") is { } type && !ContentTypes.Contains(type))
        {
            throw Elbv2State.Invalid(
                $"Fixed-response content type '{type}' must be one of '[{string.Join(", ", ContentTypes)}]'");
        }

        return config;
    }

    private static Struct Authentication(Struct config, ListenerFacts listener, string type) =>
        listener.Protocol is "HTTPS"
            ? config.Without("ClientSecret", "UseExistingClientSecret")
            : throw new AwsException(
                "InvalidLoadBalancerAction", $"Action type '{type}' is supported on HTTPS listeners only");
}
