using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Engine.Apply;
using Gwctl.Engine.Diff;
using Gwctl.Engine.Planning;
using Gwctl.Engine.Policy;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;
using Gwctl.Verification.Comparison;
using Gwctl.Verification.Requests;
using Gwctl.Verification.Router;

namespace Gwctl.Trials;

/// <summary>Makes the provider of a configuration for a cloud that serves at the endpoint.</summary>
public delegate Compiled<IProvider> TrialProvider(ProviderConfigSpec config, Uri endpoint);

/// <summary>What the cloud did with a request or a connection.</summary>
/// <param name="Observed">What came back.</param>
/// <param name="Rule">The rule of the cloud that took it, of a connection the listener; null where none of ours
/// did.</param>
public sealed record TrialAnswer(Observed Observed, ResourceNode? Rule);

/// <summary>A throw-away embedded cloud that holds what a routing model compiles to, applied through the real clients,
/// and that really serves it.</summary>
public sealed class TrialCloud : IAsyncDisposable
{
    private readonly TrialSandbox _sandbox;
    private readonly TrialModel _model;
    private readonly TrialClient _client = new();
    private readonly Dictionary<string, ResourceNode> _byId = new(StringComparer.Ordinal);

    private TrialCloud(TrialSandbox sandbox, TrialModel model) => (_sandbox, _model) = (sandbox, model);

    /// <summary>What was applied: as the specs say, but for where things stand.</summary>
    public RoutingModel Model => _model.Model;

    /// <summary>What projection announced and what applying ran into.</summary>
    public required EquatableList<Diagnostic> Diagnostics { get; init; }

    /// <summary>What the codes of <see cref="Diagnostics"/> say of requests.</summary>
    public required IReadOnlyDictionary<string, TrafficEffect> Effects { get; init; }

    /// <summary>Starts the cloud, applies, and waits until it serves. Errors of projection leave out what they concern;
    /// any other error gives no cloud.</summary>
    public static async Task<Compiled<TrialCloud>> StartAsync(
        RoutingModel model, TrialProvider make, TimeProvider clock, CancellationToken cancellationToken)
    {
        var fitted = TrialModel.Of(model, clock.GetUtcNow());
        var sandbox = await TrialSandbox.StartAsync(fitted, cancellationToken);
        try
        {
            var session = new PlanSession(config => make(config, sandbox.Endpoint), clock);
            var planned = await session.PlanAsync(RequestFor(fitted.Model), cancellationToken);
            if (planned.Value is not { } plan || planned.Diagnostics.Any(IsFatal))
            {
                await sandbox.DisposeAsync();
                return Compiled.From<TrialCloud>(null, planned.Diagnostics);
            }

            var (ids, failures) = await ApplyAsync(plan, session, fitted, clock, cancellationToken);
            await sandbox.SettleAsync(cancellationToken);
            var cloud = new TrialCloud(sandbox, fitted)
            {
                Diagnostics = [.. planned.Diagnostics, .. failures],
                Effects = session.Providers.Values.SelectMany(provider => provider.Effects)
                    .DistinctBy(effect => effect.Key)
                    .ToDictionary(StringComparer.Ordinal),
            };
            foreach (var node in plan.Changes.OfType<Change.Create>().Select(create => create.After))
            {
                if (ids.TryGetValue(node.Address, out var id))
                {
                    cloud._byId[id] = node;
                }
            }

            return Compiled.From(failures.Count is 0 ? cloud : null, cloud.Diagnostics);
        }
        catch
        {
            await sandbox.DisposeAsync();
            throw;
        }
    }

    /// <summary>Sends the request to the Gateway's load balancer and says what became of it.</summary>
    public async Task<TrialAnswer> AskAsync(
        ObjectName gateway, Request request, CancellationToken cancellationToken)
    {
        if (FindEndpoint(gateway, request.Port, isUdp: false) is not { Address: { } address } endpoint)
        {
            return new TrialAnswer(Observed.Refused, null);
        }

        var trace = _sandbox.NextTrace(endpoint);
        var traced = request with { Host = AuthorityOf(request), Headers = [.. request.Headers, trace] };
        var reply = await _client.AskAsync(address, traced, cancellationToken);
        var outcome = _sandbox.TakeOutcome(trace);
        var backend = outcome?.TargetId is { } target ? _model.Backends.GetValueOrDefault((target, false)) : null;
        return new TrialAnswer(
            reply.Status is 0
                ? Observed.Refused
                : new Observed
                {
                    Status = reply.Status,
                    Location = reply.Header("Location"),
                    Headers = reply.Headers,
                    BackendId = backend,
                    Seen = backend is null ? null : EchoText.Read(reply),
                },
            outcome is null ? null : RuleOf(outcome));
    }

