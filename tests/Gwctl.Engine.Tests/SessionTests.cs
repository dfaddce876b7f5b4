using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Engine.Planning;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;
using Gwctl.Testing;
using Gwctl.Testing.Engine;

namespace Gwctl.Engine.Tests;

public sealed class SessionTests
{
    private static readonly ManualClock s_clock = new(Harness.Now);

    [Fact]
    public async Task Specs_become_a_plan_and_then_nothing()
    {
        var harness = new Harness();
        var said = new List<string>();
        var session = new PlanSession(
            FactoryOf(harness, FakeGraphs.Large(3)), s_clock, progress => said.Add(progress.Text));
        var planned = await session.PlanAsync(Request(), TestContext.Current.CancellationToken);
        Assert.True(planned.Succeeded);
        Assert.Equal(Harness.Now + TimeSpan.FromHours(24), planned.Value.ExpiresAt);
        Assert.Contains("planning", said);
        Assert.Equal(["default"], session.Providers.Keys);
        Assert.Equal(0, (await harness.ApplyAsync(planned.Value)).Failed);
        Assert.False((await session.PlanAsync(Request(), TestContext.Current.CancellationToken)).Value?.HasChanges);
    }

    [Fact]
    public async Task A_plan_comes_with_the_errors_of_projection()
    {
        var error = new Diagnostic("GW3999", Severity.Error, "cannot");
        var session = new PlanSession(FactoryOf(new Harness(), FakeGraphs.Large(1), error), s_clock);
        var planned = await session.PlanAsync(Request(), TestContext.Current.CancellationToken);
        Assert.False(planned.Succeeded);
        Assert.NotEmpty(planned.Value?.Steps ?? []);
        Assert.Contains(error, planned.Value?.Diagnostics ?? []);
        Assert.Single(planned.Diagnostics, error);
    }

    [Fact]
    public async Task What_cannot_be_read_is_not_taken_for_absent()
    {
        var session = new PlanSession(_ => Compiled.From<IProvider>(new BrokenProvider()), s_clock);
        var planned = await session.PlanAsync(Request(), TestContext.Current.CancellationToken);
        Assert.Null(planned.Value);
        Assert.Equal("GW4999", Assert.Single(planned.Diagnostics).Code);
    }

    [Fact]
    public async Task A_provider_that_cannot_be_made_stops_the_plan()
    {
        var error = new Diagnostic("GW3998", Severity.Error, "bad config");
        var session = new PlanSession(_ => new Compiled<IProvider>(null, [error]), s_clock);
        Assert.Null((await session.PlanAsync(Request(), TestContext.Current.CancellationToken)).Value);
        Assert.Equal([error], session.Project(Harness.NoRouting, [Config("default")]).Diagnostics);
    }

    [Fact]
    public async Task Two_configurations_with_one_owner_in_one_place_are_refused()
    {
        var harness = new Harness();
        var session = new PlanSession(
            config => Compiled.From<IProvider>(new FakeProvider(harness.Cloud, config.Name.Name)), s_clock);
        var planned = await session.PlanAsync(
            Request() with { Configs = [Config("one"), Config("two")] }, TestContext.Current.CancellationToken);
        Assert.Equal("GW5005", Assert.Single(planned.Diagnostics).Code);
    }

    [Fact]
    public async Task Two_scopes_make_one_plan()
    {
        var harness = new Harness();
        var session = new PlanSession(
            config => Compiled.From<IProvider>(
                new FakeProvider(harness.Cloud, config.Name.Name, $"owner-{config.Name.Name}")
                {
                    Desired = _ => Compiled.From(FakeGraphs.Large(1, config.Name.Name)),
                }),
            s_clock);
        var request = Request() with { Configs = [Config("two"), Config("one")] };
        var planned = await session.PlanAsync(request, TestContext.Current.CancellationToken);
        Assert.True(planned.Succeeded);
        Assert.Equal(["one", "two"], planned.Value.Scopes.Select(scope => scope.Name));
        Assert.Equal(2 * FakeGraphs.Large(1).Nodes.Count, planned.Value.Changes.Count);
    }

    [Fact]
    public async Task Adoption_marks_and_the_next_plan_shows_the_rest()
    {
        var harness = new Harness();
        var desired = FakeGraphs.Large(1);
        var balancer = desired.Nodes.Single(node => node.Address.Kind is "balancer");
        var foreign = harness.Cloud.Create(
            balancer.Address, "them", balancer.Attributes.With("name", FakeGraphs.Text("theirs")));
        var session = new PlanSession(FactoryOf(harness, desired), s_clock);
        var blocked = await session.PlanAsync(Request(), TestContext.Current.CancellationToken);
        Assert.Contains(blocked.Diagnostics, diagnostic => diagnostic.Code is "GW4001");
        var adoption = await session.PlanAsync(
            Request() with { Purpose = PlanPurpose.Adopt, Adopt = [foreign.Id] },
                TestContext.Current.CancellationToken);
        Assert.True(adoption.Succeeded);
        Assert.Equal(StepAction.Adopt, Assert.Single(adoption.Value.Steps).Action);
        Assert.Equal(adoption.Value, PlanFile.Read(PlanFile.Write(adoption.Value)).Value);
        Assert.Equal(0, (await harness.ApplyAsync(adoption.Value)).Failed);
        await harness.ConvergeAsync(desired, "adopted");
    }

