namespace Gwctl.Providers.Conformance.Aws;

/// <summary>The parts against the suite's target.</summary>
public sealed class PartsTests
{
    [Fact]
    public async Task Identity()
    {
        await using var target = await AwsTarget.StartAsync();
        await new Parts(target).IdentifyAsync();
    }

    [Fact]
    public async Task Security_group()
    {
        await using var target = await AwsTarget.StartAsync();
        await new Parts(target).SecurityGroupAsync();
    }

    [Fact]
    public async Task Imported_certificate()
    {
        await using var target = await AwsTarget.StartAsync();
        await new Parts(target).CertificateAsync();
    }

    [Fact]
    public async Task Record()
    {
        await using var target = await AwsTarget.StartAsync();
        await new Parts(target).RecordAsync();
    }
}
