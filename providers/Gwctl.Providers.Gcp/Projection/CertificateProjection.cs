using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Gcp.Projection;

/// <summary>The certificates of a port: TLS Secrets, then what the option <c>gwctl.dev/certificate</c> asks for:
/// <c>request</c> a Google-managed one, or names, separated by commas, of certificates or a certificate map of the
/// project. They become SSL certificates; where one of them, or the settings, need Certificate Manager, they become
/// entries of a certificate map, for a proxy looks at a map or at SSL certificates.</summary>
internal sealed class CertificateProjection
{
    public const string Option = "gwctl.dev/certificate";

    private const string OptionPrefix = "gwctl.dev/";
    private const string MapService = "//certificatemanager.googleapis.com/";

    private readonly GatewayBuilder _gateway;
    private readonly RoutingPort _port;
    private readonly List<CertificateUse> _uses = [];
    private bool _failed;

    private CertificateProjection(GatewayBuilder gateway, RoutingPort port) => (_gateway, _port) = (gateway, port);

    /// <summary>The target proxy's <c>sslCertificates</c> or <c>certificateMap</c>; null where the port cannot be
    /// served, which has been reported then.</summary>
    public static AttributeField? Of(GatewayBuilder gateway, RoutingPort port) =>
        new CertificateProjection(gateway, port).Build();

    private AttributeField? Build()
    {
        foreach (var listener in _port.Listeners)
        {
            AddListener(listener);
        }

        if (_failed || _uses.Count is 0)
        {
            return null;
        }

        if (_uses.Find(use => use.Map is not null) is { } named)
        {
            if (_uses.Exists(use => use.Map != named.Map))
            {
                _gateway.Report(GcpDiagnostics.SeveralMaps(_gateway.Gateway, named.Listener, _port.Port));
                return null;
            }

            return Shape.Text("certificateMap", named.Map);
        }

        return _gateway.Settings.UsesCertificateManager || _uses.Exists(use => use.NeedsMap)
            ? InMap()
            : OnProxy();
    }

    private void AddListener(RoutingListener listener)
    {
        var before = _uses.Count;
        _uses.AddRange(listener.Certificates.Select(certificate => new CertificateUse(listener)
        {
            Key = $"secret/{certificate.Secret}",
            Secret = certificate,
        }));
        foreach (var option in listener.TlsOptions)
        {
            if (option.Name is Option)
            {
                foreach (var value in option.Value.Split(',', StringSplitOptions.TrimEntries))
                {
                    AddOption(listener, option, value);
                }
            }
            else if (option.Name.StartsWith(OptionPrefix, StringComparison.Ordinal))
            {
                _gateway.Report(GcpDiagnostics.BadTlsOption(_gateway.Gateway, listener, option, $"Known is {Option}."));
            }
        }

        if (_uses.Count == before && !_failed)
        {
            Fail(GcpDiagnostics.NoCertificate(
                _gateway.Gateway, listener, "has neither a TLS Secret nor the option that names another certificate"));
        }
    }

    private void AddOption(RoutingListener listener, Label option, string value)
    {
        if (value is "request")
        {
            AddRequested(listener);
            return;
        }

        var path = value.StartsWith(MapService, StringComparison.Ordinal) ? value[MapService.Length..] : value;
        switch (path.Split('/'))
        {
            case ["projects", _, "locations", "global", "certificateMaps", _] when !_gateway.Balancer.IsRegional:
                _uses.Add(new CertificateUse(listener) { Key = path, Map = MapService + path });
                break;
            case ["projects", _, .., "sslCertificates", _] when SelfLinks.Canonical(path) is { } link:
                _uses.Add(new CertificateUse(listener) { Key = path, Link = link });
                break;
            case [var name] when SettingsDecoder.IsName(name) && name is not "discover":
                var own = SelfLinks.Of(
                    _gateway.Settings.Project.Value, _gateway.Location, "sslCertificates", name);
                _uses.Add(new CertificateUse(listener) { Key = name, Link = own });
                break;
            default:
                Fail(GcpDiagnostics.BadTlsOption(
                    _gateway.Gateway, listener, option, "Write request, names of SSL certificates separated by commas, "
                        + "or projects/my-project/locations/global/certificateMaps/my-map (global load balancers "
                        + "only)."));
                break;
        }
    }

