using System.Security.Cryptography;
using System.Text;
using Gwctl.Cli.Arguments;
using Gwctl.Cli.Hosting;
using Gwctl.Cli.Views.Diagnostics;
using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Compiler.Topology;
using Gwctl.Core;
using Gwctl.Engine.Apply;
using Gwctl.Engine.Resources;

namespace Gwctl.Cli.Commands;

/// <summary>Specs taken through every stage that knows no cloud.</summary>
public sealed record SpecInputs
{
    public required SpecSet Specs { get; init; }

    public required SpecTopology Topology { get; init; }

    public required RoutingModel Model { get; init; }

    /// <summary>Every ProviderConfig that may own something, those of Gateways that are gone included.</summary>
    public required EquatableList<ProviderConfigSpec> Configs { get; init; }

    /// <summary>SHA-256 over the texts and what else decides what they mean.</summary>
    public required string Digest { get; init; }

    /// <summary>Of all stages.</summary>
    public required EquatableList<Diagnostic> Diagnostics { get; init; }

    /// <summary>Of the lowering alone: what the topology's conditions do not say yet.</summary>
    public required EquatableList<Diagnostic> RoutingDiagnostics { get; init; }

    public required SourceTexts Sources { get; init; }

    public bool HasErrors => Diagnostics.Any(diagnostic => diagnostic.Severity is Severity.Error);

    /// <summary>Finds a secret's text where the specs hold it: <c>Secret/namespace/name#tls.key</c>.</summary>
    public SecretText? Reveal(AttributeValue.Secret secret) => SecretSources.Find(Specs, secret);
}

/// <summary>Specs that a command can go on with.</summary>
/// <param name="Diagnostics">Of all stages, not reported yet.</param>
public sealed record LoadedSpecs(SpecInputs Inputs, EquatableList<Diagnostic> Diagnostics, SourceTexts Sources);

/// <summary>Loads and compiles specs.</summary>
public static class SpecLoader
{
    private const string SandboxConfigName = "<sandbox>";

    /// <summary>For commands that need specs. Null where they cannot go on; the host has reported why.</summary>
    /// <param name="tolerant">Goes on with what is right where some specs are not.</param>
    public static async Task<LoadedSpecs?> LoadOrReportAsync(
        CommandHost host, SpecArguments arguments, bool tolerant, CancellationToken cancellationToken)
    {
        if (arguments.FileNames.Count is 0)
        {
            host.Fail(CliDiagnostics.NoSpecs());
            return null;
        }

        var (inputs, diagnostics, sources) =
            await LoadAsync(arguments, host.Context, cancellationToken);
        if (inputs is not null && (tolerant || !inputs.HasErrors))
        {
            return new LoadedSpecs(inputs, diagnostics, sources);
        }

        host.Report(diagnostics, sources);
        return null;
    }

    /// <summary>Null where the input is too broken for the next stage; the diagnostics say why in any case.</summary>
    public static Task<(SpecInputs? Inputs, EquatableList<Diagnostic> Diagnostics, SourceTexts Sources)> LoadAsync(
        SpecArguments arguments, CliContext context, CancellationToken cancellationToken) =>
        Blocking.RunAsync(() => Load(arguments, context), cancellationToken);

