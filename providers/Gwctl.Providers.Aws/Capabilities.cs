using System.Collections.Frozen;
using Gwctl.Core;
using Gwctl.Engine.Providers;

namespace Gwctl.Providers.Aws;

/// <summary>Every feature of the Gateway API's conformance suite but those of meshes, and the matches and fields that
/// the suite has no name for. The diagnostics of projection take their texts from here.</summary>
public static class Capabilities
{
    public const string HeaderMatching = "HTTPRouteHeaderMatching";
    public const string HeaderRegex = "HTTPRouteHeaderRegularExpression";
    public const string PathRegex = "HTTPRoutePathRegularExpression";
    public const string QueryMatching = "HTTPRouteQueryParamMatching";
    public const string QueryRegex = "HTTPRouteQueryParamRegularExpression";
    public const string RequestHeaders = "HTTPRouteRequestHeaderModification";
    public const string ResponseHeaders = "HTTPRouteResponseHeaderModification";
    public const string Mirror = "HTTPRouteRequestMirror";
    public const string Cors = "HTTPRouteCORS";
    public const string RequestTimeout = "HTTPRouteRequestTimeout";
    public const string BackendTimeout = "HTTPRouteBackendTimeout";
    public const string Retry = "HTTPRouteRetry";
    public const string SessionPersistence = "HTTPRouteSessionPersistence";
    public const string ExtensionRef = "HTTPRouteExtensionRef";
    public const string ExternalAuth = "HTTPRouteExternalAuth";
    public const string BackendFilters = "HTTPRouteBackendRequestHeaderModification";
    public const string InvalidBackendShare = "HTTPRouteInvalidBackendShare";
    public const string Redirect303 = "HTTPRoute303RedirectStatusCode";
    public const string Redirect307 = "HTTPRoute307RedirectStatusCode";
    public const string Redirect308 = "HTTPRoute308RedirectStatusCode";
    public const string PathRedirect = "HTTPRoutePathRedirect";
    public const string StaticAddresses = "GatewayStaticAddresses";
    public const string BackendTls = "BackendTLSPolicy";
    public const string ClientValidation = "GatewayFrontendClientCertificateValidation";
    public const string InsecureFallback = "GatewayFrontendClientCertificateValidationInsecureFallback";
    public const string BackendClientCertificate = "GatewayBackendClientCertificate";
    public const string TlsServerName = "TLSRoute";
    public const string H2c = "HTTPRouteBackendProtocolH2C";

    private const string ListenerAttributesHint =
        "An ALB sets response headers by listener attributes, for all rules of a listener alike; gwctl does not use "
            + "them.";

    private const string StatusCodes = "An ALB redirects with status 301 or 302 only.";

