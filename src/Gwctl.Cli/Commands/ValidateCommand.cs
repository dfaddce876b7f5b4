using Gwctl.Cli.Arguments;
using Gwctl.Cli.Hosting;
using Gwctl.Cli.Views.Validation;
using Gwctl.Core;

namespace Gwctl.Cli.Commands;

/// <summary><c>validate</c>: everything that can be said about specs without a cloud, the provider's judgement
/// included.</summary>
public sealed class ValidateCommand(CliContext context)
{
    public Task<ExitCode> ExecuteAsync(CompileArguments arguments)
    {
        var host = new CommandHost(context, arguments.Talk);
        return host.RunAsync(timeout: null, async cancellationToken =>
        {
            if (arguments.Specs.FileNames.Count is 0)
            {
                return host.Fail(CliDiagnostics.NoSpecs());
            }

            var (inputs, diagnostics, sources) =
                await SpecLoader.LoadAsync(arguments.Specs, host.Context, cancellationToken);
            var all = diagnostics.ToList();
            if (inputs is not null)
            {
                all.AddRange(await JudgeAsync(host, arguments.Specs, inputs));
            }

            ValidationViews.For(host, sources).Show(inputs is null ? null : SpecCounts.Of(inputs.Specs), all);
            return all.Exists(diagnostic => diagnostic.Severity is Severity.Error) ? ExitCode.Error : ExitCode.Done;
        });
    }

    /// <summary>What the providers have to say about capabilities.</summary>
    private static async Task<EquatableList<Diagnostic>> JudgeAsync(
        CommandHost host, SpecArguments specs, SpecInputs inputs)
    {
        await using var workspace = Workspace.Offline(host, specs);
        return workspace.Session.Project(inputs.Model, inputs.Configs).Diagnostics;
    }
}
