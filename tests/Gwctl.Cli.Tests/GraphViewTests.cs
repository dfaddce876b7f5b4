using Gwctl.Cli.Hosting;
using Gwctl.Cli.Views.Graphs;
using Gwctl.Cli.Views.Texts;
using Gwctl.Engine.Planning;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;

namespace Gwctl.Cli.Tests;

/// <summary>Desired resources in every format.</summary>
public sealed class GraphViewTests
{
    private static readonly IReadOnlyList<ProjectedScope> Graphs =
    [
        new ProjectedScope(new ProviderScope("prod", "aws", "", "eu-west-1", "team-a"), ResourceGraph.From(
        [
            Plans.Node(Plans.LoadBalancer, ("name", Plans.Text("a \"b\": <c>")),
                ("subnets", new AttributeValue.Lookup("subnets", "default"))),
            Plans.Node(
                Plans.Listener,
                ("loadBalancer", new AttributeValue.Reference(Plans.LoadBalancer, "arn")),
                ("port", Plans.Number(80)),
                ("key", new AttributeValue.Secret("Secret/shop/tls#tls.key", "0123")),
                ("values",
                    new AttributeValue.List([Plans.Text("yes"), Plans.Map(("on", new AttributeValue.Flag(true)))])),
                ("none", new AttributeValue.List([]))) with
            {
                OriginObjects = ["Gateway/shop/web"],
            },
        ])),
    ];

    [Fact]
    public void Text() => Assert.Equal(
        """
        prod/shop/web/listener/80
          # for Gateway/shop/web
          key          = (sensitive)
          loadBalancer = prod/shop/web/load-balancer.arn
          none         = []
          port         = 80
          values       = [
            "yes",
            {
              on = true
            },
          ]

        prod/shop/web/load-balancer
          name    = "a \"b\": <c>"
          subnets = (looked up: subnets default)

        2 resources.

        """,
        Show(writer => new TextGraphView(new StyledWriter(writer, Terminal.None))));

    [Fact]
    public void Yaml_quotes_what_would_read_as_something_else() => Assert.Equal(
        """
        formatVersion: 1
        scopes:
        - name: prod
          provider: aws
          account: ""
          region: eu-west-1
          owner: team-a
          resources:
          - address: prod/shop/web/listener/80
            kind: listener
            gateway: shop/web
            key: "80"
            originObjects:
            - Gateway/shop/web
            attributes:
              key:
                "$secret": "Secret/shop/tls#tls.key"
                sha256: "0123"
              loadBalancer:
                "$ref": prod/shop/web/load-balancer
                output: arn
              none: []
              port: 80
              values:
              - "yes"
              - "on": true
          - address: prod/shop/web/load-balancer
            kind: load-balancer
            gateway: shop/web
            key: ""
            attributes:
              name: "a \"b\": <c>"
              subnets:
                "$lookup": subnets
                query: default

        """,
        Show(writer => new YamlGraphView(writer)));

    [Fact]
    public void Json_reads_back()
    {
        using var document = System.Text.Json.JsonDocument.Parse(Show(writer => new JsonGraphView(writer)));
        var resources = document.RootElement.GetProperty("scopes")[0].GetProperty("resources");
        Assert.Equal("prod/shop/web/load-balancer", resources[1].GetProperty("address").GetString());
        Assert.Equal("a \"b\": <c>", resources[1].GetProperty("attributes").GetProperty("name").GetString());
    }

    [Fact]
    public void Dot_draws_references_as_edges() => Assert.Equal(
        """
        digraph gwctl {
          rankdir=LR;
          node [shape=box, fontname="sans-serif"];
          subgraph cluster_0 {
            label="prod/shop/web";
            "prod/shop/web/listener/80" [label="listener\n80"];
            "prod/shop/web/load-balancer" [label="load balancer"];
          }
          "prod/shop/web/listener/80" -> "prod/shop/web/load-balancer";
        }

        """,
        Show(writer => new DotGraphView(writer)));

    [Fact]
    public void Mermaid_draws_references_as_edges() => Assert.Equal(
        """
        flowchart LR
          subgraph g0 ["prod/shop/web"]
            n0["listener<br>80"]
            n1["load balancer"]
          end
          n0 --> n1

        """,
        Show(writer => new MermaidGraphView(writer)));

    private static string Show(Func<TextWriter, IGraphView> view)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        view(writer).Show(Graphs);
        return writer.ToString();
    }
}
