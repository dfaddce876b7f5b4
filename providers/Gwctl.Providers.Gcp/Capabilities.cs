using System.Collections.Frozen;
using Gwctl.Core;
using Gwctl.Engine.Providers;

namespace Gwctl.Providers.Gcp;

/// <summary>Every feature of the Gateway API's conformance suite but those of meshes, and the matches and fields that
/// the suite has no name for, on Google's Application Load Balancers and proxy Network Load Balancers. The diagnostics
/// of projection take their texts from here.</summary>
public static class Capabilities
{
    public const string HeaderRegex = "HTTPRouteHeaderRegularExpression";
    public const string PathRegex = "HTTPRoutePathRegularExpression";
    public const string QueryRegex = "HTTPRouteQueryParamRegularExpression";
    public const string Mirror = "HTTPRouteRequestMirror";
    public const string MultipleMirrors = "HTTPRouteRequestMultipleMirrors";
    public const string SessionPersistence = "HTTPRouteSessionPersistence";
    public const string ExtensionRef = "HTTPRouteExtensionRef";
    public const string ExternalAuth = "HTTPRouteExternalAuth";
    public const string BackendFilters = "HTTPRouteBackendRequestMirror";
    public const string SchemeRedirect = "HTTPRouteSchemeRedirect";
    public const string PortRedirect = "HTTPRoutePortRedirect";
    public const string BackendTls = "BackendTLSPolicy";
    public const string ClientValidation = "GatewayFrontendClientCertificateValidation";
    public const string BackendClientCertificate = "GatewayBackendClientCertificate";
    public const string TlsServerName = "TLSRoute";
    public const string Udp = "UDPRoute";

    private const string RegexesAreRegional = "Only regional load balancers match regular expressions.";

    private const string RegexTest = "MatchTests.Expressions_need_a_regional_load_balancer";

    /// <summary>Of Gateways, policies and the other kinds of route.</summary>
    private static readonly Dictionary<string, Support> OtherThanHttp = new()
    {
        ["Gateway"] = Native("GatewayTests.A_port_is_a_forwarding_rule_a_proxy_and_a_url_map"),
        ["GatewayPort8080"] = Native("GatewayTests.A_port_is_a_forwarding_rule_a_proxy_and_a_url_map"),
        ["GatewayAddressEmpty"] = Native("GatewayTests.Addresses_are_reserved_or_named"),
        ["GatewayStaticAddresses"] = Native("GatewayTests.Addresses_are_reserved_or_named"),
        ["GatewayHTTPSListenerDetectMisdirectedRequests"] = Unsupported(
            "A URL map looks at a request's host alone, whatever server name the connection was opened for, and never "
                + "answers 421.", null),
        ["GatewayFrontendClusterTrustBundle"] = Unsupported("gwctl reads no ClusterTrustBundles.", null),
        ["ListenerSet"] = Native("GatewayTests.A_listener_set_adds_listeners_like_the_gateways_own"),
        ["GRPCRoute"] = Native("BackendTests.Grpc_is_spoken_by_http2_without_tls"),
        ["GRPCRouteNamedRouteRule"] = Native("BackendTests.Grpc_is_spoken_by_http2_without_tls"),
        ["TCPRoute"] = new Support.Divergent(
            "A TCP proxy sends all connections of a port to one backend.",
            "StreamTests.A_tcp_port_is_a_tcp_proxy_with_one_backend"),
        [Udp] = Unsupported(
            "Google's proxies take TCP only, and gwctl makes no passthrough load balancers.",
            "StreamTests.Udp_is_refused"),
        ["TLSRouteModeTerminate"] = new Support.Divergent(
            "An SSL proxy terminates TLS with the certificate of the server name, and then looks at the name no more.",
            "StreamTests.A_terminating_listener_is_an_ssl_proxy"),
        ["TLSRouteModeMixed"] = Unsupported(
            "A port passes TLS on or terminates it.", "StreamTests.A_port_passes_through_or_terminates"),
        [TlsServerName] = new Support.Divergent(
            "A TCP or SSL proxy does not look at the server name.",
            "StreamTests.A_server_name_is_not_looked_at_and_that_is_said"),
        [BackendTls] = new Support.Divergent(
            "Google checks the server name, and the chain only by a BackendAuthenticationConfig, which gwctl does not "
                + "make.",
            "BackendTests.A_tls_policy_is_refused_unless_its_chain_is_checked_or_need_not_be"),
        ["BackendTLSPolicySANValidation"] = new Support.Divergent(
            "Google checks the names, and the chain only by a BackendAuthenticationConfig, which gwctl does not make.",
            "BackendTests.A_tls_policy_is_refused_unless_its_chain_is_checked_or_need_not_be"),
        ["BackendTLSPolicyClusterTrustBundle"] = Unsupported("gwctl reads no ClusterTrustBundles.", null),
        ["GatewayHTTPListenerIsolation"] = new Support.Emulated(
            "a host rule for each host that a more specific listener has",
            "HostTests.A_less_specific_listener_never_takes_a_more_specific_ones_requests"),
        ["GatewayInfrastructurePropagation"] = new Support.Emulated(
            "infrastructure labels as labels of addresses and forwarding rules",
            "GatewayTests.Infrastructure_labels_are_labels_of_what_takes_them"),
        ["ReferenceGrant"] = Native("GatewayTests.A_port_is_a_forwarding_rule_a_proxy_and_a_url_map"),
        [ClientValidation] = Unsupported(
            "Google verifies clients by a server TLS policy with a trust config, which gwctl does not make.",
            "GatewayTests.Client_certificates_are_refused_and_the_port_stays_closed"),
        ["GatewayFrontendClientCertificateValidationInsecureFallback"] = Unsupported(
            "Google verifies clients by a server TLS policy with a trust config, which gwctl does not make.",
            "GatewayTests.Client_certificates_are_refused_and_the_port_stays_closed"),
        [BackendClientCertificate] = Unsupported(
            "Google shows backends a client certificate by a BackendAuthenticationConfig, which gwctl does not make.",
            null),
    };