    /// <summary>Of Gateways, policies and the other kinds of route.</summary>
    private static readonly Dictionary<string, Support> OtherThanHttp = new()
    {
        ["Gateway"] = Native("AwsProjectionTests.A_gateway_becomes_a_load_balancer_with_a_listener_for_each_port"),
        ["GatewayPort8080"] =
            Native("AwsProjectionTests.A_gateway_becomes_a_load_balancer_with_a_listener_for_each_port"),
        ["GatewayAddressEmpty"] = Native("AwsProjectionTests.Only_an_empty_hostname_address_can_be_asked_for"),
        [StaticAddresses] = new Support.Divergent(
            "An ALB gets its addresses from AWS, and none can be asked for; an NLB takes elastic addresses by their "
                + "allocations.",
            "NetworkTests.Elastic_addresses_are_the_network_load_balancers"),
        ["GatewayHTTPSListenerDetectMisdirectedRequests"] = Unsupported(
            "An ALB looks at a request's host alone, whatever server name the connection was opened for, and never "
                + "answers 421.",
            "ListenerTests.Nothing_compares_the_server_name_with_the_host"),
        ["GatewayFrontendClusterTrustBundle"] = Unsupported("gwctl reads no ClusterTrustBundles.", null),
        ["ListenerSet"] = Native("ListenerTests.A_listener_set_adds_listeners_like_the_gateways_own"),
        ["GRPCRoute"] = new Support.Divergent(
            "An ALB takes gRPC by HTTPS listeners only.",
            "TargetGroupTests.Http2_and_grpc_need_an_https_listener"),
        ["GRPCRouteNamedRouteRule"] = Native("GrpcTests.A_grpc_route_makes_grpc_groups_with_the_check_of_aws"),
        ["TCPRoute"] = Native("NetworkTests.A_gateway_with_both_layers_has_two_load_balancers"),
        ["UDPRoute"] = new Support.Divergent(
            "An NLB checks UDP targets by TCP, and has TCP and UDP on one port only where both go to the same "
                + "backends.",
            "NetworkTests.Udp_is_checked_by_tcp_and_that_is_said"),
        ["TLSRouteModeTerminate"] = new Support.Divergent(
            "An NLB terminates TLS with the certificate of the server name, and then looks at the name no more.",
            "NetworkTests.A_terminating_listener_has_certificates_a_policy_and_alpn"),
        ["TLSRouteModeMixed"] = Unsupported(
            "A port of an NLB passes TLS on or terminates it.",
            "NetworkTests.A_port_passes_through_or_terminates"),
        ["BackendTLSPolicySANValidation"] = Unsupported(
            "A load balancer of AWS speaks TLS to backends, and believes any certificate.",
            "BackendTlsTests.A_policy_that_would_not_be_honoured_is_refused"),
        ["BackendTLSPolicyClusterTrustBundle"] = Unsupported("gwctl reads no ClusterTrustBundles.", null),
        ["GatewayHTTPListenerIsolation"] = new Support.Emulated(
            "a rule that answers 404 after the more specific listener's rules",
            "ListenerTests.A_less_specific_listener_never_takes_a_more_specific_ones_requests"),
        ["GatewayInfrastructurePropagation"] = new Support.Emulated(
            "infrastructure labels as tags", "AwsProjectionTests.Infrastructure_labels_become_tags"),
        ["ReferenceGrant"] = Native("OracleTests.Rules_and_routing_agree_on_every_request"),
        [BackendTls] = Unsupported(
            "A load balancer of AWS speaks TLS to backends, and believes any certificate.",
            "BackendTlsTests.A_policy_that_would_not_be_honoured_is_refused"),
        [ClientValidation] = Native("TrustStoreTests.Clients_are_verified_by_a_trust_store_of_the_bundle"),
        [InsecureFallback] = new Support.Divergent(
            "An ALB then verifies no client at all, and passes certificates on in the header X-Amzn-Mtls-Clientcert.",
            "TrustStoreTests.Insecure_fallback_passes_certificates_on_and_that_is_said"),
        [BackendClientCertificate] = Unsupported(
            "A load balancer of AWS has no certificate to show to backends.",
            "BackendTlsTests.A_client_certificate_for_backends_is_refused"),
        [TlsServerName] = new Support.Divergent(
            "An NLB does not look at the server name.",
            "NetworkTests.A_single_server_name_gets_every_connection_and_that_is_said"),
    };

