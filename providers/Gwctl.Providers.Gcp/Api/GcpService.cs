using Gwctl.Engine.Providers;

namespace Gwctl.Providers.Gcp.Api;

/// <summary>What is particular to a service: its name, its host, and the rates at which its calls start. Projects have
/// 1500 reads and 1500 writes a minute of Compute Engine; the rates here leave some to others, and a throttle corrects
/// them at run time.</summary>
internal sealed record GcpService(string Name, Uri Root, BucketRate Reads, BucketRate Writes)
{
    public static readonly GcpService Compute = new(
        "compute", new Uri("https://compute.googleapis.com"), new BucketRate(200, 20), new BucketRate(200, 20));

    public static readonly GcpService Dns = new(
        "dns", new Uri("https://dns.googleapis.com"), new BucketRate(50, 8), new BucketRate(50, 8));

    public static readonly GcpService CertificateManager = new(
        "certificatemanager",
        new Uri("https://certificatemanager.googleapis.com"),
        new BucketRate(50, 4),
        new BucketRate(30, 4));
}
