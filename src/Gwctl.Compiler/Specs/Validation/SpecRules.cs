using Gwctl.Compiler.Specs.Decoding;
using Gwctl.Core;

namespace Gwctl.Compiler.Specs.Validation;

/// <summary>Rules that relate several fields of one object: those of the Gateway API's schemas. A rule is one class
/// with one method and its diagnostics; adding one means its file and its line here.</summary>
internal static class SpecRules
{
    /// <summary>Checks an object whose fields were all decoded without an error.</summary>
    public static void Check(SpecObject spec, NodeProblems problems)
    {
        switch (spec)
        {
            case RouteSpec route:
                Check(RouteRules, route, problems);
                break;
            case GatewaySpec gateway:
                Check(ListenerRules, gateway.Listeners, problems);
                Check(GatewayRules, gateway, problems);
                break;
            case ListenerSetSpec set:
                Check(ListenerRules, set.Listeners, problems);
                break;
            case BackendTlsPolicySpec policy:
                Check(BackendTlsRules, policy, problems);
                break;
            case ServiceSpec service:
                Check(ServiceRules, service, problems);
                break;
            case EndpointSliceSpec slice:
                Check(SliceRules, slice, problems);
                break;
            default:
                break;
        }
    }

    private static readonly Action<RouteSpec, NodeProblems>[] RouteRules =
    [
        MatchCount.Check,
        RuleNames.Check,
        ParentRefs.Check,
        RedirectAlone.Check,
        PrefixReplacement.Check,
        FilterRules.Check,
        PathValues.Check,
        Timeouts.Check,
        Persistence.Check,
        UniqueEntries.Check,
        GrpcMethods.Check,
        RouteWithoutRules.Check,
    ];

    private static readonly Action<EquatableList<ListenerSpec>, NodeProblems>[] ListenerRules =
    [
        ListenerIdentity.Check,
        ListenerTls.Check,
        ListenerHostnames.Check,
        NamespaceSelectors.Check,
    ];

    private static readonly Action<GatewaySpec, NodeProblems>[] GatewayRules =
    [
        GatewayAddresses.Check,
        NamespaceSelectors.Check,
        FrontendPorts.Check,
    ];

    private static readonly Action<BackendTlsPolicySpec, NodeProblems>[] BackendTlsRules = [BackendTlsPolicies.Check];

    private static readonly Action<ServiceSpec, NodeProblems>[] ServiceRules = [ServicePorts.Check];

    private static readonly Action<EndpointSliceSpec, NodeProblems>[] SliceRules = [SliceAddresses.Check];

    private static void Check<T>(Action<T, NodeProblems>[] rules, T spec, NodeProblems problems)
    {
        foreach (var rule in rules)
        {
            rule(spec, problems);
        }
    }
}
