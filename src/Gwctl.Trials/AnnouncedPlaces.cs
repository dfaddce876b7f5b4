using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Engine.Providers;

namespace Gwctl.Trials;

/// <summary>Announcements by what they stand at: a term of a match, a rule, a backend, a listener.</summary>
/// <remarks>Objects without a place in a file are told apart by name only.</remarks>
internal sealed class AnnouncedPlaces
{
    private readonly ILookup<SourceSpan, Announcement> _atTerms;
    private readonly ILookup<(string Route, SourceSpan Rule), Announcement> _atRules;
    private readonly ILookup<string, Announcement> _byObject;
    private readonly List<(SourceSpan Start, string Route)> _starts;
    private readonly Dictionary<string, string> _serviceOf;

    public AnnouncedPlaces(
        RoutingModel model, IEnumerable<Diagnostic> diagnostics, IReadOnlyDictionary<string, TrafficEffect> effects)
    {
        var listeners = model.Gateways.SelectMany(gateway => gateway.Ports)
            .SelectMany(port => port.Listeners)
            .ToList();
        var rules = listeners.SelectMany(listener => listener.Rules).ToList();
        _starts =
        [
            .. rules.Select(rule => rule.Origin)
                .Concat(listeners.SelectMany(listener => listener.Streams).Select(stream => stream.Origin))
                .Where(origin => !origin.RuleSpan.IsNone)
                .Select(origin => (Start: origin.RuleSpan, Route: $"{origin.RouteId}"))
                .Distinct()
                .OrderBy(found => found.Start),
        ];
        _serviceOf = model.Gateways.SelectMany(gateway => gateway.Backends)
            .DistinctBy(backend => backend.Id)
            .ToDictionary(backend => backend.Id, backend => $"Service/{backend.Service.Service}");
        var told = diagnostics.Where(diagnostic => effects.ContainsKey(diagnostic.Code))
            .Select(diagnostic => new Announcement(diagnostic, effects[diagnostic.Code]))
            .ToList();
        _byObject = told.ToLookup(found => ObjectOf(found.Diagnostic), StringComparer.Ordinal);
        var terms = rules.SelectMany(rule => PlacesOf(rule.Match)).Where(place => !place.IsNone).ToHashSet();
        _atTerms = told.Where(found => terms.Contains(found.Diagnostic.Subject))
            .ToLookup(found => found.Diagnostic.Subject);
        _atRules = told.Where(found => !terms.Contains(found.Diagnostic.Subject))
            .ToLookup(found =>
            {
                var route = ObjectOf(found.Diagnostic);
                return (route, RuleAround(route, found.Diagnostic.Subject));
            });
    }

    /// <summary>Places that a diagnostic about a match stands at.</summary>
    public static IEnumerable<SourceSpan> PlacesOf(HttpMatchSpec match) =>
        match.Headers.Concat(match.QueryParams).Select(term => term.Span)
            .Append(match.Path.Span)
            .Append(match.Span);

    public IEnumerable<Announcement> AtTerm(SourceSpan place) => _atTerms[place];

    /// <summary>What is said of the rule, or of its whole route.</summary>
    public IEnumerable<Announcement> AtRule(RuleOrigin origin)
    {
        var route = $"{origin.RouteId}";
        return _atRules[(route, origin.RuleSpan)].Concat(
            origin.RuleSpan.IsNone ? [] : _atRules[(route, SourceSpan.None)]);
    }

    /// <summary>What is said of the Services behind the backends.</summary>
    public IEnumerable<Announcement> AtBackends(IEnumerable<WeightedBackend> backends) => backends
        .Select(backend => backend.BackendId is { } id ? _serviceOf.GetValueOrDefault(id) : null)
        .OfType<string>()
        .Distinct(StringComparer.Ordinal)
        .SelectMany(service => _byObject[service]);

    /// <summary>What is said of the port's listeners, or of its client certificates.</summary>
    public IEnumerable<Announcement> AtListeners(GatewayRouting gateway, int port)
    {
        var all = gateway.Ports.SelectMany(item => item.Listeners.Select(listener => (item.Port, listener.Span)))
            .OrderBy(item => item.Span)
            .ToList();
        foreach (var found in _byObject[$"Gateway/{gateway.Name}"])
        {
            var subject = found.Diagnostic.Subject;
            var ofValidation = gateway.Ports.FirstOrDefault(item =>
                item.ClientValidation is { } validation && validation.Span == subject);
            var at = ofValidation?.Port ?? all.LastOrDefault(item =>
                item.Span.File == subject.File && item.Span.CompareTo(subject) <= 0).Port;
            if (at == port)
            {
                yield return found;
            }
        }
    }

    private static string ObjectOf(Diagnostic diagnostic) => diagnostic.Object.Split('#')[0];

    /// <summary>Where the rule of that route begins; none where the place is outside the route's rules, as a policy
    /// is.</summary>
    private SourceSpan RuleAround(string route, SourceSpan place)
    {
        var (from, to) = (0, _starts.Count);
        while (from < to)
        {
            var middle = (from + to) / 2;
            (from, to) = _starts[middle].Start.CompareTo(place) <= 0 ? (middle + 1, to) : (from, middle);
        }

        return from > 0 && _starts[from - 1] is var found && found.Route == route && found.Start.File == place.File
            ? found.Start
            : SourceSpan.None;
    }
}
