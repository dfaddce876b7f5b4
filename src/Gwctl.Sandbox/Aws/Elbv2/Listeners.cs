using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Aws.Elbv2;

/// <summary>Creating, describing, modifying and deleting listeners. A listener's default actions are its default
/// rule's.</summary>
internal static class Listeners
{
    private const int PageMax = 400;

    public static Struct Create(Call call)
    {
        var loadBalancerArn = call.Input.Required("LoadBalancerArn");
        var loadBalancer = Elbv2State.LoadBalancer(call, loadBalancerArn);
        var wanted = Wanted(call, loadBalancer, new Struct());
        ResourceTags.CheckNew(call);
        var siblings = call.State.Rows(Elbv2State.Listeners(call.Scope, loadBalancerArn));
        if (siblings.Values.FirstOrDefault(sibling => sibling.Number("Port") == wanted.Number("Port")) is { } known)
        {
            return Existing(call, loadBalancerArn, known, wanted);
        }

        if (siblings.Count >= call.Quotas.ListenersPerLoadBalancer)
        {
            throw new AwsException(
                "TooManyListeners",
                $"The maximum number of listeners on load balancer '{loadBalancerArn}' has been reached");
        }

        var id = call.State.NextHex(16);
        var arn = loadBalancerArn.Replace(":loadbalancer/", ":listener/", StringComparison.Ordinal) + $"/{id}";
        var document = new Struct { { "ListenerArn", arn }, { "LoadBalancerArn", loadBalancerArn } }
            .Merge(wanted)
            .With("@Attributes", new Struct());
        call.State.Put(Elbv2State.Listeners(call.Scope, loadBalancerArn), arn, document);
        Rules.PutDefault(call, document);
        ListenerCertificates.Use(call, document);
        MutualAuthentication.Use(call, document);
        ResourceTags.PutNew(call, arn);
        return new Struct { { "Listeners", ListValue.Of(Shown(document)) } };
    }

    public static Struct Describe(Call call)
    {
        var arns = call.Input.Texts("ListenerArns").ToList();
        var loadBalancerArn = call.Input.Text("LoadBalancerArn");
        if (arns.Count > 0 == (loadBalancerArn is not null))
        {
            throw Elbv2State.Invalid("You must specify either listener ARNs or a load balancer ARN");
        }

        if (loadBalancerArn is null)
        {
            return new Struct { { "Listeners", arns.Select(arn => Shown(ByArn(call, arn))) } };
        }

        Elbv2State.LoadBalancer(call, loadBalancerArn);
        var (page, next) = Pages.Take(
            call, call.State.Rows(Elbv2State.Listeners(call.Scope, loadBalancerArn)), PageMax);
        return new Struct { { "Listeners", page.Select(Shown) }, { "NextMarker", next } };
    }

    public static Struct Modify(Call call)
    {
        var arn = call.Input.Required("ListenerArn");
        var before = Elbv2State.Listener(call, arn);
        var loadBalancerArn = before.Required("LoadBalancerArn");
        var wanted = Wanted(call, Elbv2State.LoadBalancer(call, loadBalancerArn), before);
        var table = Elbv2State.Listeners(call.Scope, loadBalancerArn);
        if (call.State.Rows(table).Any(row => row.Key != arn && row.Value.Number("Port") == wanted.Number("Port")))
        {
            throw Duplicate(loadBalancerArn);
        }

        var secure = wanted.Has("SslPolicy");
        var after = before.Without("SslPolicy", "Certificates", "AlpnPolicy", "MutualAuthentication").Merge(wanted);
        ListenerCertificates.Release(call, before);
        MutualAuthentication.Release(call, before);
        after = secure ? after : after.Without("@Certificates");
        call.State.Put(table, arn, after);
        ListenerCertificates.Use(call, after);
        MutualAuthentication.Use(call, after);
        Rules.PutDefault(call, after);
        return new Struct { { "Listeners", ListValue.Of(Shown(after)) } };
    }

    public static Struct Delete(Call call)
    {
        Remove(call, Elbv2State.Listener(call, call.Input.Required("ListenerArn")));
        return [];
    }

