using Gwctl.Compiler.Specs;
using Gwctl.Core;

namespace Gwctl.Compiler.Topology;

/// <summary>What can be wrong with backends, filters that refer to something, and BackendPolicies.</summary>
internal static class BackendDiagnostics
{
    public static Diagnostic Kind(RouteSpec route, SpecReference reference) =>
        Error("GW2040", "Backend of an unsupported kind", route, reference.Span, ConditionReasons.InvalidKind) with
        {
            Detail = $"{Sender(route)} kind {reference.Kind} '{reference.Name}' in group "
                + $"'{reference.Group}'. {ShareFails(route)}",
            Help = "Use a v1 Service (group \"\", kind Service).",
        };

    public static Diagnostic NotPermitted(RouteSpec route, SpecReference reference, ObjectName name) =>
        Error("GW2041", "Backend without a grant", route, reference.Span, ConditionReasons.RefNotPermitted) with
        {
            Detail = $"{Sender(route)} Service {name}, and no ReferenceGrant in namespace "
                + $"'{name.Namespace}' allows it. {ShareFails(route)}",
            Help = $"Add a ReferenceGrant to namespace '{name.Namespace}' from {route.Kind.ObjectKind()}s of namespace "
                + $"'{route.Name.Namespace}' to Services.",
        };

    public static Diagnostic Missing(RouteSpec route, SpecReference reference, ObjectName name, string hint) =>
        Error("GW2042", "Backend Service not found", route, reference.Span, ConditionReasons.BackendNotFound) with
        {
            Detail = $"{Sender(route)} Service {name}, which is not among the "
                + $"specs. {ShareFails(route)}",
            Help = $"Correct the name, or add the Service to the specs.{hint}",
        };

    public static Diagnostic NoPort(RouteSpec route, SpecReference reference, ServiceSpec service) =>
        Error("GW2043", "Backend Service without a port", route, reference.Span, ConditionReasons.BackendNotFound) with
        {
            Detail = $"{Sender(route)} Service {service.Name} and names no port. "
                + ShareFails(route),
            Help = $"Add a port: the Service has {Ports(service)}.",
        };

    public static Diagnostic PortMissing(RouteSpec route, Located<int> port, ServiceSpec service) =>
        Error("GW2044", "Backend Service lacks the port", route, port.Span, ConditionReasons.BackendNotFound) with
        {
            Detail = $"{Sender(route)} port {port} of Service {service.Name}, which has "
                + $"{Ports(service)}. {ShareFails(route)}",
            Help = "Name the Service's port, not the container's (targetPort).",
        };

    public static Diagnostic PortProtocol(
        RouteSpec route, Located<int> port, ServiceSpec service, ServicePortSpec servicePort) =>
        Error("GW2045", "Backend port of another protocol", route, port.Span, ConditionReasons.UnsupportedProtocol) with
        {
            Detail = $"{Sender(route)} port {port} of Service {service.Name}, which is for "
                + $"{servicePort.Protocol}. {ShareFails(route)}",
            Help = $"Name a {route.Kind.Transport()} port of the Service.",
        };

    public static Diagnostic ExternalName(RouteSpec route, SpecReference reference, ObjectName name) =>
        Error("GW2046", "Backend is an ExternalName", route, reference.Span, ConditionReasons.BackendNotFound) with
        {
            Detail = $"{Sender(route)} Service {name}, which is only a DNS alias: it has no "
                + $"endpoints that a load balancer could reach. {ShareFails(route)}",
            Help = "Use a Service with a selector, or one without a selector and EndpointSlices that list the "
                + "addresses.",
        };

    public static Diagnostic UnknownFilter(RouteSpec route, HttpFilterSpec.ExtensionRef filter) =>
        Error("GW2047", "Custom filter not found", route, filter.Target.Span, ConditionReasons.InvalidKind) with
        {
            Detail = $"{route.Title} uses filter {filter.Target.Kind} '{filter.Target.Name}' of group "
                + $"'{filter.Target.Group}', which gwctl does not know. A filter must not be skipped: the "
                + $"{RouteWords.Traffic(route)} that would pass it are {RouteWords.Fate(route)}.",
            Help = "Remove the filter; gwctl has no filters of its own kind.",
        };

