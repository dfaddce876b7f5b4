using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Engine.Handlers;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Aws.Api;
using Gwctl.Providers.Aws.Applying;
using Gwctl.Providers.Aws.Cutover;
using Gwctl.Providers.Aws.Projection;
using Gwctl.Providers.Aws.Reading;
using Gwctl.Providers.Aws.Settling;
using Gwctl.Providers.Aws.Traffic;

namespace Gwctl.Providers.Aws;

/// <summary>AWS, for one ProviderConfig: composes the pure parts and the parts that call.</summary>
public sealed class AwsProvider : IProvider, IDisposable
{
    public const string ProviderName = "aws";

    private readonly AwsSettings _settings;
    private readonly AwsApi _api;
    private readonly AwsReader _reader;
    private readonly KindApplier<AwsException> _applier;

    private AwsProvider(AwsSettings settings, AwsProviderOptions options)
    {
        _settings = settings;
        Kinds = KindSchemas.Within(settings.Quotas);
        Scope = new ProviderScope(
            settings.Config.ToString(),
            ProviderName,
            settings.Account?.Value ?? "",
            settings.Region.Value,
            settings.Owner);
        _api = new AwsApi(ApiOptions(settings, options));
        var scope = new ReadScope(Scope.Name, settings.Owner, settings.Zones);
        var ledger = new DigestLedger();
        _reader = new AwsReader(_api, scope, ledger, options.Clock);
        WeightedDns = new Route53Names(_api, settings.Zones);
        Balancers = new AwsBalancers(_api, settings.Owner);
        _applier = AwsApplier.Of(new ApplyContext(_api, scope, ledger, options.Waits, options.Clock));
    }

    public ProviderScope Scope { get; }

    public EquatableList<KindSchema> Kinds { get; }

    public IWeightedDns WeightedDns { get; }

    public IBalancerWatch Balancers { get; }

    public EquatableList<FeatureSupport> Capabilities => Aws.Capabilities.OfSuite;

    public IReadOnlyDictionary<string, TrafficEffect> Effects => AnnouncedEffects.ByCode;

    /// <summary>Decodes the configuration and makes its provider. Sends nothing.</summary>
    public static Compiled<IProvider> Create(ProviderConfigSpec config, AwsProviderOptions options)
    {
        var settings = SettingsDecoder.Decode(config);
        return Compiled.From<IProvider>(
            settings.Succeeded ? new AwsProvider(settings.Value, options) : null, settings.Diagnostics);
    }

    public Compiled<ResourceGraph> Project(RoutingModel model) => AwsProjection.Project(model, _settings, Scope);

    public Compiled<ResourceGraph> Settle(ResourceGraph desired, LiveState live) => AwsSettling.Settle(desired, live);

    public AttributeMap? Bridge(ResourceAddress address, AttributeMap before, AttributeMap after) =>
        AwsBridge.Bridge(address, before, after);

    public TrafficTable DescribeTraffic(IReadOnlyList<ResourceNode> nodes) => AwsTraffic.Describe(nodes);

    public async Task<ProviderScope> IdentifyAsync(CancellationToken cancellationToken)
    {
        try
        {
            var identity = await _api.Sts.GetCallerIdentityAsync(new(), cancellationToken);
            return _settings.Account is { } account && account.Value != identity.Account
                ? throw new ProviderException(OtherAccount(account, identity.Account, identity.Arn))
                : Scope with { Account = identity.Account };
        }
        catch (AwsException exception)
        {
            throw AwsFailures.From(exception, "asking who we are");
        }
    }

    public async Task<LiveState> ReadAsync(ReadRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        try
        {
            return await _reader.ReadAsync(request, cancellationToken);
        }
        catch (AwsException exception)
        {
            throw AwsFailures.From(exception, $"reading region {_settings.Region.Value}");
        }
    }

    public Task<StepOutcome> ApplyAsync(StepCall call, CancellationToken cancellationToken) =>
        _applier.ApplyAsync(call, cancellationToken);

    public void Dispose() => _api.Dispose();

    private static AwsApiOptions ApiOptions(AwsSettings settings, AwsProviderOptions options) => new()
    {
        Region = settings.Region.Value,
        Clock = options.Clock,
        Random = options.Random,
        EndpointUrl = options.EndpointUrl,
        Credentials = options.Credentials ?? CredentialsOf(settings),
        LimitsRate = options.LimitsRate,
        AttemptsMax = options.AttemptsMax,
        Observer = options.Observer,
        Handler = options.Handler,
    };

    private static AwsCredentialsSource CredentialsOf(AwsSettings settings)
    {
        AwsCredentialsSource source = settings.Profile is { } profile
            ? new AwsCredentialsSource.Profile(profile.Value)
            : new AwsCredentialsSource.Default();
        return settings.AssumeRole is { } role
            ? new AwsCredentialsSource.AssumeRole(source, role.RoleArn.Value)
            {
                SessionName = role.SessionName,
                ExternalId = role.ExternalId,
            }
            : source;
    }

    private static Diagnostic OtherAccount(Located<string> wanted, string account, string arn) =>
        new("GW4163", Severity.Error, "The credentials are for another AWS account")
        {
            Subject = wanted.Span,
            Detail = $"The configuration names account {wanted.Value}; the credentials ({arn}) are for {account}.",
            Help = "Use the credentials of the configured account, or correct spec.aws.account.",
        };
}