    private void AddRequested(RoutingListener listener)
    {
        var hostnames = NamesOf(listener);
        if (hostnames.Count is 0)
        {
            Fail(GcpDiagnostics.NoCertificate(
                _gateway.Gateway, listener, "shall request a certificate, and neither it nor a route on it has a "
                    + "hostname"));
            return;
        }

        if (_gateway.Balancer.IsRegional)
        {
            Fail(GcpDiagnostics.MapNotHere(
                _gateway.Gateway, listener, "requests a certificate, which gwctl has Google manage for global load "
                    + "balancers only"));
            return;
        }

        var unheld = hostnames.Where(name => ZoneOf(name) is null).ToList();
        foreach (var name in unheld)
        {
            if (name.StartsWith("*.", StringComparison.Ordinal))
            {
                Fail(GcpDiagnostics.WildcardWithoutZone(_gateway.Gateway, listener, name));
                return;
            }

            _gateway.Report(GcpDiagnostics.ValidatedByTraffic(_gateway.Gateway, listener, name));
        }

        // A certificate is issued when all of its names are: those that wait for traffic are kept apart.
        var held = hostnames.Except(unheld).ToList();
        _uses.AddRange(new[] { (Names: held, IsHeld: true), (Names: unheld, IsHeld: false) }
            .Where(part => part.Names.Count > 0)
            .Select(part => new CertificateUse(listener)
            {
                Key = $"managed/{ObjectNames.KeyHash(string.Join(',', part.Names))}",
                Domains = [.. part.Names],
                NeedsMap = part.IsHeld,
            }));
    }

    private Compiler.Specs.DnsZoneSpec? ZoneOf(string hostname) =>
        DnsProjection.ZoneOf(_gateway, DomainOf(hostname), wantsPublic: true);

    /// <summary>An authorization of a name is good for the wildcard below it.</summary>
    private static string DomainOf(string hostname) =>
        hostname.StartsWith("*.", StringComparison.Ordinal) ? hostname[2..] : hostname;

    /// <summary>The listener's hostname; where it is for any host, those of its routes. Sorted.</summary>
    private static EquatableList<string> NamesOf(RoutingListener listener) => listener.Hostname is not ""
        ? [listener.Hostname]
        : Shape.Sorted(listener.Rules.Select(rule => rule.Hostname)
            .Concat(listener.Streams.Select(rule => rule.Hostname)).Where(hostname => hostname is not ""));

    private AttributeField? OnProxy()
    {
        var uses = _uses.DistinctBy(use => use.Key, StringComparer.Ordinal).ToList();
        if (uses.Count > GcpLimits.CertificatesMax)
        {
            _gateway.Report(GcpDiagnostics.TooManyCertificates(
                _gateway.Gateway, _port.Port, uses.Count, GcpLimits.CertificatesMax));
            return null;
        }

        return Shape.Field("sslCertificates", new AttributeValue.List([.. uses.Select(use =>
            use.Link is { } link ? new AttributeValue.Text(link) : (AttributeValue)SslCertificate(use))]));
    }

    private AttributeValue.Reference SslCertificate(CertificateUse use)
    {
        var address = _gateway.AddressOf(Kinds.SslCertificate, use.Key);
        if (use.Secret is { } secret)
        {
            var node = _gateway.Named(
                address, _gateway.Location, secret.Secret.Name,
                [secret.Chain.Digest(), secret.PrivateKey.Digest()],
                Shape.Text("type", "SELF_MANAGED"),
                Shape.Field("certificate", SecretOf(secret, "tls.crt", secret.Chain)),
                Shape.Field("privateKey", SecretOf(secret, "tls.key", secret.PrivateKey)));
            _gateway.AddOnce(OfSecret(node, secret));
            return GatewayBuilder.LinkTo(address);
        }

        _gateway.AddOnce(_gateway.Named(
            address, _gateway.Location, use.Domains[0], [.. use.Domains],
            Shape.Text("type", "MANAGED"),
            Shape.Field("managed", Shape.Map(Shape.Field("domains", Shape.Texts(use.Domains))))) with
        { Origin = use.Listener.Span });
        return GatewayBuilder.LinkTo(address);
    }

    private AttributeField? InMap()
    {
        if (_uses.Find(use => use.Link is not null) is { } link)
        {
            _gateway.Report(GcpDiagnostics.MapNotHere(
                _gateway.Gateway, link.Listener, "names an SSL certificate, and the port's other certificates need a "
                    + "certificate map"));
            return null;
        }

        var map = _gateway.AddressOf(Kinds.CertificateMap, $"{_port.Port}");
        _gateway.Add(_gateway.Named(map, GcpSettings.Global, $"{_gateway.Readable}-{_port.Port}", []));
        var entries = _uses.SelectMany(use => EntryNames(use).Select(name => (Name: name, Use: use)))
            .GroupBy(entry => entry.Name, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            AddEntry(map, entry.Key, [.. entry.Select(item => item.Use).DistinctBy(use => use.Key)]);
        }

        return Shape.Field("certificateMap", GatewayBuilder.LinkTo(map));
    }

