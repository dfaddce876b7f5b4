using Gwctl.Core;
using Gwctl.Engine.Planning;
using Gwctl.Engine.Providers;

namespace Gwctl.Engine.Tests;

public sealed class TrafficDifferTests
{
    [Fact]
    public void Rows_that_stay_are_counted_and_others_are_told()
    {
        var (kept, changed) = (Row("a.example", "/", "web"), Row("a.example", "/api", "api v1"));
        var (gone, came) = (Row("b.example", "/", "old"), Row("a.example", "/new", "web"));
        var diff = TrafficDiffer.Compare(
            new TrafficTable([kept, changed, gone]),
            new TrafficTable([came, kept, changed with { Destination = "api v2" }]));
        Assert.Equal(1, diff.Unchanged);
        Assert.Equal(
            [
                new TrafficChange(null, came),
                new TrafficChange(changed, changed with { Destination = "api v2" }),
                new TrafficChange(gone, null),
            ],
            diff.Changes);
    }

    [Fact]
    public void A_row_that_no_request_reaches_does_not_count()
    {
        var (first, shadowed) = (Row("*", "/", "web"), Row("*", "/", "never"));
        Assert.Empty(TrafficDiffer.Compare(new TrafficTable([first, shadowed]), new TrafficTable([first])).Changes);
        var swapped = TrafficDiffer.Compare(new TrafficTable([first, shadowed]), new TrafficTable([shadowed, first]));
        Assert.Equal([new TrafficChange(first, shadowed)], swapped.Changes);
    }

    [Fact]
    public void Order_of_the_answer_does_not_depend_on_order_of_gateways()
    {
        var (one, two) = (Row("a.example", "/", "x", "one"), Row("a.example", "/", "x", "two"));
        var empty = new TrafficTable([]);
        Assert.Equal(
            TrafficDiffer.Compare(empty, new TrafficTable([one, two])),
            TrafficDiffer.Compare(empty, new TrafficTable([two, one])));
    }

    private static TrafficRow Row(string host, string match, string destination, string gateway = "web") =>
        new(new ObjectName("shop", gateway), 80, "HTTP", host, match, destination);
}
