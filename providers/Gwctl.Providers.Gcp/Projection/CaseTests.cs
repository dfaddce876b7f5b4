using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Gcp.Projection;

/// <summary>A Gateway's RouteTest cases as tests of its URL maps: Google then runs them before it takes an update. A
/// case that certainly fails is an error beforehand, for of a map that does not live yet Google cannot be asked. What a
/// test cannot express is left out, with a note.</summary>
internal sealed class CaseTests(GatewayBuilder gateway)
{
    private readonly List<(RouteExpectation Expectation, string Why)> _leftOut = [];
    private readonly HashSet<int> _ports = [];

    /// <summary>The tests of one port's map, in the cases' order, at most as many as a map takes.</summary>
    /// <param name="port">With HTTP or HTTPS listeners.</param>
    /// <param name="table">Its rules by host.</param>
    /// <param name="ofRule">What the map does with a rule's requests; empty for a rule that is not in it.</param>
    public List<AttributeValue> Of(
        RoutingPort port, List<HostRules> table, Func<RoutingRule, EquatableList<RoutePart>> ofRule)
    {
        _ports.Add(port.Port);
        var tests = new List<AttributeValue>();
        foreach (var expectation in gateway.Gateway.Expectations.Where(item => item.Port == port.Port))
        {
            if (tests.Count == GcpLimits.TestsMax)
            {
                LeaveOut(expectation, $"a URL map takes {GcpLimits.TestsMax} tests");
            }
            else if (new CaseTest(this, expectation, table, ofRule).Make() is { } test)
            {
                tests.Add(test);
            }
        }

        return tests;
    }

    /// <summary>Says what no map has, once for each RouteTest; when all ports are done.</summary>
    public void ReportLeftOut()
    {
        foreach (var expectation in gateway.Gateway.Expectations.Where(item => !_ports.Contains(item.Port)))
        {
            LeaveOut(expectation, $"port {expectation.Port} has no URL map");
        }

        foreach (var group in _leftOut.GroupBy(item => item.Expectation.Test.Name))
        {
            gateway.Report(CaseDiagnostics.LeftOut(
                group.First().Expectation.Test,
                [.. group.Select(item => (item.Expectation.Case.Name.Value, item.Why))]));
        }
    }

    internal void LeaveOut(RouteExpectation expectation, string why) => _leftOut.Add((expectation, why));

    internal void Report(Diagnostic diagnostic) => gateway.Report(diagnostic);
}

