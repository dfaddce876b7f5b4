using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Aws.Settling;

namespace Gwctl.Providers.Aws.Projection;

/// <summary>A certificate of a listener.</summary>
/// <param name="Key">Unique among a port's certificates, and stable.</param>
/// <param name="Value">A reference, a lookup or an ARN.</param>
internal sealed record CertificateUse(
    string Key, AttributeValue Value, EquatableList<string> Hostnames, SourceSpan Span);

/// <summary>The certificates of a port: TLS Secrets, which are imported, then what the option
/// <c>gwctl.dev/certificate</c> asks for: <c>discover</c> an issued one in ACM, <c>request</c> one there, or an
/// ARN.</summary>
internal static class CertificateProjection
{
    private const string Option = "gwctl.dev/certificate";
    private const string SslPolicyOption = "gwctl.dev/ssl-policy";
    private const string OptionPrefix = "gwctl.dev/";

    /// <summary>In the listeners' order, each once: the first is the port's default.</summary>
    public static List<CertificateUse> Of(GatewayBuilder gateway, RoutingPort port)
    {
        var uses = new List<CertificateUse>();
        foreach (var listener in port.Listeners)
        {
            var before = uses.Count;
            uses.AddRange(listener.Certificates.Select(certificate => Imported(gateway, listener, certificate)));
            foreach (var option in listener.TlsOptions)
            {
                uses.AddRange(OfOption(gateway, listener, option));
            }

            if (uses.Count == before && listener.TlsOptions.All(option => option.Name is not Option))
            {
                gateway.Report(AwsDiagnostics.NoCertificate(
                    gateway.Gateway, listener, "has neither a TLS Secret nor the option that names another "
                        + "certificate"));
            }
        }

        return [.. uses.DistinctBy(use => use.Key, StringComparer.Ordinal)];
    }

    private static CertificateUse Imported(
        GatewayBuilder gateway, RoutingListener listener, Compiler.Routing.ListenerCertificate certificate)
    {
        var key = certificate.Secret.ToString();
        var address = gateway.AddressOf(Kinds.ImportedCertificate, key);
        gateway.AddOnce(new ResourceNode
        {
            Address = address,
            Attributes = Shape.Of(
                Shape.Field("chain", SecretOf(certificate.Secret, "tls.crt", certificate.Chain)),
                Shape.Field("privateKey", SecretOf(certificate.Secret, "tls.key", certificate.PrivateKey)),
                gateway.Tags),
            Origin = certificate.Span,
            OriginObjects = Shape.Sorted([gateway.GatewayObject, $"Secret/{certificate.Secret}"]),
        });
        return new CertificateUse($"secret/{key}", Arn(address), HostnamesOf(listener), certificate.Span);
    }

    private static AttributeValue.Secret SecretOf(ObjectName secret, string field, SecretText text) =>
        new($"Secret/{secret}#{field}", text.Digest());

    private static EquatableList<CertificateUse> OfOption(
        GatewayBuilder gateway, RoutingListener listener, Label option)
    {
        if (option.Name is not Option)
        {
            var third = ThirdOption(listener);
            if (option.Name.StartsWith(OptionPrefix, StringComparison.Ordinal) && option.Name is not SslPolicyOption
                && option.Name != third)
            {
                gateway.Report(AwsDiagnostics.BadTlsOption(
                    gateway.Gateway, listener, option, $"Known are {Option}, {SslPolicyOption} and {third}."));
            }

            return [];
        }

        if (option.Value.StartsWith("arn:", StringComparison.Ordinal))
        {
            return OfArn(gateway, listener, option);
        }

        if (option.Value is not ("discover" or "request"))
        {
            gateway.Report(AwsDiagnostics.BadTlsOption(
                gateway.Gateway, listener, option, "Write discover, request or the ARN of an ACM certificate."));
            return [];
        }

        var hostnames = CertificateNames(listener);
        if (hostnames.Count is 0)
        {
            gateway.Report(AwsDiagnostics.NoCertificate(
                gateway.Gateway, listener, $"shall {option.Value} a certificate, and neither it nor a route on it "
                    + "has a hostname"));
            return [];
        }

        return option.Value is "discover"
            ? [.. hostnames.Select(hostname => new CertificateUse(
                $"discover/{hostname}", Lookups.ForCertificate(hostname), [hostname], option.Span))]
            : Requested(gateway, listener, option, hostnames);
    }

    /// <summary>What only one of the two load balancers has.</summary>
    private static string ThirdOption(RoutingListener listener) =>
        listener.Protocol is RoutingProtocol.Tls ? NetworkProjection.AlpnOption : TrustStoreProjection.Option;

    /// <summary>The listener's hostname; where it is for any host, those of its routes.</summary>
    private static EquatableList<string> CertificateNames(RoutingListener listener) =>
        listener.Hostname is not ""
            ? [listener.Hostname]
            : Shape.Sorted(listener.Rules.Select(rule => rule.Hostname)
                .Concat(listener.Streams.Select(rule => rule.Hostname)).Where(hostname => hostname is not ""));

    private static EquatableList<CertificateUse> OfArn(GatewayBuilder gateway, RoutingListener listener, Label option)
    {
        var region = gateway.Settings.Region.Value;
        var parts = option.Value.Split(':', 6);
        if (parts is [_, _, "acm", var itsRegion, _, var resource]
            && resource.StartsWith("certificate/", StringComparison.Ordinal) && itsRegion == region)
        {
            return [new CertificateUse(
                $"arn/{option.Value}", new AttributeValue.Text(option.Value), HostnamesOf(listener), option.Span)];
        }

        gateway.Report(AwsDiagnostics.BadTlsOption(
            gateway.Gateway, listener, option,
            "Give the ARN of an ACM certificate in the load balancer's region, as "
                + $"arn:aws:acm:{region}:123456789012:certificate/…"));
        return [];
    }

    private static EquatableList<CertificateUse> Requested(
        GatewayBuilder gateway, RoutingListener listener, Label option, EquatableList<string> hostnames)
    {
        var zones = new List<AttributeField>();
        foreach (var hostname in hostnames)
        {
            if (DnsZones.Find(gateway, hostname, wantsPublic: true) is not { } zone)
            {
                gateway.Report(AwsDiagnostics.NoZoneForCertificate(gateway.Gateway, listener, hostname));
                return [];
            }

            zones.Add(Shape.Field(hostname, DnsZones.IdOf(zone)));
        }

        var key = hostnames.Count is 1
            ? hostnames[0]
            : $"{hostnames[0]}~{ObjectNames.KeyHash(string.Join(',', hostnames))}";
        var address = gateway.AddressOf(Kinds.RequestedCertificate, key);
        gateway.AddOnce(new ResourceNode
        {
            Address = address,
            Attributes = Shape.Of(
                Shape.Text("domain", hostnames[0]),
                Shape.Field("alternativeNames", Shape.Texts(hostnames.Skip(1))),
                Shape.Field("zones", new AttributeValue.Map(new AttributeMap(zones))),
                gateway.Tags),
            Origin = option.Span,
            OriginObjects = [gateway.GatewayObject],
            Hostnames = hostnames,
        });
        return [new CertificateUse($"request/{key}", Arn(address), hostnames, option.Span)];
    }

    private static AttributeValue.Reference Arn(ResourceAddress address) => new(address, "arn");

    private static EquatableList<string> HostnamesOf(RoutingListener listener) =>
        listener.Hostname is "" ? [] : [listener.Hostname];
}
