using Gwctl.Testing.Specs;

namespace Gwctl.Providers.Gcp.Tests.Projection;

public sealed class CertificateTests
{
    private const string Zone = "dns: {zones: [{name: example.com}]}";

    [Fact]
    public void A_secret_is_an_ssl_certificate_whose_name_changes_with_it()
    {
        var first = Projected.All(WithSecret("certificateRefs: [{name: s}]"));
        var second = Projected.All(WithSecret("certificateRefs: [{name: s}]"));

        Assert.Equal("secret/shop/s", first.Only(Kinds.SslCertificate).Address.Key);
        Assert.Equal("[<ssl-certificate secret/shop/s>]", first.Text(Kinds.TargetHttpsProxy, "sslCertificates"));
        Assert.Equal("(sensitive)", first.Text(Kinds.SslCertificate, "privateKey"));
        Assert.NotEqual(first.Text(Kinds.SslCertificate, "name"), second.Text(Kinds.SslCertificate, "name"));
    }

    [Fact]
    public void Certificate_manager_holds_secrets_in_a_map_where_it_is_asked_to()
    {
        var projected = Projected.All(WithSecret("certificateRefs: [{name: s}]"), "certificates: certificate-manager");

        Assert.Equal("<certificate-map 443>", projected.Text(Kinds.TargetHttpsProxy, "certificateMap"));
        Assert.Equal("443/a.example.com", projected.Only(Kinds.CertificateMapEntry).Address.Key);
        Assert.Equal("[<certificate secret/shop/s>]", projected.Text(Kinds.CertificateMapEntry, "certificates"));
        Assert.Equal(
            "{pemCertificate: (sensitive), pemPrivateKey: (sensitive)}",
            projected.Text(Kinds.Certificate, "selfManaged"));
    }

    [Theory]
    [InlineData("a.example.com", "a.example.com")]
    [InlineData("'*.example.com'", "example.com")]
    public void A_requested_certificate_is_proved_by_dns(string hostname, string domain)
    {
        var projected = Projected.All(Listener(hostname, "request"), config: Zone);

        Assert.Equal(domain, projected.Only(Kinds.DnsAuthorization).Address.Key);
        Assert.Equal("?managed-zone(public example.com)", projected.Text(Kinds.DnsAuthorization, "zone"));
        Assert.Equal(
            $"{{dnsAuthorizations: [<dns-authorization {domain}>], domains: [{hostname.Trim('\'')}]}}",
            projected.Text(Kinds.Certificate, "managed"));
        Assert.Equal("<certificate-map 443>", projected.Text(Kinds.TargetHttpsProxy, "certificateMap"));
        Assert.Empty(projected.Codes);
    }

    [Fact]
    public void Without_a_zone_a_certificate_waits_for_traffic_and_that_is_said()
    {
        var projected = Projected.All(Listener("a.example.com", "request"));

        Assert.Equal(["GW3221"], projected.Codes);
        Assert.Equal("MANAGED", projected.Text(Kinds.SslCertificate, "type"));
        Assert.Equal("{domains: [a.example.com]}", projected.Text(Kinds.SslCertificate, "managed"));
    }

    [Fact]
    public void A_wildcard_without_a_zone_cannot_be_requested()
    {
        var projected = Projected.All(Listener("'*.example.com'", "request"));

        Assert.Equal(["GW3220"], projected.Codes);
        Assert.Empty(projected.Of(Kinds.ForwardingRule));
    }

    [Theory]
    [InlineData("own", "sslCertificates",
        "[https://www.googleapis.com/compute/v1/projects/my-project/global/sslCertificates/own]")]
    [InlineData("'rsa, projects/p/global/sslCertificates/ecdsa'", "sslCertificates",
        "[https://www.googleapis.com/compute/v1/projects/my-project/global/sslCertificates/rsa, "
            + "https://www.googleapis.com/compute/v1/projects/p/global/sslCertificates/ecdsa]")]
    [InlineData("projects/p/global/sslCertificates/x", "sslCertificates",
        "[https://www.googleapis.com/compute/v1/projects/p/global/sslCertificates/x]")]
    [InlineData("projects/p/locations/global/certificateMaps/m", "certificateMap",
        "//certificatemanager.googleapis.com/projects/p/locations/global/certificateMaps/m")]
    public void Certificates_and_maps_of_the_project_can_be_named(string option, string attribute, string expected)
    {
        var projected = Projected.All(Listener("a.example.com", option));

        Assert.Equal(expected, projected.Text(Kinds.TargetHttpsProxy, attribute));
        Assert.Empty(projected.Codes);
    }

    [Theory]
    [InlineData("discover", "", "GW3211")]
    [InlineData("'own,'", "", "GW3211")]
    [InlineData("'projects/p/locations/global/certificateMaps/m,own'", "", "GW3214")]
    [InlineData("request", Projected.Regional, "GW3213")]
    [InlineData("projects/p/locations/global/certificateMaps/m", Projected.Regional, "GW3211")]
    public void What_cannot_be_served_closes_the_port(string option, string gcp, string code)
    {
        var projected = Projected.All(Listener("a.example.com", option), gcp, Zone);

        Assert.Equal([code], projected.Codes);
        Assert.Empty(projected.Of(Kinds.ForwardingRule));
    }

    [Fact]
    public void A_proxy_takes_fifteen_certificates()
    {
        var listeners = string.Join(", ", Enumerable.Range(0, 16).Select(index =>
            $"{{name: l{index}, port: 443, protocol: HTTPS, hostname: h{index}.example.com, "
                + $"tls: {{options: {{gwctl.dev/certificate: c{index}}}}}}}"));

        Assert.Equal(["GW3212"], Projected.All(SpecText.Gateway(listeners)).Codes);
    }

    private static string Listener(string hostname, string option) => SpecText.Gateway(
        $"{{name: s, port: 443, protocol: HTTPS, hostname: {hostname}, "
            + $"tls: {{options: {{gwctl.dev/certificate: {option}}}}}}}");

    private static string WithSecret(string tls)
    {
        var pair = TestCertificate.For("a.example.com");
        static string Base64(string text) => Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(text));
        return $$"""
            {{SpecText.Gateway("{name: s, port: 443, protocol: HTTPS, hostname: a.example.com, tls: {" + tls + "}}")}}
            ---
            apiVersion: v1
            kind: Secret
            metadata: {name: s, namespace: shop}
            type: kubernetes.io/tls
            data: {tls.crt: {{Base64(pair.Chain)}}, tls.key: {{Base64(pair.PrivateKey)}} }
            """;
    }
}