    /// <summary>Removes the listener with all that hangs on it.</summary>
    public static void Remove(Call call, Struct listener)
    {
        var arn = listener.Required("ListenerArn");
        foreach (var rule in call.State.Rows(Elbv2State.Rules(call.Scope, arn)).Values)
        {
            Rules.Remove(call, rule);
        }

        ListenerCertificates.Release(call, listener);
        MutualAuthentication.Release(call, listener);
        call.State.Delete(Elbv2State.Listeners(call.Scope, listener.Required("LoadBalancerArn")), arn);
        ResourceTags.Drop(call, arn);
    }

    public static Struct Shown(Struct document) => document.Without("@Attributes", "@Certificates");

    private static Struct ByArn(Call call, string arn)
    {
        Elbv2State.CheckArn(arn, "listener", "listener");
        return call.State.Get(Elbv2State.Listeners(call.Scope, Elbv2State.LoadBalancerOf(arn)), arn)
            ?? throw new AwsException("ListenerNotFound", "One or more listeners not found");
    }

    private static Struct Existing(Call call, string loadBalancerArn, Struct known, Struct wanted)
    {
        var same = wanted.All(member => Value.Same(member.Value, known[member.Key]))
            && ResourceTags.Same(call, known.Required("ListenerArn"));
        return same
            ? new Struct { { "Listeners", ListValue.Of(Shown(known)) } }
            : throw Duplicate(loadBalancerArn);
    }

    private static AwsException Duplicate(string loadBalancerArn) => new(
        "DuplicateListener", $"A listener already exists on this port for this load balancer '{loadBalancerArn}'");

    /// <summary>The listener's own settings: the request's over those from before.</summary>
    private static Struct Wanted(Call call, Struct loadBalancer, Struct before)
    {
        var protocol = call.Input.Text("Protocol") ?? before.Text("Protocol")
            ?? throw Elbv2State.Invalid("A listener protocol must be specified");
        var port = call.Input.Number("Port") ?? before.Number("Port")
            ?? throw Elbv2State.Invalid("A listener port must be specified");
        CheckProtocol(loadBalancer, protocol);
        CheckSettings(call.Input, protocol);
        var wanted = new Struct { { "Port", port }, { "Protocol", protocol } };
        if (protocol is "HTTPS" or "TLS")
        {
            wanted = wanted.Merge(ListenerCertificates.SecuritySettings(call, before, protocol));
        }
        else if (call.Input.Has("SslPolicy") || call.Input.List("Certificates").Count > 0)
        {
            throw Elbv2State.Invalid($"Certificates and SSL policies cannot be specified for {protocol} listeners");
        }

        // What stays is judged as well: another protocol may not go with the groups from before.
        var given = call.Input.List("DefaultActions");
        var actions = given.Count is 0 && before.Has("DefaultActions") ? before.List("DefaultActions") : given;
        var facts = new ListenerFacts(loadBalancer, protocol, port);
        wanted.Add("DefaultActions", RuleActions.Normal(call, actions, facts));
        return wanted;
    }

    /// <summary>Settings that only one protocol's listeners have.</summary>
    private static void CheckSettings(Struct input, string protocol)
    {
        if (protocol is not "TLS" && input.List("AlpnPolicy").Count > 0)
        {
            throw Elbv2State.Invalid($"ALPN policies cannot be specified for {protocol} listeners");
        }

        if (protocol is not "HTTPS" && input.Has("MutualAuthentication"))
        {
            throw Elbv2State.Invalid($"Mutual authentication cannot be specified for {protocol} listeners");
        }
    }

    private static void CheckProtocol(Struct loadBalancer, string protocol)
    {
        string[] allowed = loadBalancer.Text("Type") is "network"
            ? ["TCP", "TCP_UDP", "TLS", "UDP"]
            : ["HTTP", "HTTPS"];
        if (!allowed.Contains(protocol))
        {
            throw Elbv2State.Invalid(
                $"Listener protocol '{protocol}' must be one of '{string.Join(", ", allowed)}'");
        }
    }
}

/// <summary>What a rule's actions are judged against.</summary>
internal sealed record ListenerFacts(Struct LoadBalancer, string Protocol, long Port)
{
    public static ListenerFacts Of(Call call, Struct listener) => new(
        Elbv2State.LoadBalancer(call, listener.Required("LoadBalancerArn")),
        listener.Required("Protocol"),
        listener.Number("Port") ?? 0);

    public bool IsNetwork => LoadBalancer.Text("Type") is "network";
}
