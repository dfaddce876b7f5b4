using System.Net;
using System.Net.Sockets;
using Gwctl.Compiler.Specs;
using Gwctl.Core;

namespace Gwctl.Compiler.Topology;

/// <summary>The addresses of a Service port, out of the Service's EndpointSlices.</summary>
/// <remarks>A slice's port belongs to the Service port of the same name; its number is where a named targetPort
/// ends.</remarks>
internal sealed class EndpointResolver(SpecIndex index, List<Diagnostic> diagnostics)
{
    /// <summary>Sorted by address and port, each once; null where the Service has no slice at all.</summary>
    public EquatableList<Endpoint>? Resolve(ServiceSpec service, ServicePortSpec port)
    {
        if (!index.Slices.Contains(service.Name))
        {
            return null;
        }

        var found = new Dictionary<(string Address, int Port), Endpoint>();
        var hasPort = false;
        foreach (var slice in index.Slices[service.Name])
        {
            if (NumberOf(slice, port) is not { } number)
            {
                continue;
            }

            hasPort = true;
            Collect(service, slice, number, found);
        }

        if (!hasPort)
        {
            diagnostics.Add(BackendDiagnostics.SlicesWithoutPort(service, port, index.Slices[service.Name]));
        }

        return [.. found.Values.OrderBy(item => item.Address, StringComparer.Ordinal).ThenBy(item => item.Port)];
    }

    /// <summary>A slice port without a number stands for all ports, so the Service says which.</summary>
    private static int? NumberOf(EndpointSliceSpec slice, ServicePortSpec port)
    {
        var same = slice.Ports.FirstOrDefault(item => item.Name == port.Name && item.Protocol == port.Protocol);
        if (same is null)
        {
            return null;
        }

        return same.Port ?? (int.TryParse(port.TargetPort, out var number) ? number : port.Port);
    }

    private void Collect(
        ServiceSpec service,
        EndpointSliceSpec slice,
        int port,
        Dictionary<(string Address, int Port), Endpoint> found)
    {
        if (slice.AddressType is not ("IPv4" or "IPv6"))
        {
            diagnostics.Add(BackendDiagnostics.SliceOfNames(service, slice));
            return;
        }

        var family = slice.AddressType is "IPv4" ? AddressFamily.InterNetwork : AddressFamily.InterNetworkV6;
        foreach (var endpoint in slice.Endpoints)
        {
            foreach (var text in endpoint.Addresses)
            {
                if (!IPAddress.TryParse(text, out var address) || address.AddressFamily != family)
                {
                    diagnostics.Add(BackendDiagnostics.BadAddress(service, slice, text));
                    continue;
                }

                var key = (address.ToString(), port);
                var added = new Endpoint(
                    key.Item1, port, endpoint.Ready, endpoint.Terminating, endpoint.NodeName, endpoint.Zone);
                found[key] = found.TryGetValue(key, out var known) ? Merge(known, added) : added;
            }
        }
    }

    /// <summary>While slices are rewritten an address can be in two of them; ready in one of them is ready.</summary>
    private static Endpoint Merge(Endpoint left, Endpoint right) => left with
    {
        Ready = left.Ready || right.Ready,
        Terminating = left.Terminating && right.Terminating,
        NodeName = left.NodeName ?? right.NodeName,
        Zone = left.Zone ?? right.Zone,
    };
}
