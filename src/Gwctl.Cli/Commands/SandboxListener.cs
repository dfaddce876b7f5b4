using Gwctl.Core;

namespace Gwctl.Cli.Commands;

/// <summary>Where a listener of the embedded cloud really listens.</summary>
/// <param name="LoadBalancer">Its load balancer's name.</param>
/// <param name="Protocol">The cloud's word, such as <c>HTTPS</c>.</param>
/// <param name="Port">The cloud's.</param>
/// <param name="Address">Address and port; empty where it does not listen.</param>
/// <param name="Problem">Why not, or what is not as the cloud says; empty where all is well.</param>
public sealed record SandboxListener(string LoadBalancer, string Protocol, int Port, string Address, string Problem)
{
    /// <summary>In the state directory, while <c>sandbox up</c> serves it: one line for each listener.</summary>
    public const string FileName = "listeners";

    public string Url => Address is "" ? "-" : $"{Protocol.ToLowerInvariant()}://{Address}/";

    public static void Write(string directory, EquatableList<SandboxListener> listeners) => File.WriteAllLines(
        Path.Combine(directory, FileName),
        listeners.Select(listener => string.Join(
            '\t', listener.LoadBalancer, listener.Protocol, listener.Port, listener.Address,
            listener.Problem.ReplaceLineEndings(" ").Replace('\t', ' '))));

    public static EquatableList<SandboxListener> Read(string directory)
    {
        var path = Path.Combine(directory, FileName);
        return File.Exists(path)
            ? [.. File.ReadLines(path).Select(line => line.Split('\t')).Where(parts => parts.Length is 5).Select(Parse)]
            : [];
    }

    private static SandboxListener Parse(string[] parts) =>
        new(parts[0], parts[1], int.TryParse(parts[2], out var port) ? port : 0, parts[3], parts[4]);
}
