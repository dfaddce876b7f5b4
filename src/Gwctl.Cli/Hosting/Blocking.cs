namespace Gwctl.Cli.Hosting;

/// <summary>Calls that wait for somebody else and that no signal ends: reading standard input, opening a pipe that
/// nobody writes to.</summary>
internal static class Blocking
{
    /// <summary>Waits for the call until cancelled; then it is left to itself, and ends with the process.</summary>
    public static Task<T> RunAsync<T>(Func<T> call, CancellationToken cancellationToken) =>
        Task.Run(call, cancellationToken).WaitAsync(cancellationToken);
}
