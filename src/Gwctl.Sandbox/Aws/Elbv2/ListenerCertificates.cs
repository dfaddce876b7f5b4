using Gwctl.Sandbox.Aws.Acm;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Aws.Elbv2;

/// <summary>A listener's default certificate, and those that SNI chooses from.</summary>
internal static class ListenerCertificates
{
    private const string PolicyDefault = "ELBSecurityPolicy-2016-08";

    private static readonly string[] AlpnPolicies =
        ["HTTP1Only", "HTTP2Only", "HTTP2Optional", "HTTP2Preferred", "None"];

    public static Struct Describe(Call call)
    {
        var listener = Elbv2State.Listener(call, call.Input.Required("ListenerArn"));
        var shown = listener.Structs("Certificates")
            .Select(certificate => (Arn: certificate.Required("CertificateArn"), IsDefault: true))
            .Concat(listener.Texts("@Certificates").Select(arn => (Arn: arn, IsDefault: false)));
        var rows = shown
            .Select(item => KeyValuePair.Create(
                $"{(item.IsDefault ? 0 : 1)} {item.Arn}",
                new Struct { { "CertificateArn", item.Arn }, { "IsDefault", item.IsDefault } }))
            .OrderBy(row => row.Key, StringComparer.Ordinal);
        var (page, next) = Pages.Take(call, rows, 400);
        return new Struct { { "Certificates", page }, { "NextMarker", next } };
    }

    public static Struct Add(Call call)
    {
        var listener = SecureListener(call);
        var arn = Single(call);
        CheckUsable(call, arn);
        var added = listener.Texts("@Certificates").ToList();
        if (!added.Contains(arn) && Default(listener) != arn)
        {
            added.Add(arn);
            CheckQuota(call, listener, arn);
            Store(call, listener, added);
        }

        return new Struct
        {
            { "Certificates", ListValue.Of(new Struct { { "CertificateArn", arn }, { "IsDefault", false } }) },
        };
    }

    public static Struct Remove(Call call)
    {
        var listener = SecureListener(call);
        var arn = Single(call);
        if (Default(listener) == arn)
        {
            throw new AwsException("OperationNotPermitted", "Default certificate cannot be removed from a listener");
        }

        Store(call, listener, listener.Texts("@Certificates").Where(known => known != arn));
        return [];
    }

    /// <summary>SSL policy, default certificate, ALPN and mTLS of a secure listener.</summary>
    public static Struct SecuritySettings(Call call, Struct before, string protocol)
    {
        var given = call.Input.Structs("Certificates").ToList();
        if (given.Count > 1 || given.Exists(certificate => certificate.Has("IsDefault")))
        {
            throw Elbv2State.Invalid("You must specify exactly one certificate, without 'IsDefault'");
        }

        var arn = given.Count > 0 ? given[0].Text("CertificateArn") : Default(before);
        if (arn is null)
        {
            throw Elbv2State.Invalid($"A certificate must be specified for {protocol} listeners");
        }

        CheckUsable(call, arn);
        var policy = call.Input.Text("SslPolicy") ?? before.Text("SslPolicy") ?? PolicyDefault;
        SslPolicies.Check(policy);
        return new Struct
        {
            { "Certificates", ListValue.Of(new Struct { { "CertificateArn", arn } }) },
            { "SslPolicy", policy },
            { "AlpnPolicy", protocol is "TLS" ? AlpnPolicy(call.Input, before) : null },
            { "MutualAuthentication", protocol is "HTTPS" ? MutualAuthentication.Wanted(call, before) : null },
        };
    }

    private static ListValue? AlpnPolicy(Struct input, Struct before)
    {
        var given = input.Texts("AlpnPolicy").ToList();
        if (given.Count > 1)
        {
            throw Elbv2State.Invalid("Only one ALPN policy can be specified");
        }

        if (given is [var name] && !AlpnPolicies.Contains(name))
        {
            throw new AwsException("ALPNPolicyNotFound", $"ALPN policy '{name}' is not supported");
        }

        return given.Count > 0 ? ListValue.Of(given) : before["AlpnPolicy"] as ListValue;
    }

    /// <summary>Notes that the listener presents its certificates, so that they cannot be deleted.</summary>
    public static void Use(Call call, Struct listener)
    {
        var use = new Struct { { "LoadBalancerArn", listener.Required("LoadBalancerArn") } };
        foreach (var arn in All(listener))
        {
            call.State.Put(Elbv2State.CertificateUses(arn), listener.Required("ListenerArn"), use);
        }
    }

    public static void Release(Call call, Struct listener)
    {
        foreach (var arn in All(listener))
        {
            call.State.Delete(Elbv2State.CertificateUses(arn), listener.Required("ListenerArn"));
        }
    }

    /// <summary>The certificates that the listener presents, the default one first.</summary>
    public static List<string> All(Struct listener) =>
    [
        .. listener.Structs("Certificates").Select(certificate => certificate.Required("CertificateArn"))
            .Concat(listener.Texts("@Certificates"))
            .Distinct(StringComparer.Ordinal),
    ];

    private static string? Default(Struct listener) =>
        listener.Structs("Certificates").FirstOrDefault()?.Text("CertificateArn");

    private static Struct SecureListener(Call call)
    {
        var listener = Elbv2State.Listener(call, call.Input.Required("ListenerArn"));
        return listener.Text("Protocol") is "HTTPS" or "TLS"
            ? listener
            : throw Elbv2State.Invalid("Certificates can only be specified for HTTPS and TLS listeners");
    }

    private static string Single(Call call)
    {
        var given = call.Input.Structs("Certificates").ToList();
        return given is [var only] && only.Text("CertificateArn") is { } arn && !only.Has("IsDefault")
            ? arn
            : throw Elbv2State.Invalid("You must specify exactly one certificate, without 'IsDefault'");
    }

    private static void CheckUsable(Call call, string arn)
    {
        var certificate = CertificateStore.Find(call.State, arn)
            ?? throw new AwsException("CertificateNotFound", $"Certificate '{arn}' not found");
        if (CertificateStore.Status(certificate, call.Now) is not "ISSUED")
        {
            throw new AwsException(
                "UnsupportedCertificate",
                $"The certificate '{arn}' must have a fully-qualified domain name, a supported signature, and a "
                + "supported key size.");
        }
    }

    private static void CheckQuota(Call call, Struct listener, string added)
    {
        var loadBalancerArn = listener.Required("LoadBalancerArn");
        var count = call.State.Rows(Elbv2State.Listeners(call.Scope, loadBalancerArn)).Values
            .SelectMany(sibling => sibling.Texts("@Certificates"))
            .Append(added)
            .Distinct(StringComparer.Ordinal)
            .Count();
        if (count > call.Quotas.CertificatesPerLoadBalancer)
        {
            throw new AwsException(
                "TooManyCertificates",
                $"The maximum number of certificates on load balancer '{loadBalancerArn}' has been reached");
        }
    }

    private static void Store(Call call, Struct listener, IEnumerable<string> certificates)
    {
        Release(call, listener);
        var after = listener.With("@Certificates", certificates);
        var table = Elbv2State.Listeners(call.Scope, listener.Required("LoadBalancerArn"));
        call.State.Put(table, listener.Required("ListenerArn"), after);
        Use(call, after);
    }
}
