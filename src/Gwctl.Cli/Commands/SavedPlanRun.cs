using System.Text.Json;
using Gwctl.Cli.Arguments;
using Gwctl.Cli.Hosting;
using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Engine.Planning;
using Gwctl.Engine.Providers;
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

        SpecInputs? inputs = null;
        if (arguments.Specs.FileNames.Count > 0)
        {
            (inputs, var diagnostics, var sources) = SpecLoader.Load(arguments.Specs, host.Context);
            if (inputs is null)
            {
                host.Report(diagnostics, sources);
                return ExitCode.Error;
            }

            if (!string.Equals(inputs.Digest, plan.InputDigest, StringComparison.Ordinal))
            {
                return host.Fail(CliDiagnostics.InputsDiffer(), ExitCode.Stale);
            }
        }

        if (MissingSecrets(plan, inputs) is { Count: > 0 } missing)
        {
            return host.Fail(CliDiagnostics.SecretsMissing(missing));
        }

        return await ExecuteAsync(plan, inputs, cancellationToken);
    }

    private async Task<ExitCode> ExecuteAsync(Plan plan, SpecInputs? inputs, CancellationToken cancellationToken)
    {
        EquatableList<ProviderConfigSpec> configs = [.. plan.Scopes.Select(scope => Config(scope, inputs))];
        await using var workspace =
            await Workspace.OpenAsync(host, arguments.Specs, configs, cancellationToken);
        if (workspace is null)
        {
            return ExitCode.Error;
        }

        var stale = await workspace.WithHeartbeatAsync(
            "checking that the plan still fits",
            () => workspace.Session.CheckStalenessAsync(plan, configs, cancellationToken));
        if (stale.Any(diagnostic => diagnostic.Severity is Severity.Error))
        {
            host.Report(stale);
            return ExitCode.Stale;
        }

        host.Report(stale);
        return await new ApplyRun(host, workspace, arguments.Planning)
            .ExecuteAsync(plan, secret => inputs?.Reveal(secret), cancellationToken);
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

    /// <summary>The specs' own where they have it; else made of what the plan says of the scope.</summary>
    private static ProviderConfigSpec Config(ProviderScope scope, SpecInputs? inputs)
    {
        var named = inputs?.Configs.FirstOrDefault(config => config.Name.ToString() == scope.Name);
        return named ?? FromScope(scope);
    }

    private static ProviderConfigSpec FromScope(ProviderScope scope)
    {
        var text = $$"""
            apiVersion: gwctl.dev/v1alpha1
            kind: ProviderConfig
            metadata: {name: {{Quoted(scope.Name)}}}
            spec:
              provider: {{Quoted(scope.Provider)}}
              owner: {{Quoted(scope.Owner)}}
              {{Quoted(scope.Provider)}}:
                region: {{Quoted(scope.Region)}}
                account: {{Quoted(scope.Account)}}
            """;
        var read = SpecReader.Read([new SpecSource("<plan>", text)]);
        Invariant.Holds(read.Value is { ProviderConfigs.Count: 1 });
        return read.Value.ProviderConfigs[0];
    }

    private static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text)}\"";

    private static List<string> MissingSecrets(Plan plan, SpecInputs? inputs)
    {
        var missing = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var step in plan.Steps)
        {
            AttributeWalk.Visit(step.After ?? AttributeMap.Empty, value =>
            {
                if (value is AttributeValue.Secret secret && inputs?.Reveal(secret) is null)
                {
                    missing.Add(secret.Source);
                }
            });
        }

        return [.. missing];
    }
}
