using System.Diagnostics;
using System.Globalization;
using Gwctl.Compiler.Specs;

namespace Gwctl.Cutover.Gates;

/// <summary>A program of the user's. It learns by its environment what it is asked about, and answers by its exit code;
/// its last line is shown.</summary>
internal static class CommandGate
{
    private const int InconclusiveCode = 75;
    private const int LineCharactersMax = 200;

    public static async Task<GateResult> AskAsync(
        CutoverGateSpec.Command gate, GateContext context, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(gate.Timeout);
        using var process = new Process { StartInfo = Start(gate, context) };
        process.Start();
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(patience.Token);
            var errors = process.StandardError.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return Judge(gate, process.ExitCode, await output, await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private static ProcessStartInfo Start(CutoverGateSpec.Command gate, GateContext context)
    {
        var start = new ProcessStartInfo(
            gate.Arguments[0].Value, gate.Arguments.Skip(1).Select(argument => argument.Value))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = context.Directory,
        };
        start.Environment["GWCTL_CUTOVER"] = context.Document.Name.ToString();
        start.Environment["GWCTL_HOSTNAMES"] =
            string.Join(',', context.Document.Hostnames.Select(hostname => hostname.Value));
        start.Environment["GWCTL_STEP"] = context.Step.ToString(CultureInfo.InvariantCulture);
        start.Environment["GWCTL_WEIGHT"] = context.Weight.ToString(CultureInfo.InvariantCulture);
        start.Environment["GWCTL_NEW_BALANCER"] = context.NewBalancer?.DnsName ?? "";
        return start;
    }

    private static GateResult Judge(CutoverGateSpec.Command gate, int code, string output, string errors)
    {
        var last = (output + "\n" + errors).Split('\n', StringSplitOptions.TrimEntries)
            .LastOrDefault(line => line is not "") ?? "";
        var detail = $"exit code {code}{(last is "" ? "" : $": {last[..Math.Min(last.Length, LineCharactersMax)]}")}";
        return gate.Result(
            code switch
            {
                0 => GateVerdict.Pass,
                InconclusiveCode => GateVerdict.Inconclusive,
                _ => GateVerdict.Fail,
            },
            detail);
    }
}
