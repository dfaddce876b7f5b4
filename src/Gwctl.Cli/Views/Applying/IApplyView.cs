using Gwctl.Engine.Apply;
using Gwctl.Engine.Planning;

namespace Gwctl.Cli.Views.Applying;

/// <summary>Shows a plan being carried out. Calls come one at a time.</summary>
public interface IApplyView : IAsyncDisposable
{
    /// <summary>How often <see cref="Beat"/> is wanted while steps run.</summary>
    TimeSpan BeatEvery { get; }

    void Start(Plan plan);

    void Show(ApplyEvent happened);

    /// <summary>Time has passed: a sign of life is due.</summary>
    void Beat(DateTimeOffset now);

    /// <summary>Something to say that belongs to no step: that a signal came.</summary>
    void Announce(string text);

    Task FinishAsync(ApplyReport report);
}

/// <summary>Where a Gateway can be reached.</summary>
public sealed record GatewayAddress(string Gateway, string Address);
