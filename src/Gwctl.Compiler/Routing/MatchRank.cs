using Gwctl.Compiler.Specs;

namespace Gwctl.Compiler.Routing;

/// <summary>A match's place among others of the same hostname; smaller is matched first.</summary>
/// <remarks>Gateway API, HTTPRouteRule.matches: exact path, longest prefix, method, most headers, most query
/// parameters. It leaves the place of regular expressions open: here they come after exact paths and before prefixes,
/// longer expressions first, so that the common prefix <c>/</c> beside an expression does not hide it. For gRPC,
/// GRPCRouteRule.matches: most characters in the service, then in the method, then most headers; an expression comes
/// after an exact name and before none. Matches of the two kinds never have a hostname in common.</remarks>
internal readonly record struct MatchRank(int PathKind, int PathLength, int Method, int Headers, int QueryParams)
    : IComparable<MatchRank>
{
    /// <summary>Above the length of every expression.</summary>
    private const int ExactMethod = 1_000_000;

    private const int Exact = 0;
    private const int Expression = 1;
    private const int Rest = 2;

    /// <param name="match">In normal form.</param>
    public static MatchRank Of(HttpMatchSpec match) => new(
        match.Path.Type switch
        {
            PathMatchType.Exact => Exact,
            PathMatchType.RegularExpression => Expression,
            _ => Rest,
        },
        match.Path.Type is PathMatchType.Exact ? 0 : match.Path.Value.Length,
        match.Method is null ? 0 : 1,
        match.Headers.Count,
        match.QueryParams.Count);

    /// <param name="method">Null matches every call.</param>
    /// <param name="headers">How many headers the match has in normal form.</param>
    public static MatchRank Of(GrpcMethodSpec? method, int headers)
    {
        var service = method?.Service?.Length ?? 0;
        var name = method?.Method?.Length ?? 0;
        var isRegex = method is { IsRegex: true };
        var exactMethod = name > 0 && !isRegex ? ExactMethod : 0;
        var form = service is 0 ? Rest : isRegex ? Expression : Exact;
        return new MatchRank(form, service, exactMethod + name, headers, 0);
    }

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

        if (Method != other.Method)
        {
            return other.Method.CompareTo(Method);
        }

        return Headers != other.Headers
            ? other.Headers.CompareTo(Headers)
            : other.QueryParams.CompareTo(QueryParams);
    }
}
