using Gwctl.Core;
using Gwctl.Engine.Diff;
using Gwctl.Engine.Planning;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;

namespace Gwctl.Cli.Tests;

/// <summary>Plans made by hand, for the views.</summary>
internal static class Plans
{
    public static readonly ObjectName Gateway = new("shop", "web");

    public static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public static readonly ResourceAddress LoadBalancer = Address("load-balancer", "");

    public static readonly ResourceAddress TargetGroup = Address("target-group", "shop/api:8080");

    public static readonly ResourceAddress Rule = Address("rule", "80/abc");

    public static readonly ResourceAddress Listener = Address("listener", "80");

    public static Plan Empty => new()
    {
        FormatVersion = Plan.CurrentFormatVersion,
        ToolVersion = "0.1.0",
        Purpose = PlanPurpose.Apply,
        Scopes = [new ProviderScope("prod", "aws", "123456789012", "eu-west-1", "team-a")],
        Configs = [],
        InputDigest = new string('a', 64),
        CreatedAt = Now,
        ExpiresAt = Now + TimeSpan.FromHours(1),
        Changes = [],
        Unchanged = 7,
        Steps = [],
        Known = [],
        Traffic = new TrafficDiff([], 0),
        Diagnostics = [],
    };

    /// <summary>One change of every kind, a traffic diff, a warning.</summary>
    public static Plan Mixed => Empty with
    {
        Changes =
        [
            new Change.Delete(Live(Address("listener", "8080"), ("port", Number(8080)))),
            new Change.Replace(
                Live(LoadBalancer, ("name", Text("web")), ("scheme", Text("internal"))),
                Node(LoadBalancer, ("name", Text("web")), ("scheme", Text("internet-facing"))),
                [new AttributeChange("scheme", Text("internal"), Text("internet-facing"), ForcesReplacement: true)])
            {
                Reason = "scheme cannot be changed",
            },
            new Change.Update(
                Live(Rule, ("weight", Number(90)), ("listener", Text(ListenerArn)), ("tags", Map())),
                Node(Rule, ("weight", Number(50)), ("listener", Text(ListenerArn)), ("tags", Map())),
                [
                    new AttributeChange("weight", Number(90), Number(50), ForcesReplacement: false),
                    new AttributeChange("listener", Text(ListenerArn), Text("arn:other"), ForcesReplacement: false),
                ]),
            new Change.Create(Node(
                TargetGroup,
                ("name", Text("shop-api")),
                ("key", new AttributeValue.Secret("Secret/shop/tls#tls.key", new string('b', 64))),
                ("loadBalancer", new AttributeValue.Reference(LoadBalancer, "arn")),
                ("healthCheck", Map(("path", Text("/")))),
                ("targets", new AttributeValue.List([Map(("id", Text("10.0.0.1")))])))),
        ],
        Known = [new KnownObject(Listener, ListenerArn, Fields(("arn", Text(ListenerArn))))],
        Steps =
        [
            Step(0, StepAction.Create, LoadBalancer),
            Step(1, StepAction.Delete, LoadBalancer),
            Step(2, StepAction.Create, TargetGroup),
            Step(3, StepAction.Update, Rule),
            Step(4, StepAction.Delete, Address("listener", "8080")),
        ],
        Traffic = new TrafficDiff(
            [
                new TrafficChange(null, Row("api.example.com", "/v2/*", "shop/api:8080")),
                new TrafficChange(Row("www.example.com", "everything", "shop/web:80"), null),
                new TrafficChange(
                    Row("www.example.com", "/a|b", "shop/web:80 90%, shop/canary:80 10%"),
                    Row("www.example.com", "/a|b", "shop/web:80 50%, shop/canary:80 50%")),
            ],
            Unchanged: 2),
        Diagnostics =
        [
            new Diagnostic("GW3999", Severity.Warning, "Header values are compared without case")
            {
                Subject = new SourceSpan("route.yaml", 3, 5),
                Detail = "The load balancer ignores case.",
            },
        ],
    };

    public const string ListenerArn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/web/1/2";

    public static Plan Blocked => Mixed with
    {
        Blocks =
        [
            new Diagnostic("GW5999", Severity.Error, "Object is protected")
            {
                Detail = "prod/shop/web/load-balancer must not be destroyed.",
                Help = "Remove its protection first.",
            },
        ],
    };

    public static ResourceAddress Address(string kind, string key) => new("prod", kind, Gateway, key);

    public static Step Step(int id, StepAction action, ResourceAddress address) =>
        new() { Id = id, Action = action, Address = address };

    public static AttributeValue Text(string text) => new AttributeValue.Text(text);

    public static AttributeValue Number(long number) => new AttributeValue.Number(number);

    public static AttributeValue Map(params (string Name, AttributeValue Value)[] fields) =>
        new AttributeValue.Map(Fields(fields));

    public static AttributeMap Fields(params (string Name, AttributeValue Value)[] fields) =>
        new(fields.Select(field => new AttributeField(field.Name, field.Value)));

    public static LiveResource Live(ResourceAddress address, params (string Name, AttributeValue Value)[] fields) =>
        new()
        {
            Address = address,
            Id = $"id-of-{address.Kind}",
            Ownership = Ownership.Ours,
            Attributes = Fields(fields),
            Outputs = AttributeMap.Empty,
            Fingerprint = "f1",
        };

    public static ResourceNode Node(ResourceAddress address, params (string Name, AttributeValue Value)[] fields) =>
        new() { Address = address, Attributes = Fields(fields) };

    private static TrafficRow Row(string host, string match, string destination) =>
        new(Gateway, 443, "HTTPS", host, match, destination);
}