    /// <summary>Of HTTPRoutes.</summary>
    private static readonly Dictionary<string, Support> Http = new()
    {
        ["HTTPRoute"] = Native("HostTests.A_host_has_the_rules_of_less_specific_hostnames_after_its_own"),
        [HeaderRegex] = new Support.Divergent(RegexesAreRegional, RegexTest),
        [PathRegex] = new Support.Divergent(RegexesAreRegional, RegexTest),
        [QueryRegex] = new Support.Divergent(RegexesAreRegional, RegexTest),
        ["HTTPRouteQueryParamMatching"] = Native("MatchTests.All_terms_of_a_match_stand_in_each_match_rule"),
        ["HTTPRouteMethodMatching"] = Native("MatchTests.All_terms_of_a_match_stand_in_each_match_rule"),
        ["HTTPRouteParentRefPort"] = Native("HostTests.A_host_has_the_rules_of_less_specific_hostnames_after_its_own"),
        ["HTTPRouteDestinationPortMatching"] = Native("BackendTests.Each_service_port_is_a_backend_service"),
        ["HTTPRouteNamedRouteRule"] =
            Native("HostTests.A_host_has_the_rules_of_less_specific_hostnames_after_its_own"),
        ["HTTPRouteHostRewrite"] = Native("FilterTests.A_hostname_is_rewritten"),
        ["HTTPRoutePathRewrite"] = Native("FilterTests.Paths_are_rewritten_by_prefix_or_template"),
        ["HTTPRoutePathRedirect"] = Native("RedirectTests.Paths_are_replaced_whole_or_by_prefix"),
        [PortRedirect] = new Support.Divergent(
            "A URL map's redirect has no port.", "RedirectTests.A_port_that_is_not_the_schemes_own_is_refused"),
        [SchemeRedirect] = new Support.Divergent(
            "A URL map redirects from HTTP to HTTPS, never from HTTPS to HTTP, and no request to itself.",
            "RedirectTests.Https_is_never_left_for_http"),
        ["HTTPRoute303RedirectStatusCode"] = Native("RedirectTests.Every_status_code_has_its_word"),
        ["HTTPRoute307RedirectStatusCode"] = Native("RedirectTests.Every_status_code_has_its_word"),
        ["HTTPRoute308RedirectStatusCode"] = Native("RedirectTests.Every_status_code_has_its_word"),
        ["HTTPRouteResponseHeaderModification"] = Native("FilterTests.Headers_are_set_added_and_removed"),
        ["HTTPRouteBackendRequestHeaderModification"] =
            Native("FilterTests.A_backends_headers_come_after_the_rules"),
        [BackendFilters] = Unsupported(
            "Of a weighted backend's own filters a URL map has the header modifiers only.",
            "FilterTests.What_a_url_map_cannot_do_is_an_error_and_answers_500"),
        [Mirror] = new Support.Divergent(
            "Google appends -shadow to the host of mirrored requests.",
            "FilterTests.Requests_are_mirrored_to_one_backend_and_the_host_is_said"),
        ["HTTPRouteRequestPercentageMirror"] = new Support.Divergent(
            "Google appends -shadow to the host of mirrored requests.",
            "FilterTests.Requests_are_mirrored_to_one_backend_and_the_host_is_said"),
        [MultipleMirrors] = Unsupported(
            "A URL map mirrors a rule's requests to one backend.",
            "FilterTests.What_a_url_map_cannot_do_is_an_error_and_answers_500"),
        ["HTTPRouteCORS"] = new Support.Divergent(
            "Origins with a wildcard need a regional load balancer.",
            "FilterTests.Cors_origins_are_names_or_expressions"),
        ["HTTPRouteRequestTimeout"] = Native("FilterTests.Timeouts_are_of_all_tries_or_of_one"),
        ["HTTPRouteBackendTimeout"] = Native("FilterTests.Timeouts_are_of_all_tries_or_of_one"),
        ["HTTPRouteRetry"] = new Support.Divergent(
            "Google retries 409, 502 to 504 together, or all of 5xx.",
            "FilterTests.Retries_are_by_condition_and_more_is_said"),
        ["HTTPRouteRetryBackendTimeout"] = Native("FilterTests.Timeouts_are_of_all_tries_or_of_one"),
        ["HTTPRouteRetryConnectionError"] = Native("FilterTests.Retries_are_by_condition_and_more_is_said"),
        [SessionPersistence] = new Support.Divergent(
            "A backend service keeps a client on an endpoint; which of several backends takes a request is chosen anew "
                + "each time.",
            "BackendTests.Sessions_are_a_service_of_their_own"),
        [ExtensionRef] = Unsupported(
            "gwctl knows no extension filters for a URL map.",
            "FilterTests.What_a_url_map_cannot_do_is_an_error_and_answers_500"),
        [ExternalAuth] = Unsupported(
            "gwctl makes no service extensions that ask an external service.",
            "FilterTests.What_a_url_map_cannot_do_is_an_error_and_answers_500"),
        ["HTTPRouteBackendProtocolH2C"] = Native("BackendTests.App_protocols_choose_the_protocol"),
        ["HTTPRouteBackendProtocolWebSocket"] = Native("BackendTests.App_protocols_choose_the_protocol"),
    };

    /// <summary>Sorted by nothing: look up by name, and sort where it is shown.</summary>
    public static readonly FrozenDictionary<string, Support> Features =
        OtherThanHttp.Concat(Http).ToFrozenDictionary();

    /// <summary>The suite's features; sorted by name.</summary>
    public static readonly EquatableList<FeatureSupport> OfSuite =
        [.. ConformanceFeatures.All.Select(name => Features[name].ToFeature(name))];

    /// <summary>The sentence of a feature that is refused, or done with a difference.</summary>
    public static string Text(string feature) => Features[feature].Explanation(feature);

    private static Support.Native Native(string provenBy) => new(provenBy);

    private static Support.Unsupported Unsupported(string because, string? provenBy) => new(because, provenBy);
}
