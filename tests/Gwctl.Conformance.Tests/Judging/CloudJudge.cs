using System.Diagnostics;
using Gwctl.Compiler.Specs;
using Gwctl.Compiler.Topology;
using Gwctl.Conformance.Tests.Reading;
using Gwctl.Core;
using Gwctl.Engine.Providers;
using Gwctl.Providers.Aws;
using Gwctl.Providers.Aws.Api;
using Gwctl.Trials;
using Gwctl.Verification.Comparison;
using Gwctl.Verification.RouteTests;

namespace Gwctl.Conformance.Tests.Judging;

/// <summary>Puts the same requests to a cloud that holds what the manifests compile to. It must do as the specification
/// says, but where projection announced otherwise; and the behaviour must say the same of projection. What is refused
/// reaches no backend.</summary>
internal static class CloudJudge
{
    /// <summary>The sandbox's own.</summary>
    private const string Credential = "test";

    /// <summary>What does not hold, in sentences.</summary>
    public static async Task<List<string>> JudgeAsync(
        Behaviour behaviour, SpecificationSide side, CancellationToken cancellationToken)
    {
        // Nothing is applied for Gateways that serve nothing, so nothing of AWS is shown.
        if (side.Model.Gateways.Count is 0)
        {
            return [.. behaviour.Aws.Select(expected => $"{expected.Code} cannot come: no Gateway is served.")];
        }

        var started = await TrialCloud.StartAsync(side.Model, Make, TimeProvider.System, cancellationToken);
        if (started.Value is not { } cloud)
        {
            return [.. started.Diagnostics.Select(found => $"no cloud: {found.Code} {found.Summary}. {found.Detail}")];
        }

        await using (cloud)
        {
            var problems = JudgeAnnouncements(behaviour, cloud.Diagnostics).ToList();
            var report = StatusReport.Build(side.Topology, cloud.Diagnostics);
            problems.AddRange(StatusJudge.Judge(behaviour.AwsStatuses, report));
            var announcements = new Announcements(
                cloud.Model, cloud.Diagnostics.Where(found => !IsAdvice(behaviour, found)), cloud.Effects);
            foreach (var expected in behaviour.Refusals)
            {
                problems.AddRange(await JudgeRefusalAsync(expected, side, cloud, announcements, cancellationToken));
            }

            problems.AddRange(
                await CloudStreamJudge.JudgeAsync(behaviour, side, cloud, announcements, cancellationToken));
            problems.AddRange(
                await ShareJudge.JudgeCloudAsync(behaviour, side, cloud, announcements, cancellationToken));
            problems.AddRange(await JudgeDerivedAsync(cloud, cancellationToken));
            foreach (var test in side.Specs.RouteTests)
            {
                var judged = await JudgeCasesAsync(behaviour, test, side, cloud, announcements, cancellationToken);
                problems.AddRange(judged);
            }

            return [.. problems.Select(problem => $"AWS: {problem}")];
        }
    }

    private static IEnumerable<string> JudgeAnnouncements(Behaviour behaviour, EquatableList<Diagnostic> diagnostics)
    {
        var announced = diagnostics.Where(found => found.Severity is not Severity.Note)
            .Select(found => new ExpectedAws(
                found.Severity is Severity.Error ? AwsLevel.Unsupported
                    : IsAdvice(behaviour, found) ? AwsLevel.Native
                    : AwsLevel.Divergent,
                found.Code))
            .ToHashSet();
        return announced.Except(behaviour.Aws).Select(found => $"{found.Level} {found.Code} comes.")
            .Concat(behaviour.Aws.Except(announced).Select(found => $"{found.Level} {found.Code} does not come."));
    }

    private static bool IsRuleRefused(Diagnostic? announcement) => announcement is { Severity: Severity.Error }
        && !announcement.Object.StartsWith("Gateway/", StringComparison.Ordinal);

    private static bool IsForwarded(TrialAnswer tried) => tried.Observed.BackendId is not null;

    /// <summary>A warning of something that goes as specified excuses no difference.</summary>
    private static bool IsAdvice(Behaviour behaviour, Diagnostic found) =>
        behaviour.Aws.Contains(new ExpectedAws(AwsLevel.Native, found.Code));

