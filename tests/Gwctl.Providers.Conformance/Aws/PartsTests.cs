using Gwctl.Testing.Clouds;
using Gwctl.Testing.Clouds.Aws;

namespace Gwctl.Providers.Conformance.Aws;

/// <summary>The parts against the suite's target.</summary>
public sealed class PartsTests
{
    [Fact]
    public async Task Identity()
    {
        await using var cloud = await StartAsync();
        await new Parts(cloud).IdentifyAsync();
    }

    [Fact]
    public async Task Security_group()
    {
        await using var cloud = await StartAsync();
        await new Parts(cloud).SecurityGroupAsync();
    }

    [Fact]
    public async Task Imported_certificate()
    {
        await using var cloud = await StartAsync();
        await new Parts(cloud).CertificateAsync();
    }

    [Fact]
    public async Task Record()
    {
        await using var cloud = await StartAsync();
        await new Parts(cloud).RecordAsync();
    }

    private static Task<CloudUnderTest> StartAsync() => CloudUnderTest.StartAsync(
        new AwsUnderTest(), ConformanceTests.Owner, ConformanceTests.Zone, null, TestContext.Current.CancellationToken);
}
