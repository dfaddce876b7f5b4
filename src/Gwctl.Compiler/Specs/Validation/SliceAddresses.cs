using Gwctl.Compiler.Specs.Decoding;
using Gwctl.Compiler.Specs.Kinds;
using Gwctl.Core;

namespace Gwctl.Compiler.Specs.Validation;

/// <summary>The addresses of an EndpointSlice are of its one type.</summary>
internal static class SliceAddresses
{
    public static void Check(EndpointSliceSpec slice, NodeProblems problems)
    {
        foreach (var address in slice.Endpoints.SelectMany(endpoint => endpoint.Addresses))
        {
            if (!IsOfType(address, slice.AddressType))
            {
                problems.Add(new Diagnostic("GW1313", Severity.Error, "Endpoint's address is of another type")
                {
                    Subject = slice.Span,
                    Detail = $"{FieldDiagnostics.Quote(address)} is not of the slice's addressType "
                        + $"{slice.AddressType}.",
                    Help = "Correct the address, or move it to a slice of its type.",
                });
            }
        }
    }

    private static bool IsOfType(string address, string type) => type switch
    {
        "IPv4" => Forms.IsIPv4(address),
        "IPv6" => Forms.IsIPv6(address),
        _ => Forms.IsSubdomain(address),
    };
}