    /// <summary>Of HTTPRoutes, but what rules cannot do.</summary>
    private static readonly Dictionary<string, Support> Http = new()
    {
        ["HTTPRoute"] = Native("OracleTests.Rules_and_routing_agree_on_every_request"),
        [HeaderMatching] = new Support.Divergent(
            "An ALB compares header values without regard to case; the Gateway API with regard to it.",
            "MatchTests.Header_values_are_compared_without_case_and_that_is_said"),
        [HeaderRegex] = new Support.Divergent(
            "An ALB compares header values without regard to case, and in its own dialect of regular expressions.",
            "MatchTests.Regular_expressions_are_anchored_and_judged"),
        [PathRegex] = Native("MatchTests.Regular_expressions_are_anchored_and_judged"),
        [QueryMatching] = new Support.Divergent(
            "An ALB compares query parameters' names and values without regard to case; the Gateway API with regard "
                + "to it.",
            "MatchTests.Query_parameters_are_compared_without_case_and_that_is_said"),
        [QueryRegex] = Unsupported(
            "An ALB has no regular expressions for query parameters.",
            "MatchTests.What_no_condition_can_say_is_refused"),
        ["HTTPRouteMethodMatching"] = Native("OracleTests.Rules_and_routing_agree_on_every_request"),
        ["HTTPRouteParentRefPort"] = Native("OracleTests.Rules_and_routing_agree_on_every_request"),
        ["HTTPRouteDestinationPortMatching"] = Native("TargetGroupTests.Each_service_port_has_a_group_of_its_own"),
        ["HTTPRouteNamedRouteRule"] = Native("OracleTests.Rules_and_routing_agree_on_every_request"),
        ["HTTPRouteHostRewrite"] = Native("RewriteTests.A_hostname_is_rewritten_by_a_transform"),
        ["HTTPRoutePathRewrite"] = Native("RewriteTests.Paths_are_rewritten_as_the_specification_says"),
        ["HTTPRoutePortRedirect"] = Native("RedirectTests.Ports_follow_the_specification"),
        ["HTTPRouteSchemeRedirect"] = new Support.Divergent(
            "An ALB redirects from HTTP to HTTPS, never from HTTPS to HTTP, and no request to itself.",
            "RedirectTests.Https_is_never_left_for_http"),
        [PathRedirect] = new Support.Divergent(
            "An ALB's redirect can put a path in front of the request's or replace it whole, but cannot take a "
                + "prefix off.",
            "RedirectTests.A_prefix_is_replaced_only_where_the_rest_needs_no_cutting"),
        [Redirect303] = Unsupported(StatusCodes, "RedirectTests.Other_status_codes_are_refused"),
        [Redirect307] = Unsupported(StatusCodes, "RedirectTests.Other_status_codes_are_refused"),
        [Redirect308] = Unsupported(StatusCodes, "RedirectTests.Other_status_codes_are_refused"),
        [SessionPersistence] = new Support.Divergent(
            "An ALB keeps sessions by its own cookie AWSALB, which stays in the browser for seven days.",
            "TargetGroupTests.Session_persistence_is_a_group_of_its_own"),
        [H2c] = new Support.Divergent(
            "An ALB speaks HTTP/2 to backends only for requests that come in by HTTP/2 on an HTTPS listener.",
            "GrpcTests.A_backend_over_http2_is_out_of_reach_for_older_clients_and_that_is_said"),
        ["HTTPRouteBackendProtocolWebSocket"] = Native("TargetGroupTests.App_protocols_choose_protocol_and_version"),
        [InvalidBackendShare] = new Support.Divergent(
            "An ALB cannot answer a share of a rule's requests itself: an empty target group does, with 503 instead "
                + "of 500.",
            "ForwardTests.An_invalid_backends_share_goes_to_an_empty_group"),
    };

    /// <summary>What a rule of an HTTPRoute cannot do.</summary>
    private static readonly Dictionary<string, Support> Filters = new()
    {
        [RequestHeaders] = Filter("An ALB's rules cannot change request headers."),
        [ResponseHeaders] = Filter($"An ALB's rules cannot change response headers. {ListenerAttributesHint}"),
        [BackendFilters] = Filter("An ALB's weighted target groups have no filters of their own."),
        ["HTTPRouteBackendRequestMirror"] = Filter("An ALB's weighted target groups have no filters of their own."),
        [Mirror] = Filter("An ALB cannot mirror requests."),
        ["HTTPRouteRequestMultipleMirrors"] = Filter("An ALB cannot mirror requests."),
        ["HTTPRouteRequestPercentageMirror"] = Filter("An ALB cannot mirror requests."),
        [Cors] = Filter(
            $"An ALB's rules cannot answer CORS preflights or set CORS headers. {ListenerAttributesHint}"),
        [RequestTimeout] = Filter("An ALB has one idle timeout for the whole load balancer, and none for a rule."),
        [BackendTimeout] = Filter("An ALB has one idle timeout for the whole load balancer, and none for a rule."),
        [Retry] = Filter("An ALB does not retry requests."),
        ["HTTPRouteRetryBackendTimeout"] = Filter("An ALB does not retry requests."),
        ["HTTPRouteRetryConnectionError"] = Filter("An ALB does not retry requests."),
        [ExtensionRef] = Filter("gwctl knows no extension filters for an ALB."),
        [ExternalAuth] = Filter(
            "An ALB authenticates by OpenID Connect or Cognito, never by asking an external service."),
    };

    /// <summary>Sorted by nothing: look up by name, and sort where it is shown.</summary>
    public static readonly FrozenDictionary<string, Support> Features =
        OtherThanHttp.Concat(Http).Concat(Filters).ToFrozenDictionary();

    /// <summary>The suite's features; sorted by name.</summary>
    public static readonly EquatableList<FeatureSupport> OfSuite =
        [.. ConformanceFeatures.All.Select(name => Features[name].ToFeature(name))];

    /// <summary>The sentence of a feature that is refused, or done with a difference.</summary>
    public static string Text(string feature) => Features[feature].Explanation(feature);

    private static Support.Native Native(string provenBy) => new(provenBy);

    private static Support.Unsupported Unsupported(string because, string? provenBy) => new(because, provenBy);

    private static Support.Unsupported Filter(string because) =>
        new(because, "FilterTests.What_a_rule_cannot_do_is_an_error_and_answers_500");
}