    private static (SpecInputs? Inputs, EquatableList<Diagnostic> Diagnostics, SourceTexts Sources) Load(
        SpecArguments arguments, CliContext context)
    {
        var loaded = SpecFiles.Load([.. arguments.FileNames], context.Input, context.WorkingDirectory);
        var sources = loaded.Value ?? [];
        var diagnostics = loaded.Diagnostics.ToList();
        var specs = SpecReader.Read(sources);
        var config = FallbackConfig(arguments, context, specs.Value, diagnostics, out var configSource);
        var texts = new SourceTexts(
            sources.Concat(configSource is null ? [] : [configSource])
                .Select(source => KeyValuePair.Create(source.FileName, source.Text)));
        diagnostics.AddRange(specs.Diagnostics);
        if (specs.Value is null || loaded.HasErrors)
        {
            return (null, [.. diagnostics], texts);
        }

        var topology = TopologyResolver.Resolve(
            specs.Value, new TopologyOptions { ProviderConfig = config, Provider = arguments.Provider });
        diagnostics.AddRange(topology.Diagnostics);
        if (topology.Value is null)
        {
            return (null, [.. diagnostics], texts);
        }

        var model = RoutingCompiler.Lower(topology.Value);
        diagnostics.AddRange(model.Diagnostics);
        if (model.Value is null)
        {
            return (null, [.. diagnostics], texts);
        }

        var inputs = new SpecInputs
        {
            Specs = specs.Value,
            Topology = topology.Value,
            Model = model.Value,
            Configs = Configs(specs.Value, config, arguments),
            Digest = Digest(sources, configSource, arguments.Provider),
            Diagnostics = [.. diagnostics],
            RoutingDiagnostics = model.Diagnostics,
            Sources = texts,
        };
        return (inputs, inputs.Diagnostics, texts);
    }

    /// <summary>The ProviderConfig for Gateways that name none; null where there is none, or where it is broken: then
    /// the diagnostics say why.</summary>
    public static ProviderConfigSpec? FallbackConfig(
        SpecArguments arguments,
        CliContext context,
        SpecSet? specs,
        List<Diagnostic> diagnostics,
        out SpecSource? source)
    {
        source = null;
        if (arguments.ProviderConfig is { } path)
        {
            var loaded = SpecFiles.Load([path], context.Input, context.WorkingDirectory);
            diagnostics.AddRange(loaded.Diagnostics);
            source = loaded.Value is [var only] ? only : null;
        }
        else if (arguments.SandboxDirectory is not null)
        {
            source = new SpecSource(SandboxConfigName, SandboxConfig(arguments, context, specs));
        }

        if (source is null)
        {
            return null;
        }

        var read = SpecReader.Read([source]);
        diagnostics.AddRange(read.Diagnostics);
        if (read.Value is { ProviderConfigs: [var config] })
        {
            return config;
        }

        diagnostics.Add(CliDiagnostics.NoProviderConfig(source.FileName));
        return null;
    }

    /// <summary>What <c>--sandbox</c> uses where the specs name no ProviderConfig: for the provider that is asked for,
    /// else for the first GatewayClass's.</summary>
    private static string SandboxConfig(SpecArguments arguments, CliContext context, SpecSet? specs)
    {
        var providers = context.Composition.Providers;
        var names = (specs?.GatewayClasses ?? [])
            .Select(item => item.ControllerName.Value)
            .Select(controller => controller[(controller.LastIndexOf('/') + 1)..])
            .Prepend(arguments.Provider);
        var provider = names.Select(name => providers.FirstOrDefault(item => item.Name == name))
            .FirstOrDefault(item => item is not null) ?? providers[0];
        return $"""
            apiVersion: gwctl.dev/v1alpha1
            kind: ProviderConfig
            metadata:
              name: sandbox
            spec:
              provider: {provider.Name}
              owner: sandbox
              dns:
                zones:
                  - name: {SandboxDefaults.Zone}
            {provider.SandboxSettings}
            """;
    }

    /// <summary>The fallback belongs to them where it was asked for, or where there is no other.</summary>
    private static EquatableList<ProviderConfigSpec> Configs(
        SpecSet specs, ProviderConfigSpec? fallback, SpecArguments arguments)
    {
        var named = specs.ProviderConfigs.Where(config =>
            arguments.Provider is null || config.Provider.Value == arguments.Provider);
        var wanted = fallback is not null && (arguments.ProviderConfig is not null || specs.ProviderConfigs.Count is 0);
        return [.. named.Concat(wanted && fallback is not null ? [fallback] : [])];
    }

    private static string Digest(IReadOnlyList<SpecSource> sources, SpecSource? config, string? provider)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var text in sources.Select(source => source.Text).Append(config?.Text ?? "").Append(provider ?? ""))
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            hash.AppendData(BitConverter.GetBytes(bytes.LongLength)); // Lengths keep two texts from meaning one.
            hash.AppendData(bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
