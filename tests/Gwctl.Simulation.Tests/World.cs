using System.Net;
using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Compiler.Topology;
using Gwctl.Core;
using Gwctl.Engine.Apply;
using Gwctl.Engine.Planning;
using Gwctl.Engine.Resources;
using Gwctl.Sandbox.DataPlane;
using Gwctl.Testing.Clouds;
using Gwctl.Testing.Specs;

namespace Gwctl.Simulation.Tests;

/// <summary>A sandboxed cloud with foreign objects in it, and the whole pipeline from YAML to calls. What it runs is
/// the real reader, compiler, engine, provider and wire clients.</summary>
internal sealed class World : IAsyncDisposable
{
    private static readonly string s_secrets = string.Join("\n---\n", Enumerable.Range(0, 3).Select(SecretText));

    // Far above what a simulated world needs; a run that hangs is a finding.
    private static readonly TimeSpan s_runMax = TimeSpan.FromMinutes(2);

    private readonly CloudUnderTest _cloud;

    private World(CloudUnderTest cloud) => _cloud = cloud;

    /// <summary>Every provider, for theories.</summary>
    public static TheoryData<string> Providers => [.. ProvidersUnderTest.Names];

    public SandboxControls Controls => _cloud.Controls ?? throw new InvalidOperationException("no sandbox");

    /// <param name="provider">The provider's name.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="dataPlane">Null where only the cloud's API is looked at.</param>
    public static async Task<World> StartAsync(
        string provider, CancellationToken cancellationToken, DataPlaneOptions? dataPlane = null) =>
        new(await CloudUnderTest.StartSandboxAsync(
            ProvidersUnderTest.Of(provider), "world", "example.com", dataPlane, cancellationToken));

    /// <summary>An empty account but for what somebody else made; returns what it looks like.</summary>
    public async Task<string> BeginAsync(CancellationToken cancellationToken)
    {
        Controls.Faults.Plan = null;
        Controls.Reset();
        await _cloud.Provider.MakeForeignAsync(_cloud.Place, cancellationToken);
        return Objects();
    }

    /// <summary>All objects of the account.</summary>
    public string Objects() => Controls.Snapshot();

    /// <summary>Plans the specs; a plan that reports an error fails the test.</summary>
    public async Task<Planned> PlanAsync(string specs, CancellationToken cancellationToken)
    {
        var planned = await TryPlanAsync(specs, cancellationToken);
        Assert.True(planned.Plan.Succeeded, string.Join('\n', planned.Plan.Diagnostics.Select(Text)));
        return planned;
    }

    public async Task<Planned> TryPlanAsync(string specs, CancellationToken cancellationToken)
    {
        var filled = specs.Replace("CLASS", _cloud.Provider.Name, StringComparison.Ordinal);
        var read = SpecReader.Read(
            [new SpecSource("world.yaml", $"{_cloud.Config}\n---\n{s_secrets}\n---\n{filled}")]);
        Assert.True(read.Succeeded, string.Join('\n', read.Diagnostics.Select(Text)));
        var config = read.Value.ProviderConfigs.Single();
        var topology = TopologyResolver.Resolve(read.Value, new TopologyOptions { ProviderConfig = config });
        var model = RoutingCompiler.Lower(topology.Value ?? throw new InvalidOperationException("no topology"));
        var session = new PlanSession(_cloud.Create, TimeProvider.System);
        var plan = await session.PlanAsync(
            new PlanRequest
            {
                Purpose = PlanPurpose.Apply,
                Model = model.Value ?? throw new InvalidOperationException("no model"),
                Configs = [config],
                InputDigest = "simulation",
                ToolVersion = "simulation",
                Policy = new Engine.Policy.PlanPolicy { AllowEmpty = true },
            },
            cancellationToken);
        return new Planned(plan, session, read.Value);
    }

