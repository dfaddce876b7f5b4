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

namespace Gwctl.Providers.Conformance;

/// <summary>Specs in, a cloud out: what a user does, for whichever provider.</summary>
public sealed class Harness(string config, ProviderFactory factory)
{
    private readonly PlanSession _session = new(factory, TimeProvider.System);
    private readonly ProviderConfigSpec _config = Read(config).ProviderConfigs.Single();
    private SpecSet _specs = new();

    public void Want(string specs) => _specs = Read(specs);

    public async Task<Plan> PlanAsync(PlanPurpose purpose = PlanPurpose.Apply, ReadDepth depth = ReadDepth.Deep)
    {
        var planned = await _session.PlanAsync(
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
            TestContext.Current.CancellationToken);
        Assert.True(planned.Succeeded, string.Join("\n", planned.Diagnostics));
        return planned.Value;
    }

    public async Task ApplyAsync(PlanPurpose purpose = PlanPurpose.Apply)
    {
        var executor = new Executor(new ExecutorOptions { Clock = TimeProvider.System });
        var events = await executor.ApplyAsync(
            await PlanAsync(purpose),
            _session.Providers,
            Reveal,
            CancellationToken.None,
            TestContext.Current.CancellationToken)
            .ToListAsync(TestContext.Current.CancellationToken);
        var failed = events.OfType<ApplyEvent.StepFailed>().Select(step => $"{step.Step.Address}: {step.Diagnostic}");
        Assert.True(!failed.Any(), string.Join("\n", failed));
    }

    public async Task AssertNoChangesAsync(ReadDepth depth = ReadDepth.Deep)
    {
        var plan = await PlanAsync(depth: depth);
        Assert.True(!plan.HasChanges, string.Join("\n", plan.Changes.Select(change => change switch
        {
            Change.Update update => $"{update.Address}: {string.Join(", ", update.Attributes)}",
            _ => $"{change.GetType().Name} {change.Address}",
        })));
    }

    public static SpecSet Read(string text)
    {
        var specs = SpecReader.Read([new SpecSource("conformance.yaml", text)]);
        Assert.True(specs.Succeeded, string.Join("\n", specs.Diagnostics));
        return specs.Value;
    }

    private RoutingModel Routing()
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
