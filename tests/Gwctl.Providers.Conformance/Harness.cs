using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Compiler.Topology;
using Gwctl.Core;
using Gwctl.Engine.Apply;
using Gwctl.Engine.Diff;
using Gwctl.Engine.Planning;
using Gwctl.Engine.Policy;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;
using Gwctl.Testing.Clouds;

namespace Gwctl.Providers.Conformance;

/// <summary>Specs in, a cloud out: what one process of a user's does, for whichever provider.</summary>
public sealed class Harness(CloudUnderTest cloud)
{
    // Far above what a sandbox needs; a run that hangs is a finding.
    private static readonly TimeSpan s_runMax = TimeSpan.FromMinutes(20);

    private readonly PlanSession _session = new(cloud.Create, TimeProvider.System);
    private readonly ProviderConfigSpec _config = Read(cloud.Config).ProviderConfigs.Single();
    private SpecSet _specs = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <param name="specs"><c>ZONE</c> and <c>CLASS</c> stand for the domain and the provider.</param>
    public void Want(string specs) => _specs = Read(Filled(specs));

    public string Filled(string text) => text
        .Replace("ZONE", cloud.Place.Domain, StringComparison.Ordinal)
        .Replace("CLASS", cloud.Provider.Name, StringComparison.Ordinal);

    public async Task<Plan> PlanAsync(PlanPurpose purpose = PlanPurpose.Apply, ReadDepth depth = ReadDepth.Deep)
    {
        var planned = await TryPlanAsync(purpose, depth);
        Assert.True(planned.Succeeded, string.Join("\n", planned.Diagnostics));
        return planned.Value;
    }

    public Task<Compiled<Plan>> TryPlanAsync(
        PlanPurpose purpose = PlanPurpose.Apply, ReadDepth depth = ReadDepth.Deep) => _session.PlanAsync(
        new PlanRequest
        {
            Purpose = purpose,
            Model = Routing(),
            Configs = [_config],
            InputDigest = "conformance",
            ToolVersion = "conformance",
            Depth = depth,
            Policy = new PlanPolicy { AllowEmpty = true },
        },
        Token);

    public async Task ApplyAsync(PlanPurpose purpose = PlanPurpose.Apply)
    {
        var failed = await TryApplyAsync(await PlanAsync(purpose));
        Assert.True(failed.Count is 0, string.Join("\n", failed.Select(Text)));
    }

    public async Task<List<ApplyEvent.StepFailed>> TryApplyAsync(Plan plan)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(s_runMax);
        return await new Executor(new ExecutorOptions { Clock = TimeProvider.System })
            .ApplyAsync(plan, _session.Providers, Reveal, CancellationToken.None, limit.Token)
            .OfType<ApplyEvent.StepFailed>()
            .ToListAsync(Token);
    }

    /// <summary>Why a saved plan may not be applied any more; empty where it may.</summary>
    public async Task<List<Diagnostic>> CheckStalenessAsync(Plan plan)
    {
        var told = await _session.CheckStalenessAsync(plan, [_config], Token);
        return [.. told.Where(diagnostic => diagnostic.Severity is Severity.Error)];
    }

    public async Task AssertNoChangesAsync(ReadDepth depth = ReadDepth.Deep)
    {
        var plan = await PlanAsync(depth: depth);
        Assert.True(!plan.HasChanges, Text(plan));
    }

    public static SpecSet Read(string text)
    {
        var specs = SpecReader.Read([new SpecSource("conformance.yaml", text)]);
        Assert.True(specs.Succeeded, $"{string.Join("\n", specs.Diagnostics)}\n{text}");
        return specs.Value;
    }

    public static string Text(Plan plan) => string.Join("\n", plan.Changes.Select(change => change switch
    {
        Change.Update update => $"{update.Address}: {string.Join(", ", update.Attributes)}",
        _ => $"{change.GetType().Name} {change.Address}",
    }));

    public static string Text(ApplyEvent.StepFailed failed) =>
        $"{failed.Step.Action} {failed.Step.Address}: {failed.Diagnostic}";

    public RoutingModel Routing()
    {
        var topology = TopologyResolver.Resolve(_specs, new TopologyOptions { ProviderConfig = _config });
        Assert.NotNull(topology.Value);
        var routing = RoutingCompiler.Lower(topology.Value);
        Assert.NotNull(routing.Value);
        return routing.Value;
    }

    private SecretText? Reveal(AttributeValue.Secret secret)
    {
        var parts = secret.Source.Split('#');
        var found = _specs.Secrets.Single(candidate => $"Secret/{candidate.Name}" == parts[0]);
        return parts[1] is "tls.crt" ? found.Certificate : found.PrivateKey;
    }
}
