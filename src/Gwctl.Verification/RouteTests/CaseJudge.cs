using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Verification.Comparison;

namespace Gwctl.Verification.RouteTests;

/// <summary>Holds what becomes of a request against what a case expects. All that may become of it must be as
/// expected.</summary>
internal static class CaseJudge
{
    private const string Nothing = "(none)";

    public static EquatableList<CaseFailure> Judge(
        RouteTestSpec test, RouteTestExpectSpec expect, EquatableList<ObservedShare> observed)
    {
        if (observed.Any(item => item.Observed.IsRefused))
        {
            return [new CaseFailure("connection", "accepted", "refused")];
        }

        var failures = new List<CaseFailure>();
        if (expect.Status is { } status)
        {
            failures.AddRange(observed.Where(item => item.Observed.Status != status.Value)
                .Select(item => new CaseFailure("status", $"{status.Value}", Shown(item.Observed))));
        }

        if (expect.Redirect is { } redirect)
        {
            failures.AddRange(observed.SelectMany(item => JudgeRedirect(redirect, item.Observed)));
        }

        failures.AddRange(JudgeBackends(test, expect.Backends, observed));
        failures.AddRange(JudgeSeen(expect, observed));
        return [.. failures.Distinct()];
    }

    private static IEnumerable<CaseFailure> JudgeRedirect(ExpectedRedirectSpec expected, Observed observed)
    {
        var isRight = expected.Status is { } status
            ? observed.Status == status
            : observed is { Status: >= 300 and < 400, BackendId: null };
        if (!isRight)
        {
            yield return new CaseFailure("status", expected.Status?.ToString() ?? "a redirect", Shown(observed));
        }

        if (expected.Location is not null && !AnswerComparison.AreOneLocation(expected.Location, observed.Location))
        {
            yield return new CaseFailure("location", expected.Location, observed.Location ?? Nothing);
        }
    }

    private static IEnumerable<CaseFailure> JudgeBackends(
        RouteTestSpec test, EquatableList<ExpectedBackendSpec> expected, EquatableList<ObservedShare> observed)
    {
        if (expected.Count is 0)
        {
            yield break;
        }

        var wanted = string.Join(" or ", expected.Select(backend => Shown(test, backend)));
        foreach (var item in observed.Where(item => !expected.Any(backend => Fits(test, backend, item.Observed))))
        {
            yield return new CaseFailure("backend", wanted, Shown(item.Observed));
        }

        // One try says nothing about those that did not take it.
        if (observed.Any(item => item.Share is null))
        {
            yield break;
        }

        var tolerance = observed.Max(item => item.Tolerance);
        foreach (var backend in expected)
        {
            var share = observed.Where(item => Fits(test, backend, item.Observed)).Sum(item => item.Share ?? 0);
            var percent = (int)Math.Round(share * 100, MidpointRounding.AwayFromZero);
            var isRight = backend.SharePercent is { } wantedPercent
                ? Math.Abs(percent - wantedPercent) <= (wantedPercent is 0 or 100 ? 0 : tolerance)
                : share > 0;
            if (!isRight)
            {
                var about = tolerance > 0 ? $" (give or take {tolerance})" : "";
                var share100 = backend.SharePercent is { } number ? $"{number} %{about}" : "a share";
                yield return new CaseFailure("share", $"{share100} for {Shown(test, backend)}", $"{percent} %");
            }
        }
    }

    private static IEnumerable<CaseFailure> JudgeSeen(
        RouteTestExpectSpec expect, EquatableList<ObservedShare> observed)
    {
        var wanted = WantedOf(expect).ToList();
        foreach (var item in wanted.Count is 0 ? [] : observed)
        {
            var seen = item.Observed.Seen;
            if (seen is null)
            {
                yield return new CaseFailure("backend", "a backend that sees the request", Shown(item.Observed));
                continue;
            }

            foreach (var (field, value) in wanted)
            {
                var got = field switch
                {
                    "host" => seen.Host,
                    "path" => seen.Path,
                    _ => HeaderComparison.ValueOf(seen.Headers, field["header ".Length..]),
                };
                var isRight = field is "host" ? IsOneHost(value, got) : value == got;
                if (!isRight)
                {
                    yield return new CaseFailure(field, value ?? Nothing, got ?? Nothing);
                }
            }
        }
    }

    /// <summary>What a backend is to see, by field; null is absence.</summary>
    private static IEnumerable<(string Field, string? Value)> WantedOf(RouteTestExpectSpec expect)
    {
        if (expect.Rewrite?.Host is { } host)
        {
            yield return ("host", host);
        }

        if (expect.Rewrite?.Path is { } path)
        {
            yield return ("path", path);
        }

        foreach (var header in expect.RequestHeaders)
        {
            var value = HeaderComparison.ValueOf([new(header.Name, header.Value)], header.Name);
            yield return ($"header {header.Name}", value);
        }

        foreach (var name in expect.AbsentRequestHeaders)
        {
            yield return ($"header {name.Value}", null);
        }
    }

    private static bool IsOneHost(string? expected, string? got) =>
        string.Equals(expected, got, StringComparison.OrdinalIgnoreCase);

    /// <summary>An id is <c>namespace/service:port</c>, and of UDP ports has a suffix.</summary>
    private static bool Fits(RouteTestSpec test, ExpectedBackendSpec expected, Observed observed)
    {
        if (observed.BackendId is not { } id)
        {
            return false;
        }

        var service = $"{NameOf(test, expected)}:";
        return id.StartsWith(service, StringComparison.Ordinal)
            && (expected.Port is not { } port || id[service.Length..].Split('/')[0] == port.ToString());
    }

    private static ObjectName NameOf(RouteTestSpec test, ExpectedBackendSpec expected) =>
        new(expected.Namespace ?? test.Name.Namespace, expected.Name);

    private static string Shown(RouteTestSpec test, ExpectedBackendSpec expected) =>
        expected.Port is { } port ? $"{NameOf(test, expected)}:{port}" : $"{NameOf(test, expected)}";

    private static string Shown(Observed observed) =>
        observed.BackendId is { } backend ? $"backend {backend}" : $"status {observed.Status}";
}
