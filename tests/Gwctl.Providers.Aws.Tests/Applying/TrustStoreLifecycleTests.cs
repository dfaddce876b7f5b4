using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Gwctl.Compiler.Routing;
using Gwctl.Engine.Planning;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;
using Gwctl.Sandbox.Aws;
using Gwctl.Testing.Specs;

namespace Gwctl.Providers.Aws.Tests.Applying;

/// <summary>Goal: who may show a certificate is what the specs say, from the first day to the last.</summary>
public sealed class TrustStoreLifecycleTests
{
    private static readonly string First = Authority("first");
    private static readonly string Second = Authority("second");

    [Fact]
    public async Task Clients_are_verified_and_that_is_read_back()
    {
        await using var bench = await StartAsync(First);
        await bench.ApplyAsync();

        await bench.AssertNoChangesAsync();
        await bench.AssertNoChangesAsync(ReadDepth.Shallow);
        bench.Restart();
        await bench.AssertNoChangesAsync(ReadDepth.Shallow);
        Assert.StartsWith("{mode: verify, trustStore: arn:", await ModeAsync(bench));
    }

    [Fact]
    public async Task Another_authority_takes_the_place_of_the_first()
    {
        await using var bench = await StartAsync(First);
        await bench.ApplyAsync();
        var store = await StoreAsync(bench);
        bench.Amend = Verifying(Second);
        await bench.ApplyAsync();

        await bench.AssertNoChangesAsync();
        var changed = await StoreAsync(bench);
        Assert.Equal(store.Id, changed.Id);
        Assert.NotEqual(store.Attributes["location"], changed.Attributes["location"]);
    }

    [Fact]
    public async Task Verification_ends_with_the_specs()
    {
        await using var bench = await StartAsync(First);
        await bench.ApplyAsync();
        bench.Amend = static model => model;
        await bench.ApplyAsync();

        await bench.AssertNoChangesAsync();
        Assert.Equal("", await ModeAsync(bench));
        Assert.DoesNotContain((await bench.ReadAsync()).Resources, found => found.Address.Kind is Kinds.TrustStore);
    }

    [Fact]
    public async Task Nothing_is_left_behind()
    {
        await using var bench = await StartAsync(First);
        var before = Objects(bench);
        await bench.ApplyAsync();
        bench.Want("");
        await bench.ApplyAsync(await bench.PlanAsync(purpose: PlanPurpose.Destroy));

        Assert.Equal(before, Objects(bench));
    }

    private static async Task<Bench> StartAsync(string authority)
    {
        var bench = await Bench.StartAsync(
            new AwsOptions { HostedZones = ["example.com"], Delays = AwsDelays.None, Buckets = ["bundles"] },
            $"{Bench.DefaultConfig}\n    trustStore: {{bucket: bundles}}");
        bench.Want(Shop.Https());
        bench.Amend = Verifying(authority);
        return bench;
    }

    private static Func<RoutingModel, RoutingModel> Verifying(string authority) => model => model with
    {
        Gateways = [.. model.Gateways.Select(gateway => gateway with
        {
            Ports = [.. gateway.Ports.Select(port => port.Protocol is RoutingProtocol.Https
                ? port with { ClientValidation = new ClientValidation([authority], false, Make.At(1)) }
                : port)],
        })],
    };

    private static async Task<LiveResource> StoreAsync(Bench bench) =>
        (await bench.ReadAsync()).Resources.Single(found => found.Address.Kind is Kinds.TrustStore);

    private static async Task<string> ModeAsync(Bench bench) => Projection.Projected.Text(
        (await bench.ReadAsync()).Resources
            .Single(found => found.Address is { Kind: Kinds.Listener, Key: "443" }).Attributes["mutualAuthentication"]);

    private static string Authority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var now = DateTimeOffset.UtcNow;
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return certificate.ExportCertificatePem();
    }

    private static string Objects(Bench bench) => string.Join("\n", bench.Cloud.Aws.Snapshot().Split('\n')
        .Where(line => !line.Contains("/change ", StringComparison.Ordinal)));
}
