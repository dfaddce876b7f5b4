using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Compiler.Topology;
using Gwctl.Core;

namespace Gwctl.Trials;

/// <summary>A routing model made fit for a throw-away cloud: the same listeners, rules and backends, on a network that
/// cloud has, and with targets that tell which backend they are.</summary>
/// <param name="Model">As the specs say, but for where things stand.</param>
/// <param name="Backends">Backend ids by target address, and by what is spoken there: a Service's TCP port and its UDP
/// port of one number are two backends in one place.</param>
public sealed record TrialModel(
    RoutingModel Model, IReadOnlyDictionary<(string Address, bool IsUdp), string> Backends)
{
    private delegate string AddressFor(RoutingBackend backend);

    /// <summary>Settings of a provider's section that name objects or ways in of the real account.</summary>
    private static readonly string[] AccountSettings =
    [
        "vpcId", "subnets", "subnetTags", "securityGroups", "targetType", "profile", "assumeRole",
        "networkEndpointType", "sslPolicy", "impersonate",
    ];

    /// <summary>Annotations that do the same for one Gateway.</summary>
    private static readonly string[] AccountAnnotations = ["gwctl.dev/subnets", "gwctl.dev/security-groups"];

    /// <summary>Where every target is, for clouds that ask for a target's machine.</summary>
    private const string Node = "trial";

    /// <summary>A listener's choice of certificate in the real account.</summary>
    private const string CertificateOption = "gwctl.dev/certificate";

    /// <param name="model">As lowered.</param>
    /// <param name="now">When the trial's certificates are made.</param>
    public static TrialModel Of(RoutingModel model, DateTimeOffset now)
    {
        var addresses = new Dictionary<(string Address, bool IsUdp), string>();
        var ids = new Dictionary<string, string>(StringComparer.Ordinal);
        var gateways = model.Gateways.Select(
            gateway => Fit(gateway, backend => AddressOf(backend, ids, addresses), now));
        return new TrialModel(new RoutingModel([.. gateways]), addresses);
    }

    /// <summary>Finds the text of a certificate of the model by a secret's source.</summary>
    public SecretText? Reveal(string source)
    {
        foreach (var certificate in Model.Gateways.SelectMany(gateway => gateway.Ports)
            .SelectMany(port => port.Listeners)
            .SelectMany(listener => listener.Certificates))
        {
            if (source == $"Secret/{certificate.Secret}#tls.crt")
            {
                return certificate.Chain;
            }

            if (source == $"Secret/{certificate.Secret}#tls.key")
            {
                return certificate.PrivateKey;
            }
        }

        return null;
    }

    private static GatewayRouting Fit(GatewayRouting gateway, AddressFor addressOf, DateTimeOffset now) => gateway with
    {
        Config = Fit(gateway.Config),
        Annotations = [.. gateway.Annotations.Where(label => !AccountAnnotations.Contains(label.Name))],
        InfrastructureAnnotations =
            [.. gateway.InfrastructureAnnotations.Where(label => !AccountAnnotations.Contains(label.Name))],
        Ports =
        [
            .. gateway.Ports.Select(port =>
                port with { Listeners = [.. port.Listeners.Select(listener => Fit(listener, gateway.Name, now))] }),
        ],
        Backends = [.. gateway.Backends.Select(backend => Fit(backend, addressOf))],

        // What users expect is what trials are held against: a cloud must not refuse the rules for it.
        Expectations = [],
    };

    private static RoutingListener Fit(RoutingListener listener, ObjectName gateway, DateTimeOffset now)
    {
        var terminates = listener.Protocol is RoutingProtocol.Https
            || listener is { Protocol: RoutingProtocol.Tls, IsPassthrough: false };
        if (!terminates)
        {
            return listener;
        }

        return listener with
        {
            TlsOptions = [.. listener.TlsOptions.Where(option => option.Name != CertificateOption)],
            Certificates = listener.Certificates.Count > 0
                ? listener.Certificates
                : [TrialCertificates.Make(listener, gateway, now)],
        };
    }

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
    private static RoutingBackend Fit(RoutingBackend backend, AddressFor addressOf)
    {
        var service = backend.Service;
        var serves = service.Endpoints is not { } known
            || known.Any(item => item is { Ready: true, Terminating: false });
        var port = service.Endpoints is [var first, ..] ? first.Port : service.Port;
        var zone = service.Endpoints?.Select(item => item.Zone).FirstOrDefault(item => item is not null);
        EquatableList<Endpoint> endpoints = serves
            ? [new Endpoint(addressOf(backend), port, Ready: true, Terminating: false, Node, zone)]
            : [];
        return backend with
        {
            Service = service with
            {
                Endpoints = endpoints,
                Policy = service.Policy is not { } policy
                    ? null
                    : policy with { TargetType = null, ExternalTargets = null },
            },
        };
    }

    // RFC 6598's shared space: load balancers take it for targets, and no VPC of the throw-away cloud has it.
    private static string AddressOf(
        RoutingBackend backend,
        Dictionary<string, string> ids,
        Dictionary<(string Address, bool IsUdp), string> addresses)
    {
        var place = RoutingBackend.IdOf(backend.Service.Service, backend.Service.Port);
        if (!ids.TryGetValue(place, out var address))
        {
            var number = ids.Count + 1;
            Invariant.Holds(number < 1 << 22);
            address = $"100.{64 + (number >> 16)}.{(number >> 8) & 255}.{number & 255}";
            ids.Add(place, address);
        }

        addresses[(address, backend.Service.ServicePort.Protocol is "UDP")] = backend.Id;
        return address;
    }
}
