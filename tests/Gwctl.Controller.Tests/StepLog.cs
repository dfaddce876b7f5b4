using System.Collections.Concurrent;
using Gwctl.Compiler.Routing;
using Gwctl.Core;
using Gwctl.Engine.Planning;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;

namespace Gwctl.Controller.Tests;

/// <summary>A write to the cloud: by whom, for which Gateway, from when to when.</summary>
public sealed record LoggedStep(string Replica, Step Step, long Began, long Ended);

/// <summary>Notes every step that is carried out.</summary>
public sealed class StepLog
{
    private readonly ConcurrentQueue<LoggedStep> _steps = new();

    public IReadOnlyList<LoggedStep> Writes => [.. _steps.Where(item => !IsWait(item.Step))];

    public IProvider Watch(IProvider inner, string replica) => new Watched(inner, replica, this);

    /// <summary>Gateways that two replicas wrote at once, or in turns.</summary>
    public IEnumerable<string> Quarrels()
    {
        foreach (var gateway in Writes.GroupBy(item => item.Step.Address.Gateway))
        {
            var inOrder = gateway.OrderBy(item => item.Began).ToList();
            foreach (var (before, after) in inOrder.Zip(inOrder.Skip(1)))
            {
                if (before.Replica != after.Replica && before.Ended > after.Began)
                {
                    yield return $"{gateway.Key}: {before.Replica} until {before.Ended}, "
                        + $"{after.Replica} from {after.Began}";
                }
            }
        }
    }

    private static bool IsWait(Step step) => step.Action is StepAction.AwaitReady or StepAction.AwaitDrained;

    private sealed class Watched(IProvider inner, string replica, StepLog log) : IProvider, IDisposable
    {
        public ProviderScope Scope => inner.Scope;

        public EquatableList<KindSchema> Kinds => inner.Kinds;

        public EquatableList<FeatureSupport> Capabilities => inner.Capabilities;

        public Compiled<ResourceGraph> Project(RoutingModel model) => inner.Project(model);

        public Task<ProviderScope> IdentifyAsync(CancellationToken cancellationToken) =>
            inner.IdentifyAsync(cancellationToken);

        public Task<LiveState> ReadAsync(ReadRequest request, CancellationToken cancellationToken) =>
            inner.ReadAsync(request, cancellationToken);

        public Compiled<ResourceGraph> Settle(ResourceGraph desired, LiveState live) => inner.Settle(desired, live);

        public AttributeMap? Bridge(ResourceAddress address, AttributeMap before, AttributeMap after) =>
            inner.Bridge(address, before, after);

        public TrafficTable DescribeTraffic(IReadOnlyList<ResourceNode> nodes) => inner.DescribeTraffic(nodes);

        public async Task<StepOutcome> ApplyAsync(StepCall call, CancellationToken cancellationToken)
        {
            var began = TimeProvider.System.GetTimestamp();
            try
            {
                return await inner.ApplyAsync(call, cancellationToken);
            }
            finally
            {
                log._steps.Enqueue(
                    new LoggedStep(replica, call.Step, began, TimeProvider.System.GetTimestamp()));
            }
        }

        public void Dispose() => (inner as IDisposable)?.Dispose();
    }
}
