using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Core;

namespace Gwctl.Engine.Projecting;

/// <summary>What there is to say on every cloud about a rule's matches, filters and backends. All belong to the route.
/// The sentences are everybody's; the codes and names are each provider's own.</summary>
/// <param name="Balancer">What routes requests there, with its article, as in <c>Match that {a balancer} cannot
/// make</c>.</param>
/// <param name="Cloud">As people call it.</param>
/// <param name="WeightMax">The greatest weight that it takes.</param>
/// <param name="TextOf">What the capability table says of a feature.</param>
public sealed record RuleFindings(string Balancer, string Cloud, int WeightMax, Func<string, string> TextOf)
{
    public const string UnsupportedValue = "UnsupportedValue";

    public const string Answers500 = "Until then its requests are answered with 500.";

    private const string LeftOut = "The match is left out; its requests go to the next rule that matches.";

    public required string MatchCode { get; init; }

    public required string FilterCode { get; init; }

    public required string RedirectCode { get; init; }

    public required string RewriteCode { get; init; }

    public required string WeightLossCode { get; init; }

    public Diagnostic Match(RuleOrigin origin, SourceSpan place, string why, string remedy) =>
        Of(MatchCode, Severity.Error, $"Match that {Balancer} cannot make", origin, place) with
        {
            Detail = $"{origin} {why}. {LeftOut}",
            Help = remedy,
        };

    /// <param name="origin">The rule.</param>
    /// <param name="place">The match or its field.</param>
    /// <param name="feature">Of the capability table, which says why.</param>
    /// <param name="remedy">What to do instead.</param>
    public Diagnostic Feature(RuleOrigin origin, SourceSpan place, string feature, string remedy) =>
        Match(origin, place, "cannot match so", remedy) with
        {
            Detail = $"{origin}: {TextOf(feature)} {LeftOut}",
        };

    public Diagnostic Filter(RuleOrigin origin, SourceSpan place, string feature, string remedy) =>
        FilterBecause(origin, place, TextOf(feature), remedy);

    public Diagnostic FilterBecause(RuleOrigin origin, SourceSpan place, string why, string remedy) =>
        Refused(FilterCode, $"Filter or field that {Balancer} cannot do", origin, place, why, remedy);

    public Diagnostic Redirect(RuleOrigin origin, SourceSpan place, string why, string remedy) =>
        Refused(RedirectCode, $"Redirect that {Balancer} cannot do", origin, place, why, remedy);

    public Diagnostic Rewrite(RuleOrigin origin, SourceSpan place, string why, string remedy) =>
        Refused(RewriteCode, $"Rewrite that {Balancer} cannot do", origin, place, why, remedy);

    public Diagnostic WeightLoss(RuleOrigin origin, SourceSpan place, string wanted, string got) =>
        Note(WeightLossCode, $"Weights that {Cloud} cannot express exactly", origin, place) with
        {
            Detail = $"{RuleOf(origin)} gives this backend {wanted} of the traffic; with {Cloud}'s weights of 0 to "
                + $"{WeightMax} it gets {got}.",
            Help = "Use weights whose ratios need no more than three digits.",
        };

    public static Diagnostic RedirectToItself(
        string code, string summary, RuleOrigin origin, SourceSpan place, string hostname) =>
        Note(code, summary, origin, place) with
        {
            Detail = $"{RuleOf(origin)} redirects requests for {hostname} to {hostname}, and changes nothing else: "
                + "clients go round in a circle.",
            Help = "Leave that hostname out of the route, or attach it to the other listener only.",
        };

    /// <summary>An error for which the whole rule answers 500.</summary>
    public static Diagnostic Refused(
        string code, string summary, RuleOrigin origin, SourceSpan place, string why, string remedy) =>
        Of(code, Severity.Error, summary, origin, place) with
        {
            Detail = $"{RuleOf(origin)}: {why}",
            Help = $"{remedy} {Answers500}",
        };

    /// <summary>A warning: the rule is made all the same, so no condition of the route's speaks of it.</summary>
    public static Diagnostic Note(string code, string summary, RuleOrigin origin, SourceSpan place) =>
        Of(code, Severity.Warning, summary, origin, place) with { Reason = "" };

    public static Diagnostic Of(string code, Severity severity, string summary, RuleOrigin origin, SourceSpan place)
    {
        ArgumentNullException.ThrowIfNull(origin);
        return new Diagnostic(code, severity, summary)
        {
            Subject = place.IsNone ? origin.RuleSpan : place,
            Object = origin.RouteId.ToString(),
            Reason = UnsupportedValue,
        };
    }

    /// <summary><c>HTTPRoute namespace/route rule 0</c>, or with the rule's name.</summary>
    public static string RuleOf(RuleOrigin origin)
    {
        ArgumentNullException.ThrowIfNull(origin);
        return $"{origin.Kind.ObjectKind()} {origin.Route} rule {origin.RuleName ?? origin.RuleIndex.ToString()}";
    }
}
