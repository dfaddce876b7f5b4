using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography.X509Certificates;
using Gwctl.Engine.Apply;
using Gwctl.Engine.Planning;

namespace Gwctl.Simulation.Tests.Traffic;

/// <summary>What was right when: while an apply runs both what was and what is to be, and else only what is. Times are
/// moments of this timeline, as <see cref="Now"/> tells them.</summary>
internal sealed class Timeline
{
    private readonly ConcurrentDictionary<int, string> _steps = new();
    private ImmutableArray<Moment> _moments;

    public Timeline(Site site) => _moments = [new Moment("nothing is applied", [site])];

    public int Now => _moments.Length - 1;

    public Site Last => _moments[^1].Sites[^1];

    /// <summary>The change that is being applied, and the steps of its plan that are under way.</summary>
    public string What
    {
        get
        {
            var steps = string.Join(", ", _steps.Values.Order(StringComparer.Ordinal));
            return steps is "" ? _moments[^1].What : $"{_moments[^1].What}: {steps}";
        }
    }

    public void Begin(string what, Site to) => Add(new Moment(what, [Last, to]));

    public void End(string what) => Add(new Moment($"after {what}", [Last]));

    public void Tell(ApplyEvent happened)
    {
        switch (happened)
        {
            case ApplyEvent.StepStarted { Step: var step }:
                _steps[step.Id] = Text(step);
                break;
            case ApplyEvent.StepSucceeded { Step: var step }:
                _steps.TryRemove(step.Id, out _);
                break;
            case ApplyEvent.StepFailed { Step: var step }:
                _steps.TryRemove(step.Id, out _);
                break;
        }
    }

    /// <summary>Whether the target is, at any time since the moment, one of a Service that is right for the probe at
    /// any time since the moment. The calls of one plan take effect one after the other: where both rules and endpoints
    /// change, a Service of before may answer by a pod of after.</summary>
    public bool MayAnswer(Probe probe, string target, int since)
    {
        var sites = Sites(since).ToList();
        return sites.SelectMany(site => probe.Service(site)).Any(service =>
            sites.Exists(site => site.TargetsOf(service).Contains(target, StringComparer.Ordinal)));
    }

    /// <summary>Whether the certificate was right at any time since the moment.</summary>
    public bool MayServe(X509Certificate2 certificate, int since)
    {
        var pem = certificate.ExportCertificatePem();
        return Sites(since).Any(site => site.Certificate.Chain.Trim() == pem.Trim());
    }

    private IEnumerable<Site> Sites(int since) => _moments.Skip(since).SelectMany(moment => moment.Sites);

    private void Add(Moment moment) => _moments = _moments.Add(moment);

    private static string Text(Step step) => $"{step.Action} {step.Address.Kind}/{step.Address.Key}";

    private sealed record Moment(string What, ImmutableArray<Site> Sites);
}