    /// <summary>Applies the plan; false where a step failed.</summary>
    public async Task<IReadOnlyList<ApplyEvent.StepFailed>> ApplyAsync(
        Planned planned, CancellationToken cancellationToken, Action<ApplyEvent>? told = null)
    {
        var plan = planned.Plan.Value ?? throw new InvalidOperationException("no plan");
        var executor = new Executor(new ExecutorOptions { Clock = TimeProvider.System });
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(s_runMax);
        var failed = new List<ApplyEvent.StepFailed>();
        var events = executor.ApplyAsync(
            plan, planned.Session.Providers, planned.SecretOf, CancellationToken.None, limit.Token);
        await foreach (var happened in events)
        {
            told?.Invoke(happened);
            if (happened is ApplyEvent.StepFailed failure)
            {
                failed.Add(failure);
            }
        }

        return failed;
    }

    /// <summary>Plans, applies, and plans again: the second plan must be empty.</summary>
    public async Task ConvergeAsync(string specs, string what, CancellationToken cancellationToken)
    {
        var failed = await ApplyAsync(await PlanAsync(specs, cancellationToken), cancellationToken);
        Assert.True(failed.Count is 0, $"{what}: {string.Join('\n', failed.Select(Text))}");
        await AssertSettledAsync(specs, what, cancellationToken);
    }

    public async Task AssertSettledAsync(string specs, string what, CancellationToken cancellationToken)
    {
        var again = (await PlanAsync(specs, cancellationToken)).Plan.Value;
        Assert.True(again is { HasChanges: false }, $"{what}: the second plan is not empty:\n{Text(again)}");
    }

    /// <summary>Returns when the load balancers do what the cloud's API says.</summary>
    public Task SettleAsync(CancellationToken cancellationToken) => Plane.SettleAsync(cancellationToken);

    /// <summary>Where the only listener of a port listens; for worlds with a data plane.</summary>
    public async Task<IPEndPoint> AddressAsync(int port, CancellationToken cancellationToken)
    {
        await SettleAsync(cancellationToken);
        var endpoint = Plane.Endpoints.Single(endpoint => endpoint.Port == port);
        return endpoint.Address ?? throw new InvalidOperationException(endpoint.Problem);
    }

    public static string Text(Diagnostic diagnostic) =>
        $"{diagnostic.Subject} {diagnostic.Severity} {diagnostic.Code} {diagnostic.Summary}: {diagnostic.Detail}";

    public static string Text(ApplyEvent.StepFailed failed) =>
        $"{failed.Step.Action} {failed.Step.Address}: {Text(failed.Diagnostic)}\n"
        + string.Join('\n', failed.Step.After?.Fields ?? []);

    public ValueTask DisposeAsync() => _cloud.DisposeAsync();

    private static string Text(Plan? plan) => plan is null
        ? "(no plan)"
        : string.Join('\n', plan.Steps.Select(step => $"{step.Action} {step.Address}"));

    private LiveDataPlane Plane =>
        _cloud.Sandbox?.DataPlane ?? throw new InvalidOperationException("This world has no data plane.");

    private static string SecretText(int index)
    {
        var certificate = TestCertificate.For($"c{index}.example.com", "*.example.com");
        return $"""
            apiVersion: v1
            kind: Secret
            metadata: {"{"}name: cert-{index}, namespace: team{"}"}
            type: kubernetes.io/tls
            stringData:
              tls.crt: {Quoted(certificate.Chain)}
              tls.key: {Quoted(certificate.PrivateKey)}
            """;
    }

    private static string Quoted(string text) => $"\"{text.Replace("\n", "\\n", StringComparison.Ordinal)}\"";
}

/// <summary>A plan, the session that has its providers, and the specs that hold its secrets.</summary>
internal sealed record Planned(Compiled<Plan> Plan, PlanSession Session, SpecSet Specs)
{
    public SecretText? SecretOf(AttributeValue.Secret secret) => Specs.Secrets
        .Select(spec => secret.Source == $"Secret/{spec.Name}#tls.crt" ? spec.Certificate
            : secret.Source == $"Secret/{spec.Name}#tls.key" ? spec.PrivateKey : null)
        .FirstOrDefault(text => text is not null);
}
