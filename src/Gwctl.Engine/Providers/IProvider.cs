using System.Collections.Immutable;
using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Engine.Planning;
using Gwctl.Engine.Resources;

namespace Gwctl.Engine.Providers;

/// <summary>Where and as whom a provider works. Two plans with equal scopes speak of the same objects.</summary>
/// <param name="Name">Unique in a run: the ProviderConfig's name.</param>
/// <param name="Provider">The provider's name.</param>
/// <param name="Account">Account, project or subscription; empty until known.</param>
/// <param name="Region">Region or location; empty where the provider has none.</param>
/// <param name="Owner">The owner id on every object.</param>
public sealed record ProviderScope(string Name, string Provider, string Account, string Region, string Owner);

/// <summary>How thoroughly to read.</summary>
public enum ReadDepth
{
    /// <summary>Every attribute of every managed object: finds drift anywhere.</summary>
    Deep,

    /// <summary>Bulk lists and marks only; digests in the marks stand for attributes. Cheap, for frequent
    /// use.</summary>
    Shallow,
}

/// <summary>What to read.</summary>
/// <param name="Desired">The graph whose lookups are to be answered, and whose names, where foreign objects hold them,
/// are to be reported as in the way. Everything that bears our owner id is read in any case.</param>
public sealed record ReadRequest(ResourceGraph Desired, ReadDepth Depth);

/// <summary>A cloud. One instance serves one ProviderConfig. Thread-safe.</summary>
public interface IProvider
{
    ProviderScope Scope { get; }

    /// <summary>Every kind that <see cref="Project"/> makes.</summary>
    EquatableList<KindSchema> Kinds { get; }

    /// <summary>How far each feature of the Gateway API goes there, one for each of
    /// <see cref="ConformanceFeatures.All"/>; empty where nothing is said.</summary>
    EquatableList<FeatureSupport> Capabilities => [];

    /// <summary>What each code of <see cref="Project"/>'s diagnostics says of requests; a code that is not among them
    /// says nothing: requests fare as the Gateway API says.</summary>
    IReadOnlyDictionary<string, TrafficEffect> Effects => ImmutableDictionary<string, TrafficEffect>.Empty;

    /// <summary>Weighted answers for cutovers; null where the provider has none.</summary>
    IWeightedDns? WeightedDns => null;

    /// <summary>What cutovers ask of load balancers; null where the provider has no
    /// <see cref="WeightedDns"/>.</summary>
    IBalancerWatch? Balancers => null;

    /// <summary>Judges capabilities and turns routing into cloud objects. Pure. What the cloud cannot do is an error on
    /// the very match or filter; all the rest is in the graph.</summary>
    Compiled<ResourceGraph> Project(RoutingModel model);

    /// <summary>Asks the cloud who we are there: completes <see cref="Scope"/>'s account.</summary>
    /// <exception cref="ProviderException">No credentials, no permission, another account than configured.</exception>
    Task<ProviderScope> IdentifyAsync(CancellationToken cancellationToken);

    /// <summary>Reads the cloud.</summary>
    /// <exception cref="ProviderException">Anything could not be read: there is no partial snapshot.</exception>
    Task<LiveState> ReadAsync(ReadRequest request, CancellationToken cancellationToken);

    /// <summary>Fits the desired graph to what lives: answers lookups, and chooses what the cloud wants numbered
    /// (priorities) so that the least changes. Pure. A lookup without answer is an error at its node's
    /// origin.</summary>
    Compiled<ResourceGraph> Settle(ResourceGraph desired, LiveState live);

    /// <summary>For an update that starts to use an object that must first become ready: attributes in between that
    /// make the cloud check it without giving it traffic. Null where the update can be made at once. Pure.</summary>
    /// <param name="before">As it lives: ids of other objects are text.</param>
    /// <param name="after">As it should be: ids of living objects are text, those of objects still to be made are
    /// <see cref="AttributeValue.Reference"/>s.</param>
    /// <remarks>Where <paramref name="before"/> already is the bridge (an apply was killed in between), the answer is
    /// the bridge all the same, so that the plan waits before it switches.</remarks>
    AttributeMap? Bridge(ResourceAddress address, AttributeMap before, AttributeMap after);

    /// <summary>Which requests go where, by these objects' attributes: of a settled graph or of a live state.
    /// Pure.</summary>
    TrafficTable DescribeTraffic(IReadOnlyList<ResourceNode> nodes);

    /// <summary>Carries out one step. Called again after a crash, it completes or repeats without harm.</summary>
    /// <exception cref="ProviderException">It failed; the diagnostic says whether the object may have
    /// changed.</exception>
    Task<StepOutcome> ApplyAsync(StepCall call, CancellationToken cancellationToken);
}

/// <summary>Makes a provider for a configuration; fails with diagnostics at the configuration's fields.</summary>
public delegate Compiled<IProvider> ProviderFactory(ProviderConfigSpec config);

/// <summary>A step with everything known: references resolved to text, secrets at hand.</summary>
public sealed record StepCall
{
    public required Step Step { get; init; }

    /// <summary>The step's After without references; null for steps that have none.</summary>
    public required AttributeMap? After { get; init; }

    /// <summary>Finds the text of a <see cref="AttributeValue.Secret"/> by its source; its digest has been
    /// checked.</summary>
    public required Func<AttributeValue.Secret, SecretText> Reveal { get; init; }

    /// <summary>Text of what an existing or just made object put out; null while unknown.</summary>
    public required Func<ResourceAddress, string, string?> Output { get; init; }

    /// <summary>For waits: says what is waited for, as in <c>2 of 3 targets healthy</c>.</summary>
    public required Action<string> Progress { get; init; }

    /// <summary>Says what people should know of a step that succeeds all the same.</summary>
    public Action<Diagnostic> Warn { get; init; } = static _ => { };
}

/// <summary>What a step left: the object's id and outputs (both empty for deletions and waits).</summary>
public sealed record StepOutcome(string Id, AttributeMap Outputs)
{
    public static readonly StepOutcome None = new("", AttributeMap.Empty);
}

/// <summary>Why a provider's call failed.</summary>
public enum ProviderFailure
{
    /// <summary>The cloud refused or failed.</summary>
    Failed,

    /// <summary>The object is not as the plan saw it.</summary>
    Stale,

    /// <summary>The request may or may not have taken effect: read again before trying again.</summary>
    OutcomeUnknown,
}

/// <summary>A cloud call failed. The diagnostic is fit for users: no stack, no secret.</summary>
public sealed class ProviderException : Exception
{
    public ProviderException(
        Diagnostic diagnostic, ProviderFailure failure = ProviderFailure.Failed, Exception? inner = null)
        : base($"{diagnostic.Code} {diagnostic.Summary}: {diagnostic.Detail}", inner)
    {
        Diagnostic = diagnostic;
        Failure = failure;
    }

    public Diagnostic Diagnostic { get; }

    public ProviderFailure Failure { get; }
}
