using Gwctl.Compiler.Specs;

namespace Gwctl.Compiler.Routing;

/// <summary>A match's place among others of the same hostname; smaller is matched first.</summary>
/// <remarks>Gateway API, HTTPRouteRule.matches: exact path, longest prefix, method, most headers, most query
/// parameters. It leaves the place of regular expressions open: here they come after exact paths and before prefixes,
/// longer expressions first, so that the common prefix <c>/</c> beside an expression does not hide it.</remarks>
internal readonly record struct MatchRank(int PathKind, int PathLength, bool HasMethod, int Headers, int QueryParams)
    : IComparable<MatchRank>
{
    /// <param name="match">In normal form.</param>
    public static MatchRank Of(HttpMatchSpec match) => new(
        match.Path.Type switch
        {
            PathMatchType.Exact => 0,
            PathMatchType.RegularExpression => 1,
            _ => 2,
        },
        match.Path.Type is PathMatchType.Exact ? 0 : match.Path.Value.Length,
        match.Method is not null,
        match.Headers.Count,
        match.QueryParams.Count);

    public int CompareTo(MatchRank other)
    {
        if (PathKind != other.PathKind)
        {
            return PathKind.CompareTo(other.PathKind);
        }

        if (PathLength != other.PathLength)
        {
            return other.PathLength.CompareTo(PathLength);
        }

        if (HasMethod != other.HasMethod)
        {
            return HasMethod ? -1 : 1;
        }

        return Headers != other.Headers
            ? other.Headers.CompareTo(Headers)
            : other.QueryParams.CompareTo(QueryParams);
    }
}
