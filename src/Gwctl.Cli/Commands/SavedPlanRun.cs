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

        var (inputs, diagnostics, sources) =
            await SpecLoader.LoadAsync(arguments.Specs, host.Context, cancellationToken);
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
        if (ConfigsOf(plan, inputs) is not { } configs)
        {
            return ExitCode.Error;
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

    /// <summary>The plan's own configurations; one that is given by the same name (another role or profile for applying
    /// than for planning) goes before. Null where the plan's do not fit it; the host has reported why.</summary>
    private EquatableList<ProviderConfigSpec>? ConfigsOf(Plan plan, SpecInputs inputs)
    {
        var sources = plan.Configs.Select((text, index) => new SpecSource($"configs[{index}]", text));
        var read = SpecReader.Read([.. sources]);
        if (!read.Succeeded)
        {
            host.Report(read.Diagnostics);
            return null;
        }

        var known = inputs.Configs.Concat(read.Value.ProviderConfigs)
            .DistinctBy(config => config.Name)
            .ToDictionary(config => config.Name.ToString(), StringComparer.Ordinal);
        var missing = plan.Scopes.Select(scope => scope.Name).Where(name => !known.ContainsKey(name)).ToList();
        if (missing.Count > 0)
        {
            host.Report([CliDiagnostics.ConfigsMissing(missing)]);
            return null;
        }

        return [.. plan.Scopes.Select(scope => known[scope.Name])];
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