    /// <summary>What tells the rules apart, beside what the behaviour asks itself.</summary>
    private static async Task<IEnumerable<string>> JudgeDerivedAsync(
        TrialCloud cloud, CancellationToken cancellationToken)
    {
        var report = await RoutingVerification.RunAsync(cloud, null, cancellationToken);
        return report.Unannounced.Select(found => $"{QuestionOf(found)}: {string.Join("; ", found.Differences)}");
    }

    private static string QuestionOf(Disagreement found) => found switch
    {
        Disagreement.OfRequest request => $"{request.Asked.Request} ({request.Asked.Why})",
        Disagreement.OfConnection connection => $"{connection.Asked}",
        _ => throw new UnreachableException(),
    };

    private static async Task<List<string>> JudgeRefusalAsync(
        ExpectedRefusal expected, SpecificationSide side, TrialCloud cloud, Announcements announcements,
        CancellationToken cancellationToken)
    {
        if (side.RouterOf(expected.Gateway) is not { } router)
        {
            return [];
        }

        var gateway = router.Gateway.Name;
        var answer = await cloud.AskAsync(gateway, expected.Request, cancellationToken);

        // By the specification it is refused; a gateway that goes by the host alone is not wrong either.
        var bySpec = router.Route(expected.Request);
        return announcements.Find(router, expected.Request, bySpec, answer) is not null
            ? []
            : [.. AnswerComparison.Compare(expected.Request, bySpec, answer.Observed)
                .Select(difference => $"line {expected.Line}: {difference}")];
    }

    private static async Task<List<string>> JudgeCasesAsync(
        Behaviour behaviour, RouteTestSpec test, SpecificationSide side, TrialCloud cloud,
        Announcements announcements, CancellationToken cancellationToken)
    {
        var source = new CloudSource(cloud, side.Routers);
        var runner = new RouteTestRunner(side.Routers, source.AskAsync);
        var problems = new List<string>();
        foreach (var result in await runner.RunAsync(test, cancellationToken))
        {
            var name = result.Case.Name.Value;
            if (result is not { Gateway: { } gateway, Request: { } request })
            {
                problems.AddRange(result.Failures.Select(failure => $"case {name}: {failure}"));
                continue;
            }

            var tries = source.Of(gateway, request);
            var announcement = tries.AnnouncedBy(announcements);
            if (IsRuleRefused(announcement) && tries.Tries.Any(IsForwarded))
            {
                problems.Add($"case {name}: {announcement?.Code} refuses the rule, yet a backend gets the request");
            }
            else if (announcement is null)
            {
                problems.AddRange(result.Failures.Select(failure => failure.ToString())
                    .Concat(tries.Differences)
                    .Concat(ResponsesAmiss(behaviour, name, tries.Tries))
                    .Select(problem => $"case {name}: {problem}"));
            }
        }

        return problems;
    }

    private static IEnumerable<string> ResponsesAmiss(
        Behaviour behaviour, string name, IReadOnlyList<TrialAnswer> tries)
    {
        foreach (var expected in behaviour.Responses.Where(response => response.Case == name))
        {
            foreach (var got in tries.Select(tried => ValueOf(tried.Observed, expected.Header)).Distinct())
            {
                if (got != expected.Value)
                {
                    yield return $"{expected.Header} is {got ?? "absent"}, expected {expected.Value ?? "absent"}";
                }
            }
        }
    }

    private static string? ValueOf(Observed observed, string name)
    {
        var values = (observed.Headers ?? [])
            .Where(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            .Select(header => header.Value)
            .ToList();
        return values.Count is 0 ? null : string.Join(", ", values);
    }

    private static Compiled<IProvider> Make(ProviderConfigSpec config, Uri endpoint) => AwsProvider.Create(
        config,
        new AwsProviderOptions
        {
            Clock = TimeProvider.System,
            Random = Random.Shared.NextDouble,
            EndpointUrl = endpoint,
            LimitsRate = false,
            Credentials = new AwsCredentialsSource.Static(Credential, Credential),
        });
}
