using System.Collections.Concurrent;
using Gwctl.Cli.Arguments;
using Gwctl.Cli.Hosting;
using Gwctl.Cli.Views;
using Gwctl.Cli.Views.Texts;
using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Engine.Planning;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;

namespace Gwctl.Cli.Commands;

/// <summary>The clouds of one run: the providers, and the embedded cloud where it is asked for.</summary>
public sealed class Workspace : IAsyncDisposable
{
    private readonly CommandHost _host;
    private readonly SpecArguments _arguments;
    private readonly SandboxLease? _sandbox;
    private readonly List<IProvider> _made = [];
    private readonly ConcurrentDictionary<ResourceAddress, string> _addresses = new();
    private readonly Lock _saying = new();

    private Workspace(CommandHost host, SpecArguments arguments, SandboxLease? sandbox, bool silent = false)
    {
        (_host, _arguments, _sandbox) = (host, arguments, sandbox);
        Session = new PlanSession(Make, host.Context.Clock, silent ? null : Say);
    }

    public PlanSession Session { get; }

    /// <summary>Null for real clouds.</summary>
    public SandboxLease? Sandbox => _sandbox;

    /// <summary>By what the Gateways are reached that were read of or made so far, with the object that has the
    /// address.</summary>
    public IReadOnlyDictionary<ResourceAddress, string> Addresses => _addresses;

    /// <summary>For what needs no cloud: providers that are asked what they would make, and call nothing.</summary>
    public static Workspace Offline(CommandHost host, SpecArguments arguments) =>
        new(host, arguments, sandbox: null, silent: true);

    /// <summary>Null where the sandbox does not start; the host has reported why.</summary>
    public static async Task<Workspace?> OpenAsync(
        CommandHost host,
        SpecArguments arguments,
        IReadOnlyList<ProviderConfigSpec> configs,
        CancellationToken cancellationToken)
    {
        if (arguments.SandboxDirectory is not { } directory)
        {
            return new Workspace(host, arguments, sandbox: null);
        }

        var start = SandboxDefaults.For(host.Context.Resolve(directory), configs, host.Context.Clock);
        var (lease, failure) = await SandboxLease.OpenAsync(start, host.Context.Composition.Sandbox, cancellationToken);
        if (failure is not null)
        {
            host.Report([failure]);
            return null;
        }

        return new Workspace(host, arguments, lease);
    }

    /// <summary>Runs something that may be silent for long, with a sign of life now and then where no terminal
    /// redraws.</summary>
    public async Task<T> WithHeartbeatAsync<T>(string what, Func<Task<T>> work)
    {
        if (!_host.Chatty)
        {
            return await work();
        }

        var since = _host.Context.Clock.GetUtcNow();
        using var beats = new Beats(_host.Context.Clock, TimeSpan.FromSeconds(10), now =>
            Say($"Still {what}... [{Quantity.Of(now - since)} elapsed]"));
        return await work();
    }

    /// <summary>The provider of a configuration, by itself.</summary>
    public Compiled<IProvider> Provider(ProviderConfigSpec config) => Make(config);

    public ValueTask DisposeAsync()
    {
        foreach (var provider in _made.OfType<IDisposable>())
        {
            provider.Dispose();
        }

        return _sandbox?.DisposeAsync() ?? ValueTask.CompletedTask;
    }

    private Compiled<IProvider> Make(ProviderConfigSpec config)
    {
        var made = MakeProvider(config);
        return made.Value is null ? made : made with { Value = new RecordingProvider(made.Value, _addresses) };
    }

    /// <summary>A provider of this workspace's cloud; it lives as long as the workspace.</summary>
    public Compiled<IProvider> MakeProvider(ProviderConfigSpec config)
    {
        var made = _host.Context.Composition.Make(config, name => new ProviderConnection
        {
            Endpoint = _sandbox?.Endpoint ?? Endpoint(name),
            Sandbox = _sandbox is not null,
            Clock = _host.Context.Clock,
            Random = _host.Context.Random,
        });
        if (made.Value is not null)
        {
            _made.Add(made.Value);
        }

        return made;
    }

    private Uri? Endpoint(string provider) =>
        _arguments.Endpoints.LastOrDefault(given => given.Provider == provider)?.Endpoint;

    private void Say(PlanProgress progress)
    {
        if (_host.Chatty)
        {
            var scope = progress.Scope is "" ? "" : $"{progress.Scope}: ";
            Say($"{scope}{progress.Text}");
        }
    }

    /// <summary>One line at a time: providers work at the same time, and the heart beats meanwhile.</summary>
    private void Say(string line)
    {
        lock (_saying)
        {
            _host.Progress.Line(line, Tone.Dim).Flush();
        }
    }
}