    [Fact]
    public async Task A_saved_plan_is_stale_only_if_what_it_touches_has_changed()
    {
        var harness = new Harness();
        await harness.ConvergeAsync(FakeGraphs.Large(2), "before");
        var desired = ResourceGraph.From(FakeGraphs.Large(2).Nodes.Select(node => node.Address.Kind is "record"
            ? node with { Attributes = node.Attributes.With("ttl", FakeGraphs.Number(5)) }
            : node));
        var session = new PlanSession(FactoryOf(harness, desired), s_clock);
        var plan = (await session.PlanAsync(Request(), TestContext.Current.CancellationToken)).Value;
        Assert.NotNull(plan);
        Assert.Empty(await StalenessAsync(session, plan));

        var members = harness.Cloud.Objects.First(item => item.Address.Kind is "members");
        harness.Cloud.Tamper(members.Id, "items", FakeGraphs.Text("other"));
        Assert.Empty(await StalenessAsync(session, plan));

        var record = harness.Cloud.Objects.First(item => item.Address.Kind is "record");
        harness.Cloud.Tamper(record.Id, "ttl", FakeGraphs.Number(9));
        Assert.Equal(["GW5204"], await StalenessAsync(session, plan));
        Assert.Equal(["GW5201"], await StalenessAsync(session, plan with { ExpiresAt = Harness.Now }));
        Assert.Equal(
            ["GW5202"],
            await StalenessAsync(session, plan with { Scopes = [plan.Scopes[0] with { Account = "account-2" }] }));
    }

    [Fact]
    public async Task A_saved_creation_is_stale_when_the_object_is_there()
    {
        var harness = new Harness();
        var session = new PlanSession(FactoryOf(harness, FakeGraphs.Large(1)), s_clock);
        var plan = (await session.PlanAsync(Request(), TestContext.Current.CancellationToken)).Value;
        Assert.NotNull(plan);
        await harness.ApplyAsync(plan);
        Assert.Equal(["GW5205"], (await StalenessAsync(session, plan)).Distinct());
    }

    private static async Task<IEnumerable<string>> StalenessAsync(PlanSession session, Plan plan) =>
        (await session.CheckStalenessAsync(plan, [Config("default")], TestContext.Current.CancellationToken))
            .Select(diagnostic => diagnostic.Code);

    private static ProviderFactory FactoryOf(Harness harness, ResourceGraph desired, params Diagnostic[] diagnostics) =>
        _ => Compiled.From<IProvider>(
            new FakeProvider(harness.Cloud) { Desired = _ => Compiled.From(desired, diagnostics) });

    private static PlanRequest Request() => new()
    {
        Purpose = PlanPurpose.Apply,
        Model = Harness.NoRouting,
        Configs = [Config("default")],
        InputDigest = "00",
        ToolVersion = "1.2.3",
    };

    private static ProviderConfigSpec Config(string name) => new()
    {
        Meta = new ObjectMeta { Name = new ObjectName("", name), Span = SourceSpan.None },
        Provider = new Located<string>("fake", SourceSpan.None),
        Owner = new Located<string>("us", SourceSpan.None),
    };

    private sealed class BrokenProvider : IProvider
    {
        public ProviderScope Scope { get; } = new("default", "fake", "", "", "us");

        public EquatableList<KindSchema> Kinds => FakeKinds.All;

        public Compiled<ResourceGraph> Project(RoutingModel model) => Compiled.From(ResourceGraph.Empty);

        public Task<ProviderScope> IdentifyAsync(CancellationToken cancellationToken) => Task.FromResult(Scope);

        public Task<LiveState> ReadAsync(ReadRequest request, CancellationToken cancellationToken) =>
            throw new ProviderException(new Diagnostic("GW4999", Severity.Error, "denied"));

        public Compiled<ResourceGraph> Settle(ResourceGraph desired, LiveState live) => Compiled.From(desired);

        public AttributeMap? Bridge(ResourceAddress address, AttributeMap before, AttributeMap after) => null;

        public TrafficTable DescribeTraffic(IReadOnlyList<ResourceNode> nodes) => new([]);

        public Task<StepOutcome> ApplyAsync(StepCall call, CancellationToken cancellationToken) =>
            Task.FromResult(StepOutcome.None);
    }
}
