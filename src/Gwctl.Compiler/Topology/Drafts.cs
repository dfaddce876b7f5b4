using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Core;

namespace Gwctl.Compiler.Topology;

/// <summary>Why something is not as it should be: a condition's reason and message.</summary>
internal sealed record Problem(string Reason, string Message);

internal enum ListenerProtocol
{
    Http,
    Https,
    Tls,
    Tcp,
    Udp,
    Unknown,
}

/// <summary>A Gateway while its topology is being found.</summary>
internal sealed class GatewayDraft(GatewaySpec spec, GatewayClassTopology gatewayClass)
    : ParentDraft(spec.Id, spec.Listeners)
{
    public GatewaySpec Spec { get; } = spec;

    public GatewayClassTopology Class { get; } = gatewayClass;

    public override GatewayDraft Gateway => this;

    /// <summary>The ListenerSets that name it, in precedence order.</summary>
    public List<ListenerSetDraft> Sets { get; } = [];

    /// <summary>Its own listeners, and those of the ListenerSets that are not refused as a whole.</summary>
    public IEnumerable<ListenerDraft> AllListeners =>
        Listeners.Concat(Sets.Where(set => set.Refusal is null).SelectMany(set => set.Listeners));

    public ProviderConfigSpec? Config { get; set; }

    /// <summary>Its parameters are wrong: the whole Gateway is refused.</summary>
    public Problem? Parameters { get; set; }

    /// <summary>By port: what tls.frontend asks of clients.</summary>
    public SortedDictionary<int, ClientValidation> ClientValidations { get; } = [];

    /// <summary>The Secret of tls.backend.clientCertificateRef.</summary>
    public SecretSpec? BackendCertificate { get; set; }

    /// <summary>Why there is no <see cref="BackendCertificate"/> where one is named.</summary>
    public Problem? BrokenBackendCertificate { get; set; }

    /// <summary>Those that lead to it.</summary>
    public List<CutoverSpec> Cutovers { get; } = [];

    /// <summary>In precedence order.</summary>
    public List<DnsPolicySpec> DnsPolicies { get; } = [];

    public bool IsAccepted => Parameters is null && Listeners.Any(listener => listener.IsProgrammable);
}

/// <summary>A listener while its topology is being found.</summary>
internal sealed class ListenerDraft(ListenerSpec spec)
{
    public ListenerSpec Spec { get; } = spec;

    public HostPattern Hostname { get; } = HostPattern.Parse(spec.Hostname?.Value);

    public ListenerProtocol Protocol { get; } = ProtocolOf(spec.Protocol.Value);

    public Problem? Conflict { get; set; }

    /// <summary>Why it is not accepted, apart from conflicts.</summary>
    public Problem? Refusal { get; set; }

    public Problem? BrokenRefs { get; set; }

    /// <summary>The names of listeners whose TLS hostnames overlap with this one's.</summary>
    public List<string> Overlaps { get; } = [];

    public EquatableList<RouteKindSpec> SupportedKinds { get; set; } = [];

    public EquatableList<SecretSpec> Certificates { get; set; } = [];

    /// <summary>TLS is terminated here and nothing usable to terminate it with was found.</summary>
    public bool LacksCertificate { get; set; }

    /// <summary>Whether a namespace's routes may attach; filled as namespaces ask.</summary>
    public Dictionary<string, bool> NamespaceAnswers { get; } = new(StringComparer.Ordinal);

    public List<AttachedRoute> Routes { get; } = [];

    /// <summary>Which kind of HTTP route has which hostnames here.</summary>
    public HostClaims Claims => field ??= new HostClaims();

    public bool IsAccepted => Conflict is null && Refusal is null;

    public bool IsProgrammable => IsAccepted && !LacksCertificate && SupportedKinds.Count > 0;

    public bool Supports(RouteKind kind)
    {
        foreach (var supported in SupportedKinds.AsSpan())
        {
            if (supported.Kind == kind.ObjectKind())
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Core protocol names ignore case (ProtocolType).</summary>
    private static ListenerProtocol ProtocolOf(string name) => name.ToUpperInvariant() switch
    {
        "HTTP" => ListenerProtocol.Http,
        "HTTPS" => ListenerProtocol.Https,
        "TLS" => ListenerProtocol.Tls,
        "TCP" => ListenerProtocol.Tcp,
        "UDP" => ListenerProtocol.Udp,
        _ => ListenerProtocol.Unknown,
    };
}
