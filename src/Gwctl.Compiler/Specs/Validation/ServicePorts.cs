using Gwctl.Compiler.Specs.Decoding;
using Gwctl.Core;

namespace Gwctl.Compiler.Specs.Validation;

/// <summary>Several ports of a Service have names, all different, and differ in port or protocol.</summary>
internal static class ServicePorts
{
    public static void Check(ServiceSpec service, NodeProblems problems)
    {
        if (service.Ports.Count < 2)
        {
            return;
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        var numbers = new HashSet<(int Port, string Protocol)>();
        foreach (var port in service.Ports)
        {
            if (port.Name is "")
            {
                var detail = $"Port {port.Port} is one of several and has no name";
                problems.Add(Problem("GW1310", "Port has no name", port, detail));
            }
            else if (!names.Add(port.Name))
            {
                var detail = $"Another port is already named {port.Name}";
                problems.Add(Problem("GW1311", "Port name is used twice", port, detail));
            }

            if (!numbers.Add((port.Port, port.Protocol)))
            {
                var detail = $"Another entry has {port.Protocol} {port.Port}";
                problems.Add(Problem("GW1312", "Port is given twice", port, detail));
            }
        }
    }

    private static Diagnostic Problem(string code, string summary, ServicePortSpec port, string detail) =>
        new(code, Severity.Error, summary)
        {
            Subject = port.Span,
            Detail = $"{detail}.",
            Help = "Give every port of the Service a name and a number of its own.",
        };
}