/// <summary>One case, while it becomes a test.</summary>
internal sealed class CaseTest(
    CaseTests all,
    RouteExpectation expectation,
    List<HostRules> table,
    Func<RoutingRule, EquatableList<RoutePart>> ofRule)
{
    private readonly RequestUrl _url = expectation.Url;
    private readonly RouteTestExpectSpec _expect = expectation.Case.Expect;

    private readonly CaseRequest _request = new(
        expectation.Url.Host.ToLowerInvariant(), expectation.Url.Path, expectation.Url.Query,
        expectation.Case.Request.Headers);

    /// <summary>Null where there is no test, of which somebody has been told then.</summary>
    public AttributeValue.Map? Make()
    {
        if ((CaseRequest.Obstacle(expectation.Case.Request, _url) ?? ObstacleOfExpectation()) is { } obstacle)
        {
            all.LeaveOut(expectation, obstacle);
            return null;
        }

        var rules = table.Find(entry => entry.Host.Matches(_request.Host))?.Rules ?? [];
        return _request.FirstOf(rules) switch
        {
            null => Fails("no rule takes the request"),
            (_, Fit.Maybe) => LeftOut("a rule that may take the request looks at methods or regular expressions"),
            var (rule, _) => ofRule(rule) is { Count: > 0 } parts
                ? ForRule(rule, parts)
                : LeftOut("the rule that takes the request is left out"),
        };
    }

    private string? ObstacleOfExpectation() => _expect switch
    {
        { Status: not null, Redirect: null } => "it expects a status, and tests look at backends and URLs",
        { RequestHeaders.Count: > 0 } or { AbsentRequestHeaders.Count: > 0 } =>
            "it expects headers, and tests look at backends and URLs",
        { Backends.Count: > 1 } => "it expects shares",
        { Backends: [{ SharePercent: not (null or 100) }] } => "it expects a share",
        { Redirect: { Location: null } redirect } when StatusOf(redirect) is null => "it expects any redirect",
        { Redirect.Location: { } location } when HasPort(location) => "its redirect names a port",
        { Rewrite: { Host: null, Path: null }, Backends.Count: 0 } => "it expects any rewrite",
        _ when NamesPort(_url) && (_expect.Redirect is not null || _expect.Rewrite is not null) =>
            "its URL names a port",
        _ => null,
    };

    private AttributeValue.Map? ForRule(RoutingRule rule, EquatableList<RoutePart> parts) => rule.Action switch
    {
        RoutingAction.Redirect(var filter) => _expect.Redirect is { } redirect
            ? ForRedirect(filter, redirect)
            : Fails($"{rule.Origin} answers with a redirect"),
        RoutingAction.Status(var code, _) => Fails($"{rule.Origin} answers {code}"),
        RoutingAction.Forward { Backends: var backends } => _expect.Redirect is null
            ? ForForward(rule, backends, parts)
            : Fails($"{rule.Origin} sends it to a backend"),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private AttributeValue.Map? ForRedirect(HttpFilterSpec.RequestRedirect filter, ExpectedRedirectSpec redirect)
    {
        if (redirect.Location is not null && _url.Scheme is "https" && filter.Scheme?.Value is not "https")
        {
            return LeftOut("its redirect keeps the scheme https, and tests are sent by http");
        }

        var wanted = StatusOf(redirect);
        return wanted is not null && wanted != filter.StatusCode.Value
            ? Fails($"the redirect's status is {filter.StatusCode.Value}")
            : Test(
                redirect.Location is { } location ? Shape.Text("expectedOutputUrl", location) : null,
                wanted is { } status ? Shape.Number("expectedRedirectResponseCode", status) : null);
    }

    private AttributeValue.Map? ForForward(
        RoutingRule rule, EquatableList<WeightedBackend> backends, EquatableList<RoutePart> parts)
    {
        var fields = parts.SelectMany(part => part.Fields).ToList();
        var service = fields.Where(field => field.Name is "service").Select(field => field.Value).FirstOrDefault();
        if (service is null || backends is not [{ BackendId: { } id }] || HasAction(fields, "faultInjectionPolicy"))
        {
            return LeftOut("the rule that takes the request has several backends, or answers a share by itself");
        }

        if (_expect.Backends is [var expected] && !Fits(expected, id))
        {
            return Fails($"{rule.Origin} sends it to {id}");
        }

        var url = _expect.Rewrite is { } rewrite ? UrlOf(rule, rewrite) : null;
        return _expect.Rewrite is not null && (url is null || HasAction(fields, "pathTemplateRewrite"))
            ? LeftOut("the URL that the backend gets is not known as a whole, or made by a template")
            : Test(
                Shape.Field("service", service),
                url is null ? null : Shape.Text("expectedOutputUrl", url));
    }

    /// <summary>What the backend is to get; null where the case does not say all of it.</summary>
    private string? UrlOf(RoutingRule rule, ExpectedRewriteSpec expected)
    {
        var filter = rule.Filters.OfType<HttpFilterSpec.UrlRewrite>().FirstOrDefault();
        var host = expected.Host ?? filter?.Hostname?.Value ?? _request.Host;
        var path = expected.Path ?? (filter?.Path is null ? _request.Path : null);
        return path is null ? null
            : $"{_url.Scheme}://{host}{path}{(_request.Query is null ? "" : $"?{_request.Query}")}";
    }

    private int? StatusOf(ExpectedRedirectSpec redirect) => redirect.Status ?? _expect.Status?.Value;

    private bool Fits(ExpectedBackendSpec expected, string id)
    {
        var name = new ObjectName(expected.Namespace ?? expectation.Test.Name.Namespace, expected.Name);
        return expected.Port is { } port
            ? id == RoutingBackend.IdOf(name, port)
            : id.StartsWith($"{name}:", StringComparison.Ordinal);
    }

    private AttributeValue.Map Test(params ReadOnlySpan<AttributeField?> expected)
    {
        var headers = _request.Headers.OrderBy(header => header.Name, StringComparer.OrdinalIgnoreCase)
            .Select(header => Shape.Map(Shape.Text("name", header.Name), Shape.Text("value", header.Value))).ToList();
        return Shape.Map(
        [
            Shape.Text("description", $"RouteTest {expectation.Test.Name}: {expectation.Case.Name.Value}"),
            Shape.Text("host", _request.Host),
            Shape.Text("path", _request.Target),
            headers.Count is 0 ? null : Shape.Field("headers", new AttributeValue.List([.. headers])),
            .. expected,
        ]);
    }

    private AttributeValue.Map? LeftOut(string why)
    {
        all.LeaveOut(expectation, why);
        return null;
    }

    private AttributeValue.Map? Fails(string why)
    {
        all.Report(CaseDiagnostics.Fails(expectation, why));
        return null;
    }

    private static bool HasAction(List<AttributeField> fields, string name) => fields.Exists(field =>
        field is { Name: "routeAction", Value: AttributeValue.Map(var action) }
        && (action[name] is not null || action.MapOf("urlRewrite")[name] is not null));

    private static bool NamesPort(RequestUrl url) => Authority.HasPort(url.Authority);

    private static bool HasPort(string location) => RequestUrl.Parse(location) is { } url && NamesPort(url);
}
