using Gwctl.Compiler.Specs;

namespace Gwctl.Testing.Specs;

/// <summary>Services, EndpointSlices and BackendPolicies.</summary>
public static class MakeService
{
    /// <summary>With one unnamed TCP port, 80 unless given.</summary>
    public static ServiceSpec Service(string name, params int[] ports) => new()
    {
        Meta = Make.Meta(name),
        Type = "ClusterIP",
        Ports = [.. (ports.Length is 0 ? [80] : ports).Select(port => Port(port, ports.Length > 1 ? $"p{port}" : ""))],
    };

    public static ServiceSpec Service(string name, params ServicePortSpec[] ports) =>
        new() { Meta = Make.Meta(name), Type = "ClusterIP", Ports = [.. ports] };

    public static ServicePortSpec Port(
        int port, string name = "", string? target = null, string protocol = "TCP") => new()
        {
            Name = name,
            Port = port,
            Protocol = protocol,
            TargetPort = target ?? port.ToString(),
            Span = Make.At(1),
        };

    /// <summary>A slice of a Service of its own namespace, with one port.</summary>
    public static EndpointSliceSpec Slice(
        string name, string service, int? port, params SliceEndpointSpec[] endpoints) =>
        new()
        {
            Meta = Make.Meta(name),
            ServiceName = service,
            AddressType = "IPv4",
            Ports = [new SlicePortSpec("", port, "TCP")],
            Endpoints = [.. endpoints],
        };

    public static SliceEndpointSpec Endpoint(string address, bool ready = true, bool terminating = false) =>
        new([address], ready, terminating, null, null);

    public static BackendPolicySpec Policy(string name, int? age = null, params string[] services) => new()
    {
        Meta = Make.Meta(name, age: age),
        TargetRefs = [.. services.Select(service => Make.Ref("Service", service))],
    };
}
