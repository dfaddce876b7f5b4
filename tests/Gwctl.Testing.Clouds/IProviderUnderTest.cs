using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Engine.Providers;
using Gwctl.Sandbox.Calls;
using Gwctl.Sandbox.Hosting;

namespace Gwctl.Testing.Clouds;

/// <summary>All that the suites for every provider ask of a cloud. A class here that implements it is found by itself,
/// and joins the conformance suite and the simulations.</summary>
/// <remarks>Raw clients are used for everything that somebody else does by hand.</remarks>
public interface IProviderUnderTest
{
    /// <summary>As in a ProviderConfig's <c>provider</c>, and in the names of environment variables.</summary>
    string Name { get; }

    /// <summary>A sandbox of this cloud: nothing takes time, there is room for everything, and the DNS zone is
    /// there.</summary>
    /// <param name="zone">Such as <c>conformance.example.com</c>.</param>
    SandboxOptions Sandbox(string zone);

    /// <summary>This cloud of a running sandbox.</summary>
    SandboxControls ControlsOf(SandboxCloud sandbox);

    /// <summary>What a run at an endpoint lacks, for people; null where it can begin.</summary>
    string? MissingAt(Place place) => null;

    /// <summary>The provider's section of a ProviderConfig, as a YAML map in flow style.</summary>
    string SettingsAt(Place place);

    Compiled<IProvider> Create(ProviderConfigSpec config, Place place);

    /// <summary>Makes what other people have in an account, of every kind that we make too; all of it is called
    /// <see cref="Place.Theirs"/>, and something of it bears the mark of another owner.</summary>
    Task MakeForeignAsync(Place place, CancellationToken cancellationToken);

    /// <summary>That, as the cloud's API shows it: equal exactly if nobody has changed it.</summary>
    Task<string> ShowForeignAsync(Place place, CancellationToken cancellationToken);

    /// <summary>Deletes it; what is not there is no failure.</summary>
    Task DeleteForeignAsync(Place place, CancellationToken cancellationToken);

    /// <summary>What people do by hand to objects of ours.</summary>
    EquatableList<HandChange> HandChanges { get; }
}

/// <summary>A change of something of ours by hand, past gwctl.</summary>
/// <param name="What">For people: <c>a rule sends requests elsewhere</c>.</param>
/// <param name="TryAsync">Makes it; false where we have nothing of the kind.</param>
public sealed record HandChange(string What, Func<Place, CancellationToken, Task<bool>> TryAsync)
{
    public override string ToString() => What;
}

/// <summary>A cloud of a running sandbox, for tests in its process.</summary>
/// <param name="Faults">Where its calls go wrong.</param>
/// <param name="Writes">Its writing calls so far.</param>
/// <param name="Snapshot">Every resource as text: equal exactly if nothing changed.</param>
/// <param name="Reset">Forgets everything but what the options seed.</param>
public sealed record SandboxControls(
    FaultInjector Faults, Func<long> Writes, Func<string> Snapshot, Action Reset);