    /// <summary>Opens the connection to the Gateway's load balancer and says which backend answered on it.</summary>
    public async Task<TrialAnswer> ConnectAsync(
        ObjectName gateway, DerivedConnection connection, CancellationToken cancellationToken)
    {
        var isUdp = connection.Transport is Transport.Udp;
        if (FindEndpoint(gateway, connection.Port, isUdp) is not { Address: { } address } endpoint)
        {
            return new TrialAnswer(Observed.Refused, null);
        }

        var target = await TrialConnector.AskAsync(address, connection.Transport, connection.Sni, cancellationToken);
        var backend = target is null ? null : _model.Backends.GetValueOrDefault((target, isUdp));
        return new TrialAnswer(
            backend is null ? Observed.Refused : new Observed { BackendId = backend },
            _byId.GetValueOrDefault(endpoint.ListenerId));
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _sandbox.DisposeAsync();
    }

    private static PlanRequest RequestFor(RoutingModel model) => new()
    {
        Purpose = PlanPurpose.Apply,
        Model = model,
        InputDigest = "",
        ToolVersion = "",
        Policy = new PlanPolicy { AllowEmpty = true },
    };

    // What projection refuses is left out, and that is part of what is tried.
    private static bool IsFatal(Diagnostic diagnostic) =>
        diagnostic.Severity is Severity.Error && !diagnostic.Code.StartsWith("GW3", StringComparison.Ordinal);

    private static async Task<(Dictionary<ResourceAddress, string> Ids, List<Diagnostic> Failures)> ApplyAsync(
        Plan plan, PlanSession session, TrialModel model, TimeProvider clock, CancellationToken cancellationToken)
    {
        var ids = new Dictionary<ResourceAddress, string>();
        var failures = new List<Diagnostic>();
        var executor = new Executor(new ExecutorOptions { Clock = clock });
        await foreach (var happened in executor.ApplyAsync(
            plan, session.Providers, secret => model.Reveal(secret.Source), cancellationToken, cancellationToken))
        {
            switch (happened)
            {
                case ApplyEvent.StepSucceeded { Step.Action: StepAction.Create } done:
                    ids[done.Step.Address] = done.Id;
                    break;
                case ApplyEvent.StepFailed failed:
                    failures.Add(failed.Diagnostic);
                    break;
            }
        }

        return (ids, failures);
    }

    private TrialEndpoint? FindEndpoint(ObjectName gateway, int port, bool isUdp) => _sandbox.Endpoints
        .FirstOrDefault(endpoint => endpoint.Port == port && endpoint.Address is not null
            && (isUdp ? endpoint.TakesDatagrams : endpoint.TakesConnections)
            && _byId.GetValueOrDefault(endpoint.ListenerId)?.Address.Gateway == gateway);

    /// <summary>Clients name the port in the host where it is not the scheme's own (RFC 9110 7.2).</summary>
    private static string AuthorityOf(Request request)
    {
        var isUsual = request.Port == (request.Scheme is "https" ? 443 : 80);
        var suffix = $":{request.Port}";
        return isUsual || request.Host is "" || request.Host.EndsWith(suffix, StringComparison.Ordinal)
            ? request.Host
            : request.Host + suffix;
    }

    /// <summary>The node of the rule. Where many rules are one object, it comes from where the rule does.</summary>
    private ResourceNode? RuleOf(TrialOutcome outcome)
    {
        var node = _byId.GetValueOrDefault(outcome.RuleId);
        var part = node?.Parts.FirstOrDefault(part => part.Part == outcome.Part);
        return node is null || part is null ? node : node with { Origin = part.Origin };
    }
}
