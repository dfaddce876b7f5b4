using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Engine.Providers;

namespace Gwctl.Controller.Reconciliation;

/// <summary>The providers in use, each with its memory: one for each ProviderConfig as it is written now.</summary>
internal sealed class Scopes(ProviderFactory factory, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Compiled<ScopeBox>> _made = new(StringComparer.Ordinal);

    /// <summary>No value where the provider cannot be made of the configuration.</summary>
    public Compiled<ScopeBox> For(ProviderConfigSpec config)
    {
        var text = ProviderConfigText.Write(config);
        lock (_gate)
        {
            if (!_made.TryGetValue(text, out var made))
            {
                var provider = factory(config);
                made = Compiled.From(
                    provider.Succeeded ? new ScopeBox(new ScopeMemory(provider.Value, clock)) : null,
                    provider.Diagnostics);
                _made.Add(text, made);
            }

            return made;
        }
    }

    public IReadOnlyList<ScopeMemory> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _made.Values.Select(made => made.Value?.Memory).OfType<ScopeMemory>()];
            }
        }
    }

    /// <summary>Whatever is remembered of a Gateway, wherever it is.</summary>
    public void Forget(ObjectName gateway)
    {
        foreach (var memory in All)
        {
            memory.Forget(gateway);
        }
    }
}

/// <summary>A memory that could be made.</summary>
internal sealed record ScopeBox(ScopeMemory Memory);
