using Gwctl.Cli.Hosting;
using Gwctl.Cli.Views.Diagnostics;
using Gwctl.Cli.Views.Plans;
using Gwctl.Cli.Views.Texts;
using Gwctl.Core;
using Gwctl.Engine.Diff;
using Gwctl.Engine.Planning;

namespace Gwctl.Cli.Tests;

/// <summary>The text and Markdown of plans, whole, so that a change of the output is seen in a review.</summary>
public sealed class PlanViewTests
{
    [Fact]
    public void Text_shows_every_kind_of_change_as_Terraform_does()
    {
        const string Expected = """
            Actions are indicated with the following symbols:
              + create
              ~ update in-place
              - destroy
            +/- create replacement and then destroy

            gwctl will do the following in aws 123456789012 eu-west-1 (scope prod, owner team-a):

              # prod/shop/web/listener/8080 will be destroyed
              - listener "8080" {
                  - id   = "id-of-listener" -> null
                  - port = 8080 -> null
                }

              # prod/shop/web/load-balancer must be replaced
              # (scheme cannot be changed)
            +/- load balancer "web" {
                  ~ id = "id-of-load-balancer" -> (known after apply)
                  ~ scheme = "internal" -> "internet-facing" # forces replacement
                    # (1 unchanged attribute hidden)
                }

              # prod/shop/web/rule/80/abc will be updated in-place
              ~ rule "80/abc" {
                    id = "id-of-rule"
                  ~ weight   = 90 -> 50
                  ~ listener = prod/shop/web/listener/80.arn -> "arn:other"
                    # (1 unchanged attribute hidden)
                }

              # prod/shop/web/target-group/shop/api:8080 will be created
              + target group "shop-api" {
                  + healthCheck  = {
                      + path = "/"
                    }
                  + key          = (sensitive)
                  + loadBalancer = prod/shop/web/load-balancer.arn (known after apply)
                  + name         = "shop-api"
                  + targets      = [
                      + {
                          + id = "10.0.0.1"
                        },
                    ]
                }

            Plan: 2 to add, 1 to change, 2 to destroy.

            Traffic after this plan:

              shop/web  HTTPS :443
                 HOST             MATCH       BEFORE                               AFTER
              +  api.example.com  /v2/*       (not served)                         shop/api:8080
              -  www.example.com  everything  shop/web:80                          (not served)
              ~  www.example.com  /a|b        shop/web:80 90%, shop/canary:80 10%  shop/web:80 50%, shop/canary:80 50%

              # (2 rows unchanged)

            route.yaml:3:5: warning GW3999: Header values are compared without case
              The load balancer ignores case.


            """;
        Assert.Equal(Expected, Text(Plans.Mixed));
    }

    [Fact]
    public void Text_of_nothing_to_do_says_so()
    {
        Assert.Equal("No changes. The cloud matches the specs (7 objects).\n\n", Text(Plans.Empty));
    }

    [Fact]
    public void Text_names_what_blocks_a_plan()
    {
        Assert.EndsWith(
            """
            This plan is blocked and will not be applied:
            error GW5999: Object is protected
              prod/shop/web/load-balancer must not be destroyed.
              help: Remove its protection first.


            """,
            Text(Plans.Blocked));
    }

    [Fact]
    public void A_replacement_that_destroys_first_has_the_other_symbol()
    {
        var plan = Plans.Mixed with
        {
            Steps = [Plans.Step(0, StepAction.Delete, Plans.LoadBalancer),
                Plans.Step(1, StepAction.Create, Plans.LoadBalancer)],
        };
        var text = Text(plan);
        Assert.Contains("-/+ destroy and then create replacement", text);
        Assert.Contains("-/+ load balancer \"web\" {", text);
        Assert.DoesNotContain("+/-", text);
    }

    [Fact]
    public void Lists_and_maps_show_only_what_differs()
    {
        var change = new Change.Update(
            Plans.Live(Plans.Rule),
            Plans.Node(Plans.Rule),
            [
                new AttributeChange(
                    "values",
                    new Engine.Resources.AttributeValue.List([Plans.Text("a"), Plans.Text("b")]),
                    new Engine.Resources.AttributeValue.List([Plans.Text("b"), Plans.Text("c")]),
                    ForcesReplacement: false),
                new AttributeChange(
                    "check",
                    Plans.Map(("path", Plans.Text("/")), ("port", Plans.Number(1))),
                    Plans.Map(("path", Plans.Text("/up")), ("port", Plans.Number(1))),
                    ForcesReplacement: false),
            ]);
        Assert.Contains(
            """
                  ~ values = [
                      - "a",
                      + "c",
                        # (1 unchanged element hidden)
                    ]
                  ~ check  = {
                      ~ path = "/" -> "/up"
                        # (1 unchanged attribute hidden)
                    }
            """,
            Text(Plans.Empty with { Changes = [change], Steps = [Plans.Step(0, StepAction.Update, Plans.Rule)] }));
    }

