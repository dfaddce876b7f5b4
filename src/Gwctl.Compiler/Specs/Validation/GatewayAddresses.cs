using Gwctl.Compiler.Specs.Decoding;
using Gwctl.Compiler.Specs.Kinds;
using Gwctl.Core;

namespace Gwctl.Compiler.Specs.Validation;

/// <summary>Addresses are of their type's form, and each stands once. An empty value asks for any address.</summary>
internal static class GatewayAddresses
{
    public static void Check(GatewaySpec gateway, NodeProblems problems)
    {
        var seen = new HashSet<(string Type, string Value)>();
        foreach (var address in gateway.Addresses)
        {
            if (address.Value is "")
            {
                continue;
            }

            var isFormed = address.Type switch
            {
                "IPAddress" => Forms.IsIPv4(address.Value) || Forms.IsIPv6(address.Value),
                "Hostname" => Forms.Hostname.Judge(address.Value) is null,
                _ => true,
            };
            if (!isFormed)
            {
                problems.Add(new Diagnostic("GW1237", Severity.Error, "Address is malformed")
                {
                    Subject = address.Span,
                    Detail = $"{FieldDiagnostics.Quote(address.Value)} is no address of type {address.Type}.",
                    Help = "Correct the address or its type.",
                });
            }

            if (address.Type is "IPAddress" or "Hostname" && !seen.Add((address.Type, address.Value)))
            {
                problems.Add(new Diagnostic("GW1238", Severity.Error, "Address is given twice")
                {
                    Subject = address.Span,
                    Detail = $"{FieldDiagnostics.Quote(address.Value)} already stands in the same list.",
                    Help = "Remove one of the two.",
                });
            }
        }
    }
}
