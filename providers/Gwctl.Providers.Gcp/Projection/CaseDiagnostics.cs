using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Core;

namespace Gwctl.Providers.Gcp.Projection;

/// <summary>What there is to say about RouteTests as tests of URL maps.</summary>
internal static class CaseDiagnostics
{
    private const int ShownMax = 5;

    public static Diagnostic Fails(RouteExpectation expectation, string why) =>
        new("GW3281", Severity.Error, "A RouteTest's case fails")
        {
            Subject = expectation.Case.Expect.Span,
            Object = expectation.Test.Id.ToString(),
            Detail = $"Case '{expectation.Case.Name.Value}' expects {Wanted(expectation)} for "
                + $"{expectation.Url.Authority}{expectation.Url.Path}: {why}. A URL map whose tests fail is refused.",
            Help = "Correct the routes, or the case: gwctl test shows what becomes of its request.",
        };

    /// <param name="test">Whose cases they are.</param>
    /// <param name="cases">Names, and why each is left out.</param>
    public static Diagnostic LeftOut(RouteTestSpec test, EquatableList<(string Name, string Why)> cases) =>
        new("GW3282", Severity.Note, "Cases that a URL map's own tests cannot express")
        {
            Subject = test.Span,
            Object = test.Id.ToString(),
            Detail = $"{cases.Count} of the {test.Cases.Count} cases of RouteTest {test.Name} are left out: "
                + string.Join("; ", cases.Take(ShownMax).Select(item => $"'{item.Name}', for {item.Why}"))
                + (cases.Count > ShownMax ? $"; and {cases.Count - ShownMax} more." : "."),
            Help = "gwctl test runs all of them.",
        };

    private static string Wanted(RouteExpectation expectation) => expectation.Case.Expect switch
    {
        { Redirect: { Location: { } location } } => $"a redirect to {location}",
        { Redirect: { Status: { } status } } => $"a redirect with status {status}",
        { Backends: [var backend, ..] } =>
            $"backend {backend.Namespace ?? expectation.Test.Name.Namespace}/{backend.Name}"
            + (backend.Port is { } port ? $":{port}" : ""),
        _ => "a backend",
    };
}
