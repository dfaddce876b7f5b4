using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Verification.Router;

namespace Gwctl.Verification.RouteTests;

/// <summary>Runs RouteTests: puts each case's request to a source and holds the answer against what the case
/// expects.</summary>
/// <param name="routers">Of all Gateways: they tell whose a request is, and explain.</param>
public sealed class RouteTestRunner(IReadOnlyList<CompiledRouter> routers, RequestSource source)
{
    /// <summary>Against the specification itself.</summary>
    public static RouteTestRunner OfSpecification(IReadOnlyList<CompiledRouter> routers) =>
        new(routers, SpecificationSource.Of(routers));

    /// <summary>One result for each case, in the test's order.</summary>
    public async Task<EquatableList<CaseResult>> RunAsync(RouteTestSpec test, CancellationToken cancellationToken)
    {
        var results = new List<CaseResult>(test.Cases.Count);
        foreach (var item in test.Cases)
        {
            results.Add(await RunAsync(test, item, cancellationToken));
        }

        return [.. results];
    }

    private async Task<CaseResult> RunAsync(
        RouteTestSpec test, RouteTestCaseSpec item, CancellationToken cancellationToken)
    {
        var request = RequestOf(item.Request);
        if (request is null)
        {
            return new CaseResult(test, item, [new CaseFailure("request", "a URL", item.Request.Url.Value)]);
        }

        var (router, failure) = RouterFor(test, request);
        if (router is null)
        {
            return new CaseResult(test, item, failure is null ? [] : [failure]) { Request = request };
        }

        var observed = await source(router.Gateway.Name, request, cancellationToken);
        return new CaseResult(test, item, CaseJudge.Judge(test, item.Expect, observed))
        {
            Gateway = router.Gateway.Name,
            Request = request,
            Explanation = router.Explain(request),
        };
    }

    /// <summary>The request of a case; null where its URL is none, which reading has ruled out.</summary>
    private static Request? RequestOf(RouteTestRequestSpec spec)
    {
        if (Request.ForUrl(spec.Url.Value) is not { } request)
        {
            return null;
        }

        return request with
        {
            Method = spec.Method,
            Port = spec.Port ?? request.Port,
            Headers = [.. spec.Headers.Select(header => new HeaderField(header.Name, header.Value))],
            Sni = spec.Sni is null ? request.Sni : spec.Sni is "" ? null : spec.Sni,
            SourceAddress = spec.SourceAddress,
        };
    }

    /// <summary>The Gateway that the test names; else the one whose listeners have the request's host.</summary>
    private (CompiledRouter? Router, CaseFailure? Failure) RouterFor(RouteTestSpec test, Request request)
    {
        if (test.TargetRef is { } target)
        {
            var name = new ObjectName(target.Namespace ?? test.Name.Namespace, target.Name);
            var named = routers.FirstOrDefault(router => router.Gateway.Name == name);
            return (named, named is null ? new CaseFailure("gateway", $"Gateway {name}", "none of that name") : null);
        }

        // One Gateway is meant also where it refuses; of several, the one that has the host.
        var owners = routers.Count is 1 ? routers : [.. routers.Where(router => Has(router, request))];
        if (owners is [var only])
        {
            return (only, null);
        }

        var got = owners.Count is 0
            ? $"none of {routers.Count} has port {request.Port} and host {request.Host}"
            : string.Join(" and ", owners.Select(router => router.Gateway.Name));
        return (null, new CaseFailure("gateway", "one Gateway that has the request, or a targetRef", got));
    }

    private static bool Has(CompiledRouter router, Request request) => router.Decide(request).Kind
        is DecisionKind.Matched or DecisionKind.NoRule or DecisionKind.Misdirected or DecisionKind.Stream;
}
