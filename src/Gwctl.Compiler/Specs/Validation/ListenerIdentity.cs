using Gwctl.Compiler.Specs.Decoding;
using Gwctl.Core;

namespace Gwctl.Compiler.Specs.Validation;

/// <summary>Listeners of one object differ in name, and in port, protocol or hostname.</summary>
internal static class ListenerIdentity
{
    public static void Check(EquatableList<ListenerSpec> listeners, NodeProblems problems)
    {
        var names = new Dictionary<string, SourceSpan>(StringComparer.Ordinal);
        var places = new Dictionary<(int Port, string Protocol, string? Hostname), ListenerSpec>();
        foreach (var listener in listeners)
        {
            if (!names.TryAdd(listener.Name.Value, listener.Name.Span))
            {
                problems.Add(new Diagnostic("GW1230", Severity.Error, "Listener name is used twice")
                {
                    Subject = listener.Name.Span,
                    Detail = $"The listener at {names[listener.Name.Value]} is already named "
                        + $"{FieldDiagnostics.Quote(listener.Name.Value)}.",
                    Help = "Rename one of the two.",
                });
            }

            var key = (listener.Port.Value, listener.Protocol.Value.ToLowerInvariant(), listener.Hostname?.Value);
            if (!places.TryAdd(key, listener))
            {
                problems.Add(new Diagnostic("GW1231", Severity.Error, "Listeners are not distinct")
                {
                    Subject = listener.Span,
                    Detail = $"Listener {listener.Name} has port, protocol and hostname of listener "
                        + $"{places[key].Name} at {places[key].Span}.",
                    Help = "Change one of the three, or remove a listener.",
                });
            }
        }
    }
}
