using Gwctl.Controller.Operations;
using Gwctl.Controller.Watching;
using Gwctl.Core;
using Gwctl.Engine.Planning;
using Gwctl.Kubernetes.Http;
using Gwctl.Kubernetes.Objects;

namespace Gwctl.Controller.Reconciliation;

/// <summary>Tells what was found: to the log, and as Events on the objects that it is about.</summary>
internal sealed class Reporter(KubeEvents events, ControllerLog log, bool isSilent)
{
    /// <summary>Of one look at a Gateway; the rest is in the log.</summary>
    private const int EventsMax = 20;

    private readonly Lock _gate = new();
    private readonly Dictionary<ObjectId, string> _logged = [];
    private readonly Dictionary<(ObjectId About, string Code), string> _states = [];

    /// <summary>Errors and warnings, each on its own object where that is in the slice, else on the whole. The log has
    /// them again only when they change.</summary>
    public async Task TellAsync(
        ClusterSlice slice, ObjectId whole, IEnumerable<Diagnostic> diagnostics, CancellationToken cancellationToken)
    {
        var told = diagnostics
            .Where(diagnostic => diagnostic.Severity is not Severity.Note)
            .DistinctBy(diagnostic => (diagnostic.Code, diagnostic.Object, diagnostic.Detail))
            .ToList();
        if (IsNews(whole, told))
        {
            foreach (var diagnostic in told)
            {
                log.Tell(diagnostic, ControllerLog.Field("gateway", whole.Name));
            }
        }

        var byText = slice.Objects.ToLookup(item => item.Id.ToString(), StringComparer.Ordinal);
        foreach (var diagnostic in told.Where(item => item.Severity is Severity.Error).Take(EventsMax))
        {
            var about = byText[diagnostic.Object.Split('#', 2)[0]].FirstOrDefault() ?? slice.Whole;
            await PostAsync(about, diagnostic, cancellationToken);
        }
    }

    /// <summary>One thing that happened, whatever its weight.</summary>
    public async Task TellAsync(ClusterObject about, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        log.Tell(diagnostic, ControllerLog.Field("gateway", about.Id.Name));
        await PostAsync(about, diagnostic, cancellationToken);
    }

    /// <summary>How something stands, however often it is looked at: the log has it again only when it
    /// changes.</summary>
    public async Task TellStateAsync(ClusterObject about, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        if (IsNewState(about.Id, diagnostic))
        {
            log.Tell(diagnostic, ControllerLog.Field("gateway", about.Id.Name));
        }

        await PostAsync(about, diagnostic, cancellationToken);
    }

    /// <summary>What would be done.</summary>
    public void TellDryRun(ObjectName gateway, Plan plan) => log.Info(
        $"Dry run: {PlanText.Summary(plan.Changes)}",
        ControllerLog.Field("gateway", gateway), ControllerLog.Field("plan", PlanText.DigestOf(plan)));

    public void Forget(ObjectId whole)
    {
        lock (_gate)
        {
            _logged.Remove(whole);
            foreach (var state in _states.Keys.Where(state => state.About == whole).ToList())
            {
                _states.Remove(state);
            }
        }
    }

    private bool IsNews(ObjectId whole, List<Diagnostic> told)
    {
        var text = string.Join('\n', told.Select(item => $"{item.Code} {item.Object} {item.Detail}"));
        lock (_gate)
        {
            if (_logged.GetValueOrDefault(whole, "") == text)
            {
                return false;
            }

            _logged[whole] = text;
            return true;
        }
    }

    private bool IsNewState(ObjectId about, Diagnostic diagnostic)
    {
        lock (_gate)
        {
            var isNew = _states.GetValueOrDefault((about, diagnostic.Code)) != diagnostic.Detail;
            _states[(about, diagnostic.Code)] = diagnostic.Detail;
            return isNew;
        }
    }

    private async Task PostAsync(ClusterObject? about, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        if (about is null || isSilent)
        {
            return;
        }

        var help = diagnostic.Help is "" ? "" : $" {diagnostic.Help}";
        try
        {
            await events.PostAsync(
                new KubeNotice(
                    about.Id,
                    about.Resource.ApiVersion,
                    about.Uid,
                    diagnostic.Severity is not Severity.Note,
                    diagnostic.Code,
                    "Reconcile",
                    $"{diagnostic.Summary}: {diagnostic.Detail}{help}"),
                cancellationToken);
        }
        catch (KubeException exception)
        {
            // An event is a courtesy: it never holds up the work.
            log.Tell(exception.Diagnostic, ControllerLog.Field("object", about.Id));
        }
    }
}
