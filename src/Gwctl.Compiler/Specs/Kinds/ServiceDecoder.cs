using Gwctl.Compiler.Specs.Decoding;

namespace Gwctl.Compiler.Specs.Kinds;

/// <summary>Decodes v1 Service. Its other fields are known and mean nothing to a load balancer outside the
/// cluster.</summary>
internal static class ServiceDecoder
{
    /// <summary>What a status may hold; more is some other field that is passed over.</summary>
    private const int AddressesMax = 64;

    public static ServiceSpec? Decode(ObjectContext context)
    {
        var addresses = LoadBalancerStatus.Read(context.Reader, AddressesMax);
        return context.Reader.RequiredSection("spec", reader =>
        {
            reader.Ignore(
                "selector", "clusterIP", "clusterIPs", "externalIPs", "sessionAffinity", "sessionAffinityConfig",
                "loadBalancerIP",
                "loadBalancerSourceRanges", "externalName", "externalTrafficPolicy", "healthCheckNodePort",
                "publishNotReadyAddresses", "ipFamilies", "ipFamilyPolicy", "ipFamily", "topologyKeys",
                "allocateLoadBalancerNodePorts", "loadBalancerClass", "internalTrafficPolicy", "trafficDistribution");
            return new ServiceSpec
            {
                Meta = context.Meta,
                Type = reader.Choice("type", "ClusterIP", "NodePort", "LoadBalancer", "ExternalName")?.Value
                    ?? "ClusterIP",
                Ports = reader.List("ports", DecodePort),
                LoadBalancerAddresses = addresses,
            };
        });
    }

    private static ServicePortSpec DecodePort(NodeReader reader)
    {
        var port = reader.RequiredInt("port", 1, 65_535).Value;
        return new ServicePortSpec
        {
            Name = reader.Text("name", Forms.Label)?.Value ?? "",
            Port = port,
            Protocol = reader.Choice("protocol", "TCP", "UDP", "SCTP")?.Value ?? "TCP",
            AppProtocol = reader.Text("appProtocol")?.Value,
            TargetPort = TargetPortOf(reader)?.Value ?? port.ToString(),
            NodePort = reader.Int("nodePort", 0, 65_535)?.Value,
            Span = reader.Span,
        };
    }

    /// <summary>A port number, or the name of a container's port; null and 0 both leave it to the port
    /// itself.</summary>
    private static Located<string>? TargetPortOf(NodeReader reader)
    {
        if (reader.NumberOrText("targetPort") is not { Value: not ("" or "0") } target)
        {
            return null;
        }

        if (long.TryParse(target.Value, out var number) && number is < 1 or > 65_535)
        {
            reader.Problems.Add(
                FieldDiagnostics.OutOfBounds(target.Span, reader.PathOf("targetPort"), number, 1, 65_535));
        }

        return target;
    }
}

/// <summary>Decodes discovery.k8s.io EndpointSlice.</summary>
internal static class EndpointSliceDecoder
{
    private const string ServiceLabel = "kubernetes.io/service-name";

    /// <summary>The schema's own bounds.</summary>
    private const int EndpointsMax = 1_000;

    private const int PortsMax = 100;

    public static EndpointSliceSpec Decode(ObjectContext context) => new()
    {
        Meta = context.Meta,
        ServiceName = context.Meta.Labels.FirstOrDefault(label => label.Name is ServiceLabel)?.Value,
        AddressType = context.Reader.RequiredChoice("addressType", "IPv4", "IPv6", "FQDN").Value,
        Endpoints = context.Reader.List("endpoints", DecodeEndpoint, 0, EndpointsMax),
        Ports = context.Reader.List("ports", DecodePort, 0, PortsMax),
    };

    private static SliceEndpointSpec DecodeEndpoint(NodeReader reader)
    {
        reader.Ignore("hostname", "targetRef", "deprecatedTopology", "topology", "hints");
        var conditions = reader.Section("conditions", static conditions =>
        {
            conditions.Ignore("serving");
            return new Conditions(
                conditions.Bool("ready")?.Value ?? true, conditions.Bool("terminating")?.Value ?? false);
        });
        return new SliceEndpointSpec(
            [.. reader.Texts("addresses", TextRule.Length(1, 253), 1, 100).Select(address => address.Value)],
            conditions?.Ready ?? true,
            conditions?.Terminating ?? false,
            reader.Text("nodeName")?.Value,
            reader.Text("zone")?.Value);
    }

    private sealed record Conditions(bool Ready, bool Terminating);

    private static SlicePortSpec DecodePort(NodeReader reader)
    {
        reader.Ignore("appProtocol");
        return new SlicePortSpec(
            reader.Text("name")?.Value ?? "",
            reader.Int("port", 1, 65_535)?.Value,
            reader.Choice("protocol", "TCP", "UDP", "SCTP")?.Value ?? "TCP");
    }
}

/// <summary>Decodes v1 Namespace.</summary>
internal static class NamespaceDecoder
{
    public static NamespaceSpec Decode(ObjectContext context)
    {
        context.Reader.Ignore("spec");
        return new NamespaceSpec { Meta = context.Meta };
    }
}
