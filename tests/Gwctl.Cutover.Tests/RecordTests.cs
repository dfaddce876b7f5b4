using Gwctl.Core;
using Gwctl.Cutover.Records;
using Gwctl.Engine.Providers;

namespace Gwctl.Cutover.Tests;

// Goal: shares become weights that add up to them, and progress is read back as it was written.
public sealed class RecordTests
{
    [Theory]
    [InlineData(0, 1, 1, 100, 0)]
    [InlineData(10, 1, 1, 90, 10)]
    [InlineData(100, 1, 1, 0, 100)]
    [InlineData(50, 2, 1, 1, 2)]
    [InlineData(0, 3, 1, 1, 0)]
    [InlineData(100, 3, 1, 0, 1)]
    [InlineData(1, 16, 1, 99, 16)]
    public void A_sides_members_together_have_its_share(int share, int olds, int news, long old, long next) =>
        Assert.Equal((old, next), Sides.Weights(share, olds, news, 255));

    [Fact]
    public void Every_share_of_any_number_of_members_is_met_within_a_point_and_never_all_zero()
    {
        for (var share = 0; share <= 100; share++)
        {
            for (var olds = 1; olds <= 16; olds++)
            {
                for (var news = 1; news <= 4; news++)
                {
                    var (old, next) = Sides.Weights(share, olds, news, 255);
                    var total = (old * olds) + (next * news);
                    Assert.InRange(old, 0, 255);
                    Assert.InRange(next, 0, 255);
                    Assert.True(total > 0, $"all zero at {share}");
                    var proportion = (double)share * olds / Math.Max(0.001, (100 - share) * news);
                    if (proportion is <= 255 and >= 1.0 / 255 or 0 || share is 100)
                    {
                        Assert.InRange(100.0 * next * news / total, share - 1.0, share + 1.0);
                    }
                    else
                    {
                        // Beyond what weights from 1 to 255 can express: as far as they go.
                        Assert.Equal((1L, 255L), (Math.Min(old, next), Math.Max(old, next)));
                    }

                    Assert.Equal(share is 0, next is 0);
                    Assert.Equal(share is 100, old is 0);
                }
            }
        }
    }

    [Fact]
    public void Progress_is_read_back_as_it_was_written()
    {
        var progress = new Progress
        {
            Owner = "prod.eu-1",
            Document = new ObjectName("shop", "web"),
            Phase = ProgressPhase.Paused,
            Step = 2,
            Weight = 50,
            At = new DateTimeOffset(2026, 12, 1, 9, 0, 0, TimeSpan.Zero),
            Run = "0123abcd",
            Reason = "gate errors: 4% errors, at most 1%",
            Resumed = 1,
            Ttl = TimeSpan.FromSeconds(60),
            OldTtl = TimeSpan.FromSeconds(300),
            RetainedUntil = new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero),
            Old =
            [
                new SideTarget("A", new DnsTarget.Value("192.0.2.1")),
                new SideTarget("AAAA", new DnsTarget.Value("2001:db8::1")),
            ],
            New =
            [
                new SideTarget("A", new DnsTarget.Pointer("web.elb.example.net", "Z1", false)),
                new SideTarget("AAAA", new DnsTarget.Pointer("web.elb.example.net", "Z1", true)),
            ],
            Failing = [new GateFailures("errors, all", 2), new GateFailures("pods", 1)],
            Taken = [new TakenStep(1, 10, new DateTimeOffset(2026, 11, 1, 9, 0, 0, TimeSpan.Zero))],
        };

        var values = ProgressText.Format(progress);

        Assert.All(values, value => Assert.InRange(value.Length, 1, 255));
        Assert.Equal(progress, ProgressText.Parse(values.Reverse()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("heritage=external-dns,external-dns/owner=x")]
    [InlineData("gwctl-cutover=1,owner=a,document=b")]
    [InlineData("gwctl-cutover=1,owner=a,document=b/c|phase=flying,step=1,at=2026-01-01T00:00:00Z")]
    [InlineData("gwctl-cutover=1,owner=a,document=b/c|phase=running,step=1,at=yesterday")]
    public void What_is_no_progress_is_none(string text) => Assert.Null(ProgressText.Parse(text.Split('|')));

    [Fact]
    public void Random_texts_do_no_harm()
    {
        var random = new Random(5);
        for (var index = 0; index < 5_000; index++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(60))
                .Select(_ => "gwctl-cutover=1,phase=running,step:/ \0é"[random.Next(38)]));
            _ = ProgressText.Parse([text, $"phase={text}", $"old={text}", $"taken={text}"]);
        }
    }
}
