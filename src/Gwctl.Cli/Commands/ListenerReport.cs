using Gwctl.Cli.Views.Texts;
using Gwctl.Core;

namespace Gwctl.Cli.Commands;

/// <summary>Says where the embedded cloud's load balancers listen, as they come and go.</summary>
public sealed class ListenerReport(StyledWriter writer, string directory)
{
    private readonly Lock _gate = new();
    private readonly HashSet<SandboxListener> _known = [];

    public void Tell(EquatableList<SandboxListener> listeners)
    {
        lock (_gate)
        {
            foreach (var gone in _known.Except(listeners).ToList())
            {
                _known.Remove(gone);
                writer.Line($"- {gone.LoadBalancer} {gone.Protocol}:{gone.Port}");
            }

            foreach (var listener in listeners.Where(_known.Add))
            {
                writer.Write($"+ {listener.LoadBalancer} {listener.Protocol}:{listener.Port} at ")
                    .Write(listener.Url, Tone.Strong)
                    .Line(listener.Problem is "" ? "" : $"  {listener.Problem}");
            }

            writer.Flush();
            SandboxListener.Write(directory, listeners);
        }
    }
}
