using Gwctl.Cli.Commands.Proving;
using Gwctl.Cli.Views.Texts;
using Gwctl.Verification.Comparison;
using Gwctl.Verification.Router;

namespace Gwctl.Cli.Views.Proving;

/// <summary>Both sides beside each other, then why it is not another rule.</summary>
public sealed class TextTraceView(StyledWriter writer) : ITraceView
{
    private const int OthersMax = 5;

    public void Show(Request request, IReadOnlyList<GatewayTrace> traces, bool all)
    {
        writer.Line(RequestText.Of(request), Tone.Strong);
        foreach (var trace in traces)
        {
            writer.Line().Write("Gateway ", Tone.Dim).Line(trace.Gateway.ToString(), Tone.Strong).Line();
            WriteSides(trace);
            WriteVerdict(trace);
            WriteOthers(trace, all);
            WriteDrift(trace);
        }

        writer.Flush();
    }

    private void WriteSides(GatewayTrace trace)
    {
        var (spec, cloud) = (trace.BySpec.Answer, trace.ByCloud);
        var table = new TextTable(indent: 2).Row(
            "", new TableCell("BY THE SPECIFICATION", Tone.Dim), new TableCell("BY THE CLOUD", Tone.Dim));
        table.Row(Label("listener"), spec.Listener is { } listener ? ListenerOf(listener) : "none", "");
        table.Row(
            Label("rule"), spec.Rule is { } rule ? RequestText.Of(rule.Origin) : "none", RequestText.Of(cloud.Rule));
        table.Row(Label("answer"), RequestText.Of(spec), RequestText.Of(cloud.Observed));
        if (SeenBySpec(spec, cloud.Observed) is { } expected)
        {
            table.Row(Label("as the backend sees it"), RequestLine(expected), SeenBy(cloud.Observed));
        }

        table.Row(Label("because"), spec.Why, cloud.Rule is { } node && !node.Origin.IsNone ? $"{node.Origin}" : "");
        table.Write(writer);
        writer.Line();
    }

    private static TableCell Label(string text) => new(text, Tone.Dim);

    private static string ListenerOf(Compiler.Routing.RoutingListener listener) =>
        $"{listener.Name} ({(listener.Hostname is "" ? "any host" : listener.Hostname)})";

    /// <summary>The share that answered, else the first.</summary>
    private static ForwardedRequest? SeenBySpec(Answer answer, Observed observed) =>
        answer.Outcome is Outcome.Forward forward
            ? (forward.Shares.FirstOrDefault(share => share.BackendId == observed.BackendId)
                ?? (forward.Shares is [var first, ..] ? first : null))?.Request
            : null;

    private static string SeenBy(Observed observed) => observed.Seen is { } seen ? RequestLine(seen) : "";

    private static string RequestLine(ForwardedRequest request) =>
        $"{request.Method} {request.Host}{request.Path}{(request.Query is null ? "" : $"?{request.Query}")}";

    private void WriteVerdict(GatewayTrace trace)
    {
        if (trace.Differences.Count is 0)
        {
            writer.Line("  Both agree.", Tone.Add);
            return;
        }

        foreach (var difference in trace.Differences)
        {
            writer.Write("  differs ", Tone.Error).Line(difference.ToString());
        }

        if (trace.AnnouncedBy is { } diagnostic)
        {
            writer.Write("  announced by ", Tone.Note)
                .Line($"{diagnostic.Code} {diagnostic.Summary} {diagnostic.Subject}".TrimEnd());
            writer.Line($"  {diagnostic.Detail}", Tone.Dim);
        }
        else
        {
            writer.Line("  Nothing announced it: a bug in the translation. Please report it.", Tone.Error);
        }
    }

    private void WriteOthers(GatewayTrace trace, bool all)
    {
        var others = trace.BySpec.Rules
            .Where(verdict => verdict.Kind is not RuleVerdictKind.Won)
            .OrderByDescending(Nearness)
            .ToList();
        if (others.Count is 0)
        {
            return;
        }

        writer.Line().Line("  Why no other rule:", Tone.Dim);
        var table = new TextTable(indent: 4);
        foreach (var verdict in others.Take(all ? others.Count : OthersMax))
        {
            table.Row(RequestText.Of(verdict.Rule.Origin), verdict.Why);
        }

        table.Write(writer);
        if (!all && others.Count > OthersMax)
        {
            writer.Line($"    … and {others.Count - OthersMax} more (--all shows them)", Tone.Dim);
        }
    }

    /// <summary>The more of a rule holds, the nearer it was.</summary>
    private static int Nearness(RuleVerdict verdict) => verdict.Kind switch
    {
        RuleVerdictKind.LowerPrecedence => 6,
        RuleVerdictKind.QueryParam => 5,
        RuleVerdictKind.Header => 4,
        RuleVerdictKind.Method => 3,
        RuleVerdictKind.Path => 2,
        RuleVerdictKind.Hostname => 1,
        _ => 0,
    };

    private void WriteDrift(GatewayTrace trace)
    {
        if (trace.Drift is not { } drift)
        {
            return;
        }

        writer.Line();
        if (drift.IsNone)
        {
            writer.Line("  The live cloud is as these specs say: it does the same.", Tone.Add);
            return;
        }

        writer.Line(
            $"  The live cloud differs in {Quantity.Of(drift.Objects.Count, "object")}, so it may do otherwise "
                + "(gwctl plan shows how):", Tone.Warning);
        WriteSome([.. drift.Objects.Select(address => $"    {address}")]);
        if (drift.Traffic.Count is 0)
        {
            writer.Line("  No class of requests to this host has another destination there.", Tone.Dim);
            return;
        }

        writer.Line("  Of the requests to this host, these go elsewhere there:", Tone.Warning);
        WriteSome([.. drift.Traffic.Select(change =>
        {
            var row = change.Before ?? change.After;
            return $"    {row?.Host} {row?.Match}: {change.Before?.Destination ?? "nowhere"} live, "
                + $"{change.After?.Destination ?? "nowhere"} by the specs";
        })]);
    }

    private void WriteSome(IReadOnlyList<string> lines)
    {
        foreach (var line in lines.Take(OthersMax))
        {
            writer.Line(line);
        }

        if (lines.Count > OthersMax)
        {
            writer.Line($"    … and {lines.Count - OthersMax} more", Tone.Dim);
        }
    }
}
