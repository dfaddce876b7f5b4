using Gwctl.Compiler.Specs;

namespace Gwctl.Providers.Gcp.Tests.Projection;

public sealed class SettingsTests
{
    [Fact]
    public void Only_the_project_has_no_default()
    {
        var settings = Decode("project: my-project").Value;

        Assert.NotNull(settings);
        Assert.Equal(
            ("my-project", "default", "global", "ipv4", "GCE_VM_IP_PORT", 300),
            (settings.Project.Value, settings.Network.Name, settings.Balancer.Location, settings.Balancer.IpAddressType,
                settings.EndpointType, settings.Dns.TtlSeconds));
        Assert.False(settings.UsesCertificateManager);
        Assert.Null(settings.Impersonation);
    }

    [Fact]
    public void Everything_can_be_said()
    {
        var settings = Decode("""
            project: example.com:my-project
                region: europe-west1
                zones: [europe-west1-b, europe-west1-c]
                network: {name: vpc, subnetwork: apps, project: host-project}
                location: regional
                networkTier: STANDARD
                networkEndpointType: NON_GCP_PRIVATE_IP_PORT
                sslPolicy: modern
                dns: {ttlSeconds: 60}
                labels: {team: shop}
                impersonate: {serviceAccount: gwctl@my-project.iam.gserviceaccount.com}
                urlMapKilobytes: 1024
            """).Value;

        Assert.NotNull(settings);
        Assert.Equal(["europe-west1-b", "europe-west1-c"], settings.Zones);
        Assert.Equal(("vpc", "apps", "host-project"),
            (settings.Network.Name, settings.Network.Subnetwork, settings.Network.HostProject));
        Assert.True(settings.Balancer.IsRegional);
        Assert.Equal("gwctl@my-project.iam.gserviceaccount.com", settings.Impersonation?.ServiceAccount.Value);
    }

    [Theory]
    [InlineData("region: us-central1", "GW1102")]
    [InlineData("project: 123456", "GW1103")]
    [InlineData("project: my-project\n    location: regional", "GW3202")]
    [InlineData("project: my-project\n    scheme: internal", "GW3202")]
    [InlineData("project: my-project\n    networkTier: STANDARD", "GW3204")]
    [InlineData("project: my-project\n    region: us-east1\n    location: regional\n"
        + "    certificates: certificate-manager", "GW3203")]
    [InlineData("project: my-project\n    labels: {Team: x}", "GW3205")]
    public void What_does_not_fit_is_an_error_at_its_field(string text, string code)
    {
        var settings = Decode(text);

        Assert.Null(settings.Value);
        var error = Assert.Single(settings.Diagnostics);
        Assert.Equal(code, error.Code);
        Assert.False(error.Subject.IsNone);
    }

    [Fact]
    public void A_config_without_its_section_is_an_error()
    {
        var error = Assert.Single(Decode(null).Diagnostics);

        Assert.Equal("GW3201", error.Code);
    }

    private static Core.Compiled<GcpSettings> Decode(string? gcp)
    {
        var read = SpecReader.Read([new SpecSource("config.yaml", $$"""
            apiVersion: gwctl.dev/v1alpha1
            kind: ProviderConfig
            metadata: {name: main}
            spec:
              provider: gcp
              owner: tests
            {{(gcp is null ? "" : $"  gcp:\n    {gcp}")}}
            """)]);
        Assert.True(read.Succeeded, string.Join('\n', read.Diagnostics));
        return SettingsDecoder.Decode(Assert.Single(read.Value.ProviderConfigs));
    }
}