    /// <summary>The hostnames that a certificate is for; empty for every other.</summary>
    private static EquatableList<string> EntryNames(CertificateUse use) =>
        use.Domains.Count > 0 ? use.Domains : [use.Listener.Hostname];

    private void AddEntry(ResourceAddress map, string hostname, EquatableList<CertificateUse> uses)
    {
        if (uses.Count > GcpLimits.EntryCertificatesMax)
        {
            _gateway.Report(GcpDiagnostics.TooManyCertificates(
                _gateway.Gateway, _port.Port, uses.Count, GcpLimits.EntryCertificatesMax));
        }

        var key = $"{_port.Port}/{(hostname is "" ? "primary" : hostname)}";
        _gateway.Add(_gateway.Named(
            _gateway.AddressOf(Kinds.CertificateMapEntry, key), GcpSettings.Global,
            hostname is "" ? $"{_gateway.Readable}-{_port.Port}" : hostname, [],
            Shape.Field("certificateMap", GatewayBuilder.NameOfResource(map)),
            hostname is "" ? Shape.Text("matcher", "PRIMARY") : Shape.Text("hostname", hostname),
            Shape.Field("certificates", new AttributeValue.List(
                [.. uses.Select(Certificate).Take(GcpLimits.EntryCertificatesMax)]))) with
        { Origin = uses[0].Listener.Span });
    }

    private AttributeValue Certificate(CertificateUse use)
    {
        var address = _gateway.AddressOf(Kinds.Certificate, use.Key);
        if (use.Secret is { } secret)
        {
            var node = _gateway.Named(
                address, GcpSettings.Global, secret.Secret.Name, [],
                Shape.Field("selfManaged", Shape.Map(
                    Shape.Field("pemCertificate", SecretOf(secret, "tls.crt", secret.Chain)),
                    Shape.Field("pemPrivateKey", SecretOf(secret, "tls.key", secret.PrivateKey)))));
            _gateway.AddOnce(OfSecret(node, secret));
            return GatewayBuilder.NameOfResource(address);
        }

        var proofs = use.Domains.Select(DomainOf).Distinct(StringComparer.Ordinal)
            .Where(domain => ZoneOf(domain) is not null).Select(Authorization).ToList();
        _gateway.AddOnce(_gateway.Named(
            address, GcpSettings.Global, DomainOf(use.Domains[0]), [.. use.Domains],
            Shape.Field("managed", Shape.Map(
                Shape.Field("domains", Shape.Texts(use.Domains)),
                proofs.Count is 0
                    ? null
                    : Shape.Field("dnsAuthorizations", new AttributeValue.List([.. proofs]))))) with
        { Origin = use.Listener.Span });
        return GatewayBuilder.NameOfResource(address);
    }

    private AttributeValue Authorization(string domain)
    {
        var address = _gateway.AddressOf(Kinds.DnsAuthorization, domain);
        _gateway.AddOnce(_gateway.Named(
            address, GcpSettings.Global, domain, [],
            Shape.Text("domain", domain),
            ZoneOf(domain) is { } zone ? Shape.Field("zone", DnsProjection.IdOf(zone)) : null));
        return GatewayBuilder.NameOfResource(address);
    }

    private ResourceNode OfSecret(ResourceNode node, ListenerCertificate secret) => node with
    {
        Origin = secret.Span,
        OriginObjects = Shape.Sorted([_gateway.GatewayObject, $"Secret/{secret.Secret}"]),
    };

    private static AttributeValue.Secret SecretOf(ListenerCertificate certificate, string field, SecretText text) =>
        new($"Secret/{certificate.Secret}#{field}", text.Digest());

    private void Fail(Diagnostic diagnostic)
    {
        _failed = true;
        _gateway.Report(diagnostic);
    }

    /// <summary>A certificate that a listener asks for: one of the four is given.</summary>
    private sealed record CertificateUse(RoutingListener Listener)
    {
        /// <summary>Equal for the same certificate.</summary>
        public required string Key { get; init; }

        public ListenerCertificate? Secret { get; init; }

        /// <summary>Of a Google-managed one.</summary>
        public EquatableList<string> Domains { get; init; } = [];

        /// <summary>An SSL certificate of the project.</summary>
        public string? Link { get; init; }

        /// <summary>A certificate map of the project.</summary>
        public string? Map { get; init; }

        /// <summary>It is proved by DNS, which Certificate Manager can and Compute Engine cannot.</summary>
        public bool NeedsMap { get; init; }
    }
}
