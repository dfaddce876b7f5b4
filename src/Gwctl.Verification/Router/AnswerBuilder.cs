using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Core;

namespace Gwctl.Verification.Router;

/// <summary>Turns decisions into answers.</summary>
internal sealed class AnswerBuilder(BackendHealth health)
{
    private const int GrpcUnimplemented = 12;
    private const int GrpcUnavailable = 14;

    /// <summary>The answer to a request that no rule has.</summary>
    public static Answer WithoutRule(Request request, Decision decision)
    {
        var name = decision.Listener?.Name;
        (Outcome outcome, string why) = decision.Kind switch
        {
            DecisionKind.NoRule => (Respond(request, 404), $"no rule of listener {name} matches"),
            DecisionKind.NoListenerForHost => (Respond(request, 404), $"no listener has the host {request.Host}"),
            DecisionKind.Misdirected => (
                new Outcome.Respond(421, null),
                $"the connection is listener {name}'s, and the host {request.Host} is another's"),
            DecisionKind.NoPort => Refused($"nothing listens on port {request.Port}"),
            DecisionKind.WrongProtocol => Refused($"port {request.Port} does not speak {request.Scheme}"),
            DecisionKind.NoListenerForServerName => Refused(
                $"no listener has the server name {request.Sni ?? "(none)"}"),
            _ => throw new ArgumentOutOfRangeException(nameof(decision), decision.Kind, "has a rule or a stream"),
        };
        return new Answer { Outcome = outcome, Listener = decision.Listener, Why = why };
    }

    /// <summary>The answer that the rule gives.</summary>
    public Answer Build(Request request, Decision decision, RoutingRule rule)
    {
        var cors = CorsOf(rule.Filters);
        var outcome = cors is not null && CorsAnswer.IsPreflight(request)
            ? CorsAnswer.Preflight(cors, request)
            : OutcomeOf(request, rule, cors is null ? [] : CorsAnswer.PlainHeaders(cors, request));
        return new Answer
        {
            Outcome = outcome,
            Listener = decision.Listener,
            Rule = rule,
            Why = $"{rule.Origin} is the first rule of listener {decision.Listener?.Name} that matches",
            OpenPoints = OpenPointsOf(request, rule),
        };
    }

    private Outcome OutcomeOf(Request request, RoutingRule rule, EquatableList<HeaderField> cors) =>
        rule.Action switch
        {
            RoutingAction.Forward forward => new Outcome.Forward(SharesOf(request, rule, forward), cors),
            RoutingAction.Redirect redirect =>
                new Outcome.Redirect(
                    redirect.Filter.StatusCode.Value,
                    RedirectLocation.Of(request, redirect.Filter, rule.Match.Path))
                {
                    ResponseEdits = ResponseEditsOf(rule.Filters),
                    CorsHeaders = cors,
                },
            RoutingAction.Status status => Respond(request, status.Code, rule.Origin.Kind is RouteKind.Grpc),
            _ => throw new ArgumentOutOfRangeException(nameof(rule), rule.Action, "unknown action"),
        };

    private EquatableList<BackendShare> SharesOf(Request request, RoutingRule rule, RoutingAction.Forward forward)
    {
        var total = forward.Backends.Sum(backend => (long)backend.Weight);
        return
        [
            .. forward.Backends
                .Where(backend => backend.Weight > 0)
                .Select(backend => ShareOf(request, rule, backend, total)),
        ];
    }

    private BackendShare ShareOf(Request request, RoutingRule rule, WeightedBackend backend, long total)
    {
        EquatableList<HttpFilterSpec> filters = [.. rule.Filters, .. backend.Filters];
        var status = StatusOf(rule, backend);
        return new BackendShare
        {
            BackendId = backend.BackendId,
            Weight = backend.Weight,
            TotalWeight = total,
            Status = status,
            GrpcStatus = status is { } code && IsGrpc(request, rule.Origin.Kind is RouteKind.Grpc)
                ? GrpcStatusOf(code)
                : null,
            Request = RequestFilters.Apply(request, filters, rule.Match.Path),
            ResponseEdits = ResponseEditsOf(filters),
            Mirrors = MirrorsOf(filters, rule),
        };
    }

    /// <summary>An invalid reference is 500, in a GRPCRoute the status that means UNAVAILABLE.</summary>
    private int? StatusOf(RoutingRule rule, WeightedBackend backend)
    {
        if (backend.BackendId is null)
        {
            return rule.Origin.Kind is RouteKind.Grpc ? 503 : 500;
        }

        return health.HasEndpoints(backend.BackendId) ? null : 503;
    }

    private static EquatableList<HeaderEditSpec> ResponseEditsOf(EquatableList<HttpFilterSpec> filters) =>
        [.. filters.OfType<HttpFilterSpec.ResponseHeaderModifier>().Select(filter => filter.Edit)];

    /// <summary>A mirror without a namespace is the route's neighbour; one of no share takes nothing.</summary>
    private static EquatableList<MirrorShare> MirrorsOf(EquatableList<HttpFilterSpec> filters, RoutingRule rule) =>
    [
        .. filters.OfType<HttpFilterSpec.RequestMirror>()
            .Where(mirror => mirror.Share.Numerator > 0)
            .Select(mirror => new MirrorShare(MirrorTarget(mirror, rule), mirror.Share)),
    ];

    private static string MirrorTarget(HttpFilterSpec.RequestMirror mirror, RoutingRule rule) =>
        RoutingBackend.IdOf(
            new ObjectName(mirror.Backend.Namespace ?? rule.Origin.Route.Namespace, mirror.Backend.Name),
            mirror.Port?.Value ?? 0);

    private static HttpFilterSpec.Cors? CorsOf(EquatableList<HttpFilterSpec> filters) =>
        filters.OfType<HttpFilterSpec.Cors>().FirstOrDefault();

    private static Outcome.Respond Respond(Request request, int status, bool isGrpcRoute = false) =>
        new(status, IsGrpc(request, isGrpcRoute) ? GrpcStatusOf(status) : null);

    private static (Outcome Outcome, string Why) Refused(string reason) => (new Outcome.Refused(reason), reason);

    /// <summary>GRPCRoute: no match is Unimplemented, an invalid or empty backend Unavailable.</summary>
    private static int GrpcStatusOf(int status) => status is 404 ? GrpcUnimplemented : GrpcUnavailable;

    private static bool IsGrpc(Request request, bool isGrpcRoute) =>
        isGrpcRoute || request.HeaderValue("content-type") is { } type
            && type.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase);

    private static EquatableList<string> OpenPointsOf(Request request, RoutingRule rule)
    {
        var points = new List<string>();
        var match = rule.Match;
        if (match.Path.Type is PathMatchType.RegularExpression
            || match.Headers.Any(term => term.IsRegex) || match.QueryParams.Any(term => term.IsRegex))
        {
            points.Add("the dialect and anchoring of regular expressions");
        }

        points.AddRange(match.Headers
            .Where(term => request.Headers.Count(header => Matches(header, term)) > 1)
            .Select(term => $"how the repeated header {term.Name} is read"));
        points.AddRange(rule.Filters.Select(filter => filter switch
        {
            HttpFilterSpec.ExtensionRef extension => $"what the filter {extension.Target.Name} does",
            HttpFilterSpec.ExternalAuth => "what the external authorization decides",
            _ => "",
        }).Where(point => point is not ""));
        return [.. points];
    }

    private static bool Matches(HeaderField header, NamedMatchSpec term) =>
        header.Name.Equals(term.Name, StringComparison.OrdinalIgnoreCase);
}
