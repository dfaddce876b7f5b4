using Gwctl.Compiler.Specs;

namespace Gwctl.Compiler.Tests.Specs;

public sealed class ProviderConfigTextTests
{
    [Fact]
    public void A_configuration_reads_back_as_it_meant()
    {
        var config = Read("""
            apiVersion: gwctl.dev/v1alpha1
            kind: ProviderConfig
            metadata: {name: prod, namespace: infra}
            spec:
              provider: aws
              owner: "007"
              dns: {zones: [{name: example.com, id: Z1, private: yes}, {name: example.org}]}
              aws:
                region: eu-west-1
                account: "000000000012"
                flags: [yes, Off, ~, 0x10, 1_000, 80.0, 1.5, "80", "yes", "quote \" ü"]
            """);
        var text = ProviderConfigText.Write(config);
        Assert.Contains("""[true,false,null,16,1000,80,"1.5","80","yes",""", text, StringComparison.Ordinal);

        var again = Read(text);
        Assert.Equal(config.Name, again.Name);
        Assert.Equal(config.Owner.Value, again.Owner.Value);
        Assert.Equal(
            config.DnsZones.Select(zone => zone with { Span = default }),
            again.DnsZones.Select(zone => zone with { Span = default }));
        Assert.Equal(text, ProviderConfigText.Write(again));
    }

    private static ProviderConfigSpec Read(string text)
    {
        var read = SpecReader.Read([new SpecSource("config.yaml", text)]);
        Assert.False(read.HasErrors, string.Join('\n', read.Diagnostics));
        return Assert.Single(read.Value!.ProviderConfigs);
    }
}
