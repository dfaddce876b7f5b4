using Gwctl.Cli.Arguments;
using Gwctl.Cli.Hosting;
using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Engine.Planning;
using Gwctl.Engine.Resources;

namespace Gwctl.Cli.Commands;

/// <summary><c>apply PLANFILE</c>: exactly that plan or nothing.</summary>
public sealed class SavedPlanRun(CommandHost host, ApplyArguments arguments)
{
    public async Task<ExitCode> ExecuteAsync(string path, CancellationToken cancellationToken)
    {
        var loaded = PlanStore.Load(host, path);
        host.Report(loaded.Diagnostics);
        if (!loaded.Succeeded)
        {
            return ExitCode.Error;
        }

        var plan = loaded.Value;
        if (Refusal(plan) is var (refused, exit))
        {
            return host.Fail(refused, exit);
        }

        var (inputs, diagnostics, sources) = SpecLoader.Load(arguments.Specs, host.Context);
        if (inputs is null)
        {
            host.Report(diagnostics, sources);
            return ExitCode.Error;
        }

        var hasSpecs = arguments.Specs.FileNames.Count > 0;
        if (hasSpecs && !string.Equals(inputs.Digest, plan.InputDigest, StringComparison.Ordinal))
        {
            return host.Fail(CliDiagnostics.InputsDiffer(), ExitCode.Stale);
        }

        if (MissingSecrets(plan, inputs) is { Count: > 0 } missing)
        {
            return host.Fail(CliDiagnostics.SecretsMissing(missing));
        }

        return await ExecuteAsync(plan, inputs, cancellationToken);
    }

    private async Task<ExitCode> ExecuteAsync(Plan plan, SpecInputs inputs, CancellationToken cancellationToken)
    {
        var names = plan.Scopes.Select(scope => scope.Name).ToHashSet(StringComparer.Ordinal);
        EquatableList<ProviderConfigSpec> configs =
            [.. inputs.Configs.Where(config => names.Contains(config.Name.ToString()))];
        if (names.Count > configs.Count)
        {
            names.ExceptWith(configs.Select(config => config.Name.ToString()));
            return host.Fail(CliDiagnostics.ConfigsMissing(names.Order(StringComparer.Ordinal)));
        }

        await using var workspace = await Workspace.OpenAsync(host, arguments.Specs, configs, cancellationToken);
        if (workspace is null)
        {
            return ExitCode.Error;
        }

        var stale = await workspace.WithHeartbeatAsync(
            "checking that the plan still fits",
            () => workspace.Session.CheckStalenessAsync(plan, configs, cancellationToken));
        host.Report(stale);
        return stale.Any(diagnostic => diagnostic.Severity is Severity.Error)
            ? ExitCode.Stale
            : await new ApplyRun(host, workspace, arguments.Planning)
                .ExecuteAsync(plan, inputs.Reveal, cancellationToken);
    }

    private (Diagnostic Why, ExitCode Exit)? Refusal(Plan plan)
    {
        if (plan.Blocks.Count > 0)
        {
            return (plan.Blocks[0], ExitCode.Blocked);
        }

        return plan.ExpiresAt < host.Context.Clock.GetUtcNow()
            ? (CliDiagnostics.PlanExpired(plan.ExpiresAt), ExitCode.Stale)
            : null;
    }

    private static List<string> MissingSecrets(Plan plan, SpecInputs inputs)
    {
        var missing = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var step in plan.Steps)
        {
            AttributeWalk.Visit(step.After ?? AttributeMap.Empty, value =>
            {
                if (value is AttributeValue.Secret secret && inputs.Reveal(secret) is null)
                {
                    missing.Add(secret.Source);
                }
            });
        }

        return [.. missing];
    }
}