    [Fact]
    public void A_large_plan_is_shown_by_gateway_and_still_names_what_is_destroyed()
    {
        var creations = Enumerable.Range(0, TextPlanView.ChangesShownMax)
            .Select(index => (Change)new Change.Create(Plans.Node(Plans.Address("rule", $"80/{index:d4}"))));
        var text = Text(Plans.Empty with
        {
            Changes = [.. creations, new Change.Delete(Plans.Live(Plans.Listener))],
            Steps = [Plans.Step(0, StepAction.Create, Plans.Rule)],
        });
        Assert.Contains("  prod/shop/web  200  0       1        1 listener, 200 rule\n", text);
        Assert.Contains("  # prod/shop/web/listener/80 will be destroyed\n", text);
        Assert.Contains("-o json", text);
        Assert.DoesNotContain("80/0001", text);
    }

    [Fact]
    public void Control_characters_of_the_cloud_do_not_reach_the_terminal()
    {
        var node = Plans.Node(Plans.Rule, ("name", Plans.Text("\u001b[2Jx")), ("note", Plans.Text("a\nb\u202e")));
        var text = Text(Plans.Empty with { Changes = [new Change.Create(node)] });
        Assert.DoesNotContain('\u001b', text);
        Assert.Contains("\\u001b[2Jx", text);
        Assert.Contains("\"a\\nb\\u202e\"", text);
    }

    [Fact]
    public void Colors_only_where_the_terminal_wants_them()
    {
        Assert.Contains("\u001b[32m", Text(Plans.Mixed, new Terminal(Interactive: true, Color: true, 100)));
        Assert.DoesNotContain('\u001b', Text(Plans.Mixed, new Terminal(Interactive: true, Color: false, 100)));
    }

    [Fact]
    public void A_narrow_terminal_gets_a_narrower_table_with_nothing_lost()
    {
        var text = Text(Plans.Mixed, new Terminal(Interactive: true, Color: false, 80));
        var table = text.Split("Traffic after")[1].Split("# (2 rows")[0];
        Assert.All(table.Split('\n'), line => Assert.True(line.Length <= 80, line));
        Assert.Contains("shop/canary:80", table);
    }

    [Fact]
    public void Markdown_has_the_verdict_first_and_its_heading_for_a_sticky_comment()
    {
        var text = Markdown(Plans.Blocked);
        Assert.StartsWith(
            """
            ## gwctl plan: prod (aws, owner team-a)

            ⛔ **2 to add, 1 to change, 2 to destroy.** Blocked: it will not be applied.

            ### Blocked

            - **error GW5999** Object is protected  
              prod/shop/web/load-balancer must not be destroyed.  
              Remove its protection first.

            ### Destroyed or replaced

            - `-` `prod/shop/web/listener/8080`
            - `+/-` `prod/shop/web/load-balancer`: scheme cannot be changed

            """,
            text);
        Assert.Contains("| ~ | `shop/web HTTPS :443` | `www.example.com` | `/a\\|b` |", text);
        Assert.Contains("<details><summary>prod/shop/web: 2 to add, 1 to change, 2 to destroy</summary>", text);
        Assert.Contains("!       weight   = 90 -> 50", text);
    }

    [Theory]
    [InlineData(1_024)]
    [InlineData(4_000)]
    [InlineData(65_536)]
    public void Markdown_keeps_within_its_budget_and_says_what_is_missing(int charactersMax)
    {
        var creations = Enumerable.Range(0, 2_000)
            .Select(index => Plans.Node(Plans.Address("rule", $"80/{index:d4}"), ("n", Plans.Number(1))))
            .Select(node => (Change)new Change.Create(node));
        using var writer = new StringWriter();
        new MarkdownPlanView(writer, charactersMax).Show(
            Plans.Mixed with { Changes = [.. Plans.Mixed.Changes, .. creations] });
        var text = writer.ToString();
        Assert.True(text.Length <= charactersMax, $"{text.Length}");
        Assert.Contains("did not fit", text);
        Assert.Contains("### Destroyed or replaced", text);
        Assert.Equal(Count(text, "<details>"), Count(text, "</details>"));
    }

    [Fact]
    public void Markdown_stays_text_whatever_names_and_values_hold()
    {
        var node = Plans.Node(Plans.Rule, ("name", Plans.Text("```\n</details><img src=x> @everyone")));
        var text = Markdown(Plans.Empty with
        {
            Changes = [new Change.Create(node) { Reason = "<script>@team" },
                new Change.Delete(Plans.Live(Plans.Listener)) { Reason = "<b>@team" }],
            Diagnostics = [new Diagnostic("GW1", Severity.Warning, "x") { Detail = "<b> @you | *x*" }],
        });
        Assert.Contains("&lt;b&gt;&#64;team", text);
        Assert.Contains("&lt;b&gt; &#64;you \\| \\*x\\*", text);
        Assert.Contains("````diff", text);
    }

    [Fact]
    public void Job_outputs_are_the_plan_s_counts()
    {
        Assert.Equal(
            "has_changes=true\nblocked=true\nadds=2\nchanges=1\ndestroys=2\n", GitHubOutput.Lines(Plans.Blocked));
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    private static string Text(Plan plan, Terminal? terminal = null)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        new TextPlanView(new StyledWriter(writer, terminal ?? Terminal.None), SourceTexts.None).Show(plan);
        return writer.ToString();
    }

    private static string Markdown(Plan plan)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        new MarkdownPlanView(writer, MarkdownPlanView.CharactersMaxDefault).Show(plan);
        return writer.ToString();
    }
}
