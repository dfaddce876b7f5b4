using Gwctl.Compiler.Routing;
using Gwctl.Core;
using Gwctl.Engine.Handlers;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Gcp.Api;
using Gwctl.Providers.Gcp.Applying;
using Gwctl.Providers.Gcp.Reading;

namespace Gwctl.Providers.Gcp.Tests.Applying;

/// <summary>Reading and applying alone: the desired graph is given by hand.</summary>
internal sealed class GraphProvider(GcpApi api, ReadScope scope, GcpWaits waits, Func<ResourceGraph> desired)
    : IProvider, IDisposable
{
    private readonly GcpReader _reader = new(api, scope);
    private readonly KindApplier<GcpException> _applier =
        GcpApplier.Of(new ApplyContext(api, scope, waits, TimeProvider.System));

    public ProviderScope Scope { get; } = new(scope.Name, "gcp", scope.Project, "", scope.Owner);

    public EquatableList<KindSchema> Kinds => KindSchemas.All;

    public Compiled<ResourceGraph> Project(RoutingModel model) => Compiled.From(desired(), []);

    public Task<ProviderScope> IdentifyAsync(CancellationToken cancellationToken) => Task.FromResult(Scope);

    public async Task<LiveState> ReadAsync(ReadRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await _reader.ReadAsync(request, cancellationToken);
        }
        catch (GcpException exception)
        {
            throw GcpFailures.From(exception, "reading the project");
        }
    }

    public Compiled<ResourceGraph> Settle(ResourceGraph desired, LiveState live)
    {
        var answers = new Answers(live.Lookups);
        return Compiled.From(
            ResourceGraph.From(desired.Nodes.Select(node => node with
            {
                Attributes = AttributeWalk.Replace(
                    node.Attributes, value => value is AttributeValue.Lookup ? answers.Full(value) ?? value : value),
            })),
            []);
    }

    public AttributeMap? Bridge(ResourceAddress address, AttributeMap before, AttributeMap after) => null;

    public TrafficTable DescribeTraffic(IReadOnlyList<ResourceNode> nodes) => new([]);

    public Task<StepOutcome> ApplyAsync(StepCall call, CancellationToken cancellationToken) =>
        _applier.ApplyAsync(call, cancellationToken);

    public void Dispose() => api.Dispose();
}