    public static Diagnostic SliceOfNames(ServiceSpec service, EndpointSliceSpec slice) =>
        new("GW2050", Severity.Warning, "EndpointSlice of DNS names is left out")
        {
            Subject = slice.Span,
            Object = service.Id.ToString(),
            Detail = $"EndpointSlice {slice.Name} of Service {service.Name} has address type {slice.AddressType}; load "
                + "balancers register IP addresses.",
            Help = "List IPv4 or IPv6 addresses.",
        };

    public static Diagnostic BadAddress(ServiceSpec service, EndpointSliceSpec slice, string address) =>
        new("GW2051", Severity.Warning, "Endpoint's address is not of its slice's type")
        {
            Subject = slice.Span,
            Object = service.Id.ToString(),
            Detail = $"EndpointSlice {slice.Name} of Service {service.Name} lists '{address}', which is no "
                + $"{slice.AddressType} address; it is left out.",
            Help = "Correct the address or the slice's addressType.",
        };

    public static Diagnostic SlicesWithoutPort(
        ServiceSpec service, ServicePortSpec port, IEnumerable<EndpointSliceSpec> slices)
    {
        var names = slices.SelectMany(slice => slice.Ports).Select(item => $"'{item.Name}'").Distinct();
        return new Diagnostic("GW2052", Severity.Warning, "EndpointSlices lack the Service's port")
        {
            Subject = port.Span,
            Object = service.Id.ToString(),
            Detail = $"No EndpointSlice of Service {service.Name} has a {port.Protocol} port of the name "
                + $"'{port.Name}'; they have {string.Join(", ", names)}. The port has no endpoints.",
            Help = "A slice's port must have the name of the Service's port.",
        };
    }

    public static Diagnostic PolicyTargetKind(BackendPolicySpec policy, SpecReference target) =>
        Policy("GW2060", "BackendPolicy for an unsupported kind", policy, target) with
        {
            Detail = $"BackendPolicy {policy.Name} targets kind {target.Kind} '{target.Name}' in group "
                + $"'{target.Group}'; that target is ignored.",
            Help = "Target a v1 Service (group \"\", kind Service).",
        };

    public static Diagnostic PolicyTargetMissing(BackendPolicySpec policy, SpecReference target, string hint) =>
        Policy("GW2061", "BackendPolicy's Service not found", policy, target) with
        {
            Detail = $"BackendPolicy {policy.Name} targets Service '{target.Name}', which is not among the specs of "
                + "its namespace.",
            Help = $"Correct the name; a policy targets Services of its own namespace.{hint}",
        };

    public static Diagnostic PolicyConflict(BackendPolicySpec policy, SpecReference target, BackendPolicySpec holder) =>
        Policy("GW2062", "Service has another BackendPolicy", policy, target) with
        {
            Detail = $"BackendPolicy {policy.Name} targets Service '{target.Name}', which BackendPolicy {holder.Name} "
                + "holds; of several the oldest holds, then the first by name.",
            Help = "Merge the two policies into one.",
        };

    private static string Sender(RouteSpec route) => $"{route.Title} sends {RouteWords.Traffic(route)} to";

    private static string ShareFails(RouteSpec route) => RouteWords.ShareFails(route);

    private static string Ports(ServiceSpec service) =>
        service.Ports.Count is 0 ? "no ports" : $"port {string.Join(", ", service.Ports.Select(item => item.Port))}";

    private static Diagnostic Error(
        string code, string summary, RouteSpec route, SourceSpan subject, string reason) =>
        new(code, Severity.Error, summary) { Subject = subject, Object = route.Id.ToString(), Reason = reason };

    private static Diagnostic Policy(string code, string summary, BackendPolicySpec policy, SpecReference target) =>
        new(code, Severity.Warning, summary) { Subject = target.Span, Object = policy.Id.ToString() };
}
