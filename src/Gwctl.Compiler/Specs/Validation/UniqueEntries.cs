using Gwctl.Compiler.Specs.Decoding;
using Gwctl.Core;

namespace Gwctl.Compiler.Specs.Validation;

/// <summary>Lists that the schema keys by name hold each name once, as written. Names that differ in case alone are
/// allowed there: the first counts.</summary>
internal static class UniqueEntries
{
    public static void Check(RouteSpec route, NodeProblems problems)
    {
        foreach (var rule in route.Rules)
        {
            foreach (var match in rule.Matches)
            {
                CheckNames(match.Headers, static header => header.Name, static header => header.Span, problems);
                CheckNames(match.QueryParams, static query => query.Name, static query => query.Span, problems);
            }

            foreach (var match in rule.GrpcMatches)
            {
                CheckNames(match.Headers, static header => header.Name, static header => header.Span, problems);
            }

            CheckFilters(rule.Filters, problems);
            foreach (var backend in rule.BackendRefs)
            {
                CheckFilters(backend.Filters, problems);
            }
        }
    }

    private static void CheckFilters(EquatableList<HttpFilterSpec> filters, NodeProblems problems)
    {
        foreach (var filter in filters)
        {
            switch (filter)
            {
                case HttpFilterSpec.RequestHeaderModifier modifier:
                    CheckEdit(modifier.Edit, filter.Span, problems);
                    break;
                case HttpFilterSpec.ResponseHeaderModifier modifier:
                    CheckEdit(modifier.Edit, filter.Span, problems);
                    break;
                case HttpFilterSpec.Cors cors:
                    CheckTexts(cors.AllowOrigins, filter.Span, problems);
                    CheckTexts(cors.AllowMethods, filter.Span, problems);
                    CheckTexts(cors.AllowHeaders, filter.Span, problems);
                    CheckTexts(cors.ExposeHeaders, filter.Span, problems);
                    break;
                default:
                    break;
            }
        }
    }

    private static void CheckEdit(HeaderEditSpec edit, SourceSpan place, NodeProblems problems)
    {
        CheckNames(edit.Set, static header => header.Name, static header => header.Span, problems);
        CheckNames(edit.Add, static header => header.Name, static header => header.Span, problems);
        CheckTexts(edit.Remove, place, problems);
    }

    private static void CheckTexts(EquatableList<string> texts, SourceSpan place, NodeProblems problems) =>
        CheckNames(texts, static text => text, _ => place, problems);

    private static void CheckNames<T>(
        EquatableList<T> items, Func<T, string> nameOf, Func<T, SourceSpan> placeOf, NodeProblems problems)
    {
        if (items.Count < 2)
        {
            return;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in items)
        {
            if (!seen.Add(nameOf(item)))
            {
                problems.Add(new Diagnostic("GW1223", Severity.Error, "Entry is repeated")
                {
                    Subject = placeOf(item),
                    Detail = $"{FieldDiagnostics.Quote(nameOf(item))} already stands in the same list.",
                    Help = "Remove one of the two.",
                });
            }
        }
    }
}
