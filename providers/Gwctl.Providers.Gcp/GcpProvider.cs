using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Engine.Handlers;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Gcp.Api;
using Gwctl.Providers.Gcp.Applying;
using Gwctl.Providers.Gcp.Cutover;
using Gwctl.Providers.Gcp.Projection;
using Gwctl.Providers.Gcp.Reading;
using Gwctl.Providers.Gcp.Settling;
using Gwctl.Providers.Gcp.Traffic;

namespace Gwctl.Providers.Gcp;

/// <summary>Google Cloud, for one ProviderConfig: composes the pure parts and the parts that call.</summary>
public sealed class GcpProvider : IProvider, IDisposable
{
    public const string ProviderName = "gcp";

    private readonly GcpSettings _settings;
    private readonly GcpApi _api;
    private readonly GcpReader _reader;
    private readonly KindApplier<GcpException> _applier;

    private GcpProvider(GcpSettings settings, GcpProviderOptions options)
    {
        _settings = settings;
        Scope = new ProviderScope(
            settings.Config.ToString(),
            ProviderName,
            settings.Project.Value,
            settings.Region?.Value ?? "",
            settings.Owner);
        _api = new GcpApi(ApiOptions(settings, options));
        var scope = new ReadScope(Scope.Name, settings.Owner, settings.Project.Value, settings.DnsZones);
        _reader = new GcpReader(_api, scope);
        WeightedDns = new CloudDnsNames(_api, settings.DnsZones);
        Balancers = new GcpBalancers(_api, settings.Owner, TimeSpan.FromSeconds(settings.Dns.TtlSeconds));
        _applier = GcpApplier.Of(new ApplyContext(_api, scope, options.Waits, options.Clock));
    }

    public ProviderScope Scope { get; }

    public IWeightedDns WeightedDns { get; }

    public IBalancerWatch Balancers { get; }

    public EquatableList<KindSchema> Kinds => KindSchemas.All;

    public EquatableList<FeatureSupport> Capabilities => Gcp.Capabilities.OfSuite;

    public IReadOnlyDictionary<string, TrafficEffect> Effects => AnnouncedEffects.ByCode;

    /// <summary>Decodes the configuration and makes its provider. Sends nothing.</summary>
    public static Compiled<IProvider> Create(ProviderConfigSpec config, GcpProviderOptions options)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(options);
        var settings = SettingsDecoder.Decode(config);
        return Compiled.From<IProvider>(
            settings.Succeeded ? new GcpProvider(settings.Value, options) : null, settings.Diagnostics);
    }

    public Compiled<ResourceGraph> Project(RoutingModel model) => GcpProjection.Project(model, _settings, Scope);

    public Compiled<ResourceGraph> Settle(ResourceGraph desired, LiveState live) => GcpSettling.Settle(desired, live);

    public AttributeMap? Bridge(ResourceAddress address, AttributeMap before, AttributeMap after) =>
        GcpBridge.Bridge(address, before, after);

    public TrafficTable DescribeTraffic(IReadOnlyList<ResourceNode> nodes) => GcpTraffic.Describe(nodes);

    /// <summary>The project is named by the configuration, and Google checks every call against it.</summary>
    public Task<ProviderScope> IdentifyAsync(CancellationToken cancellationToken) => Task.FromResult(Scope);

    public async Task<LiveState> ReadAsync(ReadRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        try
        {
            return await _reader.ReadAsync(request, cancellationToken);
        }
        catch (GcpException exception)
        {
            throw GcpFailures.From(exception, $"reading project {_settings.Project.Value}");
        }
    }

    public Task<StepOutcome> ApplyAsync(StepCall call, CancellationToken cancellationToken) =>
        _applier.ApplyAsync(call, cancellationToken);

    public void Dispose() => _api.Dispose();

    private static GcpApiOptions ApiOptions(GcpSettings settings, GcpProviderOptions options) => new()
    {
        Project = settings.Project.Value,
        Clock = options.Clock,
        Random = options.Random,
        EndpointUrl = options.EndpointUrl,
        Credentials = options.Credentials ?? CredentialsOf(settings),
        LimitsRate = options.LimitsRate,
        AttemptsMax = options.AttemptsMax,
        Observer = options.Observer,
        Handler = options.Handler,
    };

    private static GcpCredentialsSource CredentialsOf(GcpSettings settings) =>
        settings.Impersonation is { } impersonation ? new GcpCredentialsSource.Impersonation(
            new GcpCredentialsSource.Default(), impersonation.ServiceAccount.Value)
        {
            Delegates = impersonation.Delegates,
        }
        : new GcpCredentialsSource.Default();
}
