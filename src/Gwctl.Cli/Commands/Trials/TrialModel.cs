using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Compiler.Topology;
using Gwctl.Core;

namespace Gwctl.Cli.Commands.Trials;

/// <summary>A routing model made fit for a throw-away cloud: the same listeners, rules and backends, on a network that
/// cloud has, and with targets that tell which backend they are.</summary>
/// <param name="Model">As the specs say, but for where things stand.</param>
/// <param name="Backends">Backend ids by target address.</param>
public sealed record TrialModel(RoutingModel Model, IReadOnlyDictionary<string, string> Backends)
{
    /// <summary>Settings of a provider's section that name objects or ways in of the real account.</summary>
    private static readonly string[] AccountSettings =
        ["vpcId", "subnets", "subnetTags", "securityGroups", "targetType", "profile", "assumeRole"];

    /// <summary>Annotations that do the same for one Gateway.</summary>
    private static readonly string[] AccountAnnotations = ["gwctl.dev/subnets", "gwctl.dev/security-groups"];

    /// <summary>A listener's choice of certificate: in the throw-away cloud they are found by hostname.</summary>
    private const string CertificateOption = "gwctl.dev/certificate";

    public static TrialModel Of(RoutingModel model)
    {
        var addresses = new Dictionary<string, string>(StringComparer.Ordinal);
        var ids = new Dictionary<string, string>(StringComparer.Ordinal);
        var gateways = model.Gateways.Select(gateway => Fit(gateway, backend => AddressOf(backend, ids, addresses)));
        return new TrialModel(new RoutingModel([.. gateways]), addresses);
    }

    private static GatewayRouting Fit(GatewayRouting gateway, Func<string, string> addressOf) => gateway with
    {
        Config = Fit(gateway.Config),
        Annotations = [.. gateway.Annotations.Where(label => !AccountAnnotations.Contains(label.Name))],
        InfrastructureAnnotations =
            [.. gateway.InfrastructureAnnotations.Where(label => !AccountAnnotations.Contains(label.Name))],
        Ports = [.. gateway.Ports.Select(port => port with { Listeners = [.. port.Listeners.Select(Fit)] })],
        Backends = [.. gateway.Backends.Select(backend => Fit(backend, addressOf))],
    };

    private static RoutingListener Fit(RoutingListener listener) => listener with
    {
        TlsOptions = [.. listener.TlsOptions.Where(option => option.Name != CertificateOption)],
    };

    private static ProviderConfigSpec Fit(ProviderConfigSpec config) => config with
    {
        // Names of the trial are nobody's: it answers where it listens.
        DnsZones = [],
        Settings = config.Settings is null ? null : config.Settings with
        {
            Fields = [.. config.Settings.Fields.Where(field => !AccountSettings.Contains(field.Name))],
        },
    };

    /// <summary>One target for each backend, named after it. A backend whose endpoints are all unready stays without
    /// one: that is what its requests are answered by.</summary>
    private static RoutingBackend Fit(RoutingBackend backend, Func<string, string> addressOf)
    {
        var service = backend.Service;
        var serves = service.Endpoints is not { } known || known.Any(item => item is { Ready: true, Terminating: false });
        var port = service.Endpoints is [var first, ..] ? first.Port : service.Port;
        EquatableList<Endpoint> endpoints = serves
            ? [new Endpoint(addressOf(backend.Id), port, Ready: true, Terminating: false, null, null)]
            : [];
        return backend with
        {
            Service = service with
            {
                Endpoints = endpoints,
                Policy = service.Policy is null ? null : service.Policy with { TargetType = null, ExternalTargets = null },
            },
        };
    }

    // RFC 6598's shared space: load balancers take it for targets, and no VPC of the throw-away cloud has it.
    private static string AddressOf(
        string backend, Dictionary<string, string> ids, Dictionary<string, string> addresses)
    {
        if (!ids.TryGetValue(backend, out var address))
        {
            var number = ids.Count + 1;
            Invariant.Holds(number < 1 << 22);
            address = $"100.{64 + (number >> 16)}.{(number >> 8) & 255}.{number & 255}";
            ids.Add(backend, address);
            addresses.Add(address, backend);
        }

        return address;
    }
}
